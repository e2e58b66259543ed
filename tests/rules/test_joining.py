"""Register and assurance map joined, in one workbook and in two that are checked in the same run."""

from __future__ import annotations

import dataclasses

import pytest

from regsheet.rules.base import Context, Example
from regsheet.rules.examples import context_of
from regsheet.rules.findings import Finding
from regsheet.rules.joining import Nearest, nearest, nearest_in_registers, said
from regsheet.rules.runner import run_rules

RISKS = (
    {"ref": "R1", "title": "Flooding of the depot", "residual_likelihood": 5, "residual_impact": 5},
    {"ref": "R2", "title": "Fraud by staff", "residual_likelihood": 1, "residual_impact": 2},
    {"ref": "R3", "title": "Loss of the data centre", "residual_likelihood": 2, "residual_impact": 2},
)
MAPPED = (
    {"risk_ref": "R1", "risk_title": "Depot flooding", "line_1": "Flood plan", "line_3": None},
    {"risk_ref": None, "risk_title": "Staff fraud", "line_1": "Dual sign-off", "line_3": "Audit, May 2024"},
    {"risk_ref": "R9", "risk_title": "Failure of a contractor", "line_1": "Contract managers", "line_3": None},
)
JOINING = ("AM002", "AM006", "AM007")


def together() -> Context:
    """Register and map in one workbook."""
    return context_of(Example(rows=RISKS, map_rows=MAPPED))


def apart() -> tuple[Context, Context]:
    """The register's workbook and the map's, each with the other beside it."""
    register, assurance_map = context_of(Example(rows=RISKS)), context_of(Example(map_rows=MAPPED))
    return (dataclasses.replace(register, others=(assurance_map.book,)),
            dataclasses.replace(assurance_map, others=(register.book,)))  # fmt: skip


def brief(findings: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return sorted((finding.code, finding.ref, finding.field) for finding in findings)


def test_one_workbook_and_two_are_joined_alike() -> None:
    expected = [("AM002", "R1", "line_3"), ("AM006", "R9", "risk_title"), ("AM007", "R3", "title")]
    findings, not_run = run_rules(together(), JOINING)
    assert (brief(findings), not_run) == (expected, [])
    registers, maps = apart()
    assert brief([*run_rules(maps, JOINING)[0], *run_rules(registers, JOINING)[0]]) == expected


def test_each_workbook_reports_what_stands_in_it() -> None:
    registers, maps = apart()
    assert {finding.sheet for finding in run_rules(registers, JOINING)[0]} == {"Register"}
    assert {finding.sheet for finding in run_rules(maps, JOINING)[0]} == {"Assurance Map"}


def test_a_sentence_names_the_nearest_and_how_alike_it_is() -> None:
    messages = {finding.code: finding.message for finding in run_rules(together(), JOINING)[0]}
    assert messages["AM006"].startswith("R9 Failure of a contractor: the risk is not in the register; the nearest")
    assert messages["AM006"].endswith(" % alike).")
    assert "; the nearest is “" in messages["AM007"]
    assert "found there by its reference, 100 % alike" in messages["AM002"]


def test_another_workbook_is_named() -> None:
    _, maps = apart()
    red = next(finding for finding in run_rules(maps, ("AM002",))[0])
    assert "in the register of example.xlsx (found" in red.message


def test_alone_neither_can_be_joined_and_that_is_said() -> None:
    _, not_run = run_rules(context_of(Example(map_rows=MAPPED)), JOINING)
    assert {one.code for one in not_run} == set(JOINING)
    _, not_run = run_rules(context_of(Example(rows=RISKS)), JOINING)
    assert {one.code for one in not_run} == set(JOINING)


@pytest.mark.parametrize(("title", "score"), [("Fraud by staff", 100), ("staff by fraud", 100)])
def test_likeness_does_not_ask_for_the_order_of_words(title: str, score: float) -> None:
    found = nearest_in_registers(title, together().book.registers)
    assert found == Nearest("R2 Fraud by staff", score)


def test_nothing_to_compare_leaves_the_sentence_as_it_is() -> None:
    assert nearest("Fraud", []) is None and nearest("", [("Fraud", "R1")]) is None
    assert said(None) == ""
