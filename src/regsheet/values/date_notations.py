"""The notations of dates: one small pattern each, and what every text has that a date so written is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal, NamedTuple

from regsheet.values import date_readings as readings
from regsheet.values.data import word_list
from regsheet.values.date_readings import RANGE, Built, Reading, month_numbers, month_pattern, season_pattern

Builder = Callable[[re.Match[str], Reading], Built]
Start = Literal["figures", "year", "words"]
"""With what a notation begins: figures, a year that words or spaces may stand before, or words."""
Need = Literal["month", "season", "quarter", "half", "joined", "year", "financial"]
"""What stands by the figures of every date in a notation: the name of a part of the year, a sign that joins figures,
a year in full, or what makes a year a financial one.
"""  # fmt: skip


class Notation(NamedTuple):
    """A way to write a date."""

    pattern: re.Pattern[str]
    builder: Builder
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

_NONE: frozenset[Need] = frozenset()
_SHAPES: tuple[tuple[Need, re.Pattern[str]], ...] = (
    ("joined", re.compile(r"[0-9] ?[-/.] ?[0-9]")),
    ("year", re.compile(_YEAR, re.ASCII)),
    ("financial", re.compile(rf"[0-9]{_GAP}[-/–]")),
    ("quarter", re.compile(rf"q(?:tr\.?|uarter)?{_GAP}[1-4]|[1-4](?:st|nd|rd|th){_GAP}q")),
)
_ANY_SHAPE = re.compile(
    rf"[0-9](?: ?[-/.] ?[0-9]|{_GAP}[-/–]|[0-9]{{3}}|(?:st|nd|rd|th){_GAP}q)|q(?:tr\.?|uarter)?{_GAP}[1-4]"
)
"""What is in every text that has one of these shapes."""


@cache
def notations(needs: frozenset[Need]) -> tuple[Notation, ...]:
    """The notations that need one of these, the most telling first; those of others are not even compiled."""
    return tuple(_compiled(pattern, builder) for pattern, builder, need in _written() if need in needs)


@cache
def _compiled(pattern: str, builder: Builder) -> Notation:
    return Notation(re.compile(pattern, re.IGNORECASE | re.ASCII), builder, _start_of(pattern))


@cache
def _written() -> tuple[tuple[str, Builder, Need], ...]:
    """Every notation: its pattern, what builds a period of it, and its need."""
    month, season = month_pattern(), season_pattern()
    day = rf"\d{{1,2}}{_ORDINAL}"
    of_month = rf"{_GAP}(?:of)?{_GAP}"
    quarter = rf"(?:q|qtr\.?|quarter){_GAP}"
    following = r"(?P<z>\d{4}|\d\d)"
    years = rf"(?P<f>{_FINANCIAL})['’]?(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}{following})?"
    of = rf"(?:{_GAP}(?:of|in|for)?{_GAP}(?:the)?{_GAP}|[-/,' ]{{1,2}})"
    clock = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    return (
        (
            rf"{_OPEN}(?P<y>\d{{4}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){clock}(?![0-9])",
            readings.iso_day,
            "joined",
        ),
        (
            rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{of_month}(?P<n>{month})?{_GAP}(?:{RANGE}|(?P<list>{_LIST})){_GAP}"
            rf"(?P<e>\d{{1,2}}){_ORDINAL}{of_month}(?P<m>{month}){_JOIN}(?P<y>\d{{4}}|['’]\d\d(?!\d)){_CLOSE}",
            readings.day_range,
            "month",
        ),
        (
            rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP}{RANGE}{_GAP}(?P<e>\d{{1,2}}){_ORDINAL}"
            rf",?{_GAP}(?P<y>\d{{4}}){_CLOSE}",
            readings.day_range,
            "month",
        ),
        (
            rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_TIGHT}(?:of{_GAP})?(?P<m>{month}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}",
            readings.named_day,
            "month",
        ),
        (
            rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP},?{_GAP}(?P<y>{_YEAR}){_CLOSE}",
            readings.named_day,
            "month",
        ),
        (
            rf"{_OPEN}(?P<m>{month})(?P<s>[-/.])(?P<d>\d{{1,2}})(?P=s)(?P<y>\d\d|{_YEAR}){_CLOSE}",
            readings.named_day,
            "month",
        ),
        (
            rf"{_OPEN_FIGURE}(?P<a>\d{{1,2}}) ?(?P<s>[/.-]) ?(?P<b>\d{{1,2}}) ?(?P=s) ?(?P<y>\d{{2,5}}){_CLOSE_FIGURE}",
            readings.numeric_day,
            "joined",
        ),
        (
            rf"{_OPEN}(?P<ms>{month}(?:{_GAP}(?:{RANGE}|{_LIST}){_GAP}{month}){{1,11}}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}",
            readings.months_year,
            "month",
        ),
        (
            rf"{_OPEN}(?P<m>{month})(?P<j>{_JOIN}|{_GAP}(?:of|in){_GAP})(?P<y>\d{{1,5}}){_CLOSE}(?!:\d)",
            readings.month_year,
            "month",
        ),
        (
            rf"{_OPEN}{quarter}(?P<q>[1-4])(?:{_GAP}(?:{RANGE}|{_LIST}){_GAP}(?:{quarter})?(?P<r>[1-4]))?"
            rf"{of}{years}{_CLOSE}",
            readings.quarter,
            "quarter",
        ),
        (
            rf"{_OPEN}(?P<q>[1-4])(?:st|nd|rd|th){_GAP}(?:quarter|qtr\.?){of}{years}{_CLOSE}",
            readings.quarter,
            "quarter",
        ),
        (
            rf"{_OPEN}(?P<f>{_FINANCIAL})(?P<y>{_YEAR})(?:[-/–]{following})?{_GAP}[-/,]?{_GAP}"
            rf"{quarter}(?P<q>[1-4]){_CLOSE}",
            readings.quarter,
            "quarter",
        ),
        (rf"{_OPEN}h(?P<h>[12]){of}{years}{_CLOSE}", readings.half, "half"),
        (rf"{_OPEN}(?P<h>first|second|1st|2nd){_GAP}half{of}{years}{_CLOSE}", readings.half, "half"),
        (
            rf"{_OPEN}(?P<ss>{season}(?:{_GAP}(?:/|-|–|&|and|to|or){_GAP}{season})?)(?:{_GAP}(?:term|budget|season))?"
            rf"{of}['’]?(?P<y>{_YEAR}|\d\d)(?:[-/–]{following})?{_CLOSE}",
            readings.named_season,
            "season",
        ),
        (
            rf"{_OPEN}(?P<y>{_YEAR}){_JOIN}(?P<m>{month})(?:{_JOIN}(?P<d>{day}))?{_CLOSE}",
            readings.year_month_name,
            "month",
        ),
        (
            rf"{_OPEN_FIGURE}(?P<y>{_YEAR}){_GAP}(?:[-/–]|to){_GAP}(?P<z>{_YEAR}){_CLOSE_FIGURE}",
            readings.year_range,
            "year",
        ),
        (
            rf"{_OPEN_FIGURE}(?P<f>{_FINANCIAL})(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}(?P<z>\d\d?))?{_CLOSE_FIGURE}",
            readings.financial_year,
            "financial",
        ),
        (rf"{_OPEN_FIGURE}(?P<m>\d{{1,2}}) ?[-/.] ?(?P<y>{_YEAR}){_CLOSE_FIGURE}", readings.numeric_month, "joined"),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})[-/.](?P<m>\d\d){_CLOSE_FIGURE}", readings.numeric_month, "joined"),
        (rf"{_OPEN_FIGURE}(?P<m>\d{{1,2}})/(?P<y>\d\d){_CLOSE_FIGURE}", readings.short_numeric_month, "joined"),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})(?:s(?![a-z]))?{_CLOSE_FIGURE}", readings.bare_year, "year"),
    )


def _start_of(pattern: str) -> Start:
    """With what a notation begins: told by its pattern, whose first words say what may not stand before it."""
    rest = pattern.removeprefix(_OPEN_FIGURE) if pattern.startswith(_OPEN_FIGURE) else pattern.removeprefix(_OPEN)
    if re.match(r"\(\?P<\w+>(?:\\d|\[1-4\]|\(\?:1\[89\])", rest):
        return "figures"
    return "year" if rest.startswith(rf"(?P<f>{_FINANCIAL})(?P<y>{_YEAR}|") else "words"


def stems_needed() -> tuple[str, ...]:
    """One of these stands, in lower case, in every text with a date that has no year in full nor figures joined."""
    return tuple(dict.fromkeys(["q", *(stem for _, stems in _stems() for stem in stems)]))


def needs_in(near: str) -> frozenset[Need]:
    """The needs that are met by the text round the figures of a text, in lower case; too many rather than too few."""
    if _ANY_SHAPE.search(near) is None and _any_stem().search(near) is None:
        return _NONE
    met: list[Need] = [need for need, stems in _stems() if any(map(near.__contains__, stems))]
    met += [need for need, shape in _SHAPES if shape.search(near)]
    return frozenset(met)


@cache
def _any_stem() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem) for _, stems in _stems() for stem in stems))


@cache
def _stems() -> tuple[tuple[Need, tuple[str, ...]], ...]:
    return (
        ("month", _shortest(month_numbers())),
        ("season", _shortest(word_list("dates")["seasons"])),
        ("half", ("h1", "h2", "half")),
        ("financial", ("fy", "f.y", "year")),
    )


def _shortest(names: Iterable[str]) -> tuple[str, ...]:
    """The names that begin with no other: one of these is in every text that any name is in."""
    known = sorted(names, key=len)
    return tuple(name for place, name in enumerate(known) if not name.startswith(tuple(known[:place])))
