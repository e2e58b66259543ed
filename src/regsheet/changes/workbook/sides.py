"""The sheet with each changed field before and now, and the one of assurance; words marked that went and came."""

from __future__ import annotations

from regsheet.changes.comparison import Comparison, Item, ItemChange, Piece, RiskChange
from regsheet.changes.workbook.sheet import TableRows, Workbook
from regsheet.changes.workbook.wording import wording
from regsheet.reports.wording import long_date
from regsheet.writer.sheets.look import SLATE

Rows = dict[tuple[str, int], int]
"""The row of a sheet, counted from 0, where a risk begins: by workbook and place among its changes."""


def add_sides(workbook: Workbook) -> Rows:
    """Add the sheet of texts, owners and dates; gives where each risk begins. No sheet where none changed."""
    found: Rows = {}
    if not any(change.changes for book in workbook.compared.books for change in book.changed):
        return found
    page = workbook.page("sides", (7.0, 26.0, 14.0, 10.0, 46.0, 46.0, 8.0), SLATE)
    rows = TableRows(workbook, page)
    for book in workbook.compared.books:
        for place, change in enumerate(book.changed):
            if change.changes:
                found[book.new_file, place] = rows.at + 1
                _risk(rows, book, change)
    rows.finish("Side_by_side", wording("sides")["heads"], frozen=2)
    return found


def _risk(rows: TableRows, book: Comparison, change: RiskChange) -> None:
    words = wording("sides")
    for field in change.changes:
        rows.begin(book.new_file)
        rows.text(0, change.new.ref or change.old.ref, "cell strong")
        rows.text(1, change.new.title or change.old.title)
        rows.text(2, field.name)
        rows.text(3, words["changed" if field.old and field.new else "added" if field.new else "removed"])
        only = (Piece("deleted", field.old),) if field.old and not field.new else field.pieces
        rows.marked(4, field.old, only, "deleted")
        only = (Piece("inserted", field.new),) if field.new and not field.old else field.pieces
        rows.marked(5, field.new, only, "inserted")
        rows.text(6, field.new_cell or field.old_cell, "cell quiet")


def add_assurance(workbook: Workbook) -> None:
    """Add the sheet of assurance, where anything changed on the maps."""
    if not any(book.items or book.map_new or book.map_gone for book in workbook.compared.books):
        return
    page = workbook.page("assurance", (7.0, 26.0, 10.0, 10.0, 36.0, 36.0, 12.0, 12.0, 11.0, 11.0), SLATE)
    rows, words = TableRows(workbook, page), wording("assurance")
    for book in workbook.compared.books:
        for key, risks, sign in (("risk_new", book.map_new, "added"), ("risk_gone", book.map_gone, "removed")):
            for risk in risks:
                rows.begin(book.new_file)
                rows.text(0, risk.ref, "cell strong")
                rows.text(1, risk.title)
                rows.text(3, wording("sides")[sign])
                rows.text(5 if sign == "added" else 4, words[key], "cell quiet")
                for column in (2, 4 if sign == "added" else 5, 6, 7, 8, 9):
                    rows.text(column, "")
        for change in book.items:
            _item(rows, book, change)
    rows.finish("Assurance_changes", words["heads"], frozen=2)


def _item(rows: TableRows, book: Comparison, change: ItemChange) -> None:
    old, new = change.old, change.new
    found = new or old
    rows.begin(book.new_file)
    rows.text(0, change.risk_ref, "cell strong")
    rows.text(1, change.risk_title)
    rows.text(2, found.line_name if found else "")
    rows.text(3, wording("sides")[change.kind])
    rows.marked(4, old.text if old else "", change.pieces if new else (Piece("deleted", old.text),) if old else (),
                "deleted")  # fmt: skip
    rows.marked(5, new.text if new else "", change.pieces if old else (Piece("inserted", new.text),) if new else (),
                "inserted")  # fmt: skip
    for column, text in enumerate((_date(old), _date(new), _opinion(old), _opinion(new)), 6):
        rows.text(column, text)


def _date(item: Item | None) -> str:
    return "" if item is None else item.date_text or (long_date(item.date) if item.date else "")


def _opinion(item: Item | None) -> str:
    return item.opinion if item else ""
