"""The fill that a cell shows: its own, or what a conditional format on plain numbers gives it."""

from __future__ import annotations

from collections.abc import Callable

from regsheet.grid.cells import ConditionalFormat
from regsheet.layout.view import SheetView

_COMPARE: dict[str, Callable[[float, float, float], bool]] = {
    "greaterThan": lambda value, low, _: value > low,
    "greaterThanOrEqual": lambda value, low, _: value >= low,
    "lessThan": lambda value, low, _: value < low,
    "lessThanOrEqual": lambda value, low, _: value <= low,
    "equal": lambda value, low, _: value == low,
    "between": lambda value, low, high: low <= value <= high,
}


def fill_at(view: SheetView, row: int, column: int, number: float | None) -> str | None:
    """The fill of a cell as ``RRGGBB``; conditional formats that compare with plain numbers are worked out."""
    if number is not None:
        rules = [rule for rule in view.sheet.conditional_formats if any((row, column) in area for area in rule.areas)]
        for rule in sorted(rules, key=lambda rule: rule.priority):
            if rule.fill is not None and _holds(rule, number):
                return rule.fill
    return view.sheet.style(row, column).fill


def limits(rule: ConditionalFormat) -> tuple[float, float] | None:
    """The two numbers that a ``cellIs`` rule compares with (the second repeats the first where there is one)."""
    if rule.kind != "cellIs" or not rule.formulas:
        return None
    try:
        numbers = [float(formula.strip('=" ')) for formula in rule.formulas[:2]]
    except ValueError:
        return None
    return numbers[0], numbers[-1]


def _holds(rule: ConditionalFormat, number: float) -> bool:
    numbers, compare = limits(rule), _COMPARE.get(rule.operator or "")
    return numbers is not None and compare is not None and compare(number, min(numbers), max(numbers))
