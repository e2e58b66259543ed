"""What is in a package, looked up in the ways that the features' signs ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from regsheet.errors import PackageError
from regsheet.grid.scanned_rows import ScannedSheet
from regsheet.grid.scanning import UnusualError
from regsheet.grid.xml import attribute, namespace
from regsheet.package import STRICT, TRANSITIONAL, Package
from regsheet.package.names import is_relationships

_SORTS = {
    # The kind of relationship by which each sort of part is pointed at.
    "worksheet": ("worksheet",),
    "cells": ("worksheet",),
    "chartsheet": ("chartsheet", "dialogsheet"),
    "drawing": ("drawing",),
    "vml": ("vmlDrawing",),
    "strings": ("sharedStrings",),
    "comments": ("comments",),
    "connections": ("connections",),
    "link": ("externalLink",),
}
_BASIC = frozenset({f"{{{TRANSITIONAL.spreadsheet}}}", f"{{{STRICT.spreadsheet}}}"})


@dataclass(frozen=True, slots=True)
class Trace:
    """Something found: how many of it in which part."""

    part: str
    count: int


class Evidence:
    """A package searched: relationships once, each part at most once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.damaged: list[str] = []
        self._trees: dict[str, etree._Element | None] = {}
        self.related: dict[str, list[tuple[str, str]]] = {}
        """For each kind of relationship, (source, target) of each; '' is the package itself."""
        sources = ["", *(name for name in package.names if not is_relationships(name))]
        for source in sources:
            with suppress(PackageError):
                for relationship in package.relationships(source):
                    self.related.setdefault(relationship.kind, []).append((source, relationship.target))

    # -- signs -------------------------------------------------------------------------------------------------

    def of_kind(self, kind: str) -> Iterator[Trace]:
        """Every part that is pointed at by a relationship of a kind; what is outside the file counts for its source."""
        for source, target in self.related.get(kind, ()):
            yield Trace(target if target in self.package else source, 1)

    def in_folder(self, folder: str) -> Iterator[Trace]:
        """Every part whose name begins so."""
        lowered = folder.lower()
        for name in self.package.names:
            if name.lower().startswith(lowered) and not is_relationships(name):
                yield Trace(name, 1)

    def elements(
        self, sort: str, element: str, attribute_name: str = "", value: str = "", extension: bool = False
    ) -> Iterator[Trace]:
        """The parts of a sort that have an element, with an attribute of that value if one is named.

        With ``extension`` only elements outside SpreadsheetML's own namespaces count.
        """
        for part in self.parts(sort):
            root = self._tree(part)
            found = root.iter(f"{{*}}{element}") if root is not None else iter(())
            count = sum(
                1
                for item in found
                if (not attribute_name or attribute(item, attribute_name) == value)
                and not (extension and namespace(item) in _BASIC)
            )
            if count:
                yield Trace(part, count)

    def patterns(self, sort: str, pattern: str) -> Iterator[Trace]:
        """The parts of a sort whose bytes match a pattern."""
        wanted = re.compile(pattern.encode())
        for part in self.parts(sort):
            with suppress(PackageError):
                count = sum(1 for _ in wanted.finditer(self.package.blob(part)))
                if count:
                    yield Trace(part, count)

    # -- parts -------------------------------------------------------------------------------------------------

    def parts(self, sort: str) -> list[str]:
        """The parts of a sort that are there, each once."""
        if sort == "workbook":
            return [self.package.main_part]
        targets = [target for kind in _SORTS[sort] for _, target in self.related.get(kind, ())]
        return [part for part in dict.fromkeys(targets) if part in self.package]

    def sheets_of(self, part: str) -> tuple[str, ...]:
        """The names of the sheets that a part belongs to, in tab order; none where it belongs to the workbook."""
        return tuple(name for name, own in self._owned.items() if part in own)

    @cached_property
    def _owned(self) -> dict[str, set[str]]:
        """Each sheet's name with its part and all that can be reached from it."""
        onward: dict[str, set[str]] = {}
        for pairs in self.related.values():
            for source, target in pairs:
                onward.setdefault(source, set()).add(target)
        found: dict[str, set[str]] = {}
        for name, part in self._sheets():
            own, waiting = {part}, [part]
            while waiting:
                new = onward.get(waiting.pop(), set()) - own - {self.package.main_part}
                own |= new
                waiting += new
            found[name] = own
        return found

    def _sheets(self) -> Iterator[tuple[str, str]]:
        relationships = self.package.relationships(self.package.main_part)
        for sheet in self.package.tree(self.package.main_part).iter("{*}sheet"):
            relationship = relationships.by_id(attribute(sheet, "id") or "")
            if relationship is not None:
                yield sheet.get("name", ""), relationship.target

    def _tree(self, part: str) -> etree._Element | None:
        """A part's root element, of a worksheet without its rows where that is quick; None where it is damaged."""
        if part not in self._trees:
            self._trees[part] = self._parsed(part)
            if self._trees[part] is None:
                self.damaged.append(part)
        return self._trees[part]

    def _parsed(self, part: str) -> etree._Element | None:
        with suppress(UnusualError, etree.XMLSyntaxError, PackageError):
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(ScannedSheet(self.package.stretches(part)).rest(), parser)
        with suppress(PackageError):
            return self.package.tree(part)
        return None
