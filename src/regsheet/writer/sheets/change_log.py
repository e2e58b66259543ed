"""The Change log: each corrected cell, what it held, what it holds, and on what ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regsheet.corrections.log import Change
from regsheet.grid.cells import Value
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.long_table import Column, LongTable, batches
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import add_table
from regsheet.writer.sheets.texts import count_words, display, plain_value
from regsheet.writer.sheets.wording import wording

WIDTHS = (5.0, 24.0, 8.0, 24.0, 9.0, 18.0, 15.0, 15.0, 36.0, 11.0, 17.0, 11.0)
HEAD_ROW, CELL = 5, 2
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
    bands, table = BandWords(report.settled.book.registers), LongTable(page)
    for batch in batches(len(changes)):
        first, part = HEAD_ROW + 1 + batch.start, changes[batch.start : batch.stop]
        table.put(first, list(_columns(page, batch, part, report, bands)))
        cells = [change.correction.cell for change in part]
        page.lead_down(first, CELL, [change.correction.sheet for change in part], cells, cells)
    if not changes:
        page.blank(HEAD_ROW + 1, 0, len(WIDTHS) - 1, look("cell"))
        page.text(HEAD_ROW + 1, 1, words["none"], look("cell"))
    add_table(page, TABLE_NAME, words["heads"], HEAD_ROW + max(len(changes), 1), frozen=3, head_row=HEAD_ROW)


def _columns(
    page: Page, numbers: range, changes: Sequence[Change], report: Report, bands: BandWords
) -> Iterator[Column]:
    """What is said of some changes."""
    look, corrections = page.look, [change.correction for change in changes]
    body, quiet, strong = look("cell"), look("cell quiet"), look("cell strong")

    def fitted(column: int, values: Sequence[str | float], style: Any) -> Column:
        return Column(column, values, style, width=page.widths[column])

    def same(column: int, text: str) -> Column:
        return Column(column, [text] * len(changes), quiet)

    yield Column(0, [number + 1 for number in numbers], look("cell quiet", align="center"))
    yield fitted(1, [correction.sheet for correction in corrections], body)
    yield Column(CELL, [correction.cell for correction in corrections], page.linked(look("cell link")))
    yield fitted(3, [f"{change.code} {change.name}" for change in changes], body)
    yield fitted(4, [change.ref or "" for change in changes], strong)
    yield fitted(5, [(change.field or "").replace("_", " ") for change in changes], body)
    yield fitted(6, [plain_value(change.before) for change in changes], body)
    yield fitted(7, [plain_value(_after(change, bands)) for change in changes], body)
    yield fitted(8, [_basis(change) for change in changes], body)
    yield same(9, f"regsheet {report.version}")
    yield same(10, report.configuration_sha256[:SHOWN_OF_HASH])
    yield same(11, report.as_of.strftime("%d/%m/%Y"))


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
