"""One part: where it came from and what was done to it."""

from __future__ import annotations

from collections.abc import Iterable

from isal.isal_zlib import crc32
from lxml import etree

from regsheet.package.archive import Member, new_member
from regsheet.package.xml import serialise


class Part:
    """One part as it stands: the member it came from (None for a new one), its content, its tree when parsed."""

    def __init__(self, name: str, content: Member | bytes) -> None:
        self.name = name
        self.member = content if isinstance(content, Member) else None
        self.content = content
        self.tree: etree._Element | None = None
        self.touched = False
        self._packed: tuple[bytes, Member] | None = None

    def untouched(self, file: str) -> bytes:
        """The part's bytes, leaving aside what was done to its tree."""
        return self.content.inflate(file) if isinstance(self.content, Member) else self.content

    def blob(self, file: str) -> bytes:
        """The part's bytes as it stands."""
        if self.touched and self.tree is not None:
            return serialise(self.tree, self.untouched(file))
        return self.untouched(file)

    def changed_blob(self, file: str) -> bytes | None:
        """The part's bytes when they are other than its member's, else None."""
        if self.member is not None and not self.touched and self.content is self.member:
            return None
        blob = self.blob(file)
        return None if self.member is not None and self._is_original(blob, self.member, file) else blob

    @staticmethod
    def _is_original(blob: bytes, member: Member, file: str) -> bool:
        # Of another size or checksum, it need not be inflated to tell.
        return len(blob) == member.size and crc32(blob) == member.crc and blob == member.inflate(file)

    def is_packed_as(self, other: Part) -> bool:
        """Whether both parts are as they came, and came with the same compressed bytes: what is in them is the same."""
        one, two = self.content, other.content
        if self.touched or other.touched or not isinstance(one, Member) or not isinstance(two, Member):
            return False
        alike = (one.method, one.crc, one.size) == (two.method, two.crc, two.size)
        return alike and bytes(one.data) == bytes(two.data)

    def settle(self, file: str) -> None:
        """Hold what was made of the tree as bytes; the tree is given up."""
        if self.touched:
            self.content, self.touched = self.blob(file), False
        self.tree = None

    def pack(self, pieces: Iterable[bytes]) -> None:
        """Have a new part hold what is in the pieces, compressed at once."""
        self.content, self.tree, self.touched = new_member(self.name, pieces), None, False

    def packed(self, file: str) -> Member:
        """The part as a member of the zip; content that was packed before is not packed again."""
        if self.member is None and isinstance(self.content, Member) and not self.touched:
            return self.content
        blob = self.changed_blob(file)
        if blob is None:
            assert self.member is not None  # noqa: S101 - a new part is a changed one
            return self.member
        if self._packed is None or self._packed[0] != blob:
            packed = new_member(self.name, blob) if self.member is None else self.member.with_content(blob)
            self._packed = blob, packed
        return self._packed[1]
