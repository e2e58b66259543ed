"""What a date column shows about itself: in which order its texts write day and month."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regsheet.grid.cells import Value
from regsheet.model.recurring import Coded, coded_readings
from regsheet.model.register import Register
from regsheet.rules.risks import typed
from regsheet.rules.working_out import kept, worked_out_once
from regsheet.values.dates import Period

FIGURES = re.compile(r"\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2}|\d{4})\s*")

MONTHS = 12
LEAP_YEAR = 2024
"""A year that has every day: 31/02 is text because there is no such day, and shows nothing about the order."""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The dates of a column that are text in figures, by what they show.

    ``day_first`` and ``month_first`` are texts that can only be read that way. ``years`` counts the two-digit years of
    the texts. ``days_are_small``: no cell that Excel holds as a date has a day that could not be a month.
    """

    day_first: tuple[str, ...]
    month_first: tuple[str, ...]
    years: Counter[int]
    days_are_small: bool

    @property
    def order_is_known(self) -> bool:
        """Whether the column's texts settle that the day comes first."""
        return bool(self.day_first) and not self.month_first

    def other_reading(self, value: dt.datetime) -> dt.date | None:
        """What a true date may have been typed as, where Excel plainly read the column in another order.

        Texts such as 23/07/2026 that Excel left alone show that it expected the month (or the year) first; the dates
        that it did take, all with a day that could be a month, were then read the wrong way round.
        """
        if not self.day_first:
            return None
        if self.years and value.day in {year % 100 for year in self.years} and value.day > MONTHS:
            return _date(2000 + value.day, value.month, value.year % 100)
        if value.day != value.month and self.days_are_small:
            return _date(value.year, value.day, value.month)
        return None


def date_column(cells: Sequence[Value]) -> DateColumn:
    """What the cells of a date column show."""
    day_first: list[str] = []
    month_first: list[str] = []
    years: Counter[int] = Counter()
    for value in cells:
        if isinstance(value, str) and (found := FIGURES.fullmatch(value)):
            first, second = int(found[1]), int(found[2])
            if first > MONTHS >= second and _date(LEAP_YEAR, second, first):
                day_first.append(value.strip())
            elif second > MONTHS >= first:
                month_first.append(value.strip())
            if len(found[3]) == len("24"):
                years[int(found[3])] += 1
    days_are_small = all(value.day <= MONTHS for value in cells if isinstance(value, dt.datetime))
    return DateColumn(tuple(day_first), tuple(month_first), years, days_are_small)


@kept
def dates_read(register: Register, field: str) -> Coded[tuple[Period, ...]]:
    """The periods that a date column names, the different ones once; of no row for a column that the sheet lacks."""
    return coded_readings(register.periods.get(field, ()))


@kept
def shape(register: Register, field: str) -> DateColumn:
    """What a date column shows."""
    return date_column(typed(register, field))


@worked_out_once
def misread(register: Register, field: str) -> list[dt.date | None]:
    """For each risk the day that a true date was probably typed as, where Excel read the column in another order."""
    column = shape(register, field)
    if not column.day_first:  # nothing shows that Excel read any of it in another order
        return [None] * register.count
    return [column.other_reading(value) if isinstance(value, dt.datetime) else None for value in typed(register, field)]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
