"""The rows of a sheet from its element tree: the way that understands whatever XML a program wrote."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from regsheet.grid import walk
from regsheet.grid.stored import StoredCell, StoredFormula, StoredRow
from regsheet.grid.texts import StoredText, read_text
from regsheet.grid.xml import attribute, children, decimal, flag, local, namespace


def rows_of_tree(sheet_data: etree._Element) -> Iterator[StoredRow]:
    """Every row of a ``sheetData`` element, in file order."""
    value_tag = namespace(sheet_data) + "v"
    for number, row in walk.rows(sheet_data):
        cells: list[StoredCell] = []
        add = cells.append
        for column, element in walk.cells(row):
            if not len(element):
                add((column, element.get("s"), element.get("t", "n"), None, None, None))
            elif len(element) == 1 and (only := element[0]).tag == value_tag:
                add((column, element.get("s"), element.get("t", "n"), only.text or None, None, None))
            else:
                add((column, element.get("s"), element.get("t", "n"), *_content(element)))
        hidden = flag(row, "hidden") or decimal(row, "ht") == 0
        yield StoredRow(number, hidden, row.get("s") if flag(row, "customFormat") else None, cells)


def _content(element: etree._Element) -> tuple[str | None, StoredFormula | str | None, StoredText | None]:
    text: str | None = None
    formula: StoredFormula | str | None = None
    inline: StoredText | None = None
    for part in children(element):
        name = local(part)
        if name == "v":
            text = part.text or None
        elif name == "f":
            formula = _formula(part)
        elif name == "is":
            inline = read_text(part)
    return text, formula, inline


def _formula(element: etree._Element) -> StoredFormula | str | None:
    if not element.attrib:
        return element.text or None
    return StoredFormula(
        element.text or "",
        element.get("t", "normal"),
        element.get("si", ""),
        element.get("ref", ""),
        attribute(element, "r1") or "",
        attribute(element, "r2") or "",
        flag(element, "dt2D"),
        flag(element, "dtr"),
    )
