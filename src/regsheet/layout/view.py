"""A sheet as the layout stage looks at it: the cells that hold something, row by row, and what merges cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter

from regsheet.grid.addresses import Area
from regsheet.grid.cell_rows import Row
from regsheet.grid.cells import Cell, CellError, Sheet, Value
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

    def __init__(self, values: Mapping[int, Mapping[int, Value]], rows: Mapping[int, Row]) -> None:
        self._values, self._rows = values, rows
        self._made: dict[int, dict[int, Cell]] = {}

    def __getitem__(self, number: int) -> dict[int, Cell]:
        made = self._made.get(number)
        if made is None:
            values, row = self._values[number], self._rows[number]
            made = self._made[number] = {column: row.cell(number, column) for column in values}
        return made

    def __contains__(self, number: object) -> bool:
        return number in self._values

    def __iter__(self) -> Iterator[int]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class SheetView:
    """One sheet, prepared for reading. Rows and columns count from 1.

    ``values`` are those of the cells that hold something, by row and column, top to bottom and from left to right;
    ``rows`` are the same as cells. What is asked of every row is asked of ``values``. ``has_invisible`` says whether
    one of them is a text of which nothing can be seen, though it is too long to count as blank.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._rows = sheet.cells.rows
        self.values, self.has_invisible = _filled_values(self._rows)
        self.rows = FilledRows(self.values, self._rows)
        self.legends: dict[float, tuple[Band, ...]] = {}
        """What was found on this sheet outside its tables, by the highest rating: every table of the book asks."""
        self._texts: dict[tuple[int, int], str] = {}
        self.last_row = max(self.values, default=0)
        self.last_column = max((next(reversed(values)) for values in self.values.values()), default=0)
        self.size = sum(map(len, self.values.values()))
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
        return [row for row, values in self.values.items() if _is_wordy(values)]

    def text(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        known = self._texts.get((row, column))
        if known is None:
            values = self.values.get(row)
            known = self._texts[row, column] = "" if values is None else clean(values.get(column))
        return known

    def held(self, rows: Sequence[int]) -> list[dict[int, Value]]:
        """What these rows hold, all of which hold something."""
        return list(map(self.values.__getitem__, rows))

    def formulas(self, row: int) -> Mapping[int, str]:
        """The formulas of a row by column."""
        return self._rows[row].formulas

    def merged_text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merge that covers it."""
        area = self.covered.get((row, column))
        return self.text(row, column) if area is None else self.text(area.first_row, area.first_column)

    def width(self, row: int, column: int) -> int:
        """How many columns the merge at a cell spans; 1 without one."""
        area = self.spans.get((row, column))
        return 1 if area is None else area.last_column - area.first_column + 1


def count_texts(values: Mapping[int, Value]) -> int:
    """How many cells of a row hold texts; error values are."""
    kinds = list(map(type, values.values()))
    return kinds.count(str) + kinds.count(CellError)


def _is_wordy(values: Mapping[int, Value]) -> bool:
    return count_texts(values) >= MOSTLY_TEXTS * len(values)


def in_column(held: Sequence[Mapping[int, Value]], column: int) -> list[Value]:
    """What rows hold in a column; None where one has no cell."""
    try:
        return list(map(itemgetter(column), held))
    except KeyError:
        return [values.get(column) for values in held]


def filled_in_column(held: Sequence[Mapping[int, Value]], column: int) -> list[Value]:
    """What rows hold in a column, without those that have no cell there."""
    try:
        return list(map(itemgetter(column), held))
    except KeyError:
        return [values[column] for values in held if column in values]


def _filled_values(rows: Mapping[int, Row]) -> tuple[dict[int, dict[int, Value]], bool]:
    """What the cells of each row hold, without blank ones and rows of nothing else; whether any are invisible."""
    different = set(chain.from_iterable(row.values.values() for row in rows.values()))
    unseen = {
        value for value in different
        if value is None or (isinstance(value, str) and value[:1] in _MAY_BE_UNSEEN and not value.strip(UNSEEN))
    }  # fmt: skip
    blank = {value for value in unseen if value is None or len(str(value).strip()) <= _LONGEST_BLANK}
    kept: dict[int, dict[int, Value]] = {}
    for number, (values, _, formulas) in rows.items():
        if not blank.isdisjoint(values.values()):
            values = {column: value for column, value in values.items() if value not in blank or column in formulas}
        if values:
            kept[number] = values
    return kept, blank != unseen
