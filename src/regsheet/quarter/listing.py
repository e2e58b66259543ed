"""A sheet that lists things: title, sentence, a table with filters, or a line that there is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from regsheet.quarter.list_links import Link, Place, links_of
from regsheet.quarter.listed import Column, Listed, ListWorksheet
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import date_words

MAX_ROWS = 1_048_000
"""Rows of one table; a sheet takes a few more."""

FIRST_YEAR = 1901
"""Excel has no earlier days, or counts them otherwise."""


class ListPage(Page):
    """A sheet with one list on it."""

    def _worksheet_class(self) -> type[Any]:
        return ListWorksheet

    def put(self, columns: Sequence[Column], places: Sequence[Place | None] = ()) -> None:
        """Put the list, if it has rows. ``places``: for each row a cell that is to lead to a workbook, or None."""
        if not columns[0].values:
            return
        links = links_of(places)
        there = {place.column for place in places if place is not None}
        columns = [self._linked(column, at, places, links) if at in there else column
                   for at, column in enumerate(columns)]  # fmt: skip
        self.sheet.put_list(HEAD_ROW + 1, columns, self.widths, self.look())
        self.sheet.put_list_links(links, sum(place is not None and bool(place.text) for place in places))

    def _linked(self, column: Column, at: int, places: Sequence[Place | None], links: Sequence[Link | None]) -> Column:
        """A column with cells that lead somewhere, or should and cannot."""
        linked = self.look("cell link")
        plain = self.look.unlinked(linked)
        styles = [column.style if place is None or place.column != at else plain if link is None else linked
                  for place, link in zip(places, links, strict=True)]  # fmt: skip
        return replace(column, styles=styles)


def fitted(values: Sequence[Listed], style: Any) -> Column:
    """A column of one look, the rows made tall enough for its texts."""
    return Column(values, style, fitted=True)


def days(values: Sequence[dt.date | None], look: Look, empty: Sequence[Any] = ()) -> Column:
    """A column of days, words for one that Excel lacks; ``empty`` is how each cell looks where its day is not known."""
    words, plain = look("cell"), look("cell", num_format="dd/mm/yyyy")
    days = dict.fromkeys(values)
    shown = {day: date_words(day) if day is not None and day.year < FIRST_YEAR else day for day in days}
    styles = {day: plain if isinstance(shown[day], dt.date) else words for day in days}
    return Column(
        [shown[day] for day in values],
        styles=[empty[row] if day is None and empty else styles[day] for row, day in enumerate(values)],
    )


def start(book: Any, look: Look, name: str, widths: Sequence[float], subtitle: str, footer: str) -> ListPage:
    """A new sheet with its title and the sentence under it."""
    page = ListPage(book, look, wording("names")[name], widths, footer=footer, tab=SLATE)
    page.title(wording("names")[name], subtitle, min(len(widths) - 1, 9))
    return page


def finish(page: Page, table: str, heads: Sequence[str], rows: int, none: str, *, frozen: int) -> None:
    """Make a table of the rows below ``HEAD_ROW``; where there are none, its only row says so."""
    last = HEAD_ROW + max(rows, 1)
    if not rows:
        page.blank(last, 0, len(heads) - 1, page.look("cell"))
        page.text(last, 0, none, page.look("cell quiet", text_wrap=False))
    add_table(page, table, heads, last, frozen=frozen)
