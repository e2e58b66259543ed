"""Workbooks of other kinds."""

import datetime as dt

import openpyxl
import pytest
from tests.grid.parts import values

from regsheet.errors import GridError
from regsheet.grid import read_foreign
from regsheet.grid.delimited import find_delimiter, plain_value


def test_csv(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes('\ufeffRef,Risk,Score\r\nR1,"Loss, of\nincome – £",4\r\nR2,=1+1,4.50\r\n007,,-3\r\n'.encode())
    grid = read_foreign(path)
    assert grid.format == "csv"
    assert grid.sheets[0].name == "register"
    assert values(grid.sheets[0]) == {
        "A1": "Ref", "B1": "Risk", "C1": "Score", "A2": "R1", "B2": "Loss, of\nincome – £", "C2": 4,
        "A3": "R2", "B3": "=1+1", "C3": 4.5, "A4": "007", "C4": -3,
    }  # fmt: skip
    assert all(cell.formula is None for cell in grid.sheets[0].filled())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_encodings(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("Café;£5 – “maybe”\n".encode(encoding))
    assert values(read_foreign(path).sheets[0]) == {"A1": "Café", "B1": "£5 – “maybe”"}


def test_tsv_and_other_delimiters(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("a,b\tc\n1\t2\n")
    assert values(read_foreign(path).sheets[0]) == {"A1": "a,b", "B1": "c", "A2": 1, "B2": 2}
    assert find_delimiter("a|b\nc, d|e\n") == "|"
    assert find_delimiter('"a;b";c\n"d,e,f";g\n') == ";"
    assert find_delimiter("one column\n") == ","
    assert find_delimiter("") == ","


@pytest.mark.parametrize("text", ["1e5", "1,200", "007", "+4", " 4", "4 ", "1_0", "٤", "nan", "", "-", "4%"])
def test_what_is_not_plainly_a_number_stays_text(text):
    assert plain_value(text) == text


def test_a_binary_file_named_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(GridError, match="not a text file"):
        read_foreign(path)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsb", "a.ods", "a.csv"])
def test_no_such_file(tmp_path, name):
    with pytest.raises(GridError, match="cannot be opened"):
        read_foreign(tmp_path / name)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsb", "a.ods"])
@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)]
)
def test_damaged_files(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GridError, match="damaged or not what its name says"):
        read_foreign(path)


def test_other_kinds(tmp_path):
    with pytest.raises(GridError, match=r"save it as \.xlsx"):
        read_foreign(tmp_path / "a.docx")


def test_places_and_values_through_calamine(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in {"C3": 4.0, "D3": "text", "C4": dt.datetime(2024, 5, 31), "D5": True, "E6": 0.5}.items():
        sheet[place] = value
    sheet.merge_cells("C8:D8")
    book.create_sheet("Empty").sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    grid = read_foreign(path)
    assert values(grid.sheets[0]) == {
        "C3": 4, "D3": "text", "C4": dt.datetime(2024, 5, 31), "D5": True, "E6": 0.5,
    }  # fmt: skip
    assert grid.sheets[0].style(4, 3).is_date
    assert [str(area) for area in grid.sheets[0].merges] == ["C8:D8"]
    assert (grid.sheets[1].state, grid.sheets[1].cells) == ("hidden", {})
