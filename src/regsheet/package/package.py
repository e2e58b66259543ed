"""The package: a workbook as its parts.

Parts are inflated when they are asked for and parsed at most once. What is not changed goes out with the compressed
bytes it came in with, in its place; what is changed keeps its place, date and attributes; what is new comes last.
Nothing here knows of sheets or risks.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from lxml import etree

from regsheet.package import content_types, names, recognise
from regsheet.package.archive import (
    END_MARK,
    LOCAL_MARK,
    Archive,
    archive_pieces,
)
from regsheet.package.archive_reader import has_end, read_archive
from regsheet.package.content_types import ContentTypes
from regsheet.package.joined import Joined
from regsheet.package.namespaces import TRANSITIONAL, Namespaces, namespaces_of
from regsheet.package.opening import read_file
from regsheet.package.part import Part
from regsheet.package.refusals import output_refusal, refusal
from regsheet.package.relationships import EMPTY, Relationships
from regsheet.package.saving import write_whole
from regsheet.package.xml import DECLARATION, parse


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

    def __init__(
        self,
        data: bytes | Joined | Mapping[str, bytes],
        file: str = "the workbook",
        path: Path | None = None,
        *,
        hashed: bool = False,
    ) -> None:
        """Open the workbook in ``data``; ``file`` is its name in messages, ``path`` the file it came from.

        ``data`` are its parts by their names where it has never been packed; all of them are new then.
        ``hashed``: the hashes of its parts will be asked for; each is taken when the part is first inflated.
        """
        self.file = file
        self.path = path
        loose = data if isinstance(data, Mapping) else {}
        self.source_bytes = b"" if isinstance(data, Joined | Mapping) else data
        self._archive = Archive(()) if isinstance(data, Mapping) else _opened(data, file)
        self._parts: dict[str, Part] = {}
        self._loose: dict[str, str] = {}
        for member in self._archive.members:
            if not member.is_folder:
                self._enter(Part(names.canonical(member.name), member, hashed))
        for name, blob in loose.items():
            self._enter(Part(names.canonical(name), blob))
        self._original = dict(self._parts)
        self._types: ContentTypes | None = None
        self._relationships: dict[str, Relationships] = {}
        self.main_part = self._find_main_part()

    def _enter(self, part: Part) -> None:
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

    def _look_up(self, name: str) -> Part | None:
        part = self._parts.get(names.key(name))
        if part is None:
            part = self._parts.get(self._loose.get(names.loose_key(name), ""))
        return part

    def _part(self, name: str) -> Part:
        part = self._look_up(name)
        if part is None:
            raise refusal("part_missing", self.file, part=name)
        return part

    def promised(self) -> frozenset[str]:
        """The keys of the parts that the content types or relationships speak of, those that are missing with them."""
        return frozenset({names.key(part) for part, _ in self._content_types().overrides()} | self._missing_targets())

    def free_name(self, pattern: str, promised: Collection[str] | None = None) -> str:
        """``pattern`` with the first number, from 1, that makes a name nobody has: 'xl/tables/table{}.xml'.

        A name that something points at although the part is missing is not free: a new part would take its place.
        ``promised`` are these, where the caller knows them and adds no others.
        """
        if promised is None:
            promised = self.promised()
        numbered = (pattern.format(number) for number in count(1))
        return next(
            name
            for name in numbered
            if name not in self and names.relationships_name(name) not in self and names.key(name) not in promised
        )

    def _missing_targets(self) -> set[str]:
        """The keys of the parts that relationships point at and that are not there."""
        sources = [names.source_of(name) for name in self.names if names.is_relationships(name)]
        related = (relationship for source in sources for relationship in self.relationships(source))
        return {names.key(each.target) for each in related if not each.external and each.target not in self}

    # --- reading

    def blob(self, name: str) -> bytes:
        """The bytes of a part as it stands now, edited or not. They are not kept: hold on to them if needed twice."""
        return self._part(name).blob(self.file)

    def stretches(self, name: str) -> Iterator[bytes]:
        """The bytes of a part as it stands now, a stretch at a time, for a part that is not wanted whole.

        That a part is damaged may show at the end only: what was read before is not to be used then.
        """
        return self._part(name).stretches(self.file)

    def original_stretches(self, name: str) -> Iterator[bytes]:
        """The bytes of a part as the file had them, a stretch at a time; see ``original_blob``. None for a new part."""
        part = self._original.get(names.key(self.find(name) or name))
        return iter(()) if part is None or part.member is None else part.member.stretches(self.file)

    def sha256(self, name: str) -> bytes:
        """The SHA-256 of a part's bytes as it stands now."""
        return self._part(name).sha256(self.file)

    def original_blob(self, name: str) -> bytes | None:
        """The bytes of a part as the file had them, though it be changed or dropped since; None for a new part."""
        part = self._original.get(names.key(self.find(name) or name))
        return None if part is None or part.member is None else part.member.inflate(self.file)

    def tree(self, name: str) -> etree._Element:
        """The root element of a part, parsed once; after changing it, ``touch`` the part."""
        part = self._part(name)
        if part.tree is None:
            part.tree = parse(part.untouched(self.file), self.file, part.name)
        return part.tree

    def content_type(self, name: str) -> str:
        """What the package says a part is; '' when it says nothing."""
        return self._content_types().of(self.find(name) or names.canonical(name))

    def _content_types(self) -> ContentTypes:
        root = self.tree(content_types.PART)
        if self._types is None or self._types.root is not root:
            self._types = ContentTypes(root)
        return self._types

    def relationships(self, source: str = "") -> Relationships:
        """The relationships of a part; '' stands for the package itself."""
        name = (self.find(source) or names.canonical(source)) if source else ""
        if name not in self._relationships:
            self._relationships[name] = Relationships(self, name)
        return self._relationships[name]

    def namespaces(self, name: str = "") -> Namespaces:
        """The dialect of XML, Transitional or Strict, that a part is in; '' stands for the workbook part.

        A part that is in neither, such as a VML drawing, has the workbook's.
        """
        own = namespaces_of(str(self.tree(name).tag)) if name else None
        return own or namespaces_of(str(self.tree(self.main_part).tag)) or TRANSITIONAL

    @property
    def strict(self) -> bool:
        """Whether the workbook is Strict OOXML."""
        return self.namespaces().strict

    # --- changing

    def touch(self, name: str) -> None:
        """Say that the tree of a part was changed: it is serialised again when the package is saved."""
        self.tree(name)
        part = self._part(name)
        part.touched = True
        if names.key(part.name) == names.key(content_types.PART):
            self._types = None  # its elements may be others now

    def _types_said(self) -> None:
        """The content types were changed by what knows them, so it knows them as they are."""
        self._part(content_types.PART).touched = True

    def replace(self, name: str, blob: bytes) -> None:
        """Give a part other bytes. A tree that was got before is no longer the part's.

        Giving it the bytes it came with undoes every change: it is then saved as it was packed.
        """
        self._part(name).hold(blob, self.file)

    def replace_packed(self, name: str, pieces: Iterable[bytes]) -> None:
        """Give a part the bytes of these pieces, held compressed: they are never held whole, and will rarely be read.

        Pieces may be taken from what the part holds now. A tree that was got before is no longer the part's.
        """
        self._part(name).pack(pieces, self.file)

    def settle(self) -> None:
        """Serialise every changed tree once, for good, and give up all trees but those of the package's own parts.

        Trees that were got before are no longer the parts' ones.
        """
        for part in self._parts.values():
            if not names.is_relationships(part.name) and names.key(part.name) != names.key(content_types.PART):
                part.settle(self.file)

    def add(self, name: str, blob: bytes, content_type: str) -> str:
        """Add a part and say what it is; gives its name. It is the caller who relates it to another part.

        Raises ValueError when there is such a part already.
        """
        part = self._new_part(name)
        part.hold(blob, self.file)
        return self._added(part, content_type)

    def add_packed(self, name: str, pieces: Iterable[bytes], content_type: str) -> str:
        """Add a part with the bytes of these pieces, held compressed: they are never held whole; see ``add``."""
        part = self._new_part(name)
        part.pack(pieces, self.file)
        return self._added(part, content_type)

    def _new_part(self, name: str) -> Part:
        name = names.canonical(name)
        if name in self:
            raise ValueError(f"there is a part {name!r} already")
        return Part(name, b"")

    def _added(self, part: Part, content_type: str) -> str:
        self._enter(part)
        if self._content_types().set(part.name, content_type):
            self._types_said()
        return part.name

    def declare(self, name: str, content_type: str) -> None:
        """Say what a part is that the package says nothing, or something else, of."""
        if self._content_types().set(self._part(name).name, content_type):
            self._types_said()

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
                    self._types_said()

    def make_relationships(self, source: str) -> str:
        """Add an empty relationships part for ``source``; gives its name. ``Relationships.add`` does so by itself."""
        name = names.relationships_name(source)
        return self.add(name, DECLARATION + EMPTY, content_types.RELATIONSHIPS)

    # --- writing

    def holds_as_it_was(self, name: str, original: "Package") -> bool:
        """Whether a part holds what it held in the file that ``original`` was read from."""
        part, before = self._part(name), original._original.get(names.key(original.find(name) or name))
        if before is None or before.member is None:
            return False
        return part.is_packed_as(Part(before.name, before.member)) or self.blob(name) == original.original_blob(name)

    def is_changed(self, name: str) -> bool:
        """Whether a part's bytes are now other than in the file; a new part is changed."""
        return self._part(name).is_changed(self.file)

    def to_bytes(self) -> bytes:
        """The package as a zip: unchanged parts as they were packed, in order; the same input gives the same bytes."""
        return b"".join(self._zipped())

    def opened_again(self) -> "Package":
        """The package as it will be once it is written and read, opened anew from its zip, which is not joined."""
        return Package(self._zipped(), self.file)

    def _zipped(self) -> Joined:
        kept = {id(part.member): part for part in self._parts.values()}
        members = [member for member in self._archive.members if member.is_folder or id(member) in kept]
        packed = [member if member.is_folder else kept[id(member)].packed(self.file) for member in members]
        packed += [part.packed(self.file) for part in self._parts.values() if part.member is None]
        return archive_pieces(Archive(tuple(packed), self._archive.comment), self.file)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the package to ``path``, whole or not at all; the file it was read from is never written to.

        Raises OutputError, in one sentence that says what to do.
        """
        target = Path(path)
        if self.path is not None and _same_file(self.path, target):
            raise output_refusal("output_is_source", target.name)
        write_whole(target, self._zipped())

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


def _opened(data: bytes | Joined, file: str) -> Archive:
    """The members of the zip in ``data``, or the refusal that fits what it is instead."""
    if not isinstance(data, Joined) and not data.startswith((LOCAL_MARK, END_MARK)):
        kind = recognise.kind_of_bytes(data)
        if kind != "unknown" or not has_end(data):
            raise refusal(kind, file)
    return read_archive(data, file)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
