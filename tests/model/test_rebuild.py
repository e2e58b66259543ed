"""A workbook built again after cells were changed is what it would be if it were built anew."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.config import Config
from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellError, Grid, Sheet
from regsheet.layout.tables import Column, Layout, Reading, Table
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.register import Register
from regsheet.model.sources import Sourced, shared_addresses

FIELDS = ("ref", "title", "action_date", "residual_likelihood", "residual_impact", "residual_rating", None)
COLUMNS = tuple(Column(index, f"H{index}", "", field, 1.0, "") for index, field in enumerate(FIELDS, 1))
VALUES = st.sampled_from(["a\nb", " 4", 4, 16.0, "4x4=16", "High", "May 2025", dt.datetime(2025, 5, 1), None, "3-4",
                          CellError("#REF!"), "Likely"])  # fmt: skip
PLACES = st.tuples(st.integers(2, 8), st.integers(1, len(FIELDS)))
MERGES = st.tuples(st.integers(2, 6), st.integers(1, 6), st.integers(0, 2), st.integers(0, 1))


def book_of(cells, merge, continued, read) -> Book:
    first = Sheet("S", 0, cells={place: Cell(*place, value, None, 0) for place, value in cells.items()})
    if merge is not None:
        row, column, down, across = merge
        first.merges = [Area(row, column, row + down, column + across)]
    tables = tuple(
        Table(sheet, "register", (1, 1), 2, 8, columns=COLUMNS, rating_rule="product", n_risks=7,
              rows=tuple(row for row in range(2, 9) if row not in continued),
              continuations={row - 1: (row,) for row in continued},
              readings={(row, "title"): Reading(row, 2, "part") for row in read})
        for sheet in ("S", "T")
    )  # fmt: skip
    grid = Grid([first, Sheet("T", 1, cells=first.cells.copy())], "xlsx")
    return build_book(grid, Layout(tables), Config(), Path("a.xlsx"), "")


def told(register: Register) -> tuple[object, ...]:
    read = {field: [(type(value), value) for value in column.values] for field, column in register.columns.items()}
    sources = {field: (found.values, found.further, found.addresses) for field, found in register.sources.items()}
    return list(register.columns), read, sources, register.periods, register.unreadable, register.scoring


@given(
    cells=st.dictionaries(PLACES, VALUES, min_size=10),
    changes=st.dictionaries(PLACES, VALUES, max_size=4),
    merge=st.none() | MERGES,
    continued=st.sets(st.sampled_from([3, 5, 7])),
    read=st.sets(st.sampled_from([2, 4, 6])),
)
def test_what_is_taken_over_is_what_would_be_read(cells, changes, merge, continued, read):
    book = book_of(cells, merge, continued, read)
    sheet = replace(book.grid.sheets[0], cells=book.grid.sheets[0].cells.copy())
    for place, value in changes.items():
        sheet.cells[place] = Cell(*place, value, "1+1" if value == 4 else None, 0)
    grid = replace(book.grid, sheets=[sheet, book.grid.sheets[1]])
    spared = build_book(grid, book.layout, Config(), book.path, "", book)
    anew = build_book(grid, book.layout, Config(), book.path, "")
    assert [told(one) for one in spared.registers] == [told(one) for one in anew.registers]
    assert [one.sheet for one in spared.registers] == grid.sheets


def test_what_did_not_change_is_held_once():
    book = book_of({(row, column): "x" for row in range(2, 9) for column in range(1, 8)}, None, (), ())
    sheet = replace(book.grid.sheets[0], cells=book.grid.sheets[0].cells.copy())
    sheet.cells[3, 6] = Cell(3, 6, 12, None, 0)
    again = build_book(replace(book.grid, sheets=[sheet, book.grid.sheets[1]]), book.layout, Config(), book.path, "",
                       book)  # fmt: skip
    first, then = again.registers[0], book.registers[0]
    assert {field for field in first.columns if first.columns[field] is then.columns[field]} >= {"ref", "title"}
    assert first.columns["residual_rating"].values[1] == 12.0
    assert then.columns["residual_rating"].values[1] is None
    assert again.registers[1] is book.registers[1]


COLUMN = st.tuples(st.sampled_from("ABC"), st.dictionaries(st.integers(0, 3), st.sampled_from(["A1", "B2", "D9"])))


@given(st.lists(COLUMN, max_size=5))
def test_cells_of_several_fields_are_found(columns):
    found = [Sourced([None] * 4, letter, (1, 2, 3, 4), elsewhere, {}) for letter, elsewhere in columns]
    every = [set(one.addresses) for one in found]
    assert shared_addresses(found) == {cell for cells in every for cell in cells
                                       if sum(cell in others for others in every) > 1}  # fmt: skip
    assert all(one.addresses == [one.address(place) for place in range(4)] for one in found)


@pytest.mark.parametrize("value", ["plain", "two\nlines", "with • a sign"])
def test_a_text_with_nothing_to_clean_is_held_once(value):
    cells = {(row, 2): value for row in range(2, 9)}
    register = book_of(cells, None, (), ()).registers[0]
    assert register.columns["title"].values[0] is value
