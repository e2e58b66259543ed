"""One row of a sheet, held small: what rows of one make have in common is held once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import compress
from operator import itemgetter
from typing import Any, cast

from regsheet.grid.cell import Cell, Value

NO_FORMULAS: Mapping[int, str] = {}
"""What rows without formulas share."""

_FIRST = 2
"""Where the values of a row begin."""


CONTENTS: Callable[[Sequence[Any]], Sequence[Value]] = itemgetter(slice(_FIRST, None))
"""The values of a row, for what takes very many rows."""


class RowShape:
    """What rows of one make share: their columns from left to right, and the style of each by column.

    ``places`` tells where in a row the value of each column stands. Every shape is its own key.
    """

    __slots__ = ("_in_order", "columns", "places", "styles")
    places: Mapping[int, int]
    styles: Mapping[int, int]

    def __init__(self, columns: tuple[int, ...], styles: tuple[int, ...]) -> None:
        self.columns, self._in_order = columns, styles

    def __getattr__(self, name: str) -> Mapping[int, int]:
        """What is by column, made when it is first asked for: a sheet may have as many shapes as rows."""
        if name == "places":
            self.places = {column: place for place, column in enumerate(self.columns, _FIRST)}
            return self.places
        if name == "styles":
            self.styles = dict(zip(self.columns, self._in_order, strict=True))
            return self.styles
        raise AttributeError(name)


class Shapes(dict[tuple[tuple[int, ...], tuple[int, ...]], RowShape]):
    """The shapes of one sheet by their columns and styles: rows that are alike have the same one."""

    def __missing__(self, key: tuple[tuple[int, ...], tuple[int, ...]]) -> RowShape:
        shape = self[key] = RowShape(*key)
        return shape

    def row(self, values: Mapping[int, Value], styles: Mapping[int, int], formulas: Mapping[int, str]) -> Row:
        """The row of these cells, by column, whatever the order of the columns; all of them have a style."""
        columns = tuple(sorted(values))
        if columns != tuple(values):
            values = {column: values[column] for column in columns}
        shape = self[columns, tuple(map(styles.__getitem__, columns))]
        return Row((shape, formulas or NO_FORMULAS, *values.values()))


class Row(tuple[Any, ...]):
    """The cells of one row: its shape, its formulas by column, then the values from left to right.

    It is one tuple, for a large register has very many of them. A row is never changed: copies of a sheet share them.
    """

    __slots__ = ()

    shape = cast("RowShape", property(itemgetter(0)))
    formulas = cast("Mapping[int, str]", property(itemgetter(1)))
    contents = cast("tuple[Value, ...]", property(CONTENTS))
    """The values, from left to right."""

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that the row has cells in, from left to right."""
        return self.shape.columns

    @property
    def places(self) -> Mapping[int, int]:
        """The columns once more, to look one up in; where the value of each stands in the row."""
        return self.shape.places

    @property
    def values(self) -> dict[int, Value]:
        """The values by column, from left to right."""
        return dict(zip(self.shape.columns, self.contents, strict=True))

    @property
    def styles(self) -> Mapping[int, int]:
        """The styles by column, from left to right; the very same for all rows of one shape."""
        return self.shape.styles

    def get(self, column: int) -> Value:
        """The value of a column; None where the row has no such cell."""
        place = self.shape.places.get(column)
        return None if place is None else cast("Value", self[place])

    def cell(self, number: int, column: int) -> Cell:
        """The cell of a column that the row has."""
        shape = self.shape
        return Cell(number, column, self[shape.places[column]], self.formulas.get(column), shape.styles[column])

    def cells(self, number: int) -> Iterable[Cell]:
        """All cells, from left to right."""
        formulas = self.formulas.get
        for (column, style), value in zip(self.shape.styles.items(), self.contents, strict=True):
            yield Cell(number, column, value, formulas(column), style)

    def with_formulas(self, formulas: Mapping[int, str]) -> Row:
        """The row with other formulas."""
        return Row((self.shape, formulas or NO_FORMULAS, *self.contents))

    def with_cell(self, cell: Cell, shapes: Shapes) -> Row:
        """The row with a cell put in or replaced."""
        column, formulas = cell.column, self.formulas
        if formulas.get(column) != cell.formula:
            formulas = {place: text for place, text in formulas.items() if place != column}
            if cell.formula is not None:
                formulas[column] = cell.formula
        if self.styles.get(column) == cell.style:
            place = self.places[column]
            return Row((self.shape, formulas or NO_FORMULAS, *self[_FIRST:place], cell.value, *self[place + 1 :]))
        return shapes.row({**self.values, column: cell.value}, {**self.styles, column: cell.style}, formulas)

    def with_cells(self, other: Row, shapes: Shapes) -> Row:
        """The row with another's cells put in or replaced."""
        kept = {column: text for column, text in self.formulas.items() if column not in other.places}
        return shapes.row({**self.values, **other.values}, {**self.styles, **other.styles}, {**kept, **other.formulas})

    def without(self, columns: Iterable[int], shapes: Shapes) -> Row:
        """The row without some of its cells."""
        gone = frozenset(columns)
        return shapes.row(
            {column: value for column, value in self.values.items() if column not in gone},
            self.styles,
            {column: text for column, text in self.formulas.items() if column not in gone},
        )


NO_ROW = Row((RowShape((), ()), NO_FORMULAS))
"""What a row holds that a sheet does not have."""


class RowFilter:
    """Takes the cells out of rows that hold one of some values, and no formula."""

    def __init__(self, values: Set[Value]) -> None:
        self._values = frozenset(values)
        self._shapes = Shapes()
        self._known: dict[tuple[RowShape, tuple[bool, ...]], tuple[RowShape, list[bool]]] = {}

    def left(self, row: Row) -> Row:
        """What is left of a row: the very row where that is all of it."""
        contents = CONTENTS(row)
        if self._values.isdisjoint(contents):
            return row
        shape, formulas = row.shape, row.formulas
        gone = tuple(map(self._values.__contains__, contents))
        if formulas:
            gone = tuple(one and column not in formulas for one, column in zip(gone, shape.columns, strict=True))
        if True not in gone:
            return row
        narrower, kept = self._known.get((shape, gone)) or self._narrower(shape, gone)
        return Row((narrower, formulas, *compress(contents, kept)))

    def _narrower(self, shape: RowShape, gone: tuple[bool, ...]) -> tuple[RowShape, list[bool]]:
        """The shape without the cells that are gone, and which are left; most rows lack the same."""
        kept = [not one for one in gone]
        found = self._shapes[tuple(compress(shape.columns, kept)), tuple(compress(shape.styles.values(), kept))]
        self._known[shape, gone] = found, kept
        return found, kept


_SHAPE = itemgetter(0)


class RowsHeld(Sequence[Row]):
    """Rows taken together, to be read by the column: many times as fast as row by row where they are of few shapes."""

    __slots__ = ("_rows", "_shapes")

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._shapes: set[RowShape] = set(map(_SHAPE, rows))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def column(self, column: int) -> list[Value]:
        """What each row holds in a column, None where it has no cell."""
        places = {shape: shape.places.get(column) for shape in self._shapes}
        different = set(places.values())
        if None not in different and len(different) == 1:
            return list(map(itemgetter(different.pop()), self._rows))
        return [None if (place := places[row[0]]) is None else row[place] for row in self._rows]

    def filled(self, column: int) -> list[Value]:
        """What the rows hold in a column, without those that have no cell there."""
        places = {shape: shape.places.get(column) for shape in self._shapes}
        if None not in places.values():
            return self.column(column)
        return [row[place] for row in self._rows if (place := places[row[0]]) is not None]

    def sizes(self, columns: Set[int]) -> list[int]:
        """How many of some columns each row has cells in."""
        sizes = {shape: sum(column in columns for column in shape.columns) for shape in self._shapes}
        return [sizes[row[0]] for row in self._rows]
