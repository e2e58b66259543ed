"""Finds the dates that stand in a text, each with its place: one small pattern a notation, most telling first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from regsheet.values import periods
from regsheet.values.data import word_list, words
from regsheet.values.periods import Period


class Found(NamedTuple):
    """A period and where in the text its words stand."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: ``day_first`` for 3/4 as 3 April; ``prose`` to be wary of figures that are not dates."""

    day_first: bool
    prose: bool


Builder = Callable[[re.Match[str], Reading], "Period | tuple[Period, ...] | None"]

_GAP = r"[ \n]{0,3}"
_JOIN = r"[ \n]{0,2}[-/.,'’‘]?[ \n]{0,2}"
_TIGHT = r"(?:[ \n]{0,2}|[-/.,'’]|[-/.,]\s|\s[-/.,])"  # "Phase 1 - July 2024" holds no day
_OPEN = r"(?<![0-9A-Za-z])"
_OPEN_FIGURE = r"(?<![0-9A-Za-z])(?<![0-9][./:-])(?<![£$€#+~])"
_CLOSE = r"(?![0-9A-Za-z])"
_CLOSE_FIGURE = r"(?![0-9A-Za-z%])(?![./:,-][0-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20|21)\d\d"
_RANGE = r"(?:-|–|—|to|until|till|through)"
_LIST = r"(?:,|/|&|\+|and|or)"
_FINANCIAL = rf"(?:f\.?y\.?|financial{_GAP}year|fiscal{_GAP}year|year)?{_GAP}"


@cache
def _month_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(word_list("dates")["months"], 1) for name in names}


@cache
def _month() -> str:
    names = sorted(_month_numbers(), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, names))})\.?"


@cache
def _season() -> str:
    return rf"(?:{'|'.join(map(re.escape, word_list('dates')['seasons']))})"


def month_number(name: str) -> int:
    """``Sept.`` → 9."""
    return _month_numbers()[name.casefold().rstrip(".")]


def _span(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


# --- builders: one a notation -------------------------------------------------------------------------------------


def _iso_day(found: re.Match[str], reading: Reading) -> Period | None:
    period = periods.day(int(found["y"]), int(found["m"]), int(found["d"]), _span(found))
    return None if reading.prose and not period.is_dated else period


def _numeric_day(found: re.Match[str], reading: Reading) -> Period | None:
    text, first, second, digits = _span(found), int(found["a"]), int(found["b"]), found["y"]
    padded = len(found["a"]) == len(found["b"]) == 2
    if reading.prose and found["s"] == "." and len(digits) != 4 and not padded:
        return None  # 2.3.24 in prose is the number of a section
    number, month = (first, second) if reading.day_first else (second, first)
    if month > 12 >= number:  # only the other order makes a date
        number, month = month, number
    if len(digits) in (3, 5):
        return periods.impossible(text)
    ambiguous = first <= 12 and second <= 12 and first != second
    return periods.day(periods.full_year(digits), month, number, text, ambiguous=ambiguous)


def _named_day(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001 - every builder takes it
    text, digits = _span(found), found["y"]
    if len(digits) in (3, 5):
        return periods.impossible(text)
    return periods.day(periods.full_year(digits), month_number(found["m"]), int(found["d"]), text)


def _day_range(found: re.Match[str], reading: Reading) -> Period | tuple[Period, ...] | None:  # noqa: ARG001
    """``6 - 8 September 2007``, ``3 June to 5 July 2024``, ``10th and 11th of March 2018``, ``September 6 - 8, 2007``."""
    text, year, last_month = _span(found), periods.full_year(found["y"]), month_number(found["m"])
    groups = found.groupdict()
    first_month = month_number(groups["n"]) if groups.get("n") else last_month
    last = periods.day(year, last_month, int(found["e"]), text)
    first = periods.day(year - (first_month > last_month), first_month, int(found["d"]), text)
    if groups.get("list"):
        return first, last
    return periods.span(first, last, text)


def _month_year(found: re.Match[str], reading: Reading) -> Period | None:
    text, digits, joint = _span(found), found["y"], found["j"].strip()
    if len(digits) == 3 or len(digits) == 5:
        return None if reading.prose else periods.impossible(text)
    if len(digits) == 1 or not _is_year(digits, joint):
        return None
    return periods.months(periods.full_year(digits), month_number(found["m"]), 1, "month", text)


def _is_year(digits: str, joint: str) -> bool:
    """Whether two figures after a month are its year: ``Sep-24`` always, ``March 31`` not: that may be the day."""
    return len(digits) > 2 or bool(joint.strip(".,")) or 10 <= int(digits) <= 29 or 32 <= int(digits) < 70


def _months_year(found: re.Match[str], reading: Reading) -> Period | tuple[Period, ...] | None:
    """Several months that share a year: ``Jan - Mar 2025`` a range, ``June, Sept and Dec 2025`` three months."""
    text, digits = _span(found), found["y"]
    if len(digits) not in (2, 4) or (reading.prose and len(digits) == 2 and "'" not in found[0]):
        return None
    year = periods.full_year(digits)
    numbers = [month_number(name) for name in re.findall(_month(), found["ms"], re.IGNORECASE)]
    if len(numbers) == 2 and re.search(rf"(?<=[a-z. \n]){_RANGE}(?=[a-z \n])", found["ms"], re.IGNORECASE):
        first = periods.months(year - (numbers[0] > numbers[1]), numbers[0], 1, "month", text)
        return periods.span(first, periods.months(year, numbers[1], 1, "month", text), text)
    if numbers != sorted(numbers):
        return periods.months(year, numbers[-1], 1, "month", text)  # whose year the others have is not said
    return tuple(periods.months(year, number, 1, "month", text) for number in numbers)


def _numeric_month(found: re.Match[str], reading: Reading) -> Period | None:
    period = periods.months(int(found["y"]), int(found["m"]), 1, "month", _span(found))
    return None if reading.prose and not period.is_dated else period


def _year_month_name(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001
    text, year, month = _span(found), int(found["y"]), month_number(found["m"])
    if found["d"]:
        return periods.day(year, month, int(found["d"]), text)
    return periods.months(year, month, 1, "month", text)


def _financial_start(digits: str | None, following: str | None, prefixed: bool) -> int | None:
    """The year in which a financial year begins: 2024 of ``2024/25``, of ``24/25`` and of ``FY25``."""
    if not digits:
        return None
    year = periods.full_year(digits)
    if following:
        return year if (year + 1) % 100 == int(following) % 100 else None
    return year - 1 if prefixed else None


def _start_month() -> int:
    return int(word_list("dates")["financial_year"]["first_month"])


def _financial_year(found: re.Match[str], reading: Reading) -> Period | None:
    prefixed = bool(found["f"].strip())
    start = _financial_start(found["y"], found["z"], prefixed)
    if start is None:
        return None
    if len(found["y"]) == 2 and not prefixed and (reading.prose or int(found["y"]) <= 12):
        return None  # 9/10 is many things before it is a year
    return periods.months(start, _start_month(), 12, "year", _span(found))


def _part_of_year(found: re.Match[str], count: int, number: int) -> Period | None:
    """The quarter or half of the calendar year that a match names, or of the financial year: ``Q3 24/25``."""
    text, groups = _span(found), found.groupdict()
    prefixed, digits, following = bool((groups.get("f") or "").strip(" \n'’")), found["y"], groups.get("z")
    precision: periods.Precision = "quarter" if count == 3 else "season"
    if following or prefixed:
        start = _financial_start(digits, following, prefixed)
        if start is None:
            return None
        offset = _start_month() - 1 + (number - 1) * count
        return periods.months(start + offset // 12, offset % 12 + 1, count, precision, text)
    return periods.months(periods.full_year(digits), (number - 1) * count + 1, count, precision, text)


def _quarter(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001
    groups = found.groupdict()
    first = _part_of_year(found, 3, int(found["q"]))
    if first is None or not groups.get("r"):
        return first
    last = _part_of_year(found, 3, int(groups["r"]))
    return None if last is None else periods.span(first, last, _span(found))


def _half(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001
    return _part_of_year(found, 6, 1 if found["h"].casefold() in ("1", "first", "1st") else 2)


def _named_season(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001
    seasons: dict[str, list[int]] = word_list("dates")["seasons"]
    text, year = _span(found), periods.full_year(found["y"])
    if found["z"] and (year + 1) % 100 != int(found["z"]) % 100:
        return None
    first = None
    for name in re.findall(_season(), found["ss"], re.IGNORECASE):
        month, count = seasons[name.casefold()]
        late = bool(found["z"]) and month < 9  # spring 2024/25 is that of the year in which the pair ends
        one = periods.months(year + late, month, count, "season", text)
        first = one if first is None else periods.span(first, one, text) or first
    return first


def _years(found: re.Match[str], reading: Reading) -> Period | None:  # noqa: ARG001
    text, first, last = _span(found), int(found["y"]), int(found["z"])
    if "/" in found[0] and last == first + 1:
        return periods.months(first, _start_month(), 12, "year", text)
    return periods.span(
        periods.months(first, 1, 12, "year", text), periods.months(last, 1, 12, "year", text), text
    )


def _year(found: re.Match[str], reading: Reading) -> Period | None:
    if reading.prose and _names_something(found):
        return None
    period = periods.months(int(found["y"]), 1, 12, "year", _span(found))
    return period if period.is_dated else None


def _names_something(found: re.Match[str]) -> bool:
    """Whether a bare year is part of a name or a quantity: ``Care Act 2014``, ``ISO 27001:2022``, ``over 2000``."""
    before = found.string[max(0, found.start() - 24) : found.start()].casefold().rstrip(" \n,")
    return any(re.search(rf"(?<![a-z]){re.escape(word)}$", before) for word in words("dates", "not_a_date_before"))


# --- the notations, most telling first ----------------------------------------------------------------------------


@cache
def _notations() -> tuple[tuple[re.Pattern[str], Builder], ...]:
    month, season = _month(), _season()
    day = rf"\d{{1,2}}{_ORDINAL}"
    quarter = rf"(?:q|qtr\.?|quarter){_GAP}"
    years = rf"(?P<f>{_FINANCIAL})['’]?(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}(?P<z>\d{{4}}|\d\d))?"
    of = rf"(?:{_GAP}(?:of|in|for)?{_GAP}(?:the)?{_GAP}|[-/,' ]{{1,2}})"
    clock = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    table: tuple[tuple[str, Builder], ...] = (
        (rf"(?<![0-9A-Za-z])(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){clock}(?![0-9])", _iso_day),
        (rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP}(?:of)?{_GAP}(?P<n>{month})?{_GAP}(?:{_RANGE}|(?P<list>{_LIST})){_GAP}"
         rf"(?P<e>\d{{1,2}}){_ORDINAL}{_GAP}(?:of)?{_GAP}(?P<m>{month}){_JOIN}(?P<y>\d{{4}}|['’]\d\d(?!\d)){_CLOSE}", _day_range),
        (rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>\d{{1,2}}){_ORDINAL}{_GAP}{_RANGE}{_GAP}(?P<e>\d{{1,2}}){_ORDINAL},?{_GAP}"
         rf"(?P<y>\d{{4}}){_CLOSE}", _day_range),
        (rf"{_OPEN}(?P<d>\d{{1,2}}){_ORDINAL}{_TIGHT}(?:of{_GAP})?(?P<m>{month}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}", _named_day),
        (rf"{_OPEN}(?P<m>{month}){_GAP}(?P<d>{day}){_GAP},?{_GAP}(?P<y>{_YEAR}){_CLOSE}".replace(f"(?P<d>{day})", rf"(?P<d>\d{{1,2}}){_ORDINAL}"), _named_day),
        (rf"{_OPEN}(?P<m>{month})(?P<s>[-/.])(?P<d>\d{{1,2}})(?P=s)(?P<y>\d\d|{_YEAR}){_CLOSE}", _named_day),
        (rf"{_OPEN_FIGURE}(?P<a>\d{{1,2}}) ?(?P<s>[/.-]) ?(?P<b>\d{{1,2}}) ?(?P=s) ?(?P<y>\d{{2,5}}){_CLOSE_FIGURE}", _numeric_day),
        (rf"{_OPEN}(?P<ms>{month}(?:{_GAP}(?:{_RANGE}|{_LIST}){_GAP}{month}){{1,11}}){_JOIN}(?P<y>\d{{2,5}}){_CLOSE}", _months_year),
        (rf"{_OPEN}(?P<m>{month})(?P<j>{_JOIN}|{_GAP}(?:of|in){_GAP})(?P<y>\d{{1,5}}){_CLOSE}(?!:\d)", _month_year),
        (rf"{_OPEN}{quarter}(?P<q>[1-4])(?:{_GAP}(?:{_RANGE}|{_LIST}){_GAP}(?:{quarter})?(?P<r>[1-4]))?{of}{years}{_CLOSE}", _quarter),
        (rf"{_OPEN}(?P<q>[1-4])(?:st|nd|rd|th){_GAP}(?:quarter|qtr\.?){of}{years}{_CLOSE}", _quarter),
        (rf"{_OPEN}(?P<f>{_FINANCIAL})(?P<y>{_YEAR})(?:[-/–](?P<z>\d{{4}}|\d\d))?{_GAP}[-/,]?{_GAP}{quarter}(?P<q>[1-4]){_CLOSE}", _quarter),
        (rf"{_OPEN}(?:h(?P<h>[12])){of}{years}{_CLOSE}", _half),
        (rf"{_OPEN}(?P<h>first|second|1st|2nd){_GAP}half{of}{years}{_CLOSE}", _half),
        (rf"{_OPEN}(?P<ss>{season}(?:{_GAP}(?:/|-|–|&|and|to|or){_GAP}{season})?)(?:{_GAP}(?:term|budget|season))?{of}"
         rf"['’]?(?P<y>{_YEAR}|\d\d)(?:[-/–](?P<z>\d{{4}}|\d\d))?{_CLOSE}", _named_season),
        (rf"{_OPEN}(?P<y>{_YEAR}){_JOIN}(?P<m>{month})(?:{_JOIN}(?P<d>\d{{1,2}}){_ORDINAL})?{_CLOSE}", _year_month_name),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR}){_GAP}(?:[-/–]|to){_GAP}(?P<z>{_YEAR}){_CLOSE_FIGURE}", _years),
        (rf"{_OPEN_FIGURE}(?P<f>{_FINANCIAL})(?P<y>{_YEAR}|\d\d)(?:{_GAP}[-/–]{_GAP}(?P<z>\d\d))?{_CLOSE_FIGURE}", _financial_year),
        (rf"{_OPEN_FIGURE}(?P<m>\d{{1,2}}) ?[-/.] ?(?P<y>{_YEAR}){_CLOSE_FIGURE}", _numeric_month),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}}){_CLOSE_FIGURE}", _numeric_month),
        (rf"{_OPEN_FIGURE}(?P<y>{_YEAR})(?:s(?![a-z]))?{_CLOSE_FIGURE}", _year),
    )  # fmt: skip
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), builder) for pattern, builder in table)


def scan(text: str, reading: Reading) -> list[Found]:
    """Every date in a cleaned text, in order, ranges joined. No two overlap."""
    if not any(character.isdigit() for character in text):
        return []
    found: list[Found] = []
    for pattern, builder in _notations():
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            built = builder(match, reading)
            made = built if isinstance(built, tuple) else (built,)
            found.extend(Found(match.start(), match.end(), period) for period in made if period is not None)
    found.sort(key=lambda one: one.start)
    return list(_ranges(text, [_week(text, one) for one in found]))


def _ranges(text: str, found: list[Found]) -> Iterator[Found]:
    """Join two dates with nothing but a dash or "to" between them."""
    position = 0
    while position < len(found):
        here = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        if following and re.fullmatch(rf"[ \n]*{_RANGE}[ \n]*", text[here.end : following.start], re.IGNORECASE):
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
    for key, days in (("week_from", 6), ("week_to", -6)):
        if any(re.search(rf"(?<![a-z]){re.escape(word)}$", before) for word in words("dates", "qualifiers", key)):
            return found._replace(period=_stretched(period, days))
    return found


def _stretched(period: Period, days: int) -> Period:
    from datetime import timedelta

    assert period.start is not None and period.end is not None  # noqa: S101 - asked by the only caller
    other = period.start + timedelta(days=days)
    first, last = min(other, period.start), max(other, period.end)
    return Period(first, last, "day", period.text, period.ambiguous)
