"""The side workbook as a whole. The same report gives the same bytes: no clock, no computer's name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import TYPE_CHECKING

from regsheet.writer.sheets.look import Look, plain_font
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.texts import date_words
from regsheet.writer.sheets.wording import wording

if TYPE_CHECKING:
    from regsheet.writer.graft.loose import LooseSheets
    from regsheet.writer.report import Report
    from regsheet.writer.sheets.side_book import SideBook

KINDS = tuple(field.name for field in fields(SheetNames))
"""Every kind of new sheet, in tab order."""

OWN_REPORT = "regsheet report"
"""The custom property of a workbook that is a report of ours: a folder of registers may hold such, and none is one."""


def build_sheets(report: Report, names: SheetNames, kinds: Collection[str] = KINDS) -> bytes:
    """An .xlsx with the new sheets, named as ``names`` says; those that the workbook gives no ground for are left out.

    ``kinds`` says which are wanted at all, by the fields of ``SheetNames``.
    Formulas and links in it speak of the register's own sheets, so it makes sense only within that workbook, unless the
    report is ``standalone``: then there are none.
    """
    return _drawn(report, names, kinds, loose=False).content()


def sheets_to_graft(report: Report, names: SheetNames, kinds: Collection[str] = KINDS) -> LooseSheets:
    """The same sheets in the form in which they are put into a workbook soonest."""
    return _drawn(report, names, kinds, loose=True).sheets()


def _drawn(report: Report, names: SheetNames, kinds: Collection[str], *, loose: bool) -> SideBook:
    from regsheet.writer.sheets.assurance import add_assurance
    from regsheet.writer.sheets.change_log import add_change_log
    from regsheet.writer.sheets.conflicts import add_conflicts
    from regsheet.writer.sheets.findings import add_findings
    from regsheet.writer.sheets.heatmap import add_heatmap
    from regsheet.writer.sheets.merged_edits import add_merged_edits
    from regsheet.writer.sheets.side_book import SideBook
    from regsheet.writer.sheets.summary import add_summary

    font = _font(report)
    book = SideBook(font, loose=loose, date_1904=report.settled.book.grid.date_1904)
    if report.standalone:
        book.set_custom_property(OWN_REPORT, report.version)
    look = Look(book, font)
    right = wording("summary")["subtitle"].format(file=report.source_name, as_of=date_words(report.as_of))
    settled = report.settled

    wanted = {
        "summary": (add_summary, True),
        "conflicts": (add_conflicts, report.merge is not None),
        "merged": (add_merged_edits, report.merge is not None),
        "findings": (add_findings, True),
        "heatmap": (add_heatmap, bool(settled.book.registers)),
        "assurance": (add_assurance, bool(report.maps)),
        "change_log": (add_change_log, True),
    }
    for kind, (add, has_ground) in wanted.items():
        if has_ground and kind in kinds:
            add(book, look, report, names, _footer(getattr(names, kind), right))
            book.have_done()
    return book


def _footer(left: str, right: str) -> str:
    from regsheet.writer.sheets.page import footer

    return footer(left, right.rstrip("."))


def _font(report: Report) -> str:
    """The font of the workbook's own plain cells, where it is one that reads well."""
    styles = next((sheet.styles for sheet in report.settled.book.grid.sheets if sheet.styles), None)
    return plain_font(styles[0].font_name if styles else None)
