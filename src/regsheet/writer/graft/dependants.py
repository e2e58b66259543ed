"""A sheet's dependants: drawings, charts, tables, notes and their shapes, under free names and with free ids."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from regsheet.package import TRANSITIONAL, Package, Relationship, serialise
from regsheet.writer.graft.charts import say_everything
from regsheet.writer.graft.looks import Looks
from regsheet.writer.graft.side import Side
from regsheet.writer.graft.strict import to_strict
from regsheet.writer.graft.table import TableNames
from regsheet.writer.graft.worksheet import Rebuild, remap_differentials
from regsheet.writer.vml import BLOCK, IDMAP, SHAPE_ID, ShapeIds

NUMBER = re.compile(r"\d*(?=\.[^.]*\Z)")

RELATED = etree.XPath("//*[@r:*]", namespaces={"r": TRANSITIONAL.document_relationships})
"""What names a relationship."""


class Carrier:
    """Carries parts over from the side workbook, once each."""

    def __init__(self, package: Package, side: Side, looks: Looks, shapes: ShapeIds) -> None:
        self._package = package
        self._side = side.package
        self._looks = looks
        self._shapes = shapes
        self._tables = TableNames(package)
        self._promised = package.promised()
        self._carried: dict[str, str] = {}

    def free_name(self, pattern: str) -> str:
        """A name for a part that is carried over."""
        return self._package.free_name(pattern, self._promised)

    def carry(self, part: str, name: str, root: etree._Element, rebuild: Rebuild | None = None) -> str:
        """Add an XML part under ``name`` with all that it relates to; gives the name.

        ``rebuild`` gives a worksheet its rows; it is held compressed.
        """
        self._carried[part] = name
        related = list(self._side.relationships(part))
        # The part must exist before it can be related to others, and its ids are known only then.
        self._package.add(name, b"<x/>", self._side.content_type(part))
        ids = {item.id: self._relate(name, item) for item in related}
        if ids:
            for item in cast("list[etree._Element]", RELATED(root)):
                for key, value in item.items():
                    if str(key).startswith(f"{{{TRANSITIONAL.document_relationships}}}"):
                        item.set(key, ids[str(value)])
        content = serialise(to_strict(root) if self._package.strict else root)
        if rebuild is None:
            self._package.replace(name, content)
        else:
            self._package.replace_packed(name, rebuild(content))
        return name

    def _relate(self, source: str, relationship: Relationship) -> str:
        # Without the full type, the host's own dialect decides it.
        related = self._package.relationships(source)
        if relationship.external:
            return related.add(relationship.kind, relationship.target, external=True)
        return related.add(relationship.kind, self._carry_dependant(relationship.target))

    def _carry_dependant(self, part: str) -> str:
        if part in self._carried:
            return self._carried[part]
        name = self.free_name(self._pattern(part))
        if part.endswith(".vml"):
            self._carried[part] = self._package.add(name, self._own_shapes(part), self._side.content_type(part))
            return self._carried[part]
        if not part.endswith(".xml"):
            self._carried[part] = self._package.add(name, self._side.blob(part), self._side.content_type(part))
            return self._carried[part]
        root = self._side.tree(part)
        if root.tag == TRANSITIONAL.main("table"):
            self._tables.adopt(root)
            remap_differentials(root, self._looks)
        elif root.tag == f"{{{TRANSITIONAL.chart}}}chartSpace":
            say_everything(root)
        return self.carry(part, name, root)

    def _pattern(self, part: str) -> str:
        """Where the part goes: as XlsxWriter has it, under the host's own folder, with a number to fill in."""
        folder = self._package.main_part.rpartition("/")[0]
        below = part.removeprefix("xl/")
        return NUMBER.sub("{}", f"{folder}/{below}".lstrip("/"), count=1)

    def _own_shapes(self, part: str) -> bytes:
        """A drawing of notes with its shapes in a block of ids that no other drawing of the host has."""
        blob = self._side.blob(part)
        old_blocks = sorted({int(number) // BLOCK for number in SHAPE_ID.findall(blob)} | _blocks(blob))
        new = {old: self._shapes.free_block() for old in old_blocks}

        def moved(found: re.Match[bytes]) -> bytes:
            number = int(found[1])
            return b"_s%d" % (new[number // BLOCK] * BLOCK + number % BLOCK)

        blob = SHAPE_ID.sub(moved, blob)
        listed = b",".join(b"%d" % new[old] for old in old_blocks)
        found = IDMAP.search(blob)
        return blob if found is None else blob[: found.start(1)] + listed + blob[found.end(1) :]


def _blocks(blob: bytes) -> set[int]:
    found = IDMAP.search(blob)
    return {int(item) for item in found[1].split(b",") if item.strip()} if found else set()
