"""What stands in a cell of a sheet that XlsxWriter frames, each kind with its format."""

from __future__ import annotations

from typing import Any, NamedTuple


# XlsxWriter knows cells by the names of their classes, for charts that show what they hold.
class String(NamedTuple):
    """A text, or its position among the shared texts."""

    string: int | str
    format: Any


class Number(NamedTuple):
    """A number."""

    number: float
    format: Any


class Blank(NamedTuple):
    """A cell that only has a look."""

    format: Any


class Formula(NamedTuple):
    """A formula without ``=``, and what it gives now."""

    formula: str
    format: Any
    value: str | float


class ArrayFormula(NamedTuple):
    """A formula without ``=`` that goes through areas, and what it gives now."""

    formula: str
    format: Any
    value: str | float
