"""How much work reading a large register takes, in calls: they are the same on every machine, as seconds are not."""

import cProfile
import importlib.util
import pstats
from pathlib import Path

import pytest

import regsheet

MOST_CALLS_A_CELL = 14
"""What a cell more may cost. When each cell became an object of its own and each text was cleaned twice, it was 29."""


@pytest.fixture(scope="module")
def reading():
    path = Path(__file__).parents[1] / "benchmarks" / "reading.py"
    found = importlib.util.spec_from_file_location("reading", path)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def calls(path: Path, risks: int) -> int:
    """The function calls that reading a register of so many risks takes."""
    profile = cProfile.Profile()
    profile.enable()
    book = regsheet.read(path)
    profile.disable()
    assert len(book.registers[0].frame) == risks
    return pstats.Stats(profile).total_calls


def test_a_cell_more_costs_a_few_calls_more(reading, tmp_path):
    sizes = (1100, 2100)  # both beyond the rows that the columns are judged by
    for risks in sizes:
        reading.write_register(tmp_path / f"{risks}.xlsx", risks)
        regsheet.read(tmp_path / f"{risks}.xlsx")  # what is worked out once and remembered
    few, many = (calls(tmp_path / f"{risks}.xlsx", risks) for risks in sizes)
    assert (many - few) / (1000 * len(reading.HEADINGS)) <= MOST_CALLS_A_CELL


def test_few_rows_are_looked_at_cell_by_cell(reading, tmp_path):
    """The columns are judged by some hundreds of rows; the others are only sorted by what they hold."""
    from regsheet.grid import read_grid
    from regsheet.layout import find, find_tables
    from regsheet.layout.view import SheetView
    from regsheet.package import open_package

    views = []

    class Watched(SheetView):
        def __init__(self, sheet):
            super().__init__(sheet)
            views.append(self)

    reading.write_register(tmp_path / "register.xlsx", 1500)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(find, "SheetView", Watched)
        layout = find_tables(read_grid(open_package(tmp_path / "register.xlsx")))
    assert layout.tables[0].n_risks == 1500
    assert len(views[0].rows._made) <= 1100
