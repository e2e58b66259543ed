"""Excel tables of the new sheets: headings that freeze and repeat in print, filters, our own plain look."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.writer.sheets.page import Page

HEAD_ROW = 3
"""The row of the headings, counted from 0, where a title and a sentence stand above."""


def add_table(
    page: Page, name: str, heads: Sequence[str], last_row: int, *, frozen: int, head_row: int = HEAD_ROW
) -> None:
    """Make a table of what stands below ``head_row``, write its headings, freeze and repeat them."""
    heading = page.look("heading")
    columns = [{"header": head, "header_format": heading} for head in heads]
    page.height(head_row - 1, 6)
    page.height(head_row, 30)
    page.sheet.add_table(head_row, 0, last_row, len(heads) - 1, {"name": name, "style": None, "columns": columns})
    page.sheet.freeze_panes(head_row + 1, frozen)
    page.sheet.repeat_rows(head_row)
