"""The Assurance sheet: counts, latest evidence, gaps in words, and the residual band from the register."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from regsheet.pipeline import Options, examine
from regsheet.writer.sheets import SheetNames, build_sheets

REGISTER = ("Ref", "Risk Title", "Residual Likelihood", "Residual Impact", "Residual Risk Rating", "Existing Controls",
            "Risk Owner")  # fmt: skip
RISKS = (
    ("R1", "Loss of the main depot", 4, 5, 20, "Inspection", "Head of Property"),
    ("R2", "Failure of a key supplier", 2, 2, 4, "Contracts", "Head of Finance"),
    ("R3", "Cyber attack on council systems", 3, 3, 9, "Patching", "Head of Digital"),
    ("R4", "Flooding in the town centre", 2, 3, 6, "Flood plan", "Head of Property"),
)
MAP = ("Risk", "First Line of Defence", "Second Line of Defence", "Third Line of Defence")
ROWS = (
    ("Loss of the main depot", "• Weekly inspection\n• Site logs", "• Property board – May 2024", ""),
    ("Cyber attack on council systems", "• Patching reports", "", "• Internal Audit – Network – June 2023\n"
     "• Internal Audit – Passwords – March 2024"),
    ("Closure of the harbour", "• Harbour log", "• Harbour board", "• External review"),
)  # fmt: skip


def write(path: Path, *, register: bool) -> Path:
    with xlsxwriter.Workbook(path) as book:
        if register:
            sheet = book.add_worksheet("Register")
            for row, values in enumerate((REGISTER, *RISKS)):
                sheet.write_row(row, 0, values)
        sheet = book.add_worksheet("Assurance Map")
        for row, values in enumerate((MAP, *ROWS)):
            sheet.write_row(row, 0, values)
    return path


def assurance(path: Path) -> Worksheet:
    report = examine(path, Options())
    return openpyxl.load_workbook(io.BytesIO(build_sheets(report, SheetNames())))["Assurance"]


def row_of(sheet: Worksheet, title: str) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if row[1].value == title]


@pytest.fixture
def sheet(tmp_path: Path) -> Worksheet:
    return assurance(write(tmp_path / "both.xlsx", register=True))


def test_a_risk_has_its_counts_latest_evidence_and_gaps(sheet: Worksheet) -> None:
    depot = row_of(sheet, "Loss of the main depot")
    assert depot[0] == "R1"
    assert str(depot[2]).startswith("20 ")
    assert depot[3:5] == [2, "No dated item"]
    assert depot[5] == 1
    assert "May 2024" in str(depot[6])
    assert depot[7] == "None"
    assert "No third line" in str(depot[9])


def test_the_latest_of_several_dated_items_is_shown(sheet: Worksheet) -> None:
    cyber = row_of(sheet, "Cyber attack on council systems")
    assert cyber[7] == 2
    assert "March 2024" in str(cyber[8])
    assert "No second line" in str(cyber[9])


def test_a_risk_that_the_register_lacks_is_said_to_be_missing(sheet: Worksheet) -> None:
    assert "Not found in the register" in str(row_of(sheet, "Closure of the harbour")[9])


def test_the_registers_risks_without_a_map_are_listed_with_their_bands(sheet: Worksheet) -> None:
    start = next(cell.row for cell in sheet["A"] if cell.value == "Risks in the register that are not on this map")
    listed = [sheet.cell(row, 1).value for row in range(start + 2, sheet.max_row + 1)]
    assert listed == ["R2", "R4"]
    assert str(sheet.cell(start + 2, 3).value).startswith("4 ")


def test_a_map_alone_has_no_band(tmp_path: Path) -> None:
    sheet = assurance(write(tmp_path / "map.xlsx", register=False))
    heads = [cell.value for row in sheet.iter_rows(min_row=4, max_row=5) for cell in row]
    assert not [head for head in heads if "band" in str(head)]
    assert "No third line" in str(row_of(sheet, "Loss of the main depot")[-1])
