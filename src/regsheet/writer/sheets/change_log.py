"""The Change log: each corrected cell, what it held, what it holds, and on what ground."""

from __future__ import annotations

from typing import Any

from regsheet.corrections.log import Change
from regsheet.grid.cells import Value
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import add_table
from regsheet.writer.sheets.texts import count_words, display
from regsheet.writer.sheets.wording import wording

WIDTHS = (5.0, 24.0, 8.0, 24.0, 9.0, 18.0, 15.0, 15.0, 36.0, 11.0, 17.0, 11.0)
HEAD_ROW = 5
TABLE_NAME = "Check_changes"
SHOWN_OF_HASH = 12


def add_change_log(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words, changes = wording("changes", report.standalone), report.settled.changes
    page = Page(book, look, names.change_log, WIDTHS, footer=footer, tab=SLATE, standalone=report.standalone)
    subtitle = words["subtitle"].format(cells=count_words(len(changes), "cell")) if changes else words["subtitle_none"]
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    for row, label, text in ((2, words["source"], report.source_name), (3, words["sha256"], report.source_sha256)):
        page.text(row, 0, label, look("label", text_wrap=False))
        page.blank(row, 1, len(WIDTHS) - 1, look("line"))
        page.text(row, 2, text, look("line", text_wrap=False))
    bands = BandWords(report.settled.book.registers)
    for number, change in enumerate(changes, 1):
        _write(page, HEAD_ROW + number, number, change, report, bands)
    if not changes:
        page.blank(HEAD_ROW + 1, 0, len(WIDTHS) - 1, look("cell"))
        page.text(HEAD_ROW + 1, 1, words["none"], look("cell"))
    add_table(page, TABLE_NAME, words["heads"], HEAD_ROW + max(len(changes), 1), frozen=3, head_row=HEAD_ROW)


def _write(page: Page, row: int, number: int, change: Change, report: Report, bands: BandWords) -> None:
    look, correction = page.look, change.correction
    body, left, quiet = look("cell"), look("cell"), look("cell quiet")
    page.value(row, 0, number, look("cell quiet", align="center"))
    page.fitted(row, 1, correction.sheet, body)
    page.link(row, 2, correction.sheet, correction.cell, correction.cell, look("cell link"))
    page.fitted(row, 3, f"{change.code} {change.name}", body)
    page.fitted(row, 4, change.ref or "", look("cell strong"))
    page.fitted(row, 5, (change.field or "").replace("_", " "), body)
    page.value(row, 6, change.before, left)
    for column, value in ((6, change.before), (7, _after(change, bands))):
        page.fit(row, display(value), page.widths[column])
    page.value(row, 7, _after(change, bands), left)
    page.fitted(row, 8, _basis(change), body)
    page.text(row, 9, f"regsheet {report.version}", quiet)
    page.text(row, 10, report.configuration_sha256[:SHOWN_OF_HASH], quiet)
    page.text(row, 11, report.as_of.strftime("%d/%m/%Y"), quiet)


def _after(change: Change, bands: BandWords) -> Value:
    correction = change.correction
    if correction.fill is None:
        return correction.after
    value = correction.before if correction.after is None else correction.after
    return f"{display(value)} ({bands.fill(correction.sheet, correction.fill)})".strip()


def _basis(change: Change) -> str:
    correction = change.correction
    if correction.formula is None:
        return correction.basis
    return str(wording("changes")["formula"].format(basis=correction.basis, formula=f"={correction.formula}"))
