"""DT004: a date typed as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from regsheet.model.register import DATE_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.date_columns import dates_read, shape
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import typed
from regsheet.values.dates import Period

EXACT = frozenset({"day", "month", "quarter"})


class DateAsText(RegisterRule):
    """A date is typed as text.

    ## What it does
    Reports a text in a date column that can be read as exactly one day, month or quarter, such as "Dec-24" or
    "2026-03-01". Several dates in one cell, vague ones, and those whose day and month could be exchanged are other
    findings.

    ## Why it matters
    Excel cannot sort, filter or compare a text as a date: an overdue action stays at the bottom of the list.

    ## When it is legitimate
    Where a month or a quarter is all that is meant and nobody sorts by the column.

    ## Correction
    Suggested: the date itself, the last day of a month or quarter. It is only written when you ask for suggestions.
    """

    code = "DT004"
    name = "date-as-text"
    severity = Severity.NOTE
    reads = frozenset(DATE_FIELDS)
    correction = "suggest"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": dt.date(2025, 3, 31)},
                {"ref": "R2", "title": "B", "action_date": "• May 2025\n• June 2025"},
                {"ref": "R3", "title": "C", "action_date": "Ongoing"},
                {"ref": "R4", "title": "D", "action_date": "05/06/2025"},
            ),
            why="a true date, several, a vague one, and one that could be May or June",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": "Dec-24"},
                {"ref": "R2", "title": "B", "action_date": "2026-03-01"},
                {"ref": "R3", "title": "C", "action_date": "31/01/2025"},
            ),
            finds=((0, "action_date"), (1, "action_date"), (2, "action_date")),
            why="each can be read in one way only",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a date column, in a file that can hold true dates."""
        if context.book.grid.format == "csv":
            return "a CSV file holds every date as text"
        if any(register.has(field) for field in DATE_FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for dates"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every text that is one date."""
        for field in DATE_FIELDS:
            if not register.has(field):
                continue
            values = typed(register, field)
            if not any(issubclass(kind, str) for kind in set(map(type, values))):
                continue
            cells = own_cells(register, field)
            order_is_known = shape(register, field).order_is_known
            exact = dates_read(register, field).told(partial(one_exact, order_is_known=order_is_known))
            for index, (value, period) in enumerate(zip(values, exact, strict=True)):
                if period is not None and isinstance(value, str):
                    yield self._finding(register, index, field, value, period, cells[index])

    def _finding(self, register: Register, index: int, field: str, value: str, period: Period,
                 cell: str | None) -> Finding:  # fmt: skip
        end = period.end or dt.date.min
        shown = in_words(end) if period.precision == "day" else f"the {period.precision} that ends on {in_words(end)}"
        correction = None
        if cell is not None:
            after = dt.datetime(end.year, end.month, end.day)
            correction = Correction(register.sheet_name, cell, value, after, "suggest", f"“{value.strip()}” is {shown}")
        return self.finding(
            register, index, field, f"{register.field_name(field)} “{value.strip()}” is text, not a date.",
            f"Type it as a date: {shown}.", correction=correction,
        )  # fmt: skip


def one_exact(periods: Sequence[Period], order_is_known: bool) -> Period | None:
    """The only one of some periods, where it is exact."""
    return periods[0] if len(periods) == 1 and is_exact(periods[0], order_is_known) else None


def is_exact(period: Period, order_is_known: bool) -> bool:
    """Whether a period is one day, month or quarter that can be read in one way only, or its column shows which."""
    return period.precision in EXACT and (order_is_known or not period.ambiguous)
