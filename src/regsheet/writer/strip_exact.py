"""Taking off our annotation where nobody changed the file since: the original parts, byte for byte."""

from __future__ import annotations

import hashlib
import zlib

from regsheet.errors import RegsheetError
from regsheet.limits import MAX_PART_BYTES
from regsheet.package import Package
from regsheet.package.archive import Archive, Member, write_archive
from regsheet.package.archive_reader import read_archive
from regsheet.package.names import canonical
from regsheet.writer.delta import apply_delta
from regsheet.writer.mark import DroppedPart, Mark, fingerprint


def strip_exactly(package: Package, mark: Mark) -> Package | None:
    """The original workbook; None where a part is not as annotating left it. ``package`` is not changed."""
    originals = _originals(package, mark)
    if originals is None or not _others_untouched(package, mark):
        return None
    try:
        dropped = {part.name: _inflated(part) for part in mark.dropped}
        restored = _rebuilt(package, mark, originals, dropped)
        return Package(restored, package.file, package.path)
    except (RegsheetError, ValueError):
        return None


def _originals(package: Package, mark: Mark) -> dict[str, bytes] | None:
    """The earlier bytes of each changed part, proved by their hash; None where one cannot be had."""
    found: dict[str, bytes] = {}
    for part in mark.changed:
        if part.name not in package.names:
            return None
        present = package.blob(part.name)
        if hashlib.sha256(present).hexdigest() != part.sha256_after:
            return None
        try:
            earlier = apply_delta(present, part.recipe, MAX_PART_BYTES)
        except ValueError:
            return None
        if hashlib.sha256(earlier).hexdigest() != part.sha256_before:
            return None
        found[part.name] = earlier
    return found


def _others_untouched(package: Package, mark: Mark) -> bool:
    ours = {part.name for part in mark.changed} | set(mark.added)
    if not set(mark.added) <= set(package.names):
        return False
    return fingerprint(package, [name for name in package.names if name not in ours]) == mark.untouched


def _inflated(part: DroppedPart) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(part.content, MAX_PART_BYTES)
    except zlib.error:
        raise ValueError("a kept part is damaged") from None
    if unpacker.unconsumed_tail:
        raise ValueError("a kept part is too large")
    return content


def _rebuilt(package: Package, mark: Mark, originals: dict[str, bytes], dropped: dict[str, bytes]) -> bytes:
    """The zip with our parts gone, changed parts as they were, and dropped ones back in their place."""
    copy = Package(package.to_bytes(), package.file)
    for name in mark.added:
        if name in copy.names:
            copy.drop(name)
    for name, content in dropped.items():
        copy.add(name, content, "application/xml")
    for name, content in originals.items():
        copy.replace(name, content)
    archive = read_archive(copy.to_bytes(), package.file)
    return write_archive(Archive(_in_order(archive.members, mark.dropped), archive.comment), package.file)


def _in_order(members: tuple[Member, ...], dropped: list[DroppedPart]) -> tuple[Member, ...]:
    """The members with each dropped part behind the one it stood behind."""
    names = {part.name for part in dropped}
    back = {canonical(member.name): member for member in members if canonical(member.name) in names}
    ordered = [member for member in members if canonical(member.name) not in names]
    for part in dropped:
        places = [index for index, member in enumerate(ordered) if canonical(member.name) == part.behind]
        ordered.insert(places[0] + 1 if places else 0, back[part.name])
    return tuple(ordered)
