"""Whether two cells say the same, whatever program saved them; and a key by which equal ones find one another."""

from __future__ import annotations

import datetime as dt
import math

from regsheet.grid.cells import Cell, Value

EPOCH = dt.datetime(1899, 12, 30)
DAY = dt.timedelta(days=1)
LEAP_DAY_1900 = 61
SECOND = 1.5 / 86_400
CLOSE = 1e-9
FORMULA = "formula"


def same(one: Value, other: Value) -> bool:
    """Whether two values are one: line ends, outer blanks, rounding and lost date formats aside."""
    first, second = _plain(one), _plain(other)
    if isinstance(first, float) and isinstance(second, float):
        timed = any(isinstance(value, dt.datetime | dt.time) for value in (one, other))
        return abs(first - second) <= (SECOND if timed else CLOSE * max(1.0, abs(first)))
    return type(first) is type(second) and first == second


def key(value: Value) -> str:
    """A text that equal values share; empty for a blank."""
    plain = _plain(value)
    if plain is None:
        return ""
    return f"n{plain:.5f}" if isinstance(plain, float) else f"{type(plain).__name__[0]}{plain}"


def cell_key(cell: Cell) -> str:
    """The key of what a cell holds; all formulas share one, since they read otherwise wherever they have moved."""
    return FORMULA if cell.formula is not None else key(cell.value)


def _plain(value: Value) -> float | str | bool | None:
    """Dates and times as the number that a file holds for them, texts with plain line ends and no outer blanks."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, dt.datetime):
        days = (value - EPOCH) / DAY
        return days - 1 if days < LEAP_DAY_1900 else days
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip() or None
