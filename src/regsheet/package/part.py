"""One part: where it came from and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from lxml import etree

from regsheet.package.archive import Member, new_member
from regsheet.package.fast import crc32
from regsheet.package.xml import serialise

HELD_PACKED = 1_000_000
"""New content of so many bytes is held compressed: text packs to a tenth, and it will rarely be read again."""

_STRETCH = 1 << 16
"""So many bytes are compared at a time."""


class Part:
    """One part as it stands: the member it came from (None for a new one), its content, its tree when parsed.

    Content that is a member is packed already; where it is another than the one it came from, it differs from that.
    """

    def __init__(self, name: str, content: Member | bytes, hashed: bool = False) -> None:
        """``hashed``: its hash will be asked for, so take it when the part is inflated for another reason."""
        self.name = name
        self._is_hashed = hashed
        self._hash: tuple[Member, bytes] | None = None
        self.member = content if isinstance(content, Member) else None
        self.content = content
        self.tree: etree._Element | None = None
        self.touched = False
        self._packed: tuple[bytes, Member] | None = None

    def untouched(self, file: str) -> bytes:
        """The part's bytes, leaving aside what was done to its tree."""
        if not isinstance(self.content, Member):
            return self.content
        blob = self.content.inflate(file)
        if self._is_hashed and self._hash is None:
            self._hash = self.content, sha256(blob).digest()
        return blob

    def stretches(self, file: str) -> Iterator[bytes]:
        """The part's bytes as it stands, a stretch at a time; see ``Member.stretches``."""
        if self.touched or not isinstance(self.content, Member):
            return iter((self.blob(file),))
        if self._is_hashed and self._hash is None:
            return self._hashing(self.content, file)
        return self.content.stretches(file)

    def _hashing(self, member: Member, file: str) -> Iterator[bytes]:
        """The bytes of a member a stretch at a time; with the last of them its hash is known."""
        taken = sha256()
        yield from _passing(member.stretches(file), taken.update)
        self._hash = member, taken.digest()

    def sha256(self, file: str) -> bytes:
        """The hash of the part's bytes as it stands."""
        if self._hash is not None and self._hash[0] is self.content and not self.touched:
            return self._hash[1]  # a member is never changed
        return _hash_of(self.stretches(file))

    def blob(self, file: str) -> bytes:
        """The part's bytes as it stands."""
        if self.touched and self.tree is not None:
            return serialise(self.tree, self.untouched(file))
        return self.untouched(file)

    def is_changed(self, file: str) -> bool:
        """Whether the part's bytes are other than those it came with; a new part is changed."""
        if self.member is None:
            return True
        if not self.touched and isinstance(self.content, Member):
            return self.content is not self.member
        return not self._is_original(self.blob(file), self.member, file)

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
        return alike and _are_equal(one.data, two.data)

    def settle(self, file: str) -> None:
        """Hold what was made of the tree as bytes; the tree is given up."""
        if self.touched:
            self.hold(self.blob(file), file)
        self.tree = None

    def hold(self, blob: bytes, file: str) -> None:
        """Have the part hold these bytes, packed where they are many; its tree is given up."""
        self.content = self._as_member(blob, file) if len(blob) >= HELD_PACKED else blob
        self.tree, self.touched = None, False

    def pack(self, pieces: Iterable[bytes], file: str) -> None:
        """Have the part hold what is in the pieces, compressed at once, so that they are never whole.

        The hash of a part that was there before is taken on the way.
        """
        if self.member is None:
            self.content, self.tree, self.touched = new_member(self.name, pieces), None, False
            return
        taken = sha256()
        content = self.member.with_content(_passing(pieces, taken.update))
        is_original = (content.size, content.crc) == (self.member.size, self.member.crc) and (
            _hash_of(self.member.stretches(file)) == taken.digest()
        )
        self.content, self.tree, self.touched = self.member if is_original else content, None, False
        self._hash = self.content, taken.digest()

    def packed(self, file: str) -> Member:
        """The part as a member of the zip; content that was packed before is not packed again."""
        if self.touched:
            return self._packed_tree(file)
        if not isinstance(self.content, Member):
            self.content = self._as_member(self.content, file)
        return self.content

    def _packed_tree(self, file: str) -> Member:
        """The tree may be changed once more, so it is kept, and packed again where it was."""
        blob = self.blob(file)
        if self._packed is None or self._packed[0] != blob:
            self._packed = blob, self._as_member(blob, file)
        return self._packed[1]

    def _as_member(self, blob: bytes, file: str) -> Member:
        if self.member is None:
            return new_member(self.name, blob)
        return self.member if self._is_original(blob, self.member, file) else self.member.with_content(blob)


def _are_equal(one: memoryview, two: memoryview) -> bool:
    """Whether there are the same bytes: compared as bytes, which is fast, a stretch at a time."""
    starts = range(0, len(one), _STRETCH)
    return len(one) == len(two) and all(
        bytes(one[start : start + _STRETCH]) == bytes(two[start : start + _STRETCH]) for start in starts
    )


def _passing(pieces: Iterable[bytes], to: Callable[[bytes], object]) -> Iterator[bytes]:
    """The pieces, each shown to somebody else first."""
    for piece in pieces:
        to(piece)
        yield piece


def _hash_of(pieces: Iterable[bytes]) -> bytes:
    taken = sha256()
    for piece in pieces:
        taken.update(piece)
    return taken.digest()
