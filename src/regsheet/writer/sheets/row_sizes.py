"""How high the rows of a sheet are, as XlsxWriter looks it up where it places charts and notes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any


class RowSizes(dict[int, Any]):
    """What ``set_row`` notes of a row, by rows; of rows of long tables no more is held than their heights."""

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[int] = []
        self._heights: list[array[float]] = []
        self._noted: Mapping[float, Any] = {}

    def add_rows(self, rows: range, heights: Iterable[float], noted: Mapping[float, Any]) -> None:
        """Add rows below all that were added so. ``noted``: heights, those of all such rows, to what is noted of them.

        The heights are whole numbers, as ``Page`` makes them.
        """
        self._starts.append(rows.start)
        self._heights.append(array("f", heights))
        self._noted = noted

    def __contains__(self, row: object) -> bool:
        return super().__contains__(row) or (isinstance(row, int) and self._height(row) is not None)

    def __missing__(self, row: int) -> Any:
        height = self._height(row)
        if height is None:
            raise KeyError(row)
        return self._noted[height]

    def _height(self, row: int) -> float | None:
        at = bisect_right(self._starts, row) - 1
        if at < 0 or row - self._starts[at] >= len(self._heights[at]):
            return None
        return self._heights[at][row - self._starts[at]]
