"""Which merge covers a cell, told quickly however many merges there are and whatever they cover."""

from __future__ import annotations

from collections.abc import Iterable

from regsheet.grid.addresses import Area
from regsheet.limits import MAX_LARGE_MERGES, MAX_MERGED_CELLS

LARGE = 10_000
"""Merges of more cells are kept as areas; the cells of smaller ones are looked up one by one."""


class MergeIndex:
    """The merges of one sheet by the cells that they cover; of merges that overlap, the first.

    What it takes is bounded: beyond ``MAX_MERGED_CELLS`` cells in small merges and ``MAX_LARGE_MERGES`` large ones,
    which no sheet that people work on has, further merges are not known.
    """

    def __init__(self, merges: Iterable[Area]) -> None:
        self._by_cell: dict[tuple[int, int], Area] = {}
        self._large: list[Area] = []
        room = MAX_MERGED_CELLS
        for area in merges:
            size = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
            if size > LARGE:
                if len(self._large) < MAX_LARGE_MERGES:
                    self._large.append(area)
            elif size <= room:
                room -= size
                for cell in area.positions():
                    self._by_cell.setdefault(cell, area)

    def at(self, row: int, column: int) -> Area | None:
        """The merge that covers a cell."""
        found = self._by_cell.get((row, column))
        if found is None and self._large:
            return next((area for area in self._large if (row, column) in area), None)
        return found

    def among(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Area]:
        """The merges that cover some of these cells, by cell."""
        if self._large:
            return {place: area for place in places if (area := self.at(*place)) is not None}
        by_cell = self._by_cell
        return {place: by_cell[place] for place in places if place in by_cell} if by_cell else {}
