"""Findings that say the same of many risks are read together; the rest stay with their risks."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.grid.addresses import Area, address
from regsheet.rules import registry
from regsheet.rules.base import Example
from regsheet.rules.examples import context_of, findings_of
from regsheet.rules.findings import Finding
from regsheet.rules.grouping import MONTHS, brief, grouped, masked, masked_advice, runs, sentence_of
from regsheet.rules.runner import run_rules


def found(code: str, rows: tuple[Mapping[str, object], ...]) -> list[Finding]:
    return findings_of(registry.rule_named(code), Example(rows=rows))


def without_owner(count: int) -> tuple[Mapping[str, object], ...]:
    return tuple({"ref": f"R{n}", "title": f"Risk {n}", "owner": None} for n in range(1, count + 1))


def test_forty_blank_owners_are_one_sentence_with_forty_places() -> None:
    groups, rest = grouped(found("OW001", without_owner(40)))
    assert rest == []
    (group,) = groups
    assert (group.size, group.sentence) == ("40 risks", "No owner is named.")
    assert group.places[0] == ("R1", "C2", "") and len(group.places) == 40
    assert group.runs == ("C2:C41",)


@pytest.mark.parametrize(("count", "together"), [(5, False), (6, True)])
def test_a_few_stay_with_their_risks(count: int, together: bool) -> None:
    findings = found("OW001", without_owner(count))
    groups, rest = grouped(findings)
    assert (bool(groups), rest == findings) == (together, not together)


def test_sentences_that_differ_by_their_dates_are_one_group_that_shows_them() -> None:
    rows = tuple({"ref": f"R{n}", "title": "A", "actions": "Fit alarms", "action_date": dt.date(2024, n, 3)}
                 for n in range(1, 8))  # fmt: skip
    (group,), rest = grouped(found("DT001", rows))
    assert rest == []
    assert group.sentence == "An action's date has passed and the action is still open."
    assert group.places[:2] == (("R1", "D2", "3 January 2024"), ("R2", "D3", "3 February 2024"))


def test_sentences_whose_figures_are_the_news_stay_apart() -> None:
    rows = tuple({"ref": f"R{n}", "title": "A", "residual_likelihood": 1 + n % 5, "residual_impact": 5,
                  "residual_rating": 1} for n in range(10))  # fmt: skip
    groups, rest = grouped(found("SC001", rows))
    assert groups == [] and len(rest) == 10


def test_what_is_waived_or_on_another_sheet_is_another_group() -> None:
    findings = found("OW001", without_owner(12))
    half = [dataclasses.replace(finding, status="waived") for finding in findings[:6]]
    assert [group.status for group in grouped([*half, *findings[6:]])[0]] == ["waived", "open"]
    other = [dataclasses.replace(finding, sheet="Second") for finding in findings[:6]]
    assert [group.sheet for group in grouped([*other, *findings[6:]])[0]] == ["Second", "Register"]


def test_nothing_is_lost_or_doubled() -> None:
    rows = tuple({**row, "action_date": "May-24", "actions": "Fit alarms"} for row in without_owner(9))
    findings, _ = run_rules(context_of(Example(rows=rows)))
    groups, rest = grouped(findings)
    together = [id(finding) for group in groups for finding in group.findings]
    assert sorted([*together, *map(id, rest)]) == sorted(map(id, findings))
    assert len(groups) > 1


def test_findings_about_the_table_are_never_grouped() -> None:
    about = Finding("HY004", "hidden-content", registry.rule_named("HY004").severity, "Register", "A1",
                    "column A of the register is hidden.", "Check what it holds.")  # fmt: skip
    assert sentence_of(about) is None
    assert grouped([about] * 9) == ([], [about] * 9)


def test_several_findings_on_one_risk_are_said_so() -> None:
    items = "\n".join(f"• Audit of area {letter}" for letter in "ABCDEFG")
    example = Example(map_rows=({"risk_title": "Fraud", "line_1": "Checks", "line_3": items},))
    (group,), _ = grouped(findings_of(registry.rule_named("AM004"), example))
    assert group.size == "7 times on 1 risk"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["K3", "K2", "K4"], ("K2:K4",)),
        (["K2", "K4", "K5"], ("K2", "K4:K5")),
        (["L2", "K2"], ("K2", "L2")),
        (["C8", "C8"], ("C8",)),
        (["AA1", "Z1"], ("Z1", "AA1")),
        ([], ()),
    ],
)
def test_cells_below_each_other_are_one_range(cells: list[str], expected: tuple[str, ...]) -> None:
    assert runs(cells) == expected


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (3.0, "3"), ("Sep-24", "Sep-24"), ("□ July 2024", "July 2024"),
     (dt.datetime(2024, 5, 1), "1 May 2024"), ("A long text that nobody wants to read here", "")],
)  # fmt: skip
def test_a_value_in_passing_is_short(value: object, shown: str) -> None:
    assert brief(value) == shown  # type: ignore[arg-type]


def test_advice_for_many_names_no_value() -> None:
    assert masked_advice("Type it as a date: 23 June 2026.") == "Type it as a date."
    assert masked_advice("Review the risk: soon.") == "Review the risk: soon."


PIECES = ("more than ", "the month that ends on ", "3", " ", "12", "1", " days", " day", " months", " year",
          " May 2024", "March ", "2024", "“", "”", "x", "m", "t", "\n", ".", "1.5", "٣")  # fmt: skip
PLAIN_CHANGING = re.compile(
    r"“[^”]*”|(?:more than )?(?<!\d)\d+ (?:day|month|year)s?\b|\bthe month that ends on "
    rf"|\d{{1,2}} (?:{MONTHS}) \d{{4}}"
)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.sampled_from(["", "1", "3", "12", "1.5", "-1"]))
def test_what_may_differ_is_taken_out(sentence: str, figure: str) -> None:
    plain = sentence
    if figure:
        plain = re.sub(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", "…", sentence, count=1)
    assert masked(sentence, figure) == PLAIN_CHANGING.sub("…", plain)


@given(st.sets(st.tuples(st.integers(1, 9), st.sampled_from([1, 2, 3, 28]))))
def test_runs_hold_all_cells_and_are_as_few_as_they_can_be(places: set[tuple[int, int]]) -> None:
    found = [Area.parse(run) for run in runs(address(*place) for place in places)]
    assert sorted(place for area in found for place in area.positions()) == sorted(places)
    assert found == sorted(found, key=lambda area: (area.first_column, area.first_row))
    assert not any((area.last_row + 1, area.first_column) in places for area in found)
    assert runs(["C3", "B7", "C4"]) == ("B7", "C3:C4")
