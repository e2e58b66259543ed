"""Which parts a part points at, and by which id."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from lxml import etree

from regsheet.package.names import relationships_name, relative_target, resolve, scheme_of
from regsheet.package.namespaces import PACKAGE_RELATIONSHIPS, Namespaces, kind_of, qualified

EMPTY = f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"/>'.encode()


@dataclass(frozen=True)
class Relationship:
    """One relationship: an id, what kind of thing it points at, and where that is.

    ``kind`` is the last segment of ``type`` ('worksheet', 'comments', 'vmlDrawing' …), in Transitional's spelling.
    ``target`` is the name of a part as ``Package.names`` has it; when ``external``, the address as written; a mere
    fragment ('#Sheet1!A1') stays as it is. A part that does not exist may be named: ask ``target in package``.
    """

    id: str
    type: str
    kind: str
    target: str
    external: bool


class Holder(Protocol):
    """What the relationships need of their package."""

    def find(self, name: str) -> str | None:
        """The name of a part as stored, or None."""

    def tree(self, name: str) -> etree._Element:
        """The root element of a part."""

    def touch(self, name: str) -> None:
        """Say that a part's tree was changed."""

    def make_relationships(self, source: str) -> str:
        """Add an empty relationships part for ``source``; gives its name."""

    def drop(self, name: str) -> None:
        """Remove a part."""

    def namespaces(self, name: str = "") -> Namespaces:
        """The dialect of a part, or of the workbook."""


class Relationships:
    """The relationships of one part ('' for the package), in the order of the file; a live view of their part."""

    def __init__(self, package: Holder, source: str) -> None:
        self._package = package
        self._source = source
        self._by_id: dict[str, etree._Element] = {}
        self._indexed: tuple[etree._Element | None, int] = (None, 0)

    def __iter__(self) -> Iterator[Relationship]:
        return iter([self._read(element) for element in self._elements()])

    def __len__(self) -> int:
        return sum(1 for _ in self._elements())

    def of_kind(self, kind: str) -> list[Relationship]:
        """All relationships of a kind, such as 'worksheet'."""
        return [relationship for relationship in self if relationship.kind == kind]

    def by_id(self, identity: str) -> Relationship | None:
        """The relationship with this id, or None."""
        element = self._index().get(identity)
        return None if element is None else self._read(element)

    def to(self, target: str) -> list[Relationship]:
        """All relationships that point at a part."""
        return [relationship for relationship in self if not relationship.external and relationship.target == target]

    def add(self, kind_or_type: str, target: str, *, external: bool = False) -> str:
        """Point at a part (or, ``external``, at an address) and give the new id.

        A full type is taken as it is; a kind such as 'comments' becomes the type it has in this workbook's dialect.
        """
        name = self._package.find(relationships_name(self._source))
        if name is None:
            name = self._package.make_relationships(self._source)
        root = self._package.tree(name)
        taken = self._index()
        identity = next(new for number in count(len(taken) + 1) if (new := f"rId{number}") not in taken)
        if ":" not in kind_or_type:
            kind_or_type = self._package.namespaces().relationship_type(kind_or_type)
        element = etree.SubElement(root, qualified(PACKAGE_RELATIONSHIPS, "Relationship"))
        element.set("Id", identity)
        element.set("Type", kind_or_type)
        element.set("Target", target if external else relative_target(self._source, target))
        if external:
            element.set("TargetMode", "External")
        taken[identity] = element
        self._indexed = (root, len(root))
        self._package.touch(name)
        return identity

    def remove(self, identity: str) -> None:
        """Remove the relationship with this id, if there is one; the part it points at stays.

        When it was the last one, the relationships part goes too: an empty one says nothing.
        """
        element = self._index().get(identity)
        name = self._package.find(relationships_name(self._source))
        if element is None or name is None:
            return
        root = self._package.tree(name)
        root.remove(element)
        if len(root):
            self._package.touch(name)
        else:
            self._package.drop(name)

    def _root(self) -> etree._Element | None:
        name = self._package.find(relationships_name(self._source))
        return None if name is None else self._package.tree(name)

    def _elements(self) -> Iterator[etree._Element]:
        root = self._root()
        if root is not None:
            yield from root.iterchildren(qualified(PACKAGE_RELATIONSHIPS, "Relationship"))

    def _index(self) -> dict[str, etree._Element]:
        """The elements by id, made again only when the part has another tree or another number of them.

        A sheet may have as many relationships as hyperlinks: looking each one up from the start would take hours.
        """
        root = self._root()
        state = (root, 0 if root is None else len(root))
        if state != self._indexed:
            self._by_id = {}
            for element in self._elements():
                self._by_id.setdefault(str(element.get("Id") or ""), element)
            self._indexed = state
        return self._by_id

    def _read(self, element: etree._Element) -> Relationship:
        full_type = str(element.get("Type") or "")
        target = str(element.get("Target") or "").strip()
        external = str(element.get("TargetMode") or "").lower() == "external" or bool(scheme_of(target))
        if not external:
            target = resolve(self._source, target, self._package.find)
        return Relationship(
            id=str(element.get("Id") or ""),
            type=full_type,
            kind=kind_of(full_type),
            target=target,
            external=external,
        )
