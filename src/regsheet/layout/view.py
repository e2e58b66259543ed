"""A sheet as the layout stage looks at it: the cells that hold something, row by row, and what merges cover."""

from __future__ import annotations

from functools import cached_property

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, Sheet, Value
from regsheet.layout.tables import Band
from regsheet.values.text import clean

_MOST_COVERED = 200_000
_LONGEST_BLANK = 4


def _is_blank(value: Value) -> bool:
    # Long texts are not blank: only short ones may be nothing but invisible characters.
    if value is None or not isinstance(value, str):
        return value is None
    return not value[:1].isalnum() and len(value.strip()) <= _LONGEST_BLANK and not clean(value)


def _in_order(cells: dict[int, Cell]) -> dict[int, Cell]:
    """A row's cells from left to right, as files nearly always have them."""
    columns = list(cells)
    ordered = sorted(columns)
    return cells if columns == ordered else {column: cells[column] for column in ordered}


class SheetView:
    """One sheet, prepared for reading. Rows and columns count from 1."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        rows: dict[int, dict[int, Cell]] = {}
        for cell in sheet.cells.values():
            row, column, value, formula, _ = cell
            if formula is None and _is_blank(value):
                continue
            if row not in rows:
                rows[row] = {}
            rows[row][column] = cell
        self.rows = {row: _in_order(rows[row]) for row in sorted(rows)}
        self.legends: dict[float, tuple[Band, ...]] = {}
        """What was found on this sheet outside its tables, by the highest rating: every table of the book asks."""
        self._texts: dict[tuple[int, int], str] = {}
        self.last_row = max(self.rows, default=0)
        self.last_column = max((max(cells) for cells in self.rows.values()), default=0)

    @cached_property
    def spans(self) -> dict[tuple[int, int], Area]:
        """Merges by their top left cell, cut to the used part of the sheet."""
        areas: dict[tuple[int, int], Area] = {}
        for area in self.sheet.merges:
            if area.first_row <= self.last_row and area.first_column <= self.last_column:
                cut = Area(
                    area.first_row,
                    area.first_column,
                    min(area.last_row, self.last_row),
                    max(area.first_column, min(area.last_column, self.last_column)),
                )
                areas[(area.first_row, area.first_column)] = cut
        return areas

    @cached_property
    def covered(self) -> dict[tuple[int, int], Area]:
        """Every cell of a merge, its top left one included, to that merge."""
        cells: dict[tuple[int, int], Area] = {}
        room = _MOST_COVERED
        for area in self.spans.values():
            size = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
            if size <= room:
                room -= size  # merges of a damaged file may lie over one another, so cells are counted as often
                cells.update(dict.fromkeys(area.positions(), area))
        return cells

    def text(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        known = self._texts.get((row, column))
        if known is None:
            cell = self.rows.get(row, {}).get(column)
            known = self._texts[row, column] = "" if cell is None else clean(cell.value)
        return known

    def merged_text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merge that covers it."""
        area = self.covered.get((row, column))
        return self.text(row, column) if area is None else self.text(area.first_row, area.first_column)

    def width(self, row: int, column: int) -> int:
        """How many columns the merge at a cell spans; 1 without one."""
        area = self.spans.get((row, column))
        return 1 if area is None else area.last_column - area.first_column + 1
