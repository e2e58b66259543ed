"""The zip around the parts, read and written so that a member's compressed bytes survive.

``read_archive`` gives the members of the central directory, in order, without inflating any. ``Member.inflate``
inflates one within its bounds; ``write_archive`` puts members together again, copying compressed bytes as they are.
Python's zipfile can do neither copying nor bounded inflating, and differs from version to version in what it accepts.

Sizes that a zip declares are never trusted: they are checked against the limits when the archive is read, and are then
the bound for inflating, so a member that holds more than it says is damage and not a flood.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct

from regsheet import limits
from regsheet.package.names import is_unsafe
from regsheet.package.refusals import output_refusal, refusal

LOCAL_MARK = b"PK\x03\x04"
CENTRAL_MARK = b"PK\x01\x02"
END_MARK = b"PK\x05\x06"
END64_MARK = b"PK\x06\x06"
END64_LOCATOR_MARK = b"PK\x06\x07"

_LOCAL = Struct("<4s5H3L2H")
_CENTRAL = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_END64 = Struct("<4sQ2H2L4Q")
_END64_LOCATOR = Struct("<4sLQL")

_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_DEFLATE_LEVEL, _FLAG_DESCRIPTOR, _FLAG_UTF8 = 0x1, 0x6, 0x8, 0x800
_ZIP64_FIELD = 1
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_LONGEST_COMMENT = 0xFFFF
_FIRST_OF_1980 = 0x0021
"""The date of members that we add, in the notation of zip: the earliest it has, so that it depends on nothing."""


@dataclass(frozen=True)
class Member:
    """One member of a zip: what the central directory says of it, and its compressed bytes."""

    raw_name: bytes
    data: memoryview
    method: int
    crc: int
    size: int
    made_by: int = 20
    needs: int = 20
    flags: int = 0
    time: int = 0
    date: int = _FIRST_OF_1980
    central_extra: bytes = b""
    local_extra: bytes = b""
    comment: bytes = b""
    internal_attributes: int = 0
    external_attributes: int = 0

    @property
    def name(self) -> str:
        """The name as stored, decoded: UTF-8 where it is that, else the code page of the first zips."""
        try:
            return self.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            return self.raw_name.decode("cp437")

    @property
    def is_folder(self) -> bool:
        """Whether this is an entry for a folder, which holds nothing."""
        return self.name.endswith(("/", "\\")) and self.size == 0

    def inflate(self, file: object) -> bytes:
        """The member's bytes, checked; ``file`` is named when they are damaged.

        Raises PackageError when they do not agree with the size and checksum that the zip gives for them.
        """
        if self.method not in (_STORED, _DEFLATED):
            raise refusal("part_method", file, part=self.name)
        content = bytes(self.data) if self.method == _STORED else self._inflate_deflated(file)
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise refusal("part_damaged", file, part=self.name)
        return content

    def _inflate_deflated(self, file: object) -> bytes:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than declared is enough to see that there is more.
            return inflater.decompress(self.data, self.size + 1)
        except zlib.error:
            raise refusal("part_damaged", file, part=self.name) from None

    def with_content(self, content: bytes) -> "Member":
        """The same member with new content; name, date and attributes stay."""
        packed = deflate(content)
        return Member(
            raw_name=self.raw_name,
            data=memoryview(packed),
            method=_DEFLATED,
            crc=zlib.crc32(content),
            size=len(content),
            made_by=self.made_by,
            needs=max(self.needs, 20),
            flags=self.flags & ~_FLAG_DEFLATE_LEVEL,
            time=self.time,
            date=self.date,
            central_extra=self.central_extra,
            local_extra=self.local_extra,
            comment=self.comment,
            internal_attributes=self.internal_attributes,
            external_attributes=self.external_attributes,
        )


@dataclass(frozen=True)
class Archive:
    """The members of a zip in the order of its central directory, and its comment."""

    members: tuple[Member, ...]
    comment: bytes = b""


def deflate(content: bytes) -> bytes:
    """``content`` compressed, without header."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def new_member(name: str, content: bytes) -> Member:
    """A member of our own: nothing about it depends on the day or the machine."""
    flags = 0 if name.isascii() else _FLAG_UTF8
    empty = Member(name.encode("utf-8"), memoryview(b""), _STORED, 0, 0, flags=flags)
    return empty.with_content(content)


# --- reading


@dataclass(frozen=True)
class _Directory:
    start: int
    end: int
    shift: int
    comment: bytes


def read_archive(data: bytes, file: object) -> Archive:
    """The members of the zip in ``data``; ``file`` is named when it is refused.

    Raises PackageError when it is cut short or damaged, has a password, has too many parts, parts that lie over one
    another or have unsafe names, or would unpack to more than the limits allow.
    """
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


def _find_directory(data: bytes) -> _Directory | None:
    """Where the central directory is; None when the end of the zip is not there.

    What stands before the first member (some mail gateways put something there) shifts all offsets.
    """
    at = data.rfind(END_MARK, max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if at < 0 or at + _END.size > len(data):
        return None
    *_, size, start, comment_length = _END.unpack_from(data, at)
    comment = data[at + _END.size :][:comment_length]
    end = at
    if at >= _END64_LOCATOR.size and data[at - _END64_LOCATOR.size :].startswith(END64_LOCATOR_MARK):
        end64 = at - _END64_LOCATOR.size - _END64.size
        if end64 < 0 or not data[end64:].startswith(END64_MARK):
            return None
        *_, size, start = _END64.unpack_from(data, end64)
        end = end64
    shift = end - size - start
    if shift < 0:
        return None
    return _Directory(start + shift, end, shift, comment)


def _read_member(
    data: bytes, position: int, directory: _Directory, file: object
) -> tuple[Member, tuple[int, int], int] | None:
    """One entry of the central directory: the member, the extent it takes, and where the next entry begins."""
    if position + _CENTRAL.size > directory.end:
        return None
    fields = _CENTRAL.unpack_from(data, position)
    mark, made_by, needs, flags, method, time, date, crc, packed, size = fields[:10]
    name_length, extra_length, comment_length, _, internal, external, offset = fields[10:]
    name_at = position + _CENTRAL.size
    extra_at = name_at + name_length
    comment_at = extra_at + extra_length
    following = comment_at + comment_length
    if mark != CENTRAL_MARK or following > directory.end:
        return None
    extra = data[extra_at:comment_at]
    wide = _wide_values(extra, (size, packed, offset))
    if wide is None:
        return None
    size, packed, offset = wide
    raw_name = data[name_at:extra_at]
    if flags & _FLAG_ENCRYPTED:
        raise refusal("zip_password", file)
    local_at = offset + directory.shift
    local = _read_local(data, local_at)
    if local is None or local[1] + packed > directory.start:
        return None
    local_extra, content_at = local
    member = Member(
        raw_name=raw_name,
        data=memoryview(data)[content_at : content_at + packed],
        method=method,
        crc=crc,
        size=size,
        made_by=made_by,
        needs=needs,
        flags=flags & ~_FLAG_DESCRIPTOR,
        time=time,
        date=date,
        central_extra=_without_zip64(extra),
        local_extra=_without_zip64(local_extra),
        comment=data[comment_at:following],
        internal_attributes=internal,
        external_attributes=external,
    )
    return member, (local_at, content_at + packed), following


def _read_local(data: bytes, at: int) -> tuple[bytes, int] | None:
    """The extra field of a local header, and where the content begins."""
    if at + _LOCAL.size > len(data) or data[at : at + 4] != LOCAL_MARK:
        return None
    name_length, extra_length = _LOCAL.unpack_from(data, at)[-2:]
    extra_at = at + _LOCAL.size + name_length
    content_at = extra_at + extra_length
    return data[extra_at:content_at], content_at


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
    if _FULL_32 not in values:
        return values
    block = next((field[4:] for identity, field in _fields(extra) if identity == _ZIP64_FIELD), b"")
    result: list[int] = []
    for value in values:
        if value == _FULL_32:
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


# --- writing


def write_archive(archive: Archive, file: object = "the result") -> bytes:
    """The zip as bytes: members in order, compressed bytes as they are, sizes in the headers.

    Raises OutputError when it grew beyond what a plain zip holds.
    """
    body: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for member in archive.members:
        shared = (member.flags, member.method, member.time, member.date, member.crc, len(member.data), member.size)
        lengths = (len(member.raw_name), len(member.local_extra))
        header = _LOCAL.pack(LOCAL_MARK, member.needs, *shared, *lengths) + member.raw_name + member.local_extra
        directory.append(_central_entry(member, shared, offset))
        body += [header, member.data]
        offset += len(header) + len(member.data)
        if offset >= _FULL_32:
            raise output_refusal("output_too_large", file)
    central = b"".join(directory)
    count = len(archive.members)
    if count >= _FULL_16 or offset + len(central) >= _FULL_32:
        raise output_refusal("output_too_large", file)
    end = _END.pack(END_MARK, 0, 0, count, count, len(central), offset, len(archive.comment))
    return b"".join([*body, central, end, archive.comment])


def _central_entry(member: Member, shared: tuple[int, ...], offset: int) -> bytes:
    lengths = (len(member.raw_name), len(member.central_extra), len(member.comment))
    attributes = (0, member.internal_attributes, member.external_attributes, offset)
    packed = _CENTRAL.pack(CENTRAL_MARK, member.made_by, member.needs, *shared, *lengths, *attributes)
    return packed + member.raw_name + member.central_extra + member.comment
