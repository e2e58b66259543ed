"""The Conflicts sheet: what returned copies say that was not merged, one row a version."""

from __future__ import annotations

from typing import Any

from regsheet.model.register import shorten
from regsheet.writer.merged import Conflict, Kind, Merge, Version
from regsheet.writer.report import Report
from regsheet.writer.sheets.beside import add_beside, beside_heads, beside_widths, is_there, shown_value
from regsheet.writer.sheets.look import NAVY, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words
from regsheet.writer.sheets.wording import wording

WIDTHS = (4.5, 17.0, 7.0, 22.0, 17.0, 15.0, 14.0, 7.0, 30.0, 30.0, 17.0, 22.0, 30.0)
SHEET, CELL, BEFORE, AFTER = 6, 7, 8, 9
LONGEST_TITLE = 90
FROZEN_COLUMNS = 3
TABLE_NAME = "Check_conflicts"


def add_conflicts(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    merge = report.merge or Merge((), (), ())
    words = wording("conflicts")
    beside = beside_heads(version.beside for conflict in merge.conflicts for version in conflict.versions)
    widths = (*WIDTHS, *beside_widths(beside))
    page = Page(book, look, names.conflicts, widths, footer=footer, tab=NAVY, standalone=report.standalone)
    subtitle = words[_subtitle(merge)].format(
        conflicts=count_words(len(merge.conflicts), "conflict"), copies=count_words(len(merge.copies), "copy", "copies")
    )
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    row = HEAD_ROW
    for number, conflict in enumerate(merge.conflicts, 1):
        for version in conflict.versions:
            row += 1
            _write(page, row, number, conflict, version, report)
            add_beside(page, row, len(WIDTHS), beside, version.beside)
    if not merge.conflicts:
        row += 1
        page.blank(row, 0, len(WIDTHS) - 1, look("cell"))
        page.text(row, AFTER, words["none"], look("cell"))
    add_table(page, TABLE_NAME, [*words["heads"], *beside], row, frozen=FROZEN_COLUMNS)


def _subtitle(merge: Merge) -> str:
    """Which sentence stands at the top: conflicts are left, there were none, or all have been decided since."""
    if merge.conflicts:
        return "subtitle"
    return "subtitle_decided" if any(copy.conflicts for copy in merge.copies) else "subtitle_none"


def _write(page: Page, row: int, number: int, conflict: Conflict, version: Version, report: Report) -> None:
    look, words = page.look, wording("conflicts")
    body, quiet = look("cell"), look("cell quiet")
    page.value(row, 0, number, look("cell quiet", align="center"))
    page.fitted(row, 1, conflict.what or words["kinds"][conflict.kind], look("cell strong"))
    page.fitted(row, 2, conflict.ref, look("cell strong"))
    page.fitted(row, 3, shorten(conflict.title, LONGEST_TITLE), body)
    page.fitted(row, 4, " ".join(conflict.owner.split()), body)
    page.fitted(row, 5, conflict.field, quiet)
    page.fitted(row, SHEET, conflict.sheet, body)
    _cell(page, row, conflict, report)
    value = version.value if version.formula is None else f"={version.formula}"
    shown_value(page, row, BEFORE, conflict.before, body, absent_words(conflict.kind, before=True))
    shown_value(page, row, AFTER, value, look("cell input"), absent_words(conflict.kind, before=False))
    page.fitted(row, 10, version.who or words["not_known"], body if version.who else quiet)
    page.fitted(row, 11, version.copy, body)
    page.fitted(row, 12, conflict.why, quiet)


def _cell(page: Page, row: int, conflict: Conflict, report: Report) -> None:
    """The cell's address; it leads there unless the sheet is gone, or one of ours, which are made afresh."""
    text = conflict.cell or ""
    if conflict.kind == "check sheet" or not is_there(report, conflict.sheet, text):
        page.fitted(row, CELL, text, page.look("cell"))
        return
    tip = wording("conflicts")["tip"].format(cell=f"{conflict.sheet}, {text}")
    page.link(row, CELL, conflict.sheet, text, text, page.look("cell link"), tip)
    page.fit(row, text, page.widths[CELL])


def absent_words(kind: Kind, *, before: bool) -> str:
    """What stands for a value that is not there: that the cell is blank, that the thing is gone, or nothing."""
    words = wording("conflicts")
    if kind in words["without"]["before" if before else "after"]:
        return ""
    return str(words["blank"] if before or kind not in words["without"]["gone"] else words["gone"])
