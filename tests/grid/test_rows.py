"""Rows are tuples of few shapes: taken together they are read by the column, and filtered, as dictionaries would be."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import Cell
from regsheet.grid.rows import NO_ROW, RowFilter, RowsHeld, Shapes

COLUMNS = st.integers(1, 5)
VALUES = st.none() | st.integers(0, 2) | st.sampled_from(["a", "", " "])
CELLS = st.dictionaries(COLUMNS, st.tuples(VALUES, st.integers(0, 1), st.none() | st.just("A1")))
SHEETS = st.lists(CELLS, max_size=6)


def made(cells, shapes):
    values = {column: value for column, (value, _, _) in cells.items()}
    styles = {column: style for column, (_, style, _) in cells.items()}
    formulas = {column: formula for column, (_, _, formula) in cells.items() if formula is not None}
    return shapes.row(values, styles, formulas)


@given(SHEETS)
def test_rows_are_read_by_the_column(sheet):
    shapes = Shapes()
    held = RowsHeld([made(cells, shapes) for cells in sheet])
    assert len(held) == len(sheet)
    for column in range(1, 7):
        assert held.column(column) == [cells[column][0] if column in cells else None for cells in sheet]
        assert held.filled(column) == [cells[column][0] for cells in sheet if column in cells]
    assert held.sizes({1, 2, 9}) == [len({1, 2} & cells.keys()) for cells in sheet]


@given(SHEETS, st.sets(VALUES))
def test_cells_are_filtered_by_what_they_hold(sheet, values):
    shapes, found = Shapes(), RowFilter(values)
    for cells in sheet:
        row = made(cells, shapes)
        left = found.left(row)
        kept = {column: one for column, one in sorted(cells.items()) if one[0] not in values or one[2] is not None}
        assert list(left.cells(4)) == [Cell(4, column, *one[::2], one[1]) for column, one in kept.items()]
        assert (left is row) == (len(kept) == len(cells))


@given(SHEETS)
def test_rows_that_are_alike_share_a_shape(sheet):
    shapes = Shapes()
    rows = [made(cells, shapes) for cells in sheet]
    makes = [tuple((column, one[1]) for column, one in sorted(cells.items())) for cells in sheet]
    assert len({id(row.styles) for row in rows}) == len(set(makes))
    for row, cells in zip(pickle.loads(pickle.dumps(rows)), sheet, strict=True):  # noqa: S301
        assert row.values == {column: one[0] for column, one in sorted(cells.items())}


def test_a_row_that_is_not_there_holds_nothing():
    assert (NO_ROW.columns, NO_ROW.values, NO_ROW.get(1), dict(NO_ROW.formulas)) == ((), {}, None, {})
