"""Waivers, on the Findings sheet of a copy and in the configuration: which hold, which do not, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from regsheet.config import Config, LoadedConfig, RulesSetting, WaiverSetting
from regsheet.errors import ConfigurationError
from regsheet.pipeline import Options, annotate, examine, open_workbook, strip
from regsheet.rules.findings import Finding
from regsheet.rules.responses import responses_in, value_key
from regsheet.writer.sheets.wording import wording

AS_OF = dt.date(2024, 12, 31)
MakeRegister = Callable[..., Path]
FAULTY = {(2, "Residual Rating"): 8, (3, "Risk Owner"): None, (4, "Review Date"): None, (5, "Residual Rating"): 9}
SIGNED = {"Response": "Disagree", "Reason": "Agreed by the board", "Name": "J. Marsh"}


def options(**changes: object) -> Options:
    config = LoadedConfig(Config(**changes), None, "0" * 64)  # type: ignore[arg-type]
    return Options(as_of=AS_OF, configuration=config)


def answer(copy: Path, code: str, ref: str, answers: Mapping[str, object]) -> None:
    """Fill in one row of the Findings sheet, as a head of service would."""
    book = openpyxl.load_workbook(copy)
    sheet = book["Findings"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    rows = ((row, sheet.cell(row, heads["Rule"]).value, sheet.cell(row, heads["Risk"]).value)
            for row in range(5, sheet.max_row + 1))  # fmt: skip
    row = next(row for row, rule, risk in rows if str(rule).startswith(code) and risk == ref)
    for head, value in answers.items():
        sheet.cell(row, heads[head]).value = value
    book.save(copy)


def shown(copy: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(copy)["Findings"]
    heads = [cell.value for cell in sheet[4]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)]


def by_code(findings: tuple[Finding, ...]) -> dict[tuple[str, str | None], str]:
    return {(finding.code, finding.ref): finding.status for finding in findings}


def check(path: Path, **changes: object) -> dict[tuple[str, str | None], str]:
    return by_code(examine(path, options(**changes)).settled.findings)


@pytest.fixture
def copy(make_register: MakeRegister, tmp_path: Path) -> Path:
    return annotate(make_register(FAULTY), tmp_path / "copy.xlsx", options()).path


def test_the_reader_and_the_writer_call_the_columns_alike(copy: Path) -> None:
    answer(copy, "OW001", "R3", SIGNED)
    (response,) = responses_in(open_workbook_grid(copy))
    assert set(response.line) == set(wording("findings")["heads"])
    assert (response.rule, response.ref, response.field) == ("OW001", "R3", "owner")
    assert response.value_key == value_key(None)


def open_workbook_grid(path: Path):  # type: ignore[no-untyped-def]
    from regsheet.grid import read_grid
    from regsheet.package import open_package

    return read_grid(open_package(path))


def test_a_signed_disagreement_waives_and_stays_on_the_sheet(copy: Path, tmp_path: Path) -> None:
    answer(copy, "OW001", "R3", {**SIGNED, "Until": dt.datetime(2025, 3, 31)})
    assert check(copy)["OW001", "R3"] == "waived"
    again = annotate(copy, tmp_path / "again.xlsx", options()).path
    (row,) = [row for row in shown(again) if row["Risk"] == "R3"]
    assert row["Status"] == "Waived"
    assert {head: row[head] for head in SIGNED} == SIGNED
    assert row["Until"] == dt.datetime(2025, 3, 31)
    assert check(again)["OW001", "R3"] == "waived"


def test_a_waived_correction_is_not_made(copy: Path, tmp_path: Path) -> None:
    assert check(copy)["SC001", "R2"] == "correctable"
    answer(copy, "SC001", "R2", SIGNED)
    again = annotate(copy, tmp_path / "again.xlsx", options()).path
    register = openpyxl.load_workbook(again)["Register"]
    assert register["K3"].value == 8
    assert register["K6"].value == 6


@pytest.mark.parametrize("response", ["Agree", "Done", "maybe"])
def test_other_answers_waive_nothing_and_are_kept(copy: Path, tmp_path: Path, response: str) -> None:
    answer(copy, "DT006", "R4", {**SIGNED, "Response": response, "Until": "when the boiler is in"})
    found = check(copy)
    assert found["DT006", "R4"] == "open"
    assert not any(code.startswith("WV") for code, _ in found)
    again = annotate(copy, tmp_path / "again.xlsx", options()).path
    (row,) = [row for row in shown(again) if row["Risk"] == "R4"]
    assert (row["Response"], row["Until"]) == (response, "when the boiler is in")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({**SIGNED, "Reason": None}, "WV003"),
        ({**SIGNED, "Name": " "}, "WV003"),
        ({**SIGNED, "Until": "some day"}, "WV003"),
        ({**SIGNED, "Until": "30/11/2024"}, "WV002"),
        ({**SIGNED, "Until": dt.datetime(2024, 12, 30)}, "WV002"),
    ],
)
def test_a_waiver_that_does_not_hold_is_a_finding(copy: Path, answers: dict[str, object], code: str) -> None:
    answer(copy, "OW001", "R3", answers)
    found = check(copy)
    assert found["OW001", "R3"] == "open"
    assert {key[0] for key in found if key[0].startswith("WV")} == {code}


def test_sorting_keeps_a_waiver_and_a_changed_value_voids_it(copy: Path, tmp_path: Path) -> None:
    answer(copy, "SC001", "R2", SIGNED)
    book = openpyxl.load_workbook(copy)
    sheet = book["Register"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=7)]
    for number, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    book.save(copy)
    assert check(copy)["SC001", "R2"] == "waived"
    book = openpyxl.load_workbook(copy)
    row = next(cell.row for cell in book["Register"]["A"] if cell.value == "R2")
    book["Register"].cell(row, 11).value = 10
    book.save(copy)
    assert check(copy)["SC001", "R2"] == "correctable"
    again = annotate(copy, tmp_path / "again.xlsx", options()).path
    kept = [row for row in shown(again) if row["Response"] == "Disagree"]
    assert [(row["Status"], row["Reason"]) for row in kept] == [("No longer found", "Agreed by the board")]


def test_an_answer_to_a_finding_that_is_settled_does_not_nag_and_is_kept(copy: Path, tmp_path: Path) -> None:
    answer(copy, "OW001", "R3", {"Response": "Done", "Name": "J. Marsh"})
    book = openpyxl.load_workbook(copy)
    book["Register"]["N4"].value = "Head of Property"
    book.save(copy)
    found = check(copy)
    assert not any(code.startswith(("OW", "WV")) for code, _ in found)
    again = annotate(copy, tmp_path / "again.xlsx", options()).path
    third = annotate(again, tmp_path / "third.xlsx", options()).path
    for path in (again, third):
        (row,) = [row for row in shown(path) if row["Response"]]
        assert (row["Risk"], row["Response"], row["Name"]) == ("R3", "Done", "J. Marsh")
        assert row["Status"] == "No longer found"
        assert str(row["Rule"]).startswith("OW001") and row["What is wrong"]


def test_strip_still_gives_the_original_back(copy: Path, tmp_path: Path) -> None:
    assert strip(copy, tmp_path / "bare.xlsx").exact
    assert open_workbook(copy).responses == ()


def test_a_waiver_of_the_configuration(make_register: MakeRegister) -> None:
    path = make_register(FAULTY)
    waiver = WaiverSetting("SC001", "R2", reason="As the board decided", name="J. Marsh")
    assert check(path, waivers=(waiver,))["SC001", "R2"] == "waived"
    bound = WaiverSetting("wrong-overall-rating", " r2", "residual rating", 8, "As the board decided", "J. Marsh")
    assert check(path, waivers=(bound,))["SC001", "R2"] == "waived"
    other = WaiverSetting("SC001", "R2", "residual_rating", 12, "As the board decided", "J. Marsh")
    found = check(path, waivers=(other,))
    assert found["SC001", "R2"] == "correctable"
    assert found["WV001", "R2"] == "open"


def test_a_waiver_of_a_rule_that_did_not_run_is_not_unused(make_register: MakeRegister) -> None:
    waiver = WaiverSetting("OW002", "R2", reason="As the board decided", name="J. Marsh")
    assert not any(code == "WV001" for code, _ in check(make_register(), waivers=(waiver,)))


def test_some_rules_cannot_be_waived(make_register: MakeRegister) -> None:
    waiver = WaiverSetting("OW001", "R3", reason="As the board decided", name="J. Marsh")
    found = check(make_register(FAULTY), waivers=(waiver,), rules=RulesSetting(unwaivable=("OW",)))
    assert found["OW001", "R3"] == "open"
    assert found["WV001", "R3"] == "open"


def test_a_waiver_of_no_rule_is_refused(make_register: MakeRegister) -> None:
    with pytest.raises(ConfigurationError, match="XX001"):
        check(make_register(), waivers=(WaiverSetting("XX001", "R1"),))
    with pytest.raises(ConfigurationError, match="XX002"):
        check(make_register(), rules=RulesSetting(unwaivable=("XX002",)))


def test_severities_of_the_configuration(make_register: MakeRegister) -> None:
    rules = RulesSetting(severity={"OW": "note", "OW001": "warning"})
    findings = examine(make_register(FAULTY), options(rules=rules)).settled.findings
    assert {finding.severity for finding in findings if finding.code == "OW001"} == {"warning"}
