"""DT005: a date that may be another date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regsheet.grid.cells import Value
from regsheet.model.register import DATE_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.date_columns import DateColumn, dates_read, shape
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import typed
from regsheet.values.dates import Period


class AmbiguousDate(RegisterRule):
    """A date whose day and month may be exchanged.

    ## What it does
    Reports a text such as "05/06/2025" that can be read in two ways, unless other texts in its column show the order.
    It also reports a true date beside texts such as "31/01/2025" that Excel did not take for dates: where Excel
    expected the month first, it read every date that it could the wrong way round.

    ## Why it matters
    Nothing looks wrong: the date is a date, only months away from the one that was meant.

    ## When it is legitimate
    Where you have checked the date. Type it with the month's name, and nobody needs to ask again.

    ## Correction
    None: which date was meant must be looked up.
    """

    code = "DT005"
    name = "ambiguous-date"
    severity = Severity.WARNING
    reads = frozenset(DATE_FIELDS)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": "05/06/2025"},
                {"ref": "R2", "title": "B", "action_date": "23/06/2025"},
                {"ref": "R3", "title": "C", "action_date": "06/06/2025"},
            ),
            why="the second text shows that the day comes first",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": "31/01/2025"},
                {"ref": "R2", "title": "B", "action_date": dt.date(2025, 4, 23)},
            ),
            why="a true date that cannot be exchanged shows that Excel read them well",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "action_date": "05/06/2025"},),
            finds=((0, "action_date"),),
            why="5 June or 6 May",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": "31/01/2025"},
                {"ref": "R2", "title": "B", "action_date": dt.date(2025, 1, 2)},
            ),
            finds=((1, "action_date"),),
            why="probably 1 February, typed as 01/02/2025",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "A", "action_date": "23/07/26"},
                {"ref": "R2", "title": "B", "action_date": dt.date(2023, 8, 26)},
            ),
            finds=((1, "action_date"),),
            why="typed as 23/08/26 and read with the year first",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a date column."""
        if any(register.has(field) for field in DATE_FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for dates"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every date that may be another."""
        for field in DATE_FIELDS:
            column = shape(register, field)
            read = register.periods.get(field, ())
            unclear = any(period.ambiguous for periods in dates_read(register, field).different for period in periods)
            if not unclear and not column.day_first:
                continue
            for index, (value, periods) in enumerate(zip(typed(register, field), read, strict=False)):
                finding = self._finding(register, index, field, value, periods, column)
                if finding:
                    yield finding

    def _finding(self, register: Register, index: int, field: str, value: Value, periods: tuple[Period, ...],
                 column: DateColumn) -> Finding | None:  # fmt: skip
        name = register.field_name(field)
        if isinstance(value, dt.datetime):
            other = column.other_reading(value)
            if other is None:
                return None
            message = (
                f"{name} {in_words(value.date())} may have been meant as {in_words(other)}: Excel left other dates "
                f"of this column, such as “{column.day_first[0]}”, as text."
            )
            return self.finding(register, index, field, message, "Look the date up and type it again.")
        if column.order_is_known:
            return None
        unclear = next((period for period in periods if period.ambiguous and period.start), None)
        if unclear is None or unclear.start is None:
            return None
        exchanged = unclear.start.replace(month=unclear.start.day, day=unclear.start.month)
        message = f"{name} “{unclear.text}” can be {in_words(unclear.start)} or {in_words(exchanged)}."
        return self.finding(register, index, field, message, "Type it as a date, with the month's name.")
