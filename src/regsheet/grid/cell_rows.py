"""The cells of a sheet, kept by the row: a large register has too many of them to make an object of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import compress, pairwise
from operator import is_not, lt
from typing import NamedTuple

from regsheet.grid.cell import Cell, Value

NO_FORMULAS: Mapping[int, str] = {}
"""What rows without formulas share."""


class Row(NamedTuple):
    """The cells of one row by column, from left to right; ``values`` and ``styles`` have the same columns.

    A row is never changed, for rows of the same make share their styles, and copies of a sheet their rows.
    """

    values: dict[int, Value]
    styles: Mapping[int, int]
    formulas: Mapping[int, str]

    def cell(self, number: int, column: int) -> Cell:
        """The cell of a column that the row has."""
        return Cell(number, column, self.values[column], self.formulas.get(column), self.styles[column])

    def with_cell(self, cell: Cell) -> Row:
        """The row with a cell put in or replaced."""
        column = cell.column
        values, styles, formulas = {**self.values, column: cell.value}, self.styles, self.formulas
        if styles.get(column) != cell.style:
            styles = {**styles, column: cell.style}
        if formulas.get(column) != cell.formula:
            formulas = {place: text for place, text in formulas.items() if place != column}
            if cell.formula is not None:
                formulas[column] = cell.formula
        row = Row(values, styles, formulas or NO_FORMULAS)
        return row if column in self.values else row.in_order()

    def with_cells(self, other: Row) -> Row:
        """The row with another's cells put in or replaced."""
        kept = {column: text for column, text in self.formulas.items() if column not in other.values}
        formulas = {**kept, **other.formulas}
        return Row({**self.values, **other.values}, {**self.styles, **other.styles}, formulas or NO_FORMULAS).in_order()

    def without(self, column: int) -> Row:
        """The row without one of its cells."""
        return Row(
            {place: value for place, value in self.values.items() if place != column},
            {place: style for place, style in self.styles.items() if place != column},
            {place: text for place, text in self.formulas.items() if place != column},
        )

    def in_order(self) -> Row:
        """The row with its cells from left to right."""
        columns = list(self.values)
        if all(before < after for before, after in pairwise(columns)):
            return self
        columns.sort()
        return self._replace(values={column: self.values[column] for column in columns})


def _differing(before: Mapping[int, Row], now: Mapping[int, Row]) -> Iterable[tuple[Row, Row]]:
    """The rows that are not the very same in two states of a sheet, in pairs."""
    if list(before) == list(now):  # none came or went
        pairs = zip(before.values(), now.values(), strict=True)
        return compress(pairs, map(is_not, before.values(), now.values()))
    both = ((before.get(number, NO_ROW), now.get(number, NO_ROW)) for number in before.keys() | now.keys())
    return (pair for pair in both if pair[0] is not pair[1])


def _changed(before: Mapping[int, Value], now: Mapping[int, Value]) -> Iterable[int]:
    """The columns in which a row has not the very value that it had."""
    if list(before) == list(now):  # cells were replaced, none came or went
        return compress(now, map(is_not, before.values(), now.values()))
    return [column for column in before.keys() | now.keys() if before.get(column) is not now.get(column)]


NO_ROW = Row({}, {}, NO_FORMULAS)


class CellRows(MutableMapping[tuple[int, int], Cell]):
    """A sheet's cells by (row, column), row by row and from left to right; a ``Cell`` is made when it is asked for.

    ``rows`` are the rows by number, in order: for what reads a whole sheet.
    """

    __slots__ = ("_in_order", "_rows")

    def __init__(self, cells: Mapping[tuple[int, int], Cell] | None = None) -> None:
        self._rows: dict[int, Row] = {}
        self._in_order = True
        for place, cell in (cells or {}).items():
            self[place] = cell

    @property
    def rows(self) -> Mapping[int, Row]:
        """The rows that have cells, by number, top to bottom."""
        if not self._in_order:
            self._rows, self._in_order = dict(sorted(self._rows.items())), True
        return self._rows

    def put(self, number: int, row: Row) -> None:
        """Put in a row; where there is one of that number, its cells are added to it."""
        there = self._rows.get(number)
        if there is not None:
            row = there.with_cells(row)
        elif self._in_order and self._rows and number < next(reversed(self._rows)):
            self._in_order = False
        if row.values:
            self._rows[number] = row

    def put_all(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Put in rows that have cells: as putting in one after another, but quick where they follow the others."""
        numbers = [number for number, _ in rows]
        after = next(reversed(self._rows), 0)
        if self._in_order and all(map(lt, [after, *numbers], numbers)):
            self._rows.update(rows)
        else:
            for number, row in rows:
                self.put(number, row)

    def put_values(self, number: int, values: dict[int, Value], styles: Mapping[int, int]) -> None:
        """Put in a row of values, columns from left to right, and the styles of the same columns."""
        self.put(number, Row(values, styles, NO_FORMULAS))

    def copy(self) -> CellRows:
        """Cells that can be changed while these stay as they are."""
        other = CellRows()
        other._rows, other._in_order = dict(self._rows), self._in_order
        return other

    def changed_columns(self, other: CellRows) -> set[int]:
        """The columns in which these cells may have another value than those of the sheet that they are a copy of."""
        changed: set[int] = set()
        for before, now in _differing(other._rows, self._rows):
            changed.update(_changed(before.values, now.values))
        return changed

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        number, column = place
        row = self._rows.get(number)
        if row is None or column not in row.values:
            raise KeyError(place)
        return row.cell(number, column)

    def __setitem__(self, place: tuple[int, int], cell: Cell) -> None:
        number, column = place
        if (cell.row, cell.column) != place:
            raise ValueError(f"the cell {cell.row, cell.column} cannot stand at {place}")
        there = self._rows.get(number)
        if there is not None:
            self._rows[number] = there.with_cell(cell)
        else:
            formulas = NO_FORMULAS if cell.formula is None else {column: cell.formula}
            self.put(number, Row({column: cell.value}, {column: cell.style}, formulas))

    def __delitem__(self, place: tuple[int, int]) -> None:
        number, column = place
        row = self._rows.get(number)
        if row is None or column not in row.values:
            raise KeyError(place)
        if len(row.values) > 1:
            self._rows[number] = row.without(column)
        else:
            del self._rows[number]

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple) or len(place) != 2:
            return False
        row = self._rows.get(place[0])
        return row is not None and place[1] in row.values

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((number, column) for number, row in self.rows.items() for column in row.values)

    def __len__(self) -> int:
        return sum(len(row.values) for row in self._rows.values())

    def __bool__(self) -> bool:
        return bool(self._rows)

    def filled(self) -> Iterator[Cell]:
        """The cells with a value or a formula, row by row."""
        for number, (values, styles, formulas) in self.rows.items():
            for column, value in values.items():
                if value is not None or column in formulas:
                    yield Cell(number, column, value, formulas.get(column), styles[column])

    def with_formulas(self) -> Iterator[Cell]:
        """The cells with a formula, row by row."""
        for number, row in self.rows.items():
            if row.formulas:
                yield from (row.cell(number, column) for column in row.values if column in row.formulas)
