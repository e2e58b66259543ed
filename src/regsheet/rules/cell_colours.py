"""The colour in which a reader sees a cell: its fill, or the conditional format that paints over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from regsheet.grid.cells import ConditionalFormat, Sheet, Value
from regsheet.model.colours import colour_name

RAG = frozenset({"red", "amber", "yellow", "green", "blue", "purple"})
"""Colours that mean something in a rating's cell; white, grey and black are the page, a stripe or a rule."""

COLOURLESS = frozenset({"dataBar", "iconSet"})
"""Conditional formats that put something into a cell and leave its fill alone."""

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class SeenColours:
    """The colours of one sheet as they are seen."""

    sheet: Sheet

    @cached_property
    def formats(self) -> list[ConditionalFormat]:
        """The conditional formats that may paint, the one that counts most first."""
        painting = [one for one in self.sheet.conditional_formats if one.kind not in COLOURLESS]
        telling = (one for one in painting if one.fill or one.stop_if_true or one.kind == "colorScale")
        return sorted(telling, key=lambda one: one.priority)

    def at(self, row: int, column: int) -> tuple[str | None, bool] | None:
        """The fill seen in a cell, and whether a conditional format gives it; None where that cannot be told."""
        value = self.sheet.value(row, column)
        for one in self.formats:
            if not any((row, column) in area for area in one.areas):
                continue
            answer = applies(one, value)
            if answer == "unknown":
                return None
            if answer == "yes" and one.fill is not None:
                return one.fill, True
            if answer == "yes" and one.stop_if_true:
                break
        return self.sheet.style(row, column).fill, False


def applies(one: ConditionalFormat, value: Value) -> Answer:
    """Whether a conditional format's condition holds; unknown where it takes a formula to tell."""
    if one.kind == "cellIs":
        return _compare(one, value)
    if one.kind in {"containsText", "beginsWith"} and one.text:
        text, wanted = ("" if value is None else str(value)).casefold(), one.text.casefold()
        found = wanted in text if one.kind == "containsText" else text.startswith(wanted)
        return "yes" if found else "no"
    if one.kind == "containsBlanks":
        return "yes" if value is None or value == "" else "no"
    return "unknown"


def _compare(one: ConditionalFormat, value: Value) -> Answer:
    limits = [_constant(formula) for formula in one.formulas]
    if any(limit is None for limit in limits) or not limits:
        return "unknown"
    if isinstance(value, str) or isinstance(limits[0], str):
        same = isinstance(value, str) and value.casefold() == str(limits[0]).casefold()
        if one.operator == "equal":
            return "yes" if same else "no"
        return "unknown"
    number = float(value) if isinstance(value, int | float) else 0.0
    low = float(limits[0] or 0)
    high = float(limits[-1] or 0)
    outcome = {
        "equal": number == low, "notEqual": number != low, "greaterThan": number > low,
        "greaterThanOrEqual": number >= low, "lessThan": number < low, "lessThanOrEqual": number <= low,
        "between": low <= number <= high, "notBetween": not low <= number <= high,
    }.get(one.operator or "")  # fmt: skip
    return "unknown" if outcome is None else ("yes" if outcome else "no")


def _constant(formula: str) -> float | str | None:
    """The number or text that a formula is, where it is only that."""
    bare = formula.strip().removeprefix("=")
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        return bare[1:-1].replace('""', '"')
    try:
        return float(bare)
    except ValueError:
        return None


def is_rag(fill: str | None) -> bool:
    """Whether a fill is a colour that says something about a rating."""
    return fill is not None and colour_name(fill) in RAG
