"""What each notation of a date means: from the match of its pattern to a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from regsheet.values import periods
from regsheet.values.data import word_list, words
from regsheet.values.periods import Period

RANGE = r"(?:-|–|—|to|until|till|through)"
"""What joins the two ends of a stretch of time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: ``day_first`` for 3/4 as 3 April; ``prose`` to be wary of figures that are not dates."""

    day_first: bool
    prose: bool


Built = Period | tuple[Period, ...] | None


@cache
def month_numbers() -> dict[str, int]:
    """Every spelling of a month, in lower case, with its number."""
    return {name: number for number, names in enumerate(word_list("dates")["months"], 1) for name in names}


@cache
def any_of(*names: str) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def month_pattern() -> str:
    """A pattern for the name of a month."""
    return rf"(?:{any_of(*month_numbers())})\.?"


@cache
def season_pattern() -> str:
    """A pattern for the name of a season."""
    return rf"(?:{any_of(*word_list('dates')['seasons'])})"


def month_number(name: str) -> int:
    """``Sept.`` → 9."""
    return month_numbers()[name.casefold().rstrip(".")]


def _span(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def iso_day(found: re.Match[str], reading: Reading) -> Built:
    """``2026-03-01``, with or without a time of day."""
    period = periods.day(int(found["y"]), int(found["m"]), int(found["d"]), _span(found))
    return None if reading.prose and not period.is_dated else period


def numeric_day(found: re.Match[str], reading: Reading) -> Built:
    """``23/06/26``, ``31.03.2016``: the house's order of day and month, unless only the other makes a date."""
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


@cache
def _ends_with_month() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){month_pattern()}[ \n]?[-/'’]?[ \n]?$", re.IGNORECASE)


def named_day(found: re.Match[str], _: Reading) -> Built:
    """``3rd June 2024``, ``June 3, 2024``, ``10-Feb -26``."""
    text, digits = _span(found), found["y"]
    if found.start("d") == found.start() and _ends_with_month().search(found.string[: found.start()][-16:]):
        return None  # in "Sep-24 Dec-24" 24 is no day
    if len(digits) in (3, 5):
        return periods.impossible(text)
    return periods.day(periods.full_year(digits), month_number(found["m"]), int(found["d"]), text)


def day_range(found: re.Match[str], _: Reading) -> Built:
    """``6 - 8 September 2007``, ``3 June to 5 July 2024``; ``10th and 11th of March 2018`` are two days."""
    text, last_month = _span(found), month_number(found["m"])
    year = periods.full_year(found["y"].lstrip("'’"))
    groups = found.groupdict()
    first_month = month_number(groups["n"]) if groups.get("n") else last_month
    last = periods.day(year, last_month, int(found["e"]), text)
    first = periods.day(year - (first_month > last_month), first_month, int(found["d"]), text)
    if groups.get("list"):
        return first, last
    return periods.span(first, last, text)


def month_year(found: re.Match[str], reading: Reading) -> Built:
    """``Sep-24``, ``Sept 2024``."""
    text, digits, joint = _span(found), found["y"], found["j"].strip()
    if len(digits) in (3, 5):
        return None if reading.prose else periods.impossible(text)
    if not _is_year(digits, joint) or (reading.prose and len(digits) == 2 and found["m"] in ("may", "march", "mar")):
        return None  # "may 25 people" in prose
    return periods.months(periods.full_year(digits), month_number(found["m"]), 1, "month", text)


def _is_year(digits: str, joint: str) -> bool:
    """Whether two figures after a month are its year: ``Sep-24`` always, ``March 31`` not: that may be the day."""
    if len(digits) == 1:
        return False
    return len(digits) > 2 or bool(joint.strip(".,")) or 10 <= int(digits) <= 29 or 32 <= int(digits) < 70


def months_year(found: re.Match[str], reading: Reading) -> Built:
    """Several months that share a year: ``Jan - Mar 2025`` a range, ``June, Sept and Dec 2025`` three months."""
    text, digits = _span(found), found["y"]
    if len(digits) not in (2, 4) or (reading.prose and len(digits) == 2 and "'" not in found[0]):
        return None
    year = periods.full_year(digits)
    numbers = [month_number(name) for name in re.findall(month_pattern(), found["ms"], re.IGNORECASE)]
    if len(numbers) == 2 and re.search(rf"(?<=[a-z. \n]){RANGE}(?=[a-z \n])", found["ms"], re.IGNORECASE):
        first = periods.months(year - (numbers[0] > numbers[1]), numbers[0], 1, "month", text)
        return periods.span(first, periods.months(year, numbers[1], 1, "month", text), text)
    if numbers != sorted(numbers):
        return periods.months(year, numbers[-1], 1, "month", text)  # whose year the others have is not said
    return tuple(periods.months(year, number, 1, "month", text) for number in numbers)


def numeric_month(found: re.Match[str], reading: Reading) -> Built:
    """``12/2021``, ``2025-06``."""
    period = periods.months(int(found["y"]), int(found["m"]), 1, "month", _span(found))
    return None if reading.prose and not period.is_dated else period


def short_numeric_month(found: re.Match[str], reading: Reading) -> Built:
    """``03/25`` in a date cell: March 2025, since no day is 25 of a month 3 where days come first."""
    month, digits = int(found["m"]), found["y"]
    if reading.prose or not reading.day_first or not 1 <= month <= 12 or not 13 <= int(digits) < 70:
        return None
    return periods.months(periods.full_year(digits), month, 1, "month", _span(found))


def year_month_name(found: re.Match[str], _: Reading) -> Built:
    """``2024 June``, ``2024-Jun-03``."""
    text, year, month = _span(found), int(found["y"]), month_number(found["m"])
    if found["d"]:
        return periods.day(year, month, int(found["d"].rstrip("stndrhSTNDRH")), text)
    return periods.months(year, month, 1, "month", text)


def _financial_start(digits: str | None, following: str | None, prefixed: bool) -> int | None:
    """The year in which a financial year begins: 2024 of ``2024/25``, of ``24/25`` and of ``FY25``."""
    if not digits:
        return None
    year = periods.full_year(digits)
    if following:
        same = 10 ** min(len(following), 2)
        return year if (year + 1) % same == int(following) % same else None
    return year - 1 if prefixed else None


def _start_month() -> int:
    return int(word_list("dates")["financial_year"]["first_month"])


def financial_year(found: re.Match[str], reading: Reading) -> Built:
    """``2014/15``, ``24/25``, ``FY25``: the year that ends in 2025."""
    prefixed = bool(found["f"].strip())
    start = _financial_start(found["y"], found["z"], prefixed)
    if start is None or (found["z"] and len(found["z"]) == 1 and len(found["y"]) == 2):
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


def quarter(found: re.Match[str], _: Reading) -> Built:
    """``Q1 2026``, ``Q3 24/25``, ``Q1-Q2 2025``, ``1st quarter 2025``."""
    groups = found.groupdict()
    first = _part_of_year(found, 3, int(found["q"]))
    if first is None or not groups.get("r"):
        return first
    last = _part_of_year(found, 3, int(groups["r"]))
    return None if last is None else periods.span(first, last, _span(found))


def half(found: re.Match[str], _: Reading) -> Built:
    """``H1 2025``, ``second half of 2024/25``."""
    return _part_of_year(found, 6, 1 if found["h"].casefold() in ("1", "first", "1st") else 2)


def named_season(found: re.Match[str], _: Reading) -> Built:
    """``Summer 2025``, ``Autumn/Winter 2025``, ``Winter 2024/25``."""
    seasons: dict[str, list[int]] = word_list("dates")["seasons"]
    text, year = _span(found), periods.full_year(found["y"])
    if found["z"] and (year + 1) % 100 != int(found["z"]) % 100:
        return None
    first = None
    for name in re.findall(season_pattern(), found["ss"], re.IGNORECASE):
        month, count = seasons[name.casefold()]
        late = bool(found["z"]) and month < 9  # spring 2024/25 is that of the year in which the pair ends
        one = periods.months(year + late, month, count, "season", text)
        first = one if first is None else periods.span(first, one, text) or first
    return first


def year_range(found: re.Match[str], _: Reading) -> Built:
    """``2019-2024``; ``2024/2025`` is a financial year."""
    text, first, last = _span(found), int(found["y"]), int(found["z"])
    if "/" in found[0] and last == first + 1:
        return periods.months(first, _start_month(), 12, "year", text)
    return periods.span(periods.months(first, 1, 12, "year", text), periods.months(last, 1, 12, "year", text), text)


def bare_year(found: re.Match[str], reading: Reading) -> Built:
    """``2030``; in prose not where the year is part of a name or a quantity: ``Care Act 2014``, ``over 2000``."""
    if reading.prose:
        before = found.string[max(0, found.start() - 24) : found.start()].casefold().rstrip(" \n,")
        if found["y"] == "2000" or _names_something().search(before):
            return None
    period = periods.months(int(found["y"]), 1, 12, "year", _span(found))
    return period if period.is_dated else None


@cache
def _names_something() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{any_of(*words('dates', 'not_a_date_before'))})$")
