"""The Merged edits: each cell that was taken over from a returned copy, as sent, as merged, and by whom."""

from __future__ import annotations

from typing import Any

from regsheet.model.register import shorten
from regsheet.writer.merged import Merge, MergedEdit
from regsheet.writer.report import Report
from regsheet.writer.sheets.beside import add_beside, beside_heads, beside_widths, is_there, shown_value
from regsheet.writer.sheets.conflicts import LONGEST_TITLE
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words
from regsheet.writer.sheets.wording import wording

WIDTHS = (4.5, 18.0, 7.0, 7.0, 24.0, 18.0, 16.0, 34.0, 34.0, 20.0, 26.0)
TABLE_NAME = "Check_merged"


def add_merged_edits(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    merge, words = report.merge or Merge((), (), ()), wording("merged")
    beside = beside_heads(edit.beside for edit in merge.edits)
    widths = (*WIDTHS, *beside_widths(beside))
    page = Page(book, look, names.merged, widths, footer=footer, tab=SLATE, standalone=report.standalone)
    named = {name for edit in merge.edits for name in edit.copies}
    copies = count_words(len(named if merge.edits else merge.copies), "copy", "copies")
    key = "subtitle" if merge.edits else "subtitle_none"
    subtitle = words[key].format(cells=count_words(len(merge.edits), "cell"), copies=copies)
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    for row, edit in enumerate(merge.edits, HEAD_ROW + 1):
        _write(page, row, row - HEAD_ROW, edit, report)
        add_beside(page, row, len(WIDTHS), beside, edit.beside)
    if not merge.edits:
        page.blank(HEAD_ROW + 1, 0, len(WIDTHS) - 1, look("cell"))
        page.text(HEAD_ROW + 1, 7, words["none"], look("cell"))
    add_table(page, TABLE_NAME, [*words["heads"], *beside], HEAD_ROW + max(len(merge.edits), 1), frozen=4)


def _write(page: Page, row: int, number: int, edit: MergedEdit, report: Report) -> None:
    look = page.look
    body, quiet = look("cell"), look("cell quiet")
    page.value(row, 0, number, look("cell quiet", align="center"))
    page.fitted(row, 1, edit.sheet, body)
    if is_there(report, edit.sheet, edit.cell):
        page.link(row, 2, edit.sheet, edit.cell, edit.cell, look("cell link"))
    else:
        page.text(row, 2, edit.cell, body)
    page.fitted(row, 3, edit.ref, look("cell strong"))
    page.fitted(row, 4, shorten(edit.title, LONGEST_TITLE), body)
    page.fitted(row, 5, " ".join(edit.owner.split()), body)
    page.fitted(row, 6, edit.field, quiet)
    blank = wording("conflicts")["blank"]
    shown_value(page, row, 7, edit.before, quiet, blank)
    shown_value(page, row, 8, edit.after, body, blank)
    page.fitted(row, 9, "\n".join(edit.who) or wording("conflicts")["not_known"], body if edit.who else quiet)
    page.fitted(row, 10, "\n".join(edit.copies), body)
