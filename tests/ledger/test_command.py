"""``regsheet history``: what it prints, and what it answers to bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_outcomes import AMBER, Q1, Q2, RED, book, finding, risk, run

from regsheet.cli.main import main
from regsheet.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of two quarters and two services."""
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.record(run(
            Q1,
            book(Q1, "h.xlsx", risk("H1", "Damp", RED, ("Survey all homes", Q2)), risk("H2", "Fire", AMBER),
                 findings=(finding("OW001", "H1", "Damp"), finding("SC001", "H2", "Fire")), service="Housing"),
            book(Q1, "f.xlsx", risk("F1", "=cmd()", AMBER), findings=(finding("DT001", "F1", "=cmd()"),),
                 service="Finance"),
        ))  # fmt: skip
        ledger.record(run(
            Q2,
            book(Q2, "h.xlsx", risk("H1", "Damp", RED, ("Survey all homes", Q2.replace(year=2025))),
                 risk("H2", "Fire", AMBER), findings=(finding("OW001", "H1", "Damp"),), service="Housing"),
            book(Q2, "f.xlsx", risk("F1", "=cmd()", RED),
                 findings=(finding("DT001", "F1", "=cmd()"), finding("CL003", "F1", "=cmd()")), service="Finance"),
        ))  # fmt: skip
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["history", *map(str, arguments)], env={"COLUMNS": "120"})


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_text_tells_of_findings_reds_and_slips(path: Path) -> None:
    shown = call(path)
    assert shown.exit_code == 0
    lines = [" ".join(line.split()) for line in shown.output.splitlines()]
    assert "2 quarters to 30 June 2024" in lines
    assert "Risks Q1 2024 Q2 2024" in lines
    assert "Red 1 2" in lines and "Amber 2 1" in lines
    assert "Findings: 1 new, 2 still there, 1 settled since last time" in lines
    assert "OW001 ow001 · 1 ·" in lines
    assert "Q2 2024 warning CL003 Finance F1 a message." in lines
    assert "Q1 2024 2 20 Housing H1 Damp" in lines
    assert "30/06/2024 30/06/2025 1 × Housing H1 Survey all homes" in lines


def test_a_service_and_a_rule_alone(path: Path) -> None:
    found = rows(call(path, "--service", "housing", "--format", "csv").output)
    assert {(row["State"], row["Rule"]) for row in found} == {("persisting", "OW001"), ("resolved", "SC001")}
    found = rows(call(path, "--rule", "CL,dt001", "--format", "csv").output)
    assert {row["Rule"] for row in found} == {"CL003", "DT001"}
    found = rows(call(path, "--rule", "missing-owner", "--format", "csv").output)
    assert {row["Rule"] for row in found} == {"OW001"}


def test_csv_is_inert(path: Path) -> None:
    found = rows(call(path, "--service", "Finance", "--format", "csv").output)
    assert {row["Title"] for row in found} == {"'=cmd()"}


def test_json_has_it_all(path: Path) -> None:
    told = json.loads(call(path, "--format", "json").output)
    assert told["as_of"] == "2024-06-30" and told["quarters"] == ["2024-03-31", "2024-06-30"]
    assert {one["state"] for one in told["findings"]} == {"new", "persisting", "resolved"}
    assert told["reds"][0]["since"] == "2024-03-31"
    assert told["slipped"][0]["times"] == 1


def test_an_earlier_quarter_is_told_as_it_was(path: Path) -> None:
    told = json.loads(call(path, "--as-of", "31/03/2024", "--format", "json").output)
    assert told["as_of"] == "2024-03-31" and {one["state"] for one in told["findings"]} == {"new"}


def test_the_ledger_is_never_replaced_by_a_report(path: Path) -> None:
    before = path.read_bytes()
    result = call(path, "-o", path)
    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert "is read, and never written to" in " ".join(result.output.split())


def test_it_goes_to_a_file(path: Path, tmp_path: Path) -> None:
    for form in ("text", "json", "csv"):
        assert call(path, "--format", form, "-o", tmp_path / form).output == f"Wrote {tmp_path / form}.\n"
    assert "Findings: 1 new" in (tmp_path / "text").read_text("utf-8")
    assert json.loads((tmp_path / "json").read_text("utf-8"))["version"]
    assert (tmp_path / "csv").read_bytes().startswith(b"\xef\xbb\xbfState,")


def test_long_lists_are_cut_unless_all_is_asked_for(path: Path) -> None:
    with Ledger(path) as ledger:
        many = tuple(finding("OW001", f"H{number}") for number in range(40))
        ledger.record(run(Q2, book(Q2, "h.xlsx", findings=many, service="Housing")))
    assert "… and 25 more; --all shows them." in call(path).output
    assert "--all shows them" not in call(path, "--all").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--service", "Housng"), "The ledger has no service “Housng” (did you mean “Housing”?)."),
        (("--rule", "QQ"), "There is no rule “QQ”; 'regsheet rules' lists them all."),
        (("--as-of", "2020-01-01"), "begins with Q1 2024; name a day in that quarter or after it."),
    ],
)
def test_what_is_not_there_is_said(path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = call(path, *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


def test_a_ledger_without_a_finished_run_says_so(tmp_path: Path) -> None:
    Ledger(tmp_path / "ledger.db").close()
    result = call(tmp_path / "ledger.db")
    assert result.exit_code == 2 and "holds no finished run yet" in result.output


def test_a_path_that_leads_nowhere_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    result = call(tmp_path / "none.db")
    assert result.exit_code == 2 and "There is no ledger at" in result.output
    assert list(tmp_path.iterdir()) == []


def test_rebuild_and_folders_go_together(path: Path, tmp_path: Path) -> None:
    for arguments in ((path, tmp_path), (path, "--rebuild")):
        result = call(*arguments)
        assert result.exit_code == 2 and "give both or neither" in result.output
