"""Columns read in bulk hold what reading them cell by cell gives."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, Sheet
from regsheet.layout.tables import Column, Reading, Table
from regsheet.model.sources import Sources
from regsheet.undisturbed import undisturbed

FIELDS = ("ref", "title", "owner")
COLUMNS = tuple(Column(index, f"H{index}", "", field, 1.0, "") for index, field in enumerate(FIELDS, 1))


@given(
    cells=st.dictionaries(st.tuples(st.integers(2, 8), st.integers(1, 3)), st.sampled_from(["a", "b\nc", 4, " "])),
    merge=st.none() | st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(0, 2), st.integers(0, 1)),
    continued=st.sets(st.sampled_from([3, 5, 7])),
    read=st.sets(st.tuples(st.sampled_from([2, 4, 6]), st.sampled_from(["ref", "owner"]))),
)
def test_bulk_is_the_same_as_one_by_one(cells, merge, continued, read):
    sheet = Sheet("S", 0, cells={place: Cell(*place, value, None, 0) for place, value in cells.items()})
    if merge is not None:
        row, column, down, across = merge
        sheet.merges = [Area(row, column, row + down, column + across)]
    table = Table(
        "S", "register", (1, 1), 2, 8, columns=COLUMNS,
        rows=tuple(row for row in range(2, 9) if row not in continued),
        continuations={row - 1: (row,) for row in continued},
        readings={key: Reading(key[0], 3, "part") for key in read},
    )  # fmt: skip
    sources = Sources(sheet, table)
    for column in COLUMNS:
        found = sources.column(column)
        single = [sources.of(row, column) for row in table.rows]
        assert found.values == [source.value for source in single]
        assert found.addresses == [source.address for source in single]


def test_collection_is_put_off_and_taken_up_again():
    @undisturbed
    def work(fail):
        assert not gc.isenabled()
        if fail:
            raise ValueError
        return inner()

    @undisturbed
    def inner():
        assert not gc.isenabled()
        return 7

    assert work(False) == 7
    assert gc.isenabled()
    with pytest.raises(ValueError):
        work(True)
    assert gc.isenabled()
