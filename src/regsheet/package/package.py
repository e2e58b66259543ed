"""The package: a workbook as its parts.

Parts are inflated when they are asked for and parsed at most once. What is not changed goes out with the compressed
bytes it came in with, in its place; what is changed keeps its place, date and attributes; what is new comes last.
Nothing here knows of sheets or risks.
"""

import os
from pathlib import Path

from lxml import etree

from regsheet.package import content_types, names, recognise
from regsheet.package.archive import Archive, Member, new_member, read_archive, write_archive
from regsheet.package.content_types import ContentTypes
from regsheet.package.namespaces import Namespaces, namespaces_of
from regsheet.package.opening import read_file
from regsheet.package.refusals import output_refusal, refusal
from regsheet.package.relationships import EMPTY, Relationships
from regsheet.package.saving import write_whole
from regsheet.package.xml import DECLARATION, parse, serialise


class _Part:
    """One part as it stands: the member it came from, its content when replaced, its tree when parsed."""

    def __init__(self, name: str, member: Member | None, content: bytes | None = None) -> None:
        self.name = name
        self.member = member
        self.content = content
        self.tree: etree._Element | None = None
        self.touched = False


def open_package(path: str | os.PathLike[str]) -> "Package":
    """The workbook file at ``path`` as a package; the file is read once, whole, and not held open.

    Raises PackageError, in one sentence that says what to do, when it is not a workbook that can be opened.
    """
    return Package(read_file(path), Path(path).name, Path(path))


class Package:
    """An .xlsx, .xlsm, .xltx or .xltm as its parts.

    Part names are those of the zip with forward slashes and without a leading one. Every method takes a name in any
    spelling: case, leading slash and percent-encoding do not matter.
    """

    def __init__(self, data: bytes, file: str = "the workbook", path: Path | None = None) -> None:
        """Open the workbook in ``data``; ``file`` is its name in messages, ``path`` the file it came from."""
        self.file = file
        self.path = path
        self._archive = _opened(data, file)
        self._parts: dict[str, _Part] = {}
        self._loose: dict[str, str] = {}
        for member in self._archive.members:
            if not member.is_folder:
                self._enter(_Part(names.canonical(member.name), member))
        self._original = {key: part.member for key, part in self._parts.items()}
        self._types_root: etree._Element | None = None
        self._types: ContentTypes | None = None
        self.main_part = self._find_main_part()

    def _enter(self, part: _Part) -> None:
        key = names.key(part.name)
        if key in self._parts:
            raise refusal("duplicated", self.file, part=part.name)
        self._parts[key] = part
        self._loose.setdefault(names.loose_key(part.name), key)

    # --- finding

    @property
    def names(self) -> tuple[str, ...]:
        """All parts, in the order of the zip, new ones last; relationships and content types are among them."""
        return tuple(part.name for part in self._parts.values())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not None

    def find(self, name: str) -> str | None:
        """The name of a part as ``names`` has it, whatever the spelling; None when there is no such part."""
        part = self._look_up(name)
        return None if part is None else part.name

    def _look_up(self, name: str) -> _Part | None:
        part = self._parts.get(names.key(name))
        if part is None:
            part = self._parts.get(self._loose.get(names.loose_key(name), ""))
        return part

    def _part(self, name: str) -> _Part:
        part = self._look_up(name)
        if part is None:
            raise refusal("part_missing", self.file, part=name)
        return part

    def free_name(self, pattern: str) -> str:
        """``pattern`` with the first number, from 1, that makes it the name of no part: 'xl/tables/table{}.xml'."""
        for number in range(1, len(self._parts) + 2):
            name = pattern.format(number)
            if name not in self and names.relationships_name(name) not in self:
                return name
        raise AssertionError(pattern)  # there are more numbers than parts, unless the pattern has no place for one

    # --- reading

    def blob(self, name: str) -> bytes:
        """The bytes of a part as it stands now, edited or not. They are not kept: hold on to them if needed twice."""
        part = self._part(name)
        if part.touched and part.tree is not None:
            return serialise(part.tree, self._untouched(part))
        return self._untouched(part)

    def _untouched(self, part: _Part) -> bytes:
        """The bytes of a part leaving aside what was done to its tree."""
        if part.content is not None:
            return part.content
        assert part.member is not None  # noqa: S101 - a part has a member or content
        return part.member.inflate(self.file)

    def original_blob(self, name: str) -> bytes | None:
        """The bytes of a part as the file had them, though it be changed or dropped since; None for a new part."""
        member = self._original.get(names.key(self.find(name) or name))
        return None if member is None else member.inflate(self.file)

    def tree(self, name: str) -> etree._Element:
        """The root element of a part, parsed once; after changing it, ``touch`` the part."""
        part = self._part(name)
        if part.tree is None:
            part.tree = parse(self._untouched(part), self.file, part.name)
        return part.tree

    def content_type(self, name: str) -> str:
        """What the package says a part is; '' when it says nothing."""
        return self._content_types().of(self.find(name) or names.canonical(name))

    def _content_types(self) -> ContentTypes:
        root = self.tree(content_types.PART)
        if self._types is None or root is not self._types_root:
            self._types, self._types_root = ContentTypes(root), root
        return self._types

    def relationships(self, source: str = "") -> Relationships:
        """The relationships of a part; '' stands for the package itself."""
        return Relationships(self, (self.find(source) or names.canonical(source)) if source else "")

    def namespaces(self, name: str = "") -> Namespaces:
        """The dialect of XML, Transitional or Strict, that a part is in; '' stands for the workbook part."""
        return namespaces_of(str(self.tree(name or self.main_part).tag))

    @property
    def strict(self) -> bool:
        """Whether the workbook is Strict OOXML."""
        return self.namespaces().strict

    # --- changing

    def touch(self, name: str) -> None:
        """Say that the tree of a part was changed: it is serialised again when the package is saved."""
        self.tree(name)
        self._part(name).touched = True

    def replace(self, name: str, blob: bytes) -> None:
        """Give a part other bytes. A tree that was got before is no longer the part's."""
        part = self._part(name)
        part.content, part.tree, part.touched = blob, None, False

    def replace_tree(self, name: str, root: etree._Element) -> None:
        """Give a part another root element, such as one with more namespace declarations."""
        part = self._part(name)
        part.tree, part.touched = root, True

    def add(self, name: str, blob: bytes, content_type: str) -> str:
        """Add a part and say what it is; gives its name. It is the caller who relates it to another part.

        Raises ValueError when there is such a part already.
        """
        name = names.canonical(name)
        if name in self:
            raise ValueError(f"there is a part {name!r} already")
        self._enter(_Part(name, None, blob))
        if self._content_types().set(name, content_type):
            self.touch(content_types.PART)
        return name

    def drop(self, name: str) -> None:
        """Remove a part, what the content types say of it, and its own relationships.

        Relationships that point at it are the caller's to remove.
        """
        part = self._part(name)
        own = self._look_up(names.relationships_name(part.name))
        for gone in (part, own):
            if gone is not None:
                del self._parts[names.key(gone.name)]
                self._loose = {names.loose_key(kept.name): key for key, kept in reversed(self._parts.items())}
                if self._content_types().forget(gone.name):
                    self.touch(content_types.PART)

    def make_relationships(self, source: str) -> str:
        """Add an empty relationships part for ``source``; gives its name. ``Relationships.add`` does so by itself."""
        name = names.relationships_name(source)
        return self.add(name, DECLARATION + EMPTY, content_types.RELATIONSHIPS)

    # --- writing

    def is_changed(self, name: str) -> bool:
        """Whether a part's bytes are now other than in the file; a new part is changed."""
        part = self._part(name)
        if part.member is None:
            return True
        return (part.touched or part.content is not None) and self.blob(name) != part.member.inflate(self.file)

    def to_bytes(self) -> bytes:
        """The package as a zip: unchanged parts as they were packed, in order; the same input gives the same bytes."""
        kept = {id(part.member): part for part in self._parts.values() if part.member is not None}
        members = [
            self._packed(kept[id(member)], member) if id(member) in kept else member
            for member in self._archive.members
            if id(member) in kept or member.is_folder
        ]
        new = [part for part in self._parts.values() if part.member is None]
        members += [new_member(part.name, self.blob(part.name)) for part in new]
        return write_archive(Archive(tuple(members), self._archive.comment), self.file)

    def _packed(self, part: _Part, member: Member) -> Member:
        return member.with_content(self.blob(part.name)) if self.is_changed(part.name) else member

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the package to ``path``, whole or not at all; the file it was read from is never written to.

        Raises OutputError, in one sentence that says what to do.
        """
        target = Path(path)
        if self.path is not None and _same_file(self.path, target):
            raise output_refusal("output_is_source", target.name)
        write_whole(target, self.to_bytes())

    # --- opening

    def _find_main_part(self) -> str:
        """The workbook part: by the package's relationships, else by its content type.

        Raises PackageError when there is none, or when it is of another program.
        """
        if content_types.PART not in self:
            mimetype = self.blob("mimetype")[:200] if "mimetype" in self else b""
            raise refusal(recognise.kind_of_members(self.names, mimetype), self.file)
        related = [r.target for r in self.relationships().of_kind("officeDocument") if r.target in self]
        typed = [name for name in self.names if recognise.is_workbook_type(self.content_type(name))]
        for name in [*related, *typed]:
            kind = recognise.kind_of_content_type(self.content_type(name))
            if kind is not None:
                raise refusal(kind, self.file)
            if names.extension_of(name) != "bin":
                return self._checked_workbook(name)
        raise refusal("no_workbook", self.file)

    def _checked_workbook(self, name: str) -> str:
        if etree.QName(self.tree(name)).localname != "workbook":
            raise refusal("no_workbook", self.file)
        return name


def _opened(data: bytes, file: str) -> Archive:
    """The members of the zip in ``data``, or the refusal that fits what it is instead."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and b"PK\x05\x06" not in data[-66_000:]:
        raise refusal(recognise.kind_of_bytes(data), file)
    return read_archive(data, file)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
