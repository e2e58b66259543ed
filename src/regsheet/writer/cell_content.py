"""What goes into a cell, as the file holds it: its type, the text of its value, its formula.

Text goes in as an inline string, so that the shared strings, which other sheets use too, keep their bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from regsheet.grid.cells import CellError, Value
from regsheet.writer.markup import escape_text, in_text, keeps_space

EPOCH_1900 = dt.datetime(1899, 12, 30)
EPOCH_1904 = dt.datetime(1904, 1, 1)
LEAP_DAY_1900 = 61
"""Excel counts a 29 February 1900 that never was: days before it have a number less."""

INLINE = "inlineStr"


class CellContent(NamedTuple):
    """The type that a cell says it is of, the text of its value, and its formula; None for what it does not have."""

    kind: str | None
    text: str | None
    formula: str | None

    def spelled(self) -> str:
        """The XML between the cell's tags."""
        formula = "" if self.formula is None else f"<f>{in_text(self.formula)}</f>"
        if self.text is None:
            return formula
        if self.kind == INLINE:
            return f"{formula}<is>{spelled_text('t', self.text)}</is>"
        return formula + spelled_text("v", self.text)


def spelled_text(tag: str, text: str) -> str:
    """An element with a text, outer blanks and line ends kept."""
    space = ' xml:space="preserve"' if keeps_space(text) else ""
    return f"<{tag}{space}>{in_text(escape_text(text))}</{tag}>"


def cell_content(value: Value, formula: str | None, date_1904: bool) -> CellContent:
    """What a cell holds that has this value, or this formula (with or without ``=``) with the value as its result."""
    if value == "" and formula is None:
        value = None
    kind, text = _stored(value, date_1904)
    if formula is not None:
        formula = formula.removeprefix("=")
        kind = "str" if kind == INLINE else kind
    return CellContent(kind, text, formula)


def _stored(value: Value, date_1904: bool) -> tuple[str | None, str | None]:
    """A value as the file holds it: the cell's type and the text of its ``<v>``."""
    if value is None:
        return None, None
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, int):
        return None, str(value)
    if isinstance(value, float):
        return None, repr(value) if value != int(value) or abs(value) >= 1e15 else str(int(value))
    if isinstance(value, dt.datetime):
        days = (value - (EPOCH_1904 if date_1904 else EPOCH_1900)) / dt.timedelta(days=1)
        if not date_1904 and days < LEAP_DAY_1900:
            days -= 1
        return _stored(days, date_1904)
    if isinstance(value, dt.time):
        seconds = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return None, repr(seconds / dt.timedelta(days=1))
    if isinstance(value, CellError):
        return "e", str(value)
    return INLINE, value
