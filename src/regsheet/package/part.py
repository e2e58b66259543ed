"""One part: where it came from and what was done to it."""

from lxml import etree

from regsheet.package.archive import Member
from regsheet.package.xml import serialise


class Part:
    """One part as it stands: the member it came from (None for a new one), its content, its tree when parsed."""

    def __init__(self, name: str, content: Member | bytes) -> None:
        self.name = name
        self.member = content if isinstance(content, Member) else None
        self.content = content
        self.tree: etree._Element | None = None
        self.touched = False

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
        return None if self.member is not None and blob == self.member.inflate(file) else blob
