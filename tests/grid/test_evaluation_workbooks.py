"""Every cell of the evaluation workbooks, held against python-calamine, and both ways of reading against each other."""

import datetime as dt
from pathlib import Path

import pytest
import python_calamine
from tests.conftest import evaluation_folder
from tests.grid.parts import as_tree

from regsheet.errors import RegsheetError
from regsheet.grid import read_foreign, read_grid
from regsheet.grid.cells import CellError, Grid
from regsheet.package import open_package

FOLDERS = ("data", "real", "corpus")
BOOKS = sorted(
    path for folder in FOLDERS for path in (evaluation_folder() / folder).glob("*.xls[xm]") if path.name[0] != "~"
)
MOST_REFUSED = 4


@pytest.fixture(scope="module")
def grids(evaluation) -> dict[Path, Grid]:
    """Every workbook that is not refused."""
    found = {}
    for path in BOOKS:
        try:
            found[path] = read_grid(open_package(path))
        except RegsheetError:
            continue
    return found


def as_ours(value):
    """A value of python-calamine as the grid gives it."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53:
        return int(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return value


def same(ours, theirs) -> bool:
    """Whether two values are one, the differences of principle aside."""
    if isinstance(ours, CellError):
        return theirs in ("", str(ours))  # python-calamine has no value for an error
    if isinstance(theirs, dt.timedelta):
        return ours == theirs / dt.timedelta(days=1)  # elapsed time is a number of days to us
    if isinstance(ours, dt.datetime) and isinstance(theirs, dt.datetime):
        return abs(ours - theirs) < dt.timedelta(milliseconds=2)
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours == theirs or ours.strip() == theirs  # it trims text without xml:space
    return ours == theirs


@pytest.mark.evaluation
def test_few_are_refused(grids):
    assert len(BOOKS) - len(grids) <= MOST_REFUSED


@pytest.mark.evaluation
def test_values_and_merges_are_those_of_calamine(grids):
    differences = []
    for path, grid in grids.items():
        try:
            book = python_calamine.CalamineWorkbook.from_path(path)
        except python_calamine.CalamineError:
            continue
        for sheet in (sheet for sheet in grid.sheets if sheet.kind == "worksheet" and sheet.part):
            source = book.get_sheet_by_name(sheet.name)
            first = (source.start or (0, 0))[1] + 1
            theirs = {
                (row, column): value
                for row, values in enumerate(source.iter_rows(), 1)
                for column, value in enumerate(values, first)
            }
            ours = {(cell.row, cell.column): cell.value for cell in sheet.filled()}
            for place in theirs.keys() | ours.keys():
                here, there = ours.get(place), as_ours(theirs.get(place, ""))
                if not same("" if here is None else here, there):
                    differences.append((path.name, sheet.name, place, here, there))
            assert len(sheet.merges) == len(set(source.merged_cell_ranges or ())), (path.name, sheet.name)
    assert differences == []


@pytest.mark.evaluation
def test_both_ways_of_reading_agree(grids):
    for path, grid in grids.items():
        if path.stat().st_size < 500_000:
            assert read_grid(as_tree(open_package(path))).sheets == grid.sheets, path.name


@pytest.mark.evaluation
def test_other_kinds_are_read(evaluation):
    for path in sorted((evaluation / "real").iterdir()):
        if path.suffix in (".xls", ".xlsb", ".ods"):
            assert any(sheet.cells for sheet in read_foreign(path).sheets), path.name
