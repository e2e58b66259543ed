"""What a worksheet part says besides its cells: merges, hidden columns, header and footer."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from regsheet.grid.addresses import Area, area
from regsheet.grid.xml import child, children, decimal, flag, number
from regsheet.limits import MAX_COLUMNS

_CODE = re.compile(
    r'&(?:(?P<both>&)|(?P<part>[LCR])|"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]{1,3}|[A-Za-z])'
)


def read_merges(worksheet: etree._Element) -> list[Area]:
    """The merged areas, of more than one cell each."""
    group = child(worksheet, "mergeCells")
    if group is None:
        return []
    found = (area(each.get("ref", "")) for each in children(group, "mergeCell"))
    return [each for each in found if each and (each.first_row, each.first_column) != (each.last_row, each.last_column)]


def read_hidden_columns(worksheet: etree._Element) -> set[int]:
    """The columns that are hidden or have no width."""
    hidden: set[int] = set()
    for column in _columns(worksheet):
        if flag(column, "hidden") or decimal(column, "width") == 0:
            hidden.update(range(*_span(column)))
    return hidden


def read_column_styles(worksheet: etree._Element) -> list[tuple[int, int, int]]:
    """First column, last column and style index of columns that have a style."""
    return [
        (_span(column)[0], _span(column)[1] - 1, number(column, "style"))
        for column in _columns(worksheet)
        if number(column, "style") > 0
    ]


def read_header_footer(worksheet: etree._Element) -> str:
    """The text of headers and footers, one part a line, without codes for fonts, page numbers and the like."""
    group = child(worksheet, "headerFooter")
    if group is None:
        return ""
    lines = "\n".join(_CODE.sub(_code_text, part.text or "") for part in children(group)).split("\n")
    return "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _columns(worksheet: etree._Element) -> list[etree._Element]:
    """The column elements: at most as many as there are columns."""
    found = (column for group in children(worksheet, "cols") for column in children(group, "col"))
    return list(islice(found, MAX_COLUMNS))


def _span(column: etree._Element) -> tuple[int, int]:
    """First column and the one after the last, inside the sheet."""
    first = max(1, number(column, "min", 1))
    return first, min(MAX_COLUMNS, number(column, "max", first)) + 1


def _code_text(found: re.Match[str]) -> str:
    if found["both"]:
        return "&"
    return "\n" if found["part"] else ""
