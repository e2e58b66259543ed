"""Dates as registers write them, each read to a period with its precision. No year is ever made up."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache
from typing import Literal

from regsheet.remembered import remembered
from regsheet.values import periods
from regsheet.values.cleaning import has_figure
from regsheet.values.data import word_list
from regsheet.values.date_patterns import Found, scan
from regsheet.values.date_readings import Reading, any_of
from regsheet.values.periods import Period, Precision
from regsheet.values.text import clean, is_dash, one_line, segments

__all__ = [
    "Period",
    "Precision",
    "VagueKind",
    "dates_in_text",
    "looks_like_date",
    "read_periods",
    "vague_kind",
]

VagueKind = Literal["ongoing", "recurring", "undecided", "now", "relative", "done"]

_SERIALS = range(18_264, 91_680)
"""Excel's day numbers for 1950 to 2150."""
_PROSE = {day_first: Reading(day_first, prose=True) for day_first in (True, False)}
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")


def read_periods(value: object, day_first: bool = True) -> tuple[Period, ...]:
    """What a date cell names, in reading order; nothing for a blank cell or a dash.

    A true date is its day; a whole number is a year or Excel's number of a day. Of a text every date is read, and each
    item that names none but a known vague word. A text without either is one vague period.
    """
    if isinstance(value, bool):
        return (periods.vague(clean(value)),)
    if isinstance(value, dt.datetime | dt.date):
        return (periods.day(value.year, value.month, value.day, clean(value)),)
    if isinstance(value, int | float):
        return (_from_number(value),)
    text = clean(value)
    if not text or is_dash(text):
        return ()
    reading = Reading(day_first, prose=False)
    found = [period for segment in segments(text) for period in _read_segment(segment, reading)]
    return tuple(found) or (periods.vague(one_line(text)),)


def dates_in_text(text: object, day_first: bool = True) -> tuple[Period, ...]:
    """The dates that prose mentions, in reading order: only such as have a year, and exist.

    Bare years are among them (``precision`` is ``year``), but not those of an Act, a standard or a quantity.
    """
    if isinstance(text, str) and not has_figure(text):
        return ()
    return tuple(one.period for one in _found_in(clean(text), day_first) if one.period.is_dated)


@remembered
def _found_in(text: str, day_first: bool) -> tuple[Found, ...]:
    return tuple(scan(text, _PROSE[day_first]))


def looks_like_date(value: object, day_first: bool = True) -> bool:
    """Whether most of a cell is a date, so that its column may be a date column.

    Numbers are not, and neither is what only stands for a date (``TBC``, ``Ongoing``): other columns hold it as well.
    """
    if isinstance(value, str):
        if not has_figure(value):
            return False
    elif isinstance(value, dt.datetime | dt.date):
        return True
    elif value is None or isinstance(value, bool | int | float):
        return False
    text = one_line(value)
    found = _found_in(text, day_first)  # a bare 12/25 may be a score
    length = sum(one.end - one.start for one in found)
    if all(one.period.precision == "year" for one in found):
        return length > 0 and length == len(text)
    return length * 2 >= len(text)


def vague_kind(text: object) -> VagueKind | None:
    """What a text without a date means: ``ongoing``, ``recurring``, ``undecided``, ``now``, ``relative``, ``done``."""
    line = one_line(text).casefold()
    return next((kind for kind, pattern in _vague_patterns() if pattern.search(line)), None)


def _from_number(value: int | float) -> Period:
    text = clean(value)
    if not math.isfinite(value) or value < 0:
        return periods.vague(text)
    whole = int(value)
    if whole == value and periods.in_range(whole):
        return periods.months(whole, 1, 12, "year", text)
    if whole in _SERIALS:
        date = dt.date(1899, 12, 30) + dt.timedelta(days=whole)
        return Period(date, date, "day", text)
    return periods.vague(text)


def _read_segment(segment: str, reading: Reading) -> list[Period]:
    """The dates of one item, then the vague words of its lines that hold no date."""
    compact = _COMPACT.fullmatch(segment)
    if compact:
        return [periods.day(int(compact[1]), int(compact[2]), int(compact[3]), segment)]
    found = scan(segment, reading)
    if found and all(one.period.precision == "year" for one in found) and _nobody_is_held(segment):
        return [periods.vague(one_line(segment))]
    placed = [(one.start, one.period) for one in found]
    start = 0
    for line in segment.split("\n"):
        end = start + len(line)
        if vague_kind(line) not in (None, "relative") and not any(one.start < end and start < one.end for one in found):
            placed.append((start, periods.vague(one_line(line))))
        start = end + 1
    return [period for _, period in sorted(placed, key=lambda one: one[0])]


def _nobody_is_held(text: str) -> bool:
    """Whether a bare year beside these words binds nobody: ``Monthly reviews 2024``, ``Ongoing since 2019``."""
    return vague_kind(text) in ("recurring", "ongoing")


@cache
def _vague_patterns() -> tuple[tuple[VagueKind, re.Pattern[str]], ...]:
    listed: dict[VagueKind, list[str]] = word_list("dates")["vague"]
    return tuple((kind, re.compile(rf"(?<![a-z])(?:{any_of(*known)})(?![a-z])")) for kind, known in listed.items())
