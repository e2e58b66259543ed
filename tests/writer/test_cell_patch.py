"""Cells set in place: what is written, where it lands, and what is left alone."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import MAIN, SHEET, made, patched, plain, rows_of, saved, values, with_rows

from regsheet.grid import read_grid
from regsheet.writer import cell_patch
from regsheet.writer.cell_patch import CellRefused, SheetPatch
from regsheet.writer.sheet_tree import SheetTree


@pytest.fixture(params=["as is", "in its tree"], autouse=True, scope="module")
def _both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """All holds whether a sheet is changed in its text, as it is where that is plain, or in its tree."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "in its tree":
            patch.setattr(cell_patch, "_opened", SheetTree)
        yield


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        (16, 16), (2.5, 2.5), (3.0, 3), (-1e-7, -1e-7), (True, True),
        ("Amber", "Amber"), ("  two\nlines ", "  two\nlines "),
        ("=1+1", "=1+1"), ("a\x07b", "a\x07b"), ("_x0007_", "_x0007_"), ("<&>\"'", "<&>\"'"),
    ],
)  # fmt: skip
def test_what_is_written_is_read_back(value: object, read_back: object) -> None:
    package = plain()
    with patched(package) as patch:
        patch.set_value(3, 5, value)
    assert values(saved(package))["Register", "E3"] == (read_back, None)


@given(st.text(max_size=60))
def test_any_text_survives(text: str) -> None:
    package = plain(1)
    with patched(package) as patch:
        patch.set_value(2, 2, text)
    assert read_grid(saved(package)).sheets[0].value(2, 2) == (text or None)  # an empty text is a blank cell


def test_a_formula_comes_with_its_cached_value() -> None:
    package = plain()
    with patched(package) as patch:
        patch.set_value(3, 5, 8, "C3*D3")
        patch.set_value(4, 5, "High", '=IF(C4>3,"High","Low")')
    assert values(saved(package))["Register", "E3"] == (8, "C3*D3")
    assert values(saved(package))["Register", "E4"] == ("High", 'IF(C4>3,"High","Low")')
    assert patch.formulas_changed


def test_a_date_is_written_as_its_serial_number_in_both_calendars() -> None:
    for date_1904, serial in ((False, 45657), (True, 44195)):
        package = plain()
        with patched(package, date_1904=date_1904) as patch:
            patch.set_value(3, 5, dt.datetime(2024, 12, 31))
        assert values(saved(package))["Register", "E3"][0] == serial


def test_everything_else_on_the_sheet_stays() -> None:
    package, before = plain(), values(plain())
    with patched(package) as patch:
        patch.set_value(3, 5, 99)
    after = values(saved(package))
    assert {key: value for key, value in after.items() if before[key] != value} == {("Register", "E3"): (99, None)}
    assert after.keys() == before.keys()


def test_attributes_of_the_cell_stay() -> None:
    package = with_rows('<row r="1"><c r="A1" s="0" t="s" ph="1"><v>0</v></c></row>')
    with patched(package) as patch:
        patch.set_value(1, 1, 7)
    cell = rows_of(package)[0][0]
    assert dict(cell.attrib) == {"r": "A1", "s": "0", "ph": "1"}


def test_missing_rows_and_cells_are_made_in_order() -> None:
    package = with_rows('<row r="3"><c r="B3"><v>1</v></c><c r="F3"><v>2</v></c></row><row r="9"><c r="A9"/></row>')
    with patched(package) as patch:
        for row, column in ((3, 4), (1, 2), (5, 1), (12, 3), (3, 1), (3, 9)):
            patch.set_value(row, column, row * 100 + column)
    addresses = [[cell.get("r") for cell in row] for row in rows_of(package)]
    assert addresses == [["B1"], ["A3", "B3", "D3", "F3", "I3"], ["A5"], ["A9"], ["C12"]]


def test_rows_and_cells_without_addresses_keep_their_places() -> None:
    package = with_rows(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c><v>3</v></c><c r='D4'><v>4</v></c></row>"
    )
    with patched(package) as patch:
        patch.set_value(1, 2, 22)
        patch.set_value(4, 3, 33)
        patch.set_value(2, 1, 44)
    found = {address: value for (_, address), (value, _) in values(saved(package)).items()}
    assert found == {"A1": 1, "B1": 22, "A2": 44, "A4": 3, "C4": 33, "D4": 4}


def test_the_dimension_and_spans_grow() -> None:
    rows = '<row r="2" spans="2:3"><c r="B2"><v>1</v></c><c r="C2"><v>1</v></c></row>'
    package = with_rows(rows, before='<dimension ref="B2:C2"/>')
    with patched(package) as patch:
        patch.set_value(2, 6, 1)
    root = package.tree(SHEET)
    assert root.find(f"{MAIN}dimension").get("ref") == "B2:F2"
    assert rows_of(package)[0].get("spans") == "2:6"


def test_a_new_cell_looks_like_its_row_or_column() -> None:
    rows = '<row r="2" s="3" customFormat="1"><c r="A2"><v>1</v></c></row>'
    package = with_rows(rows, before='<cols><col min="4" max="6" width="9" style="2"/></cols>')
    patch = SheetPatch(package, SHEET)
    assert (patch.style(2, 5), patch.style(7, 5), patch.style(7, 1), patch.style(2, 1)) == (3, 2, 0, 0)
    patch.set_value(7, 5, 1)
    patch.put_down()
    assert rows_of(package)[1][0].get("s") == "2"


def test_a_merge_is_written_at_its_first_cell() -> None:
    package = with_rows(
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2"/></row>', after='<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
    )
    with patched(package) as patch:
        assert patch.set_value(3, 3, 5) == (2, 2)
    assert values(saved(package)) == {("Register", "B2"): (5, None)}


def test_a_shared_formula_is_handed_on() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A4" si="0">B1*$C$1+1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="4"><c r="A4"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    package = with_rows(rows)
    with patched(package) as patch:
        patch.set_value(1, 1, 10)
    assert patch.moved == {(2, 1)}
    assert {address: formula for (_, address), (_, formula) in values(saved(package)).items()} == {
        "A1": None, "A2": "B2*$C$1+1", "A3": None, "A4": "B4*$C$1+1",
    }  # fmt: skip
    master = rows_of(package)[1][0][0]
    assert master.get("ref") == "A2:A4"
    with patched(package) as patch:
        patch.set_value(4, 1, 10)
        patch.set_value(2, 1, 10)
    assert all(formula is None for _, formula in values(saved(package)).values())


@pytest.mark.parametrize(
    ("cell", "row", "column"),
    [
        ('<c r="A1"><f t="array" ref="A1:B2">1+1</f><v>2</v></c>', 2, 2),
        ('<c r="A1"><f t="dataTable" ref="A1:A3" r1="D1"/><v>2</v></c>', 3, 1),
        ('<c r="A1" vm="1" t="e"><v>#VALUE!</v></c>', 1, 1),
        ('<c r="A1" cm="1"><f t="array" ref="A1">SORT(B1:B3)</f><v>2</v></c>', 1, 1),
    ],
)
def test_what_must_be_changed_as_a_whole_is_refused(cell: str, row: int, column: int) -> None:
    package = with_rows(f'<row r="1">{cell}</row>')
    before = package.blob(SHEET)
    with patched(package) as patch, pytest.raises(CellRefused, match="cell"):
        patch.set_value(row, column, 5)
    assert package.blob(SHEET) == before


def test_the_heading_of_a_table_is_refused() -> None:
    package = made(lambda _, sheet: sheet.add_table("B2:C5", {"columns": [{"header": "Ref"}, {"header": "Title"}]}))
    with patched(package) as patch:
        with pytest.raises(CellRefused, match="heading"):
            patch.set_value(2, 3, "Name")
        patch.set_value(3, 3, "Name")
