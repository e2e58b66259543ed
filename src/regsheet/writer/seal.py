"""The last step of annotating: work out what became of each part of the original, and write it into the mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regsheet.package import Package
from regsheet.writer.delta import ChangedPart, changed_part
from regsheet.writer.mark import DroppedPart, Mark, fingerprint, place_mark, written
from regsheet.writer.pieces import compressed


@dataclass(frozen=True, slots=True)
class Before:
    """The parts of a package, in order, before anything was changed."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, package: Package) -> Before:
        """The state of a package as it was opened."""
        return cls(package.names)


def seal(package: Package, before: Before, mark: Mark, told: Mapping[str, ChangedPart], cells: Iterable[bytes]) -> None:
    """Complete the mark with what is needed to give back every original part, and put it into the package.

    ``told`` is what became of some parts as they were put down, ``cells`` what the mark says of cells, spelled, in
    pieces. Nothing is to be changed afterwards: the trees of the parts are given up.
    """
    item, properties = place_mark(package, mark.source_sha256)
    package.settle()
    originals = [name for name in before.names if name in package]
    changed = [name for name in originals if package.is_changed(name)]
    mark.changed = [_changed(package, name, told.get(name)) for name in changed]
    mark.dropped = _dropped(package, before)
    known = set(before.names)
    mark.added = tuple(name for name in package.names if name not in known)
    unchanged = set(changed)
    mark.untouched = fingerprint(package, [name for name in originals if name not in unchanged])
    mark.part = item
    assert properties in mark.added  # noqa: S101 - strip removes what is named here
    package.replace_packed(item, written(mark, cells))


def _changed(package: Package, name: str, told: ChangedPart | None) -> ChangedPart:
    if told is not None and told.sha256_after == package.sha256(name).hex():
        return told
    return changed_part(name, package.blob(name), package.original_blob(name) or b"")


def _dropped(package: Package, before: Before) -> list[DroppedPart]:
    found: list[DroppedPart] = []
    behind = ""
    for name in before.names:
        if name not in package:
            found.append(DroppedPart(name, behind, compressed(package.original_stretches(name))))
        behind = name
    return found
