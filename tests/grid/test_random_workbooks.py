"""Random workbooks of XlsxWriter and openpyxl, held against openpyxl's reading."""

import datetime as dt
import io

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from tests.grid.parts import as_tree

from regsheet.grid import read_grid
from regsheet.grid.addresses import address
from regsheet.grid.cells import Sheet
from regsheet.grid.texts import unescape
from regsheet.package import Package

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", min_codepoint=9, exclude_categories=["Cc", "Cs", "Cn"]),
    min_size=1,
    max_size=30,
) | st.sampled_from(["_x000D_", "line\nline", " edge ", "a&b<c>\"d'", "=not a formula", "0012", "]]>"])
numbers = st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15, allow_nan=False)
moments = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))
contents = st.one_of(
    st.none(), texts, numbers, st.booleans(), moments, st.sampled_from(["SUM(A1:B2)", "A1&\"x\"", "IF(A1>1,2,3)"]).map(
        lambda text: ("formula", text)
    )
)  # fmt: skip
places = st.tuples(st.integers(1, 40), st.integers(1, 30))
cells = st.dictionaries(places, contents, max_size=40)
areas = st.lists(st.tuples(st.integers(0, 5), st.integers(2, 4)), max_size=3, unique_by=lambda pair: pair[0])


def by_xlsxwriter(wanted, merges, notes) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Register")
    date = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    bold = book.add_format({"bold": True})
    for (row, column), value in sorted(wanted.items()):
        put(sheet, row - 1, column - 1, value, date, bold)
    for number, width in merges:
        sheet.merge_range(50 + number, 0, 50 + number, width, "")
    for (row, column), text in notes.items():
        sheet.write_comment(row - 1, column - 1, text, {"author": "Pat"})
    book.close()
    return stream.getvalue()


def put(sheet, row, column, value, date, bold) -> None:
    if value is None:
        sheet.write_blank(row, column, None, bold)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, tuple):
        sheet.write_formula(row, column, value[1], None, 7)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value, date)
    else:
        sheet.write_number(row, column, value)


def by_openpyxl(wanted, merges, notes) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for (row, column), value in wanted.items():
        cell = sheet.cell(row, column)
        if isinstance(value, tuple):
            cell.value = "=" + value[1]
        elif isinstance(value, str):
            cell.value, cell.data_type = value, "s"
        else:
            cell.value = value
    for number, width in merges:
        sheet.merge_cells(start_row=51 + number, end_row=51 + number, start_column=1, end_column=width + 1)
    for (row, column), text in notes.items():
        sheet.cell(row, column).comment = Comment(text, "Pat")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check(data: bytes) -> None:
    """Hold both of our readings against each other and against openpyxl's."""
    ours = read_grid(Package(data)).sheets[0]
    assert read_grid(as_tree(Package(data))).sheets[0] == ours
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for (row, column), cell in values._cells.items():
        compare(ours, row, column, cell.value, formulas.cell(row, column))
    for cell in ours.filled():
        assert (cell.row, cell.column) in values._cells
    assert {str(area) for area in ours.merges} == {str(area) for area in values.merged_cells.ranges}
    notes = {
        (row, column): unescape(cell.comment.text) for (row, column), cell in values._cells.items() if cell.comment
    }
    assert {place: note.text for place, note in ours.notes.items()} == notes


def compare(ours: Sheet, row: int, column: int, value, formula) -> None:
    found = ours.value(row, column)
    if isinstance(value, str):
        # openpyxl leaves escapes of control characters (_x0007_) in some places, Excel nowhere.
        assert found in (value, unescape(value)), address(row, column)
    elif value is not None:
        assert (found, isinstance(found, bool)) == (value, isinstance(value, bool)), address(row, column)
    said = formula.value[1:] if formula.data_type == "f" else None
    assert ours.formula(row, column) == said


@quickly
@given(cells, areas, st.dictionaries(places, texts, max_size=4))
def test_workbooks_of_xlsxwriter(wanted, merges, notes):
    check(by_xlsxwriter(wanted, merges, notes))


@quickly
@given(cells, areas, st.dictionaries(places, texts, max_size=4))
def test_workbooks_of_openpyxl(wanted, merges, notes):
    check(by_openpyxl(wanted, merges, notes))
