"""Reading a zip: its central directory, its members' places, and the checks of what strangers may have built.

Sizes that a zip declares are never trusted: they are checked against the limits when the archive is read, and are then
the bound for inflating, so a member that holds more than it says is damage and not a flood.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from regsheet import limits
from regsheet.package.archive import (
    CENTRAL,
    CENTRAL_MARK,
    END,
    END64,
    END64_LOCATOR,
    END64_LOCATOR_MARK,
    END64_MARK,
    END_MARK,
    FLAG_DESCRIPTOR,
    FLAG_ENCRYPTED,
    FULL_32,
    LOCAL,
    LOCAL_MARK,
    Archive,
    Member,
)
from regsheet.package.joined import Joined
from regsheet.package.names import is_unsafe
from regsheet.package.refusals import refusal

_ZIP64_FIELD = 1
_LONGEST_COMMENT = 0xFFFF

_Data = memoryview | Joined
"""The zip. A slice of it is a view; one that begins or ends out of it is short."""


@dataclass(frozen=True)
class _Directory:
    start: int
    end: int
    shift: int
    comment: bytes


def read_archive(source: bytes | Joined, file: object) -> Archive:
    """The members of the zip in ``source``; ``file`` is named when it is refused.

    Raises PackageError when it is cut short or damaged, has a password, has too many parts, parts that lie over one
    another or have unsafe names, or would unpack to more than the limits allow.
    """
    data = _viewed(source)
    directory = _find_directory(data)
    if directory is None:
        raise refusal("truncated", file)
    members: list[Member] = []
    extents: list[tuple[int, int]] = []
    total = 0
    position = directory.start
    while position < directory.end:
        if len(members) >= limits.MAX_PARTS:
            raise refusal("too_many_parts", file, limit=f"{limits.MAX_PARTS:,}")
        entry = _read_member(data, position, directory, file)
        if entry is None:
            raise refusal("truncated", file)
        member, extent, position = entry
        _check_member(member, file)
        total += member.size
        if total > limits.MAX_PACKAGE_BYTES:
            raise refusal("unpacked_too_large", file, limit=limits.MAX_PACKAGE_BYTES // 1024**2)
        members.append(member)
        extents.append(extent)
    _check_extents(extents, file)
    return Archive(tuple(members), directory.comment)


def has_end(data: bytes | Joined) -> bool:
    """Whether the end of a zip is there."""
    return _end_at(_viewed(data)) >= 0


def _viewed(data: bytes | Joined) -> _Data:
    return data if isinstance(data, Joined) else memoryview(data)


def _end_at(data: _Data) -> int:
    start = max(0, len(data) - END.size - _LONGEST_COMMENT)
    found = bytes(data[start:]).rfind(END_MARK)
    return found if found < 0 else start + found


def _find_directory(data: _Data) -> _Directory | None:
    """Where the central directory is; None when the end of the zip is not there.

    What stands before the first member (some mail gateways put something there) shifts all offsets.
    """
    at = _end_at(data)
    if at < 0 or at + END.size > len(data):
        return None
    *_, size, start, comment_length = END.unpack(data[at : at + END.size])
    comment = bytes(data[at + END.size : at + END.size + comment_length])
    end = at
    if at >= END64_LOCATOR.size and _has_mark(data, END64_LOCATOR_MARK, at - END64_LOCATOR.size):
        end64 = at - END64_LOCATOR.size - END64.size
        if end64 >= 0 and _has_mark(data, END64_MARK, end64):
            *_, size, start = END64.unpack(data[end64 : end64 + END64.size])
            end = end64
    shift = end - size - start
    if shift < 0 or (shift and _has_mark(data, LOCAL_MARK, 0)):
        # The second is the end of a zip within the zip, in a file that has lost its own.
        return None
    return _Directory(start + shift, end, shift, comment)


def _has_mark(data: _Data, mark: bytes, at: int) -> bool:
    return data[at : at + len(mark)] == mark


def _read_member(
    data: _Data, position: int, directory: _Directory, file: object
) -> tuple[Member, tuple[int, int], int] | None:
    """One entry of the central directory: the member, the extent it takes, and where the next entry begins."""
    if position + CENTRAL.size > directory.end:
        return None
    fields = CENTRAL.unpack(data[position : position + CENTRAL.size])
    mark, made_by, needs, flags, method, time, date, crc, packed, size = fields[:10]
    name_length, extra_length, comment_length, _, internal, external, offset = fields[10:]
    name_at = position + CENTRAL.size
    extra_at = name_at + name_length
    comment_at = extra_at + extra_length
    following = comment_at + comment_length
    if mark != CENTRAL_MARK or following > directory.end:
        return None
    extra = bytes(data[extra_at:comment_at])
    wide = _wide_values(extra, (size, packed, offset))
    if wide is None:
        return None
    size, packed, offset = wide
    raw_name = bytes(data[name_at:extra_at])
    if flags & FLAG_ENCRYPTED:
        raise refusal("zip_password", file)
    local_at = offset + directory.shift
    local = _read_local(data, local_at)
    if local is None or local[1] + packed > directory.start:
        return None
    local_extra, content_at = local
    member = Member(
        raw_name=raw_name,
        data=data[content_at : content_at + packed],
        method=method,
        crc=crc,
        size=size,
        made_by=made_by,
        needs=needs,
        flags=flags & ~FLAG_DESCRIPTOR,
        time=time,
        date=date,
        central_extra=_without_zip64(extra),
        local_extra=_without_zip64(local_extra),
        comment=bytes(data[comment_at:following]),
        internal_attributes=internal,
        external_attributes=external,
    )
    return member, (local_at, content_at + packed), following


def _read_local(data: _Data, at: int) -> tuple[bytes, int] | None:
    """The extra field of a local header, and where the content begins."""
    if at + LOCAL.size > len(data) or not _has_mark(data, LOCAL_MARK, at):
        return None
    name_length, extra_length = LOCAL.unpack(data[at : at + LOCAL.size])[-2:]
    extra_at = at + LOCAL.size + name_length
    content_at = extra_at + extra_length
    return bytes(data[extra_at:content_at]), content_at


def _fields(extra: bytes) -> Iterable[tuple[int, bytes]]:
    """The fields of an extra block as (id, bytes with their header); what is malformed ends it."""
    at = 0
    while at + 4 <= len(extra):
        identity = int.from_bytes(extra[at : at + 2], "little")
        following = at + 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
        if following > len(extra):
            return
        yield identity, extra[at:following]
        at = following


def _without_zip64(extra: bytes) -> bytes:
    """The extra block without wide sizes: what we write fits without."""
    return b"".join(field for identity, field in _fields(extra) if identity != _ZIP64_FIELD)


def _wide_values(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int] | None:
    """Size, packed size and offset, taken from the zip64 field where the entry itself has no room for them."""
    if FULL_32 not in values:
        return values
    block = next((field[4:] for identity, field in _fields(extra) if identity == _ZIP64_FIELD), b"")
    result: list[int] = []
    for value in values:
        if value == FULL_32:
            if len(block) < 8:
                return None
            value, block = int.from_bytes(block[:8], "little"), block[8:]
        result.append(value)
    return result[0], result[1], result[2]


def _check_member(member: Member, file: object) -> None:
    if is_unsafe(member.name):
        raise refusal("unsafe_name", file, part=member.name)
    if member.size > limits.MAX_PART_BYTES:
        raise refusal("unpacked_too_large", file, limit=limits.MAX_PART_BYTES // 1024**2)
    allowed = max(limits.RATIO_FREE_BYTES, limits.MAX_COMPRESSION_RATIO * len(member.data))
    if member.size > allowed:
        raise refusal("bomb", file, part=member.name)


def _check_extents(extents: list[tuple[int, int]], file: object) -> None:
    """Members that share bytes are the trick of the best zip bombs; no program writes them."""
    ordered = sorted(extents)
    for (_, end), (start, _) in pairwise(ordered):
        if end > start:
            raise refusal("overlapping", file)
