"""The zip around the parts, kept so that a member's compressed bytes survive, and how it is written.

``archive_reader.read_archive`` gives the members of a zip, in order, without inflating any. ``Member.inflate`` inflates
one within its bounds; ``write_archive`` puts members together again, copying compressed bytes as they are. Python's
zipfile can do neither copying nor bounded inflating, and differs from version to version in what it accepts.

What we write is compressed by ISA-L, several times as fast as zlib. What strangers compressed is inflated by zlib, the
most tried of all, and so is our own result when it is proved: by another hand than packed it.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from struct import Struct

from regsheet.package.fast import Deflater, crc32
from regsheet.package.joined import Joined
from regsheet.package.refusals import output_refusal, refusal

LOCAL_MARK = b"PK\x03\x04"
CENTRAL_MARK = b"PK\x01\x02"
END_MARK = b"PK\x05\x06"
END64_MARK = b"PK\x06\x06"
END64_LOCATOR_MARK = b"PK\x06\x07"

LOCAL = Struct("<4s5H3L2H")
CENTRAL = Struct("<4s6H3L5H2L")
END = Struct("<4s4H2LH")
END64 = Struct("<4sQ2H2L4Q")
END64_LOCATOR = Struct("<4sLQL")

_STORED, _DEFLATED = 0, 8
FLAG_ENCRYPTED, _FLAG_DEFLATE_LEVEL, FLAG_DESCRIPTOR, _FLAG_UTF8 = 0x1, 0x6, 0x8, 0x800
FULL_16, FULL_32 = 0xFFFF, 0xFFFFFFFF
_LEVEL = 2
"""How tightly ISA-L packs, from 0 to 3; its level 3 takes twice the time for two per cent less."""
_STRETCH = 1 << 16
"""So many packed bytes are taken at a time."""
_MOST_INFLATED = 1 << 20
"""At most so many bytes come of them at a time."""

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
        made = BytesIO()  # what is inflated at once, or joined, would be held twice
        for stretch in self.stretches(file):
            made.write(stretch)
        return made.getvalue()

    def stretches(self, file: object) -> Iterator[bytes]:
        """The same a stretch at a time, for what is never wanted whole; that it is damaged may show at the end only."""
        if self.method not in (_STORED, _DEFLATED):
            raise refusal("part_method", file, part=self.name)
        crc = size = 0
        for stretch in self._stored() if self.method == _STORED else self._inflated(file):
            crc, size = crc32(stretch, crc), size + len(stretch)
            yield stretch
        if size != self.size or crc != self.crc:
            raise refusal("part_damaged", file, part=self.name)

    def _stored(self) -> Iterator[bytes]:
        for start in range(0, len(self.data), _STRETCH):
            yield bytes(self.data[start : start + _STRETCH])

    def _inflated(self, file: object) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        left = self.size + 1  # one byte more than declared is enough to see that there is more
        try:
            for start in range(0, len(self.data), _STRETCH):
                packed: bytes | memoryview = self.data[start : start + _STRETCH]
                is_full = False  # then there may be more of it, though all that is packed was taken
                while left and (packed or is_full):
                    room = min(left, _MOST_INFLATED)
                    made = inflater.decompress(packed, room)
                    packed, is_full, left = inflater.unconsumed_tail, len(made) == room, left - len(made)
                    yield made
        except zlib.error:
            raise refusal("part_damaged", file, part=self.name) from None

    def with_content(self, content: bytes | Iterable[bytes]) -> "Member":
        """The same member with new content, whole or in pieces; name, date and attributes stay."""
        packed, crc, size = deflate((content,) if isinstance(content, bytes) else content)
        return replace(
            self,
            data=memoryview(packed),
            method=_DEFLATED,
            crc=crc,
            size=size,
            needs=max(self.needs, 20),
            flags=self.flags & ~_FLAG_DEFLATE_LEVEL,
        )


@dataclass(frozen=True)
class Archive:
    """The members of a zip in the order of its central directory, and its comment."""

    members: tuple[Member, ...]
    comment: bytes = b""


def deflate(pieces: Iterable[bytes]) -> tuple[bytes, int, int]:
    """What is in the pieces compressed, without header; its checksum and its size; no piece is held for long."""
    packer, packed = Deflater(_LEVEL), BytesIO()  # what is joined would be held twice
    crc = size = 0
    for piece in pieces:
        packed.write(packer.compress(piece))
        crc, size = crc32(piece, crc), size + len(piece)
    packed.write(packer.flush())
    return packed.getvalue(), crc, size


def new_member(name: str, content: bytes | Iterable[bytes]) -> Member:
    """A member of our own, its content whole or in pieces: nothing about it depends on the day or the machine."""
    flags = 0 if name.isascii() else _FLAG_UTF8
    empty = Member(name.encode("utf-8"), memoryview(b""), _STORED, 0, 0, flags=flags)
    return empty.with_content(content)


def write_archive(archive: Archive, file: object = "the result") -> bytes:
    """The zip as bytes; see ``archive_pieces``."""
    return b"".join(archive_pieces(archive, file))


def archive_pieces(archive: Archive, file: object = "the result") -> Joined:
    """The zip, not joined yet: members in order, compressed bytes as they are, sizes in the headers.

    Raises OutputError when it grew beyond what a plain zip holds.
    """
    body: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for member in archive.members:
        shared = (member.flags, member.method, member.time, member.date, member.crc, len(member.data), member.size)
        lengths = (len(member.raw_name), len(member.local_extra))
        header = LOCAL.pack(LOCAL_MARK, member.needs, *shared, *lengths) + member.raw_name + member.local_extra
        directory.append(_central_entry(member, shared, offset))
        body += [header, member.data]
        offset += len(header) + len(member.data)
        if offset >= FULL_32:
            raise output_refusal("output_too_large", file)
    central = b"".join(directory)
    count = len(archive.members)
    if count >= FULL_16 or offset + len(central) >= FULL_32:
        raise output_refusal("output_too_large", file)
    end = END.pack(END_MARK, 0, 0, count, count, len(central), offset, len(archive.comment))
    return Joined([*body, central, end, archive.comment])


def _central_entry(member: Member, shared: tuple[int, ...], offset: int) -> bytes:
    lengths = (len(member.raw_name), len(member.central_extra), len(member.comment))
    attributes = (0, member.internal_attributes, member.external_attributes, offset)
    packed = CENTRAL.pack(CENTRAL_MARK, member.made_by, member.needs, *shared, *lengths, *attributes)
    return packed + member.raw_name + member.central_extra + member.comment
