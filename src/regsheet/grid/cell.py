"""One cell and what may stand in it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from regsheet.grid.addresses import address


class CellError(str):
    """An error value as Excel shows it: ``#REF!``, ``#N/A`` …"""

    __slots__ = ()


Value = str | int | float | bool | dt.datetime | dt.time | CellError | None
"""A cell's value. Dates come as naive ``datetime`` where the number format says date; a time alone as ``time``.
Whole numbers come as ``int``. Text is as typed, rich text joined, never stripped."""


class Cell(NamedTuple):
    """One cell with content or style. ``value`` of a formula cell is its cached value (None when there is none)."""

    row: int
    column: int
    value: Value
    formula: str | None
    style: int

    @property
    def address(self) -> str:
        """``B5``."""
        return address(self.row, self.column)
