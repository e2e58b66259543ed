"""What the two sheets of a merge share: values shown whole, and the columns that people added beside ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from regsheet.grid.addresses import ADDRESS
from regsheet.grid.cells import Value
from regsheet.writer.merged import Beside
from regsheet.writer.report import Report
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.texts import display, is_number

WIDTH = 24.0


def beside_heads(rows: Iterable[Beside]) -> tuple[str, ...]:
    """The headings of the columns that people added, in order."""
    return tuple(dict.fromkeys(head for row in rows for head, _ in row))


def beside_widths(heads: Sequence[str]) -> tuple[float, ...]:
    """The widths of these columns."""
    return (WIDTH,) * len(heads)


def add_beside(page: Page, row: int, first: int, heads: Sequence[str], beside: Beside) -> None:
    """Show again what somebody wrote beside one row."""
    typed = dict(beside)
    for column, head in enumerate(heads, first):
        shown_value(page, row, column, typed.get(head), page.look("cell input"), "")


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
        page.fit(row, display(value), page.widths[column])


def is_there(report: Report, sheet: str, cell: str) -> bool:
    """Whether a link to a cell leads somewhere: an address, on a sheet that the workbook still has."""
    return bool(ADDRESS.match(cell)) and any(one.name == sheet for one in report.settled.book.grid.sheets)
