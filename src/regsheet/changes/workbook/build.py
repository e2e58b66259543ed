"""The workbook as a whole. The same comparison gives the same bytes: no clock, no computer's name."""

from __future__ import annotations

from regsheet.changes.comparison import Comparisons
from regsheet.version import VERSION
from regsheet.writer.sheets.look import DEFAULT_FONT, Look
from regsheet.writer.sheets.workbook import OWN_REPORT


def comparison_workbook(compared: Comparisons) -> bytes:
    """An .xlsx that says what changed: in sentences, side by side, by score, risks that came and went, assurance."""
    from regsheet.changes.workbook.scores import add_moves, add_scores
    from regsheet.changes.workbook.sheet import Workbook
    from regsheet.changes.workbook.sides import add_assurance, add_sides
    from regsheet.changes.workbook.summary import add_files, add_summary, fill_summary
    from regsheet.writer.sheets.side_book import CREATED, SideBook

    book = SideBook(DEFAULT_FONT)
    book.set_properties({"created": CREATED, "title": "What changed", "comments": f"Written by regsheet {VERSION}."})
    book.set_custom_property(OWN_REPORT, "comparison")
    workbook = Workbook(book, Look(book, DEFAULT_FONT), compared)
    summary = add_summary(workbook)
    sides = add_sides(workbook)
    add_scores(workbook)
    add_moves(workbook)
    add_assurance(workbook)
    add_files(workbook)
    fill_summary(workbook, summary, sides)
    return book.content()
