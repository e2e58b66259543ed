"""The Conflicts sheet: what returned copies say that was not merged, one row a version."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from regsheet.grid.cells import Value
from regsheet.model.register import shorten
from regsheet.writer.merged import Conflict, Kind, Merge, Version
from regsheet.writer.report import Report
from regsheet.writer.sheets.look import NAVY, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words, is_number
from regsheet.writer.sheets.wording import wording

WIDTHS = (4.5, 17.0, 7.0, 22.0, 17.0, 15.0, 9.0, 30.0, 30.0, 17.0, 22.0, 30.0)
CELL, BEFORE, AFTER = 6, 7, 8
SEVERAL_WIDTH = 13.0
LONGEST_TITLE, LONGEST_SHEET = 90, 18
FROZEN_COLUMNS = 3
TABLE_NAME = "Check_conflicts"


def add_conflicts(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    merge = report.merge or Merge((), (), ())
    words = wording("conflicts")
    sheets = Counter(conflict.sheet for conflict in merge.conflicts if conflict.cell)
    usual = sheets.most_common(1)[0][0] if sheets else ""
    widths = (*WIDTHS[:CELL], SEVERAL_WIDTH, *WIDTHS[CELL + 1 :]) if len(sheets) > 1 else WIDTHS
    page = Page(book, look, names.conflicts, widths, footer=footer, tab=NAVY, standalone=report.standalone)
    key = "subtitle" if merge.conflicts else "subtitle_none"
    subtitle = words[key].format(
        conflicts=count_words(len(merge.conflicts), "conflict"), copies=count_words(len(merge.copies), "copy", "copies")
    )
    if len(sheets) > 1:
        subtitle += " " + wording("findings")["usual"].format(sheet=usual)
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    row = HEAD_ROW
    for number, conflict in enumerate(merge.conflicts, 1):
        for version in conflict.versions:
            row += 1
            _write(page, row, number, conflict, version, usual)
    if not merge.conflicts:
        row += 1
        page.blank(row, 0, len(WIDTHS) - 1, look("cell"))
        page.text(row, AFTER, words["none"], look("cell"))
    add_table(page, TABLE_NAME, words["heads"], row, frozen=FROZEN_COLUMNS)


def _write(page: Page, row: int, number: int, conflict: Conflict, version: Version, usual: str) -> None:
    look, words = page.look, wording("conflicts")
    body, quiet = look("cell"), look("cell quiet")
    page.value(row, 0, number, look("cell quiet", align="center"))
    page.fitted(row, 1, words["kinds"][conflict.kind], look("cell strong"))
    page.fitted(row, 2, conflict.ref, look("cell strong"))
    page.fitted(row, 3, shorten(conflict.title, LONGEST_TITLE), body)
    page.fitted(row, 4, " ".join(conflict.owner.split()), body)
    page.fitted(row, 5, conflict.field, quiet)
    _cell(page, row, conflict, usual)
    value = version.value if version.formula is None else f"={version.formula}"
    shown_value(page, row, BEFORE, conflict.before, body, absent_words(conflict.kind, before=True))
    shown_value(page, row, AFTER, value, look("cell input"), absent_words(conflict.kind, before=False))
    page.fitted(row, 9, version.who or words["not_known"], body if version.who else quiet)
    page.fitted(row, 10, version.copy, body)
    page.fitted(row, 11, conflict.why, quiet)


def _cell(page: Page, row: int, conflict: Conflict, usual: str) -> None:
    if not conflict.cell:
        page.fitted(row, CELL, conflict.sheet, page.look("cell"))
        return
    text = conflict.cell if conflict.sheet == usual else f"{conflict.cell}, {shorten(conflict.sheet, LONGEST_SHEET)}"
    if conflict.kind == "check sheet":  # that sheet is made afresh, so what stands there now is something else
        page.fitted(row, CELL, text, page.look("cell"))
        return
    tip = wording("conflicts")["tip"].format(cell=f"{conflict.sheet}, {conflict.cell}")
    page.link(row, CELL, conflict.sheet, conflict.cell, text, page.look("cell link"), tip)
    page.fit(row, text, page.widths[CELL])


def absent_words(kind: Kind, *, before: bool) -> str:
    """What stands for a value that is not there: that the cell is blank, that the thing is gone, or nothing."""
    words = wording("conflicts")
    if kind in words["without"]["before" if before else "after"]:
        return ""
    return str(words["blank"] if before or kind not in words["without"]["gone"] else words["gone"])


def shown_value(page: Page, row: int, column: int, value: Value, style: Any, absent: str) -> None:
    """A cell's value whole: numbers as numbers, dates as dates, ``absent`` for none."""
    if isinstance(value, dt.datetime) and value.time() == dt.time() and value.year >= 1900:
        page.sheet.write_datetime(row, column, value, page.look.with_format(style, "dd/mm/yyyy"))
    elif is_number(value):
        page.value(row, column, value, style)
    elif value is None or value == "":
        page.text(row, column, absent, page.look.with_format(style, None))
    else:
        page.value(row, column, value, style)
        page.fit(row, str(value), page.widths[column])
