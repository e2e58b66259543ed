"""The cells of a sheet, kept by the row: a large register has too many of them to make an object of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import compress
from operator import is_not, lt

from regsheet.grid.cell import Cell, Value
from regsheet.grid.rows import NO_FORMULAS, NO_ROW, Row, RowShape, Shapes


def _differing(before: Mapping[int, Row], now: Mapping[int, Row]) -> Iterable[tuple[Row, Row]]:
    """The rows that are not the very same in two states of a sheet, in pairs."""
    if list(before) == list(now):  # none came or went
        pairs = zip(before.values(), now.values(), strict=True)
        return compress(pairs, map(is_not, before.values(), now.values()))
    both = ((before.get(number, NO_ROW), now.get(number, NO_ROW)) for number in before.keys() | now.keys())
    return (pair for pair in both if pair[0] is not pair[1])


def _changed(before: Row, now: Row) -> Iterable[int]:
    """The columns in which a row has not the very value that it had."""
    if before.columns == now.columns:  # cells were replaced, none came or went
        return compress(now.columns, map(is_not, before.contents, now.contents))
    return [column for column in {*before.columns, *now.columns} if before.get(column) is not now.get(column)]


class CellRows(MutableMapping[tuple[int, int], Cell]):
    """A sheet's cells by (row, column), row by row and from left to right; a ``Cell`` is made when it is asked for.

    ``rows`` are the rows by number, in order: for what reads a whole sheet.
    """

    __slots__ = ("_in_order", "_rows", "_shapes")

    def __init__(self, cells: Mapping[tuple[int, int], Cell] | None = None) -> None:
        self._rows: dict[int, Row] = {}
        self._shapes = Shapes()
        self._in_order = True
        for place, cell in (cells or {}).items():
            self[place] = cell

    @property
    def rows(self) -> Mapping[int, Row]:
        """The rows that have cells, by number, top to bottom."""
        if not self._in_order:
            self._rows, self._in_order = dict(sorted(self._rows.items())), True
        return self._rows

    def shape(self, columns: tuple[int, ...], styles: tuple[int, ...]) -> RowShape:
        """The shape of rows with these columns, from left to right, in these styles."""
        return self._shapes[columns, styles]

    def put(self, number: int, row: Row) -> None:
        """Put in a row; where there is one of that number, its cells are added to it."""
        there = self._rows.get(number)
        if there is not None:
            row = there.with_cells(row, self._shapes)
        elif self._in_order and self._rows and number < next(reversed(self._rows)):
            self._in_order = False
        if row.columns:
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

    def put_values(self, number: int, values: Mapping[int, Value], styles: Mapping[int, int],
                   formulas: Mapping[int, str] = NO_FORMULAS) -> None:  # fmt: skip
        """Put in a row of values by column, and the styles of the same columns."""
        self.put(number, self._shapes.row(values, styles, formulas))

    def copy(self) -> CellRows:
        """Cells that can be changed while these stay as they are."""
        other = CellRows()
        other._rows, other._in_order, other._shapes = dict(self._rows), self._in_order, self._shapes
        return other

    def changed_columns(self, other: CellRows) -> set[int]:
        """The columns in which these cells may have another value than those of the sheet that they are a copy of."""
        changed: set[int] = set()
        for before, now in _differing(other._rows, self._rows):
            changed.update(_changed(before, now))
        return changed

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        number, column = place
        row = self._rows.get(number)
        if row is None or column not in row.places:
            raise KeyError(place)
        return row.cell(number, column)

    def __setitem__(self, place: tuple[int, int], cell: Cell) -> None:
        number, column = place
        if (cell.row, cell.column) != place:
            raise ValueError(f"the cell {cell.row, cell.column} cannot stand at {place}")
        there = self._rows.get(number)
        if there is not None:
            self._rows[number] = there.with_cell(cell, self._shapes)
        else:
            formulas = NO_FORMULAS if cell.formula is None else {column: cell.formula}
            self.put_values(number, {column: cell.value}, {column: cell.style}, formulas)

    def __delitem__(self, place: tuple[int, int]) -> None:
        number, column = place
        row = self._rows.get(number)
        if row is None or column not in row.places:
            raise KeyError(place)
        if len(row.columns) > 1:
            self._rows[number] = row.without((column,), self._shapes)
        else:
            del self._rows[number]

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple) or len(place) != 2:
            return False
        row = self._rows.get(place[0])
        return row is not None and place[1] in row.places

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((number, column) for number, row in self.rows.items() for column in row.columns)

    def __len__(self) -> int:
        return sum(len(row.columns) for row in self._rows.values())

    def __bool__(self) -> bool:
        return bool(self._rows)

    def filled(self) -> Iterator[Cell]:
        """The cells with a value or a formula, row by row."""
        for number, row in self.rows.items():
            for cell in row.cells(number):
                if cell.value is not None or cell.formula is not None:
                    yield cell

    def with_formulas(self) -> Iterator[Cell]:
        """The cells with a formula, row by row."""
        for number, row in self.rows.items():
            if row.formulas:
                yield from (row.cell(number, column) for column in row.columns if column in row.formulas)
