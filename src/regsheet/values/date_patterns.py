"""Finds the dates that stand in a text, each with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from regsheet.values import periods
from regsheet.values.data import words
from regsheet.values.date_notations import Notation, needs_in, notations
from regsheet.values.date_readings import RANGE, Reading, any_of
from regsheet.values.periods import Period


class Found(NamedTuple):
    """A period and where in the text its words stand."""

    start: int
    end: int
    period: Period


_SHORTEST = 4
"""Characters of the shortest date: ``1/24``, ``FY25``, ``2024``."""
_RUNS = re.compile("[0-9]+")
_FIGURES = re.compile("[0-9](?:.*[0-9])?", re.DOTALL)
"""From the first figure of a text to its last."""
_BEFORE_A_YEAR = 19
"""Characters of the longest way to say that a year is a financial one."""
_ENDS_BEFORE_A_YEAR = " \nyYrR."
"""With what every such way ends: ``FY``, ``year``."""
_WORDS_BEFORE, _WORDS_AFTER = 48, 16
"""Characters before the first figure of a date and after its last within which stands what its notation needs."""
_BETWEEN = re.compile(rf"[ \n]*{RANGE}[ \n]*", re.IGNORECASE)


def scan(text: str, reading: Reading) -> list[Found]:
    """Every date in a cleaned text, in order, ranges joined. No two overlap."""
    if len(text) < _SHORTEST:
        return []
    figures = _FIGURES.search(text)
    if figures is None or figures.end() - figures.start() == 1:
        return []  # a year has two figures at least
    near = text[max(0, figures.start() - _WORDS_BEFORE) : figures.end() + _WORDS_AFTER].lower()
    needs = needs_in(near)
    if not needs:
        return []
    runs = [run.span() for run in _RUNS.finditer(text)]
    if max([end - start for start, end in runs]) == 1:
        return []
    starts = [start for start, _ in runs]
    found: list[Found] = []
    taken = bytearray(len(text))
    for notation in notations(needs):
        for match in _matches(notation, text, starts):
            start, end = match.span()
            built = None if any(taken[start:end]) else notation.builder(match, reading)
            if built is None:
                continue
            taken[start:end] = b"\1" * (end - start)
            made = built if isinstance(built, tuple) else (built,)
            found.extend(Found(start, end, period) for period in made)
    found.sort(key=lambda one: one.start)
    return list(_ranges(text, [_week(text, one) for one in found]))


def _matches(notation: Notation, text: str, runs: Sequence[int]) -> Iterable[re.Match[str]]:
    """Every match of a notation. ``runs`` are the places where figures begin: only there, or just before, can most
    notations begin, which saves looking everywhere.
    """  # fmt: skip
    if notation.start == "figures":
        return _at_figures(notation.pattern, text, runs)
    return notation.pattern.finditer(text) if notation.start == "words" else _at_years(notation.pattern, text, runs)


def _at_figures(pattern: re.Pattern[str], text: str, runs: Sequence[int]) -> list[re.Match[str]]:
    matches = []
    done = 0
    for run in runs:
        if run >= done and (found := pattern.match(text, run)) is not None:
            matches.append(found)
            done = found.end()
    return matches


def _at_years(pattern: re.Pattern[str], text: str, runs: Sequence[int]) -> list[re.Match[str]]:
    matches = []
    done = 0
    for run in runs:
        before = _BEFORE_A_YEAR if text[run - 1 : run] in _ENDS_BEFORE_A_YEAR else 0
        for place in range(max(0, run - before, done), run + 1):
            if place == run or text[place] in "fFyY \n":
                found = pattern.match(text, place)
                if found is not None:
                    matches.append(found)
                    done = found.end()
                    break
    return matches


def _ranges(text: str, found: list[Found]) -> Iterator[Found]:
    """Join two dates with nothing but a dash or "to" between them."""
    position = 0
    while position < len(found):
        here = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        if following and _BETWEEN.fullmatch(text, here.end, following.start):
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
    else:
        return found
    week = replace(period, start=min(other, period.start), end=max(other, period.end))
    return found._replace(period=week)


@cache
def _ends_with(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{any_of(*words('dates', 'qualifiers', key))})$")
