"""A sheet as the layout stage looks at it: the cells that hold something, row by row, and what merges cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellError, Sheet
from regsheet.grid.rows import CONTENTS, Row, RowFilter, RowsHeld
from regsheet.layout.tables import Band
from regsheet.values.text import UNSEEN, clean

MOSTLY_TEXTS = 0.7
"""The part of a row's cells that are texts at the least where the row holds headings."""

_MOST_COVERED = 200_000
_LONGEST_BLANK = 4
_MAY_BE_UNSEEN = frozenset({"", *UNSEEN})
"""With what a text begins of which nothing can be seen."""


class FilledRows(Mapping[int, dict[int, Cell]]):
    """The filled cells by row and column; the cells of a row are made when it is asked for."""

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self._rows = rows
        self._made: dict[int, dict[int, Cell]] = {}

    def __getitem__(self, number: int) -> dict[int, Cell]:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = {cell.column: cell for cell in self._rows[number].cells(number)}
        return made

    def __contains__(self, number: object) -> bool:
        return number in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class SheetView:
    """One sheet, prepared for reading. Rows and columns count from 1.

    ``values`` are the rows with the cells that hold something, by number, top to bottom and from left to right;
    ``rows`` are the same as cells. What is asked of every row is asked of ``values``. ``has_invisible`` says whether
    one of them holds a text of which nothing can be seen, though it is too long to count as blank.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.values, self.has_invisible = _filled(sheet.cells.rows)
        self.rows = FilledRows(self.values)
        self.legends: dict[float, tuple[Band, ...]] = {}
        """What was found on this sheet outside its tables, by the highest rating: every table of the book asks."""
        self._texts: dict[tuple[int, int], str] = {}
        self.last_row = max(self.values, default=0)
        self.last_column = max((row.columns[-1] for row in self.values.values()), default=0)
        self.size = sum(len(row.columns) for row in self.values.values())
        """How many cells hold something."""

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

    @cached_property
    def wordy_rows(self) -> list[int]:
        """The rows most of whose cells hold texts: no others can hold headings."""
        return [number for number, row in self.values.items() if _is_wordy(row)]

    def text(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        known = self._texts.get((row, column))
        if known is None:
            values = self.values.get(row)
            known = self._texts[row, column] = "" if values is None else clean(values.get(column))
        return known

    def held(self, rows: Sequence[int]) -> RowsHeld:
        """What these rows hold, all of which hold something."""
        return RowsHeld(list(map(self.values.__getitem__, rows)))

    def formulas(self, row: int) -> Mapping[int, str]:
        """The formulas of a row by column."""
        return self.values[row].formulas

    def merged_text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merge that covers it."""
        area = self.covered.get((row, column))
        return self.text(row, column) if area is None else self.text(area.first_row, area.first_column)

    def width(self, row: int, column: int) -> int:
        """How many columns the merge at a cell spans; 1 without one."""
        area = self.spans.get((row, column))
        return 1 if area is None else area.last_column - area.first_column + 1


def count_texts(row: Row) -> int:
    """How many cells of a row hold texts; error values are."""
    kinds = list(map(type, row.contents))
    return kinds.count(str) + kinds.count(CellError)


def _is_wordy(row: Row) -> bool:
    return count_texts(row) >= MOSTLY_TEXTS * len(row.columns)


def _filled(rows: Mapping[int, Row]) -> tuple[dict[int, Row], bool]:
    """The rows without blank cells, and without those that have no others; whether any cell is invisible."""
    different = set(chain.from_iterable(map(CONTENTS, rows.values())))
    unseen = {
        value for value in different
        if value is None or (isinstance(value, str) and value[:1] in _MAY_BE_UNSEEN and not value.strip(UNSEEN))
    }  # fmt: skip
    blank = {value for value in unseen if value is None or len(str(value).strip()) <= _LONGEST_BLANK}
    found = RowFilter(blank)
    kept = {number: left for number, row in rows.items() if (left := found.left(row)).columns}
    return kept, blank != unseen
