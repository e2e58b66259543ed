"""Finds the dates that stand in a text, each with its place: one small pattern a notation, most telling first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from regsheet.values import date_readings as readings
from regsheet.values import periods
from regsheet.values.data import word_list, words
from regsheet.values.date_readings import RANGE, Built, Reading, any_of, month_numbers, month_pattern, season_pattern
from regsheet.values.periods import Period


class Found(NamedTuple):
    """A period and where in the text its words stand."""

    start: int
    end: int
    period: Period


Builder = Callable[[re.Match[str], Reading], Built]
Start = Literal["figures", "year", "words"]
"""With what a notation begins: figures, a year that words or spaces may stand before, or words."""


class Notation(NamedTuple):
    """A way to write a date. ``words``: one of these, in lower case, is in every text that it is in; none for any."""

    pattern: re.Pattern[str]
    builder: Builder
    words: tuple[str, ...]
    start: Start


_GAP = r"[ \n]{0,3}"
_JOIN = r"[ \n]{0,2}[-/.,'’‘]?[ \n]{0,2}"
_TIGHT = r"(?:[ \n]{0,2}|[-/.,'’]|[-/.,]\s|\s[-/.,])"  # "Phase 1 - July 2024" holds no day
_OPEN = r"(?<![0-9A-Za-z])"
_OPEN_FIGURE = r"(?<![0-9A-Za-z])(?<![0-9][./:-])(?<![£$€#+~])"
_CLOSE = r"(?![0-9A-Za-z])"
_CLOSE_FIGURE = r"(?![0-9A-Za-z%])(?![./:,-][0-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20|21)\d\d"
_LIST = r"(?:,|/|&|\+|and|or)"
_FINANCIAL = rf"(?:f\.?y\.?|financial{_GAP}year|fiscal{_GAP}year|year)?{_GAP}"


@cache
def _notations() -> tuple[Notation, ...]:
    month, season = month_pattern(), season_pattern()
    months, seasons = _stems(month_numbers()), _stems(word_list("dates")["seasons"])
    day = rf"\d{{1,2}}{_ORDINAL}"
    of_month = rf"{_GAP}(?:of)?{_GAP}"
    quarter = rf"(?:q|qtr\.?|quarter){_GAP}"
    following = r"(?P<z>\d{4}|\d\d)"
    years = rf"(?P<f>{_FINANCIAL})['’]?(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}{following})?"
    of = rf"(?:{_GAP}(?:of|in|for)?{_GAP}(?:the)?{_GAP}|[-/,' ]{{1,2}})"
    clock = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    table: tuple[tuple[str, Builder, tuple[str, ...]], ...] = (
        (
            rf"{_OPEN}(?P<y>\d{{4}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){clock}(?![0-9])",
            readings.iso_day,
            (),
        ),
        (
            rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{of_month}(?P<n>{month})?{_GAP}(?:{RANGE}|(?P<list>{_LIST})){_GAP}"
            rf"(?P<e>\d{{1,2}}){_ORDINAL}{of_month}(?P<m>{month}){_JOIN}(?P<y>\d{{4}}|['’]\d\d(?!\d)){_CLOSE}",
            readings.day_range,
            months,
        ),
        (
            rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP}{RANGE}{_GAP}(?P<e>\d{{1,2}}){_ORDINAL}"
            rf",?{_GAP}(?P<y>\d{{4}}){_CLOSE}",
            readings.day_range,
            months,
        ),
        (
            rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_TIGHT}(?:of{_GAP})?(?P<m>{month}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}",
            readings.named_day,
            months,
        ),
        (
            rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP},?{_GAP}(?P<y>{_YEAR}){_CLOSE}",
            readings.named_day,
            months,
        ),
        (
            rf"{_OPEN}(?P<m>{month})(?P<s>[-/.])(?P<d>\d{{1,2}})(?P=s)(?P<y>\d\d|{_YEAR}){_CLOSE}",
            readings.named_day,
            months,
        ),
        (
            rf"{_OPEN_FIGURE}(?P<a>\d{{1,2}}) ?(?P<s>[/.-]) ?(?P<b>\d{{1,2}}) ?(?P=s) ?(?P<y>\d{{2,5}}){_CLOSE_FIGURE}",
            readings.numeric_day,
            (),
        ),
        (
            rf"{_OPEN}(?P<ms>{month}(?:{_GAP}(?:{RANGE}|{_LIST}){_GAP}{month}){{1,11}}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}",
            readings.months_year,
            months,
        ),
        (
            rf"{_OPEN}(?P<m>{month})(?P<j>{_JOIN}|{_GAP}(?:of|in){_GAP})(?P<y>\d{{1,5}}){_CLOSE}(?!:\d)",
            readings.month_year,
            months,
        ),
        (
            rf"{_OPEN}{quarter}(?P<q>[1-4])(?:{_GAP}(?:{RANGE}|{_LIST}){_GAP}(?:{quarter})?(?P<r>[1-4]))?"
            rf"{of}{years}{_CLOSE}",
            readings.quarter,
            ("q",),
        ),
        (rf"{_OPEN}(?P<q>[1-4])(?:st|nd|rd|th){_GAP}(?:quarter|qtr\.?){of}{years}{_CLOSE}", readings.quarter, ("q",)),
        (
            rf"{_OPEN}(?P<f>{_FINANCIAL})(?P<y>{_YEAR})(?:[-/–]{following})?{_GAP}[-/,]?{_GAP}"
            rf"{quarter}(?P<q>[1-4]){_CLOSE}",
            readings.quarter,
            ("q",),
        ),
        (rf"{_OPEN}h(?P<h>[12]){of}{years}{_CLOSE}", readings.half, ("h1", "h2")),
        (rf"{_OPEN}(?P<h>first|second|1st|2nd){_GAP}half{of}{years}{_CLOSE}", readings.half, ("half",)),
        (
            rf"{_OPEN}(?P<ss>{season}(?:{_GAP}(?:/|-|–|&|and|to|or){_GAP}{season})?)(?:{_GAP}(?:term|budget|season))?"
            rf"{of}['’]?(?P<y>{_YEAR}|\d\d)(?:[-/–]{following})?{_CLOSE}",
            readings.named_season,
            seasons,
        ),
        (
            rf"{_OPEN}(?P<y>{_YEAR}){_JOIN}(?P<m>{month})(?:{_JOIN}(?P<d>{day}))?{_CLOSE}",
            readings.year_month_name,
            months,
        ),
        (
            rf"{_OPEN_FIGURE}(?P<y>{_YEAR}){_GAP}(?:[-/–]|to){_GAP}(?P<z>{_YEAR}){_CLOSE_FIGURE}",
            readings.year_range,
            (),
        ),
        (
            rf"{_OPEN_FIGURE}(?P<f>{_FINANCIAL})(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}(?P<z>\d\d?))?{_CLOSE_FIGURE}",
            readings.financial_year,
            (),
        ),
        (rf"{_OPEN_FIGURE}(?P<m>\d{{1,2}}) ?[-/.] ?(?P<y>{_YEAR}){_CLOSE_FIGURE}", readings.numeric_month, ()),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})[-/.](?P<m>\d\d){_CLOSE_FIGURE}", readings.numeric_month, ()),
        (rf"{_OPEN_FIGURE}(?P<m>\d{{1,2}})/(?P<y>\d\d){_CLOSE_FIGURE}", readings.short_numeric_month, ()),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})(?:s(?![a-z]))?{_CLOSE_FIGURE}", readings.bare_year, ()),
    )
    return tuple(Notation(re.compile(pattern, re.IGNORECASE | re.ASCII), builder, words, _start_of(pattern))
                 for pattern, builder, words in table)  # fmt: skip


def _start_of(pattern: str) -> Start:
    """With what a notation begins: told by its pattern, whose first words say what may not stand before it."""
    rest = pattern.removeprefix(_OPEN_FIGURE) if pattern.startswith(_OPEN_FIGURE) else pattern.removeprefix(_OPEN)
    if re.match(r"\(\?P<\w+>(?:\\d|\[1-4\]|\(\?:1\[89\])", rest):
        return "figures"
    return "year" if rest.startswith(rf"(?P<f>{_FINANCIAL})(?P<y>{_YEAR}|") else "words"


def _stems(names: Iterable[str]) -> tuple[str, ...]:
    """The first three letters of names: quickly looked for."""
    return tuple(dict.fromkeys(name[:3] for name in names))


_RUNS = re.compile("[0-9]+")
_BEFORE_A_YEAR = 19
"""Characters of the longest way to say that a year is a financial one."""


def _matches(notation: Notation, text: str, runs: Sequence[int]) -> Iterator[re.Match[str]]:
    """Every match of a notation. ``runs`` are the places where figures begin: only there, or just before, can most
    notations begin, which saves looking everywhere.
    """  # fmt: skip
    if notation.start == "words":
        yield from notation.pattern.finditer(text)
        return
    done = 0
    for run in runs:
        first = run if notation.start == "figures" else max(0, run - _BEFORE_A_YEAR)
        for place in range(max(first, done), run + 1):
            if place == run or text[place] in "fFyY \n":
                found = notation.pattern.match(text, place)
                if found is not None:
                    yield found
                    done = found.end()
                    break


def scan(text: str, reading: Reading) -> list[Found]:
    """Every date in a cleaned text, in order, ranges joined. No two overlap."""
    if not any(map(text.__contains__, "0123456789")):
        return []
    found: list[Found] = []
    taken = bytearray(len(text))
    runs = [run.start() for run in _RUNS.finditer(text)]
    lower = text.lower()
    for notation in _notations():
        if notation.words and not any(map(lower.__contains__, notation.words)):
            continue
        for match in _matches(notation, text, runs):
            start, end = match.span()
            built = None if any(taken[start:end]) else notation.builder(match, reading)
            if built is None:
                continue
            taken[start:end] = b"\1" * (end - start)
            made = built if isinstance(built, tuple) else (built,)
            found.extend(Found(start, end, period) for period in made)
    found.sort(key=lambda one: one.start)
    return list(_ranges(text, [_week(text, one) for one in found]))


def _ranges(text: str, found: list[Found]) -> Iterator[Found]:
    """Join two dates with nothing but a dash or "to" between them."""
    position = 0
    while position < len(found):
        here = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        if following and re.fullmatch(rf"[ \n]*{RANGE}[ \n]*", text[here.end : following.start], re.IGNORECASE):
            words_between = " ".join(text[here.start : following.end].split())
            joined = periods.span(here.period, following.period, words_between)
            if joined:
                yield Found(here.start, following.end, joined)
                position += 2
                continue
        yield here
        position += 1


def _week(text: str, found: Found) -> Found:
    """A day after "w/c" or "week ending" stands for that week."""
    period = found.period
    if period.precision != "day" or period.start is None or period.end is None:
        return found
    before = text[max(0, found.start - 20) : found.start].casefold().rstrip(" \n:")
    other = period.start
    if _ends_with("week_from").search(before):
        other += dt.timedelta(days=6)
    elif _ends_with("week_to").search(before):
        other -= dt.timedelta(days=6)
    week = replace(period, start=min(other, period.start), end=max(other, period.end))
    return found._replace(period=week)


@cache
def _ends_with(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{any_of(*words('dates', 'qualifiers', key))})$")
