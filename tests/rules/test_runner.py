"""The runner: which rules run, in what order findings come, and what is said of rules that could not run."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from regsheet.errors import ConfigurationError
from regsheet.rules import registry
from regsheet.rules.base import Context, Example
from regsheet.rules.examples import context_of
from regsheet.rules.findings import Severity
from regsheet.rules.runner import run_rules

ROWS = (
    {"ref": "R1", "title": "Flood", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 6},
    {"ref": "R1", "title": "Fire", "residual_likelihood": 4, "residual_impact": 2, "owner": "Chief Executive"},
)


def context(**settings: object) -> Context:
    return context_of(Example(rows=ROWS, settings=settings))


def test_findings_come_in_reading_order() -> None:
    findings, _ = run_rules(context())
    assert [(finding.cell, finding.code) for finding in findings] == [
        ("E2", "SC001"), ("F2", "OW001"), ("A3", "RF002"), ("E3", "SC002"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (("SC",), (), ["SC001", "SC002"]),
        (("sc001", "missing-owner"), (), ["SC001", "OW001"]),
        ((), ("SC", "RF002"), ["OW001"]),
        (("SC",), ("SC001",), ["SC002"]),
    ],
)
def test_rules_are_chosen_by_code_family_and_name(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str]
) -> None:
    findings, _ = run_rules(context(), select, ignore)
    assert [finding.code for finding in findings] == codes


def test_the_configuration_chooses_where_nothing_else_does() -> None:
    findings, not_run = run_rules(context(rules={"select": ["SC"], "ignore": ["SC002"]}))
    assert {finding.code for finding in findings} == {"SC001"}
    assert {one.code[:2] for one in not_run} == {"SC"}


def test_a_severity_of_the_configuration_counts_and_a_code_counts_more_than_its_family() -> None:
    findings, _ = run_rules(context(rules={"severity": {"SC001": "note", "SC": "warning"}}), ("SC",))
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("SC001", Severity.NOTE), ("SC002", Severity.WARNING),
    ]  # fmt: skip


def test_an_unknown_code_is_a_fault_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match="no rule 'SC999'"):
        run_rules(context(), ("SC999",))


def test_what_could_not_run_says_why_and_where() -> None:
    _, not_run = run_rules(context())
    why = {one.code: one.why for one in not_run}
    assert why["DT001"] == "sheet 'Register' has no column for action date"
    assert why["AM001"] == "the workbook has no assurance map"
    assert "SC001" not in why


def test_a_rule_that_runs_on_one_register_only_names_the_other() -> None:
    both = context()
    other = context_of(Example(rows=({"ref": "R9", "title": "Fraud", "owner": None},)))
    table = dataclasses.replace(other.book.registers[0].table, sheet="Second")
    other.book.registers[0].sheet.name = "Second"
    second = dataclasses.replace(other.book.registers[0], table=table)
    book = dataclasses.replace(both.book, registers=(*both.book.registers, second))
    findings, not_run = run_rules(dataclasses.replace(both, book=book), ("SC002", "OW001"))
    assert [(finding.sheet, finding.code) for finding in findings] == [
        ("Register", "OW001"), ("Register", "SC002"), ("Second", "OW001"),
    ]  # fmt: skip
    assert [one.code for one in not_run] == ["SC002"]
    assert "'Second'" in not_run[0].why


def test_a_workbook_without_a_register_runs_no_register_rule() -> None:
    empty = context_of(Example(map_rows=({"risk_title": "Flood", "line_1": "A plan"},)))
    _, not_run = run_rules(empty)
    assert {one.why for one in not_run if one.code.startswith("SC0")} >= {"the workbook has no register"}


def test_every_date_rule_goes_by_the_as_of_date() -> None:
    example = Example(rows=({"ref": "R1", "title": "A", "actions": "Fit alarms", "action_date": dt.date(2024, 5, 1)},))
    early = dataclasses.replace(example, as_of=dt.date(2024, 4, 30))
    assert [f.code for f in run_rules(context_of(example), ("DT001",))[0]] == ["DT001"]
    assert run_rules(context_of(early), ("DT001",))[0] == []


def test_a_rule_is_named_by_code_or_name_and_not_by_family() -> None:
    assert registry.rule_named("ow001") is registry.rule_named("missing-owner")
    with pytest.raises(ConfigurationError, match="family"):
        registry.rule_named("OW")
