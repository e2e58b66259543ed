"""A stretch of time as a cell names it, and how to make one."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Precision = Literal["day", "month", "quarter", "season", "year", "vague", "impossible"]

PRECISIONS: tuple[Precision, ...] = ("day", "month", "quarter", "season", "year")
"""The precisions that give a start and an end, finest first."""

EARLIEST_YEAR = 1950
LATEST_YEAR = 2150
"""Outside these a year in a register is a slip of the keyboard (0204, 1900, 20244), not a date."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, first and last day included, and the words it was read from.

    ``precision`` is how exactly it was named. ``season`` is also a half-year. ``vague`` names no day, month, quarter
    or year to hold anyone to ("Ongoing", "TBC", "end of March" without a year, "Monthly reviews 2024"); ``impossible``
    names a day that does not exist. Both have no start and no end. ``ambiguous``: day and month could be exchanged.
    """

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    text: str
    ambiguous: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it has a start and an end."""
        return self.end is not None

    def is_over(self, as_of: dt.date) -> bool:
        """Whether its last day lies before the given day; never for what has no date."""
        return self.end is not None and self.end < as_of


def vague(text: str) -> Period:
    """What names no date."""
    return Period(None, None, "vague", text)


def impossible(text: str) -> Period:
    """What names a date that does not exist."""
    return Period(None, None, "impossible", text)


def in_range(year: int) -> bool:
    """Whether a year can stand in a register."""
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def full_year(digits: str) -> int:
    """``24`` → 2024, ``98`` → 1998, ``2024`` → 2024."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return 2000 + year if year < 70 else 1900 + year


def day(year: int, month: int, number: int, text: str, *, ambiguous: bool = False) -> Period:
    """One day; impossible where the calendar lacks it."""
    if not in_range(year):
        return impossible(text)
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return impossible(text)
    return Period(date, date, "day", text, ambiguous)


def months(year: int, month: int, count: int, precision: Precision, text: str) -> Period:
    """A run of whole months."""
    last_year, last_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    if not in_range(year) or not 1 <= month <= 12:
        return impossible(text)
    end = dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Period(dt.date(year, month, 1), end, precision, text)


def span(first: Period, last: Period, text: str) -> Period | None:
    """From the start of one period to the end of another; None where they run backwards or have no dates."""
    if first.start is None or first.end is None or last.start is None or last.end is None or last.end < first.start:
        return None
    precision = max(first.precision, last.precision, key=PRECISIONS.index)
    ambiguous = first.ambiguous or last.ambiguous
    return Period(min(first.start, last.start), max(first.end, last.end), precision, text, ambiguous)


def renamed(period: Period, text: str) -> Period:
    """The same stretch of time read from other words."""
    return replace(period, text=text)
