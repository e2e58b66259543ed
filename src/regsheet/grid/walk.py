"""Where the cells of a sheet stand: rows and cells of a ``sheetData`` element with their numbers.

Files may leave out the ``r`` of a row or cell (it is then the next one), write it in lower case, or in no order.
Reader and writer both walk with these functions, so an address can never mean two cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from regsheet.grid.addresses import COLUMNS, position
from regsheet.grid.xml import ALTERNATE, children, local, namespace
from regsheet.limits import MAX_COLUMNS, MAX_ROWS

DIGITS = "0123456789"


def rows(sheet_data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each row element with its number, in file order. A row past the end of a sheet is left out."""
    number = 0
    for row in _named(sheet_data, "row"):
        number = _row_number(row, number + 1)
        if number <= MAX_ROWS:
            yield number, row


def cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each cell element of a row with its column, in file order. A cell past the end of a sheet is left out."""
    column = 0
    known = COLUMNS.get
    for cell in _named(row, "c"):
        reference = cell.get("r")
        found = known(reference.rstrip(DIGITS)) if reference else None
        column = found or _column(reference, column + 1)
        if column <= MAX_COLUMNS:
            yield column, cell


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of one name: straight from lxml, unless the parent offers alternatives."""
    if next(parent.iterchildren(ALTERNATE), None) is not None:
        return children(parent, name)
    return parent.iterchildren(namespace(parent) + name)


def _row_number(row: etree._Element, following: int) -> int:
    """What the row says it is; else what its first cell with an address says; else the following one."""
    text = row.get("r")
    if text is not None:
        stripped = text.strip()
        if stripped.isascii() and stripped.isdigit() and 0 < len(stripped) <= 9 and int(stripped) > 0:
            return int(stripped)
    for cell in row:
        reference = cell.get("r") if local(cell) == "c" else None
        if reference:
            try:
                return position(reference.strip())[0] or following
            except ValueError:
                return following
    return following


def _column(reference: str | None, following: int) -> int:
    """The column of an unusual address (lower case, ``$``), or the following one where it cannot be read."""
    try:
        return position(reference.strip())[1] if reference else following
    except ValueError:
        return following
