"""The whole line on a small register: what goes in, what comes out, and the way back."""

import datetime as dt
import hashlib
import zipfile

import openpyxl
import pytest

import regsheet
from regsheet.pipeline import Options, annotate, examine, read, strip
from regsheet.rules.findings import Severity

AS_OF = dt.date(2024, 12, 31)
OPTIONS = Options(as_of=AS_OF)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def places(findings, *, left_only=False):
    return sorted((f.code, f.cell) for f in findings if not left_only or f.status != "corrected")


def test_a_register_in_order_has_no_finding(make_register):
    assert examine(make_register(), OPTIONS).settled.findings == ()


def test_the_frame_has_a_row_a_risk_and_the_cell_of_each_value(make_register):
    register = read(make_register({(2, "Residual Rating"): 99})).registers[0]
    assert list(register.frame["ref"]) == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert register.frame.at[1, "residual_rating"] == 99
    assert register.cells.at[1, "residual_rating"] == "K3"
    assert str(register.frame["residual_likelihood"].dtype) == "Float64"
    assert register.frame.at[0, "review_date"] == dt.datetime(2024, 12, 10)


def test_a_wrong_rating_is_corrected_and_logged(make_register, tmp_path):
    path = make_register({(2, "Residual Rating"): 5})
    done = annotate(path, options=OPTIONS)
    assert done.path == tmp_path / "register.checked.xlsx"
    (change,) = done.report.settled.changes
    assert (change.code, change.correction.cell, change.before, change.correction.after) == ("SC001", "K3", 5, 6)
    sheet = openpyxl.load_workbook(done.path)["Register"]
    assert sheet["K3"].value == 6
    assert sheet["K3"].comment.text.startswith("Error SC001")


def test_the_input_is_never_written_to(make_register):
    path = make_register({(1, "Risk Owner"): None})
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    annotate(path, options=OPTIONS)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    with pytest.raises(regsheet.RegsheetError, match="never written to"):
        annotate(path, path, options=OPTIONS)


def test_a_correction_takes_the_formula_of_its_column(make_register):
    path = make_register({(3, "Residual Rating"): None}, formulas=True)
    done = annotate(path, options=OPTIONS)
    assert openpyxl.load_workbook(done.path)["Register"]["K4"].value == "=I4*J4"


def test_what_a_correction_brings_to_light_is_reported_too(make_register):
    """A rating cut to 2 hides a red risk without an action; corrected, it is one."""
    changes = {(2, "Residual Likelihood"): 4, (2, "Residual Impact"): 4, (2, "Residual Rating"): 2}
    report = examine(make_register(changes), OPTIONS)
    statuses = {finding.code: finding.status for finding in report.settled.findings}
    assert statuses["SC001"] == "correctable"
    assert statuses["CL003"] == "open"


FAULTS = {
    (1, "Residual Rating"): 5, (2, "Risk Owner"): None, (3, "Residual Likelihood"): None, (4, "Inherent Rating"): None,
    (5, "Further Actions"): "Replace the boiler", (6, "Residual Likelihood"): 9,
}  # fmt: skip


def test_checking_an_annotated_copy_finds_what_was_left(make_register):
    path = make_register(FAULTS)
    done = annotate(path, options=OPTIONS)
    # Read by somebody who knows nothing of our mark, the corrected copy has only what was not corrected.
    before = examine(path, OPTIONS).settled.findings
    after = done.report.settled.findings
    assert places(before) == places(after)
    assert {f.code for f in after if f.status == "corrected"} >= {"SC001", "SC002"}
    assert places(examine(done.path, OPTIONS).settled.findings) == places(before)


def test_annotating_twice_is_annotating_once(make_register, tmp_path):
    once = annotate(make_register(FAULTS), options=OPTIONS).path
    twice = annotate(once, tmp_path / "twice.xlsx", OPTIONS).path
    assert once.read_bytes() == twice.read_bytes()


def test_strip_gives_every_part_back(make_register):
    path = make_register(FAULTS)
    done = strip(annotate(path, options=OPTIONS).path)
    assert done.exact
    assert list(parts(done.path)) == list(parts(path))
    assert parts(done.path) == parts(path)


def test_the_same_input_gives_the_same_bytes(make_register, tmp_path):
    path = make_register(FAULTS)
    first = annotate(path, tmp_path / "first.xlsx", OPTIONS).path
    second = annotate(path, tmp_path / "second.xlsx", OPTIONS).path
    assert first.read_bytes() == second.read_bytes()


def test_without_corrections_nothing_is_corrected(make_register):
    path = make_register(FAULTS)
    done = annotate(path, options=Options(as_of=AS_OF, correct=False))
    assert done.report.settled.changes == ()
    assert {finding.status for finding in done.report.settled.findings} == {"open"}
    assert openpyxl.load_workbook(done.path)["Register"]["K2"].value == 5


def test_an_output_that_somebody_changed_is_not_replaced(make_register):
    path = make_register(FAULTS)
    done = annotate(path, options=OPTIONS)
    annotate(path, options=OPTIONS)  # as we left it: may be replaced
    book = openpyxl.load_workbook(done.path)
    book["Findings"]["N6"] = "Agree"
    book.save(done.path)
    with pytest.raises(regsheet.RegsheetError, match="changed since"):
        annotate(path, options=OPTIONS)
    annotate(path, options=OPTIONS, force=True)


def test_a_workbook_without_register_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "minutes.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "Minutes of the meeting"
    book.save(path)
    with pytest.raises(regsheet.RegsheetError, match="No risk register"):
        annotate(path, options=OPTIONS)
    assert [p.name for p in tmp_path.iterdir()] == ["minutes.xlsx"]


def test_the_front_door(make_register):
    path = make_register({(2, "Risk Owner"): None})
    book = regsheet.read(path)
    (finding,) = regsheet.check(book, as_of=AS_OF)
    assert (finding.code, finding.cell, finding.severity) == ("OW001", "N3", Severity.ERROR)
    assert regsheet.annotate(path, as_of=AS_OF).path.exists()
