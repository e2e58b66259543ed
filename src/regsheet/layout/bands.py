"""The bands of ratings: from the formula of a band column, a legend's ranges, or conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from regsheet.grid.addresses import Area
from regsheet.layout.colours import limits
from regsheet.layout.tables import Band
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key, vocabulary
from regsheet.values.levels import is_level
from regsheet.values.text import one_line

_NUMBER = r"\d+(?:\.\d+)?"
_STEP = re.compile(
    rf"(?:AND\()?\$?[A-Z\[\]@#, ]+\$?\d*\]*\s*(>=|<=|>|<)\s*({_NUMBER})[^\"]*?,\s*\"([^\"]+)\"", re.IGNORECASE
)
_LAST = re.compile(r",\s*\"([^\"]+)\"\s*\)+\s*\Z")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|—|to|and|up to)\s*({_NUMBER})", re.IGNORECASE)
_ABOVE = re.compile(
    rf"(?:(>=|≥|>)\s*({_NUMBER})|(?:over|above|more than)\s+({_NUMBER})|({_NUMBER})\s*"
    r"(?:\+|and over|and above|or more|or above|plus))",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"(?:(<=|≤|<)\s*({_NUMBER})|(?:under|below|less than|up to)\s+({_NUMBER})|({_NUMBER})\s*"
    r"(?:and under|and below|or less|or below))",
    re.IGNORECASE,
)
_LONGEST = 90


def bands_of_formula(formulas: Iterable[str], top: float) -> tuple[Band, ...]:
    """Bands from nested ``IF(score>=15,"High",…)``; none where the steps do not run one way."""
    formula = next(iter(formulas), "")
    steps = [(sign, float(number), name) for sign, number, name in _STEP.findall(formula)]
    last = _LAST.search(formula)
    if not steps or last is None:
        return ()
    falling = all(sign.startswith(">") for sign, _, _ in steps)
    if not falling and not all(sign.startswith("<") for sign, _, _ in steps):
        return ()
    edges = [number + (1 if sign in {">", "<="} else 0) for sign, number, _ in steps]
    names = [name for _, _, name in steps]
    if falling and edges == sorted(edges, reverse=True):
        lows = [*edges, 0.0]
        highs = [max(top, edges[0]), *(edge - 1 for edge in edges)]
        names.append(last[1])
    elif not falling and edges == sorted(edges):
        lows = [0.0, *edges]
        highs = [*(edge - 1 for edge in edges), max(top, edges[-1])]
        names.append(last[1])
    else:
        return ()
    steps_named = zip(names, lows, highs, strict=True)
    found = [Band(one_line(n), low, high) for n, low, high in steps_named if n.strip() and low <= high and high > 0]
    return _in_order(found) if len(found) >= 2 else ()


def bands_of_legend(view: SheetView, skip: Sequence[Area], top: float) -> tuple[Band, ...]:
    """Bands from texts such as ``15-25 Red``, ``High (10–15)``, or a range beside a name."""
    found: list[tuple[int, int, Band]] = []
    for row, cells in view.rows.items():
        for column in cells:
            text = one_line(view.text(row, column))
            if len(text) > _LONGEST or any((row, column) in area for area in skip):
                continue
            band = _band(view, row, column, text, top)
            if band is not None:
                found.append((row, column, band))
    return max((_whole(group) for group in _groups(found)), key=len, default=())


def _band(view: SheetView, row: int, column: int, text: str, top: float) -> Band | None:
    limits = _limits(text, top)
    if limits is None:
        return None
    low, high, rest = limits
    name = _name(rest)
    if name is None and not any(sign.isalpha() for sign in rest):
        beside = [found for c in (column - 1, column + 1) if (found := _name(view.text(row, c))) is not None]
        name = min(beside, key=len, default=None)
    if name is None:
        return None
    colour = (
        view.sheet.style(row, column).fill
        or view.sheet.style(row, column + 1).fill
        or view.sheet.style(row, max(1, column - 1)).fill
    )
    return Band(name, low, high, colour)


def _limits(text: str, top: float) -> tuple[float, float, str] | None:
    if "%" in text or "£" in text or "$" in text:
        return None
    between = _RANGE.search(text)
    if between and float(between[1]) < float(between[2]):
        return float(between[1]), float(between[2]), text.replace(between[0], " ")
    above = _ABOVE.search(text)
    if above:
        number = float(above[2] or above[3] or above[4])
        return number + (above[1] == ">" or bool(above[3])), max(top, number), text.replace(above[0], " ")
    below = _BELOW.search(text)
    if below:
        number = float(below[2] or below[3] or below[4])
        return (
            0.0,
            number - (below[1] == "<" or (bool(below[3]) and "up to" not in text.casefold())),
            text.replace(below[0], " "),
        )
    return None


def _name(text: str) -> str | None:
    """The band that a text names: its first words if they are a level or colour."""
    line = one_line(text).strip(" -–—:=()[].,;")
    head = re.split(r"\s*[-–—:=(,;.]\s*", line)[0] if line else ""
    for words in (head, line):
        key = heading_key(words)
        if words and len(words) <= 30 and (is_level(words) or key in vocabulary().kinds["colour_words"]):
            return words if len(words) <= 3 or not words.isupper() else words.capitalize()
    return None


def _groups(found: list[tuple[int, int, Band]]) -> list[list[Band]]:
    """Bands that stand together, down a column or along a row."""
    groups: dict[tuple[str, int], list[tuple[int, Band]]] = {}
    for row, column, band in found:
        groups.setdefault(("down", column), []).append((row, band))
        groups.setdefault(("across", row), []).append((column, band))
    parted: list[list[Band]] = []
    for places in groups.values():
        group: list[Band] = []
        last = None
        for place, band in sorted(places, key=lambda pair: pair[0]):
            if last is not None and place - last > 3:
                parted.append(group)
                group = []
            group.append(band)
            last = place
        parted.append(group)
    return parted


def _whole(group: list[Band]) -> tuple[Band, ...]:
    """The group as bands if it covers a range without holes that matter; else none."""
    ordered = _in_order({band.name.casefold(): band for band in reversed(group)}.values())
    if len(ordered) < 2 or ordered[0].low > 1.01 or ordered[-1].high > 125:
        return ()
    rising = all(a.low < b.low and a.high < b.high for a, b in pairwise(ordered))
    return ordered if rising else ()


def bands_of_formats(view: SheetView, columns: Iterable[int], row: int, top: float) -> tuple[Band, ...]:
    """Bands from the conditional formats on a rating column: named by nothing but their colour."""
    found: dict[float, tuple[float, str]] = {}
    for rule in view.sheet.conditional_formats:
        numbers = limits(rule)
        if numbers is None or rule.fill is None or not any((row, c) in area for area in rule.areas for c in columns):
            continue
        low, high = min(numbers), max(numbers)
        spans = {"between": (low, high), "greaterThanOrEqual": (low, top), "greaterThan": (low + 1, top),
                 "lessThan": (0.0, low - 1), "lessThanOrEqual": (0.0, low), "equal": (low, low)}  # fmt: skip
        if rule.operator in spans:
            start, end = spans[rule.operator]
            if end >= start and start not in found:
                found[start] = (end, rule.fill)
    if len(found) < 2:
        return ()
    bands = _in_order(Band(_colour_name(fill), low, high, fill) for low, (high, fill) in found.items())
    ends = [*(following.low for following in bands[1:]), float("inf")]
    # Formats overlap by habit (1-5, 5-8): the first that applies in Excel's order is the one from below.
    return tuple(
        replace(b, high=min(b.high, end - 1 if end == b.high else b.high)) for b, end in zip(bands, ends, strict=True)
    )


def _colour_name(fill: str) -> str:
    red, green, blue = (int(fill[i : i + 2], 16) for i in (0, 2, 4))
    if min(red, green, blue) > 235:
        return "White"
    if red > 180 and green < 120 and blue < 140:
        return "Red"
    if green - red > 25 and green >= blue:
        return "Green"
    if red > 180 and green > 225 and blue < 180:
        return "Yellow"
    if red > 180 and green >= 120 and blue < 180:
        return "Amber"
    if green >= red and green >= blue:
        return "Green"
    return "Blue" if blue > red else "Red"


def _in_order(bands: Iterable[Band]) -> tuple[Band, ...]:
    return tuple(sorted(bands, key=lambda band: (band.low, band.high)))
