"""DT010: a date that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from regsheet.model.recurring import Coded
from regsheet.model.register import DATE_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.date_columns import dates_read, misread
from regsheet.rules.day_counts import period_in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.values.dates import Period


class ImpossibleDate(RegisterRule):
    """A date does not exist, or lies before it can.

    ## What it does
    Reports a day that no calendar has (31/02), a year that cannot be meant (0204, 1900), a risk raised after the as-of
    date, and an action or review dated before its risk was identified. A date that Excel seems to have read the wrong
    way round is an ambiguous date instead.

    ## Why it matters
    It is a slip of the keyboard, and everything that is worked out from it is wrong.

    ## When it is legitimate
    Where an action had begun before the risk was entered. Then the day it was identified should be earlier.

    ## Correction
    None: the day that was meant must be looked up.
    """

    code = "DT010"
    name = "impossible-date"
    severity = Severity.ERROR
    reads = frozenset(DATE_FIELDS)
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "identified_date": dt.date(2024, 2, 29), "action_date": "Feb 2024"},),
            why="a leap day, and an action due by the end of that month",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "identified_date": dt.date(2024, 3, 1), "action_date": "31/02/2025"},
                {"ref": "R2", "title": "B", "identified_date": dt.date(2024, 3, 1), "action_date": dt.date(1900, 1, 5)},
                {"ref": "R3", "title": "C", "identified_date": dt.date(2024, 3, 1), "action_date": dt.date(2023, 3, 9)},
                {"ref": "R4", "title": "D", "identified_date": dt.date(2042, 3, 1), "action_date": None},
            ),
            finds=((0, "action_date"), (1, "action_date"), (2, "action_date"), (3, "identified_date")),
            why="no such day, no such year, before the risk was known, and not yet",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a date column."""
        if any(register.has(field) for field in DATE_FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for dates"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every date that cannot be."""
        first_days = dates_read(register, "identified_date").told(first_day)
        identified = [None if other else first for first, other in
                      zip(first_days, misread(register, "identified_date"), strict=False)]  # fmt: skip
        for field in DATE_FIELDS:
            doubtful = misread(register, field)
            for index, why in enumerate(self._whys(dates_read(register, field), field, identified, context.as_of)):
                if why and not doubtful[index]:
                    yield self.finding(register, index, field, f"{register.field_name(field)} {why}",
                                       "Look the date up and type it again.")  # fmt: skip

    def _whys(self, read: Coded[tuple[Period, ...]], field: str, identified: Sequence[dt.date | None],
              as_of: dt.date) -> list[str | None]:  # fmt: skip
        """Why each risk's dates in a field cannot be; None where they can."""
        if field == "identified_date" or not any(identified):
            return read.told(lambda periods: self._why(field, periods, None, as_of))
        return [self._why(field, *one, as_of) for one in zip(read.each(), identified, strict=False)]

    def _why(self, field: str, periods: Sequence[Period], identified: dt.date | None, as_of: dt.date) -> str | None:
        for period in periods:
            if period.precision == "impossible":
                return f"“{period.text}” is no date that can be meant."
            if field == "identified_date" and period.start is not None and period.start > as_of:
                return f"{period_in_words(period)} has not come yet."
            if field != "identified_date" and identified and period.end is not None and period.end < identified:
                return f"{period_in_words(period)} lies before the risk was identified."
        return None


def first_day(periods: Sequence[Period]) -> dt.date | None:
    """The first day that any of the periods names."""
    return min((period.start for period in periods if period.start is not None), default=None)
