"""Links from the rows of a list to the annotated workbooks, as XlsxWriter has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from xlsxwriter.url import Url

from regsheet.quarter.links import LONGEST_LINK, workbook_link
from regsheet.writer.sheets.page import MAX_LINKS

_is_plain = lru_cache(10_000)(re.compile("[A-Z]+[0-9]+").fullmatch)
_SPECIMEN = "A1"
"""No cell has a shorter address."""


class Place(NamedTuple):
    """A cell that is to lead to an annotated workbook: its column and text, and where it leads."""

    column: int
    text: str
    output: str
    sheet: str = ""
    cell: str | None = None


class Link(NamedTuple):
    """A link from a cell of a column to a file, and to a place in it unless that is empty."""

    column: int
    target: str
    anchor: str


def links_of(places: Iterable[Place | None]) -> list[Link | None]:
    """The link of each row, as many as Excel takes; None where there is none to be, or none can be made."""
    found: list[Link | None] = []
    made, find = 0, cache(_to_sheet)
    for place in places:
        link = _link(place, find) if place is not None and place.text and made < MAX_LINKS else None
        made += link is not None
        found.append(link)
    return found


def _link(place: Place, find: Callable[[str, str], tuple[str, str, int] | None]) -> Link | None:
    column, _, output, sheet, cell = place
    if not (sheet and cell and _is_plain(cell)):
        link = workbook_link(output, sheet, cell)
        return None if link is None else Link(column, *_parts(link))
    known = find(output, sheet)
    if known is None or len(cell) > known[2]:
        return None
    return Link(column, known[0], known[1] + cell)


def _to_sheet(output: str, sheet: str) -> tuple[str, str, int] | None:
    """The file and the place without the cell of links to a sheet, and how long the cell's address may be."""
    link = workbook_link(output, sheet, _SPECIMEN)
    if link is None:
        return None
    target, anchor = _parts(link)
    return target, anchor.removesuffix(_SPECIMEN), LONGEST_LINK - len(link) + len(_SPECIMEN)


def _parts(link: str) -> tuple[str, str]:
    """The file and the place of a link, as XlsxWriter spells them."""
    url = Url(link)
    return url._target(), url._anchor
