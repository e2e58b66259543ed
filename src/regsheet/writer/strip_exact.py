"""Taking off our annotation where nobody changed the file since: the original parts, byte for byte."""

from __future__ import annotations

import hashlib
import zlib

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid
from regsheet.limits import MAX_PACKAGE_BYTES, MAX_PART_BYTES
from regsheet.package import Package
from regsheet.package.archive import Archive, Member, write_archive
from regsheet.package.archive_reader import read_archive
from regsheet.package.names import canonical, is_relationships, is_unsafe, source_of
from regsheet.writer.delta import apply_delta
from regsheet.writer.mark import DroppedPart, Mark, fingerprint
from regsheet.writer.sheets.names import is_one_of_ours
from regsheet.writer.traces import our_sheets

ADDED_TYPES = (
    ".worksheet+xml", ".drawing+xml", ".drawingml.chart+xml", ".table+xml", ".comments+xml", ".vmldrawing",
    ".styles+xml", ".customxmlproperties+xml", "application/xml", ".chartstyle+xml", ".chartcolorstyle+xml",
)  # fmt: skip
"""How the content types end of the parts that annotating may add."""


def strip_exactly(package: Package, mark: Mark) -> Package | None:
    """The original workbook; None where a part is not as annotating left it. ``package`` is not changed."""
    room = Room(MAX_PACKAGE_BYTES)
    if not _names_only_ours(package, mark):
        return None
    originals = _originals(package, mark, room)
    if originals is None or not _others_untouched(package, mark):
        return None
    try:
        dropped = {part.name: _inflated(part, room) for part in mark.dropped}
        restored = _rebuilt(package, mark, originals, dropped)
        original = Package(restored, package.file, package.path)
        return None if _lacks(original, set(mark.added)) else original
    except (RegsheetError, ValueError):
        return None


class Room:
    """How many bytes may still be unpacked: a forged mark must not fill the memory part by part."""

    def __init__(self, left: int) -> None:
        self.left = left

    @property
    def next(self) -> int:
        """The most that the next part may have."""
        return min(self.left, MAX_PART_BYTES)

    def take(self, content: bytes) -> bytes:
        """Note that these bytes were unpacked."""
        self.left -= len(content)
        return content


def _names_only_ours(package: Package, mark: Mark) -> bool:
    """Whether the parts that would go are such as annotating adds, so that a forged mark removes nothing else."""
    if any(canonical(part.name) != part.name or is_unsafe(part.name) for part in mark.dropped):
        return False
    grid = read_grid(package)
    ours = our_sheets(grid)
    kept = {sheet.part for sheet in grid.sheets if sheet.name not in ours and not is_one_of_ours(sheet.name)}
    return all(_may_be_ours(package, name) and name not in kept for name in mark.added)


def _lacks(original: Package, gone: set[str]) -> bool:
    """Whether something still points at a part that was taken out: then it was not ours."""
    sources = [source_of(name) for name in original.names if is_relationships(name)]
    related = (each for source in sources for each in original.relationships(source))
    return any(not each.external and each.target in gone for each in related)


def _may_be_ours(package: Package, name: str) -> bool:
    return is_relationships(name) or package.content_type(name).lower().endswith(ADDED_TYPES)


def _originals(package: Package, mark: Mark, room: Room) -> dict[str, bytes] | None:
    """The earlier bytes of each changed part, proved by their hash; None where one cannot be had."""
    found: dict[str, bytes] = {}
    for part in mark.changed:
        if part.name not in package.names:
            return None
        present = package.blob(part.name)
        if hashlib.sha256(present).hexdigest() != part.sha256_after:
            return None
        try:
            earlier = room.take(apply_delta(present, part.recipe, room.next))
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


def _inflated(part: DroppedPart, room: Room) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        # One byte more than there is room for: a limit of 0 would mean none.
        content = unpacker.decompress(part.content, room.next + 1)
    except zlib.error:
        raise ValueError("a kept part is damaged") from None
    if len(content) > room.next:
        raise ValueError("a kept part is too large")
    return room.take(content)


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
