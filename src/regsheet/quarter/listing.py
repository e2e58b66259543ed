"""A sheet that lists things: title, sentence, a table with filters, or a line that there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table

MAX_ROWS = 1_048_000
"""Rows of one table; a sheet takes a few more."""


def start(book: Any, look: Look, name: str, widths: Sequence[float], subtitle: str, footer: str) -> Page:
    """A new sheet with its title and the sentence under it."""
    page = Page(book, look, wording("names")[name], widths, footer=footer, tab=SLATE)
    page.title(wording("names")[name], subtitle, min(len(widths) - 1, 9))
    return page


def finish(page: Page, table: str, heads: Sequence[str], rows: int, none: str, *, frozen: int) -> None:
    """Make a table of the rows below ``HEAD_ROW``; where there are none, its only row says so."""
    last = HEAD_ROW + max(rows, 1)
    if not rows:
        page.blank(last, 0, len(heads) - 1, page.look("cell"))
        page.text(last, 0, none, page.look("cell quiet", text_wrap=False))
    add_table(page, table, heads, last, frozen=frozen)
