"""The side workbook, as XlsxWriter wrote it: its sheets, texts, styles and defined names."""

from __future__ import annotations

import re
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

    def __init__(self, data: bytes) -> None:
        self.package = Package(data, "the new sheets")
        workbook = self.package.tree(self.package.main_part)
        related = self.package.relationships(self.package.main_part)
        targets = {item.id: item.target for item in related}
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
        self.styles = self._only("styles")
        found = self.package.relationships(self.package.main_part).of_kind("sharedStrings")
        self.strings = tuple(STRING.findall(self.package.blob(found[0].target))) if found else ()

    def blob(self, part: str) -> bytes:
        """The bytes of a part."""
        return self.package.blob(part)

    def tree(self, part: str) -> etree._Element:
        """The root of a part; it may be changed freely, nobody saves the side workbook."""
        return self.package.tree(part)

    def _only(self, kind: str) -> etree._Element | None:
        found = self.package.relationships(self.package.main_part).of_kind(kind)
        return self.package.tree(found[0].target) if found else None
