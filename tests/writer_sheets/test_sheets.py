"""What the new sheets say, read back by another library."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regsheet.rules.findings import Finding, Severity
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets
from regsheet.writer.sheets.findings import RESPONSE, UNTIL
from regsheet.writer.sheets.tables import HEAD_ROW

FIRST = HEAD_ROW + 2
"""The first finding's row, counted from 1."""


def texts(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def with_findings(report: Report, findings: tuple[Finding, ...]) -> Report:
    return replace(report, settled=replace(report.settled, findings=findings))


def finding(**changes: object) -> Finding:
    plain = Finding(code="SC001", name="wrong-overall-rating", severity=Severity.ERROR, sheet="Register", cell="E2",
                    message="R1: rating is 6, but 4 × 4 = 16.", advice="Confirm the scores.", ref="R1", title="Depot",
                    field="inherent_rating", owner="Head of Property", value=6)  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert build_sheets(report, SheetNames()) == build_sheets(report, SheetNames())


def test_sheets_come_in_order_and_the_map_is_left_out_where_there_is_none(sheets: openpyxl.Workbook) -> None:
    assert sheets.sheetnames == ["Check summary", "Findings", "Heatmap", "Change log"]


def test_every_sheet_prints_on_a4_landscape_one_page_wide(sheets: openpyxl.Workbook) -> None:
    for sheet in sheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {None, 1}


def test_the_summary_says_what_was_checked(report: Report, sheets: openpyxl.Workbook) -> None:
    said = texts(sheets["Check summary"])
    assert {report.source_name, report.source_sha256, "30 June 2026", f"regsheet {report.version}"} <= set(said)
    scoring = report.settled.book.registers[0].scoring
    assert scoring.explanation in said
    for item in report.settled.not_run:
        assert any(item.code in text for text in said)


def test_the_summary_counts_add_up(report: Report, sheets: openpyxl.Workbook) -> None:
    sheet = sheets["Check summary"]
    tiles = [cell.value for cell in sheet[5][2:5]]
    expected = [sum(f.severity == severity for f in report.settled.findings) for severity in Severity]
    assert tiles == expected
    for title in ("Findings by rule", "Findings by risk owner"):
        start = next(cell.row for cell in sheet["A"] if cell.value == title) + 2
        sums = [0, 0, 0]
        for row in range(start, start + 60):
            if sheet.cell(row, 1).value is None:
                break
            sums = [total + sheet.cell(row, 3 + place).value for place, total in enumerate(sums)]
        assert sums == expected


def test_what_many_risks_have_stands_once_with_links_four_a_row(report: Report) -> None:
    apart = tuple(
        finding(cell=f"E{2 * row}", ref=f"R{row}", message=f"R{row}: {'rating ' * 9}is wrong.") for row in range(1, 7)
    )
    below = tuple(
        finding(cell=f"K{row}", code="SC002", severity=Severity.WARNING, ref=f"R{row}", message=f"R{row}: <no> score.")
        for row in range(2, 9)
    )
    made = with_findings(report, (*below, *apart))
    sheet = openpyxl.load_workbook(io.BytesIO(build_sheets(made, SheetNames())))["Check summary"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "Found on many risks") + 3
    assert [[cell.value for cell in row[:6]] for row in sheet.iter_rows(first, first + 3)] == [
        ["SC001 error", f"6 risks: Rating {'rating ' * 8}is wrong.", "E2", "E4", "E6", "E8"],
        [None, None, "E10", "E12", None, None],
        ["SC002 warning", "7 risks: <no> score.", "K2:K8", None, None, None],
        [None] * 6,
    ]
    assert [sheet.row_dimensions[row].height for row in range(first, first + 3)] == [27, None, None]
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows(first, first + 2) for cell in row
             if cell.hyperlink}  # fmt: skip
    assert links == {
        f"{column}{first + down}": f"'Register'!{place}"
        for column, down, place in (
            ("C", 0, "E2"), ("D", 0, "E4"), ("E", 0, "E6"), ("F", 0, "E8"), ("C", 1, "E10"), ("D", 1, "E12"),
            ("C", 2, "K2:K8"),
        )
    }  # fmt: skip
    # A cell has the look of a link where there is one.
    assert sheet.cell(first + 1, 4).font.underline and not sheet.cell(first + 1, 5).font.underline
    assert sheet.cell(first, 1).font.bold and not sheet.cell(first + 1, 1).font.bold


def test_charts_have_alternative_text(report: Report) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(build_sheets(report, SheetNames()))) as archive:
        drawings = [
            archive.read(name).decode() for name in archive.namelist() if "/drawing" in name and "rels" not in name
        ]
    frames = re.findall(r"<xdr:cNvPr [^>]*>", "".join(drawings))
    assert frames
    assert all('descr="Bar chart' in frame for frame in frames)


def test_a_finding_a_row_each_with_a_link_that_jumps(report: Report, sheets: openpyxl.Workbook) -> None:
    sheet = sheets["Findings"]
    assert sheet.max_row == HEAD_ROW + 1 + len(report.settled.findings)
    for row, item in enumerate(report.settled.findings, FIRST):
        assert sheet.cell(row, 3).value == f"{item.code} {item.name}"
        assert sheet.cell(row, 9).value == item.message
        assert sheet.cell(row, 8).hyperlink.location == f"'Register'!{item.cell}"


def test_the_findings_table_filters_freezes_and_asks_for_a_response(sheets: openpyxl.Workbook) -> None:
    sheet = sheets["Findings"]
    table = sheet.tables["Check_findings"]
    assert table.autoFilter.ref == table.ref == f"A{FIRST - 1}:R{sheet.max_row}"
    assert sheet.freeze_panes == f"E{FIRST}"
    assert sheet.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"
    kinds = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert kinds["list"].formula1 == '"Agree,Disagree,Done"'
    assert str(kinds["list"].sqref) == f"{chr(65 + RESPONSE)}{FIRST}:{chr(65 + RESPONSE)}{sheet.max_row}"
    assert str(kinds["date"].sqref).startswith(chr(65 + UNTIL))
    assert all(sheet.cell(FIRST, column).value is None for column in range(RESPONSE + 1, UNTIL + 2))


def test_no_findings_at_all(report: Report, read_sheets: Callable[[Report], openpyxl.Workbook]) -> None:
    book = read_sheets(with_findings(report, ()))
    assert "Nothing was found." in texts(book["Findings"])
    assert any("could not run" in text or text == "Nothing was found." for text in texts(book["Check summary"]))


def test_a_waived_finding_is_listed_but_not_counted(
    report: Report, read_sheets: Callable[[Report], openpyxl.Workbook]
) -> None:
    book = read_sheets(with_findings(report, (finding(), finding(status="waived"))))
    assert [cell.value for cell in book["Check summary"][5][2:6]] == [1, 0, 0, 0]
    assert [book["Findings"].cell(row, 13).value for row in (FIRST, FIRST + 1)] == ["Open", "Waived"]
    assert any("1 finding was waived" in text for text in texts(book["Check summary"]))


NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "http://example.org", "{=A1}", "_x0041_", "a\x07b", "\ud800",
         "<b>&", "x" * 40_000, "' quoted", "internal:'x'!A1", "\u202eabc"]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_texts_of_strangers_never_become_formulas_or_links(
    report: Report, read_sheets: Callable[[Report], openpyxl.Workbook], text: str
) -> None:
    made = finding(message=text, advice=text, ref=text, title=text, owner=text, value=text, field=text)
    book = read_sheets(with_findings(report, (made,)))
    cells = [cell for name in ("Check summary", "Findings") for row in book[name].iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {cell.hyperlink.location for cell in cells if cell.hyperlink and cell.hyperlink.location} <= {
        "'Register'!E2", *(f"'{name}'!A1" for name in SheetNames().all())}  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=6, max_size=6))
def test_any_text_at_all_can_be_written(report: Report, parts: list[str]) -> None:
    message, advice, ref, title, owner, value = parts
    made = finding(message=message, advice=advice, ref=ref, title=title, owner=owner, value=value)
    book = openpyxl.load_workbook(io.BytesIO(build_sheets(with_findings(report, (made,)), SheetNames())))
    assert book["Findings"].cell(FIRST, 3).value == "SC001 wrong-overall-rating"


def test_more_links_than_a_sheet_takes_become_texts(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regsheet.writer.sheets.page.MAX_LINKS", 3)
    many = with_findings(report, tuple(finding(cell=f"E{row}") for row in range(2, 9)))
    sheet = openpyxl.load_workbook(io.BytesIO(build_sheets(many, SheetNames())))["Findings"]
    cells = [sheet.cell(row, 8) for row in range(FIRST, FIRST + 7)]
    assert [cell.value for cell in cells] == [f"E{row}" for row in range(2, 9)]
    assert [cell.hyperlink is not None for cell in cells] == [True] * 3 + [False] * 4


def test_a_sheet_name_with_an_apostrophe_is_quoted(
    register_file: Callable[..., Path], report_of: Callable[[Path], Report],
    read_sheets: Callable[[Report], openpyxl.Workbook],
) -> None:  # fmt: skip
    path = register_file(
        [(f"R{n}", f"Risk number {n}", (4, 4, 3, 3, 2, 2)) for n in range(1, 6)], sheet="Chief's #1 & co"
    )
    book = read_sheets(report_of(path))
    links = {cell.hyperlink.location for row in book["Heatmap"].iter_rows() for cell in row if cell.hyperlink}
    assert "'Chief''s #1 & co'!A2" in links
    formulas = [cell.value.text for row in book["Heatmap"].iter_rows() for cell in row if hasattr(cell.value, "text")]
    assert any("'Chief''s #1 & co'!$C$2:$C$6" in formula for formula in formulas)


def test_the_change_log_gives_the_ground_of_each_change(
    register_file: Callable[..., Path], report_of: Callable[[Path], Report],
    read_sheets: Callable[[Report], openpyxl.Workbook],
) -> None:  # fmt: skip
    path = register_file([(f"R{n}", f"Risk number {n}", (4, 4, 3, 3, 2, 2)) for n in range(1, 6)])
    book = openpyxl.load_workbook(path)
    book.active["E3"] = 6
    book.save(path)
    found = report_of(path)
    assert len(found.settled.changes) == 1
    sheet = read_sheets(found)["Change log"]
    row = [cell.value for cell in sheet[7]]
    assert row[1:3] == ["Register", "E3"]
    assert row[3].startswith("SC001")
    assert row[6:8] == [6, 16]
    assert "4 × 4" in row[8]
    assert sheet["C7"].hyperlink.location == "'Register'!E3"
    assert found.source_sha256 in texts(sheet)


def many(count: int, **changes: object) -> tuple[Finding, ...]:
    """The same sentence about so many risks, in cells below each other."""
    return tuple(finding(code="OW001", name="missing-owner", cell=f"K{row}", ref=f"R{row}", title=f"Risk {row}",
                         message=f"R{row}: no owner is named.", advice="Name the post that answers for it.",
                         field="owner", value=None, **changes) for row in range(2, count + 2))  # fmt: skip


def test_what_many_risks_share_is_one_sentence_with_links_to_all_cells(report: Report) -> None:
    scattered = tuple(f for f in many(40) if f.cell != "K20")
    content = build_sheets(with_findings(report, scattered), SheetNames())
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Check summary"]
    said = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "39 risks: No owner is named.")
    links = [cell.hyperlink.location for cell in sheet[said.row] if cell.hyperlink]
    assert links == ["'Register'!K2:K19", "'Register'!K21:K41"]


def test_a_few_findings_have_no_block_of_their_own(report: Report) -> None:
    content = build_sheets(with_findings(report, many(5)), SheetNames())
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Check summary"]
    assert "Found on many risks" not in texts(sheet)


def test_waived_findings_are_not_said_of_many_risks(report: Report) -> None:
    content = build_sheets(with_findings(report, many(9, status="waived")), SheetNames())
    assert "Found on many risks" not in texts(openpyxl.load_workbook(io.BytesIO(content))["Check summary"])
