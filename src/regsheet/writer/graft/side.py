"""The side workbook, as XlsxWriter wrote it: its sheets, texts, styles and defined names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from regsheet.package import TRANSITIONAL, Package

main = TRANSITIONAL.main

STRING = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
"""A shared text, plain or rich, as XlsxWriter spells it."""


@dataclass(frozen=True, slots=True)
class SideSheet:
    """A sheet of the side workbook and its part there."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class SideName:
    """A defined name that belongs to a sheet (print titles, print area): ``sheet`` is its position."""

    name: str
    sheet: int
    text: str
    hidden: bool


class Side:
    """A workbook of our own making, so always Transitional, without prefixes, its parts where XlsxWriter puts them."""

    def __init__(self, data: bytes | Mapping[str, bytes]) -> None:
        """``data`` is the workbook, or its parts by their names."""
        self.package = Package(data, "the new sheets")
        workbook = self.package.tree(self.package.main_part)
        related = list(self.package.relationships(self.package.main_part))
        targets = {item.id: item.target for item in related}
        parts = {item.kind: item.target for item in related}
        self.sheets = tuple(
            SideSheet(str(item.get("name")), targets[str(item.get(TRANSITIONAL.relationship("id")))])
            for item in workbook.iter(main("sheet"))
        )
        self.defined_names = tuple(
            SideName(
                str(item.get("name")), int(item.get("localSheetId", "0")), item.text or "", item.get("hidden") == "1"
            )
            for item in workbook.iter(main("definedName"))
            if item.get("localSheetId") is not None
        )
        self.styles = self.tree(parts["styles"]) if "styles" in parts else None
        self.strings = tuple(STRING.findall(self.blob(parts["sharedStrings"]))) if "sharedStrings" in parts else ()

    def blob(self, part: str) -> bytes:
        """The bytes of a part."""
        return self.package.blob(part)

    def tree(self, part: str) -> etree._Element:
        """The root of a part; it may be changed freely, nobody saves the side workbook."""
        return self.package.tree(part)
