"""The cells of a sheet are kept by the row and looked at as a mapping: it does what a dictionary does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.cells import Cell, CellRows, Sheet

PLACES = st.tuples(st.integers(1, 6), st.integers(1, 4))
VALUES = st.none() | st.integers(0, 3) | st.sampled_from(["a", ""])
CONTENTS = st.tuples(VALUES, st.none() | st.just("A1"), st.integers(0, 2))
STEPS = st.lists(st.tuples(PLACES, st.none() | CONTENTS), max_size=30)


@given(STEPS, STEPS)
def test_it_is_a_mapping_in_order(steps, later):
    cells, plain = CellRows(), {}
    take(cells, plain, steps)
    copy, frozen = cells.copy(), dict(plain)
    take(cells, plain, later)
    for held, wanted in ((cells, plain), (copy, frozen)):
        assert list(held) == sorted(wanted)
        assert list(held.values()) == [cell for _, cell in sorted(wanted.items())]
        assert (len(held), bool(held)) == (len(wanted), bool(wanted))
        assert held == wanted
        assert list(held.filled()) == [
            cell for _, cell in sorted(wanted.items()) if cell.value is not None or cell.formula is not None
        ]


def take(cells, plain, steps) -> None:
    for place, content in steps:
        if content is not None:
            cells[place] = plain[place] = Cell(*place, *content)
        elif place in plain:
            del cells[place], plain[place]
        else:
            assert place not in cells
            with pytest.raises(KeyError):
                del cells[place]


def test_a_sheet_takes_a_dictionary():
    sheet = Sheet("S", 0, cells={(2, 1): Cell(2, 1, "x", None, 0), (1, 1): Cell(1, 1, None, "B1", 0)})
    assert [cell.address for cell in sheet.filled()] == ["A1", "A2"]
    assert (sheet.value(2, 1), sheet.formula(1, 1), sheet.value(3, 1)) == ("x", "B1", None)


def test_a_cell_stands_where_it_says():
    with pytest.raises(ValueError, match="cannot stand"):
        CellRows()[1, 2] = Cell(2, 1, "x", None, 0)


@given(STEPS, STEPS)
def test_changed_columns_are_those_with_another_value(steps, later):
    """Rows in which cells were only replaced are compared another way than those in which some came or went."""
    cells, plain = CellRows(), {}
    take(cells, plain, steps)
    changed, before = cells.copy(), dict(plain)
    take(changed, plain, later)
    differing = {column for place in before.keys() | plain.keys() for column in place[1:]
                 if value_at(before, place) is not value_at(plain, place)}  # fmt: skip
    assert changed.changed_columns(cells) == differing


def value_at(plain, place):
    return plain[place].value if place in plain else None
