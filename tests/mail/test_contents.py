"""An annotated workbook says in the mail what its Findings sheet says."""

import openpyxl
import pytest

from conftest import AS_OF
from regsheet.config import Config
from regsheet.errors import OutputError
from regsheet.mail.contents import read_contents


def test_the_findings_are_those_of_the_check(council, contents):
    checked = sorted((council / "findings.txt").read_text().splitlines())
    assert sorted(f"{f.code}|{f.ref}|{f.cell}|{f.message}" for f in contents.findings) == checked
    assert contents.as_of == AS_OF
    assert contents.source_name == "strategic-risk-register.xlsx"


def test_corrections_have_their_working(contents):
    corrected = [finding for finding in contents.findings if finding.is_corrected]
    assert {finding.basis for finding in corrected if finding.code == "SC001"} >= {"5 × 5 = 25"}
    assert all(finding.after for finding in corrected)


def test_the_registers_are_as_corrected(contents):
    (register,) = contents.book.registers
    assert register.number(0, "inherent_rating") == 25


def test_sheets_are_told_by_the_links_not_by_what_is_shown(contents):
    places = {(finding.sheet, bool(finding.cell)) for finding in contents.findings}
    assert places == {("Strategic Risk Register", True), ("Notes", False)}


def test_a_register_that_was_not_annotated_is_refused(make_register):
    with pytest.raises(OutputError, match=r"not an annotated workbook.*regsheet annotate"):
        read_contents(make_register(), Config())


def test_another_format_is_refused(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Ref,Risk Title\nR1,Fire\n")
    with pytest.raises(OutputError, match="not an annotated workbook"):
        read_contents(path, Config())


def test_a_workbook_without_its_findings_sheet_is_refused(make_annotated):
    path = make_annotated({(1, "Risk Owner"): None})
    book = openpyxl.load_workbook(path)
    del book["Findings"]
    book.save(path)
    with pytest.raises(OutputError, match="no Findings sheet"):
        read_contents(path, Config())


def test_a_copy_that_was_sorted_and_saved_by_another_program_says_the_same(make_annotated):
    path = make_annotated({(1, "Residual Rating"): 5, (3, "Cause"): None, (4, "Risk Owner"): None})
    before = read_contents(path, Config())
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    for row, values in zip(sheet.iter_rows(min_row=5), reversed(rows), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    book.save(path)
    after = read_contents(path, Config())
    words = [[(f.code, f.ref, f.message, f.status) for f in found.findings] for found in (before, after)]
    assert len(words[0]) >= 3
    assert sorted(words[0]) == sorted(words[1])
    assert after.as_of == AS_OF
