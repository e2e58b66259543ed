"""Registers and risks that are renamed, renumbered, retitled or moved are followed through the quarters."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_outcomes import AMBER, Q1, Q2, Q3, Q4, RED, book, finding, risk, run

from regsheet.ledger import Ledger
from regsheet.ledger.pairing import KnownRisk, KnownWorkbook, pair_risks, pair_workbooks
from regsheet.outcome.records import MovementRecord

FLOOD, FRAUD, STRIKE = "Flooding of the depot", "Fraud in grants", "Strike of the drivers"
TITLES = st.sampled_from(["", FLOOD, FRAUD, STRIKE, FLOOD + " and yard", "Loss of power", "Loss of water"])


@pytest.mark.parametrize(
    ("then", "now", "previous"),
    [
        ("Housing risks Q3.xlsx", "Housing risks Q4.xlsx", ""),
        ("Housing/Risk register Sept 2024.xlsx", "Housing/Risk register Dec 2024.xlsx", ""),
        ("housing.xls", "housing.xlsx", ""),
        ("old name.xlsx", "quite another.xlsx", "old name.xlsx"),
        ("Housing/old name.xlsx", "quite another.xlsx", "Housing/old name.xlsx"),
        ("risks.xlsx", "another file with the same risks.xlsx", ""),
    ],
)
def test_a_file_that_is_renamed_is_the_same_register(ledger: Ledger, then: str, now: str, previous: str) -> None:
    risks = risk("R1", FLOOD, RED), risk("R2", FRAUD), risk("R3", STRIKE)
    ledger.record(run(Q1, book(Q1, then, *risks, service="H"), book(Q1, "x.xlsx", risk("R1", "Noise", RED))))
    names = [(one.ref, one.title) for one in risks]
    (quarter,) = ledger.history(Q2, file=now, service="H", previous=previous, risks=names)
    assert [past.title for past in quarter.risks] == [FLOOD, FRAUD, STRIKE]
    ledger.record(run(Q2, book(Q2, now, *risks, service="H", previous=previous)))
    assert [(red.title, red.since) for red in ledger.trends(Q2).reds] == [(FLOOD, Q1)]


def test_a_risk_renumbered_and_later_retitled_is_found_in_all_quarters(ledger: Ledger) -> None:
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", FLOOD, RED), risk("R2", FRAUD))))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R2", FLOOD, RED), risk("R3", FRAUD))))
    first, second = ledger.history(Q3, file="a.xlsx")
    for quarter in (first, second):
        past = quarter.find("R2", "Flooding of depot and yard")
        assert past is not None and past.is_red
    assert first.find("R1", FLOOD) is not None  # by its title: the number is another risk's


def test_a_run_that_knows_better_is_believed(ledger: Ledger) -> None:
    """Cause and controls, which the ledger does not hold, told the run that a new title is the same risk."""
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood", RED), findings=(finding("OW001", "R1"),))))
    then, now = risk("R1", "Flood", RED), risk("R1", "Water ingress at operational sites", RED)
    outcome = book(Q2, "a.xlsx", now, findings=(finding("OW001", "R1"),))
    moved = MovementRecord(now.ref, now.title, now.owner, then.current, now.current)
    ledger.record(run(Q2, outcome))
    assert [one.state for one in ledger.trends(Q2).findings] == ["new", "resolved"]
    ledger.record(run(Q2, msgspec.structs.replace(outcome, movements=(moved,))))
    assert [one.state for one in ledger.trends(Q2).findings] == ["persisting"]


def test_a_risk_that_moves_to_another_register_takes_its_past_along(ledger: Ledger) -> None:
    wrong = (finding("OW001", "H7", "Mill Lane homes"),)
    ledger.record(run(Q1, book(Q1, "h.xlsx", risk("H7", "Mill Lane homes", RED), risk("H1", FLOOD), findings=wrong),
                      book(Q1, "p.xlsx", risk("P1", FRAUD))))  # fmt: skip
    wrong = (finding("OW001", "P2", "Mill Lane homes"),)
    ledger.record(run(Q2, book(Q2, "h.xlsx", risk("H1", FLOOD)),
                      book(Q2, "p.xlsx", risk("P1", FRAUD), risk("P2", "Mill Lane homes", RED),
                           findings=wrong)))  # fmt: skip
    trends = ledger.trends(Q2)
    assert [(one.file, one.state, one.first_seen) for one in trends.findings] == [("p.xlsx", "persisting", Q1)]
    assert [(red.file, red.quarters) for red in trends.reds] == [("p.xlsx", 2)]


def test_a_quarter_without_a_register_is_none_of_its_history(ledger: Ledger) -> None:
    """Otherwise the one risk that came from elsewhere would make all others look as if they had been gone then."""
    mill = "Mill Lane homes"
    ledger.record(run(Q1, book(Q1, "h.xlsx", risk("H7", mill)), book(Q1, "p.xlsx", risk("P1", FRAUD, RED))))
    ledger.record(run(Q2, book(Q2, "h.xlsx", risk("H7", mill))))
    ledger.record(run(Q3, book(Q3, "h.xlsx"), book(Q3, "p.xlsx", risk("P1", FRAUD, RED), risk("P2", mill))))
    history = ledger.history(Q4, file="p.xlsx")
    assert [quarter.as_of for quarter in history] == [Q1, Q3]
    assert history[0].find("P1", FRAUD) is not None and history[0].find("P2", mill) is not None


def test_a_new_register_has_the_past_of_those_it_was_made_of(ledger: Ledger) -> None:
    ledger.record(run(Q1, book(Q1, "h.xlsx", risk("H1", FLOOD, RED)), book(Q1, "p.xlsx", risk("P1", FRAUD, RED))))
    ledger.record(run(Q2, book(Q2, "new.xlsx", risk("N1", FLOOD, RED), risk("N2", FRAUD, RED))))
    assert [red.quarters for red in ledger.trends(Q2).reds] == [2, 2]
    first, second = ledger.history(Q3, file="new.xlsx")
    assert {past.title for past in first.risks} == {past.title for past in second.risks} == {FLOOD, FRAUD}


BOOKS = st.lists(
    st.tuples(
        st.sampled_from(["a Q1.xlsx", "a Q2.xlsx", "b.xlsx", "c.xlsx"]),
        st.lists(st.tuples(st.sampled_from(["R1", "R2", "R3", ""]), TITLES, st.booleans()), max_size=4),
    ),
    max_size=3,
    unique_by=lambda one: one[0],
)


@settings(max_examples=15, deadline=None)
@given(st.lists(BOOKS, min_size=3, max_size=3), st.permutations([0, 1, 2, 0, 1]))
def test_whatever_the_order_and_however_often_the_quarters_tell_the_same(quarters: list, order: list[int]) -> None:
    days = (Q1, Q2, Q3)
    runs = [
        run(day, *(
            book(day, file, *(risk(ref, title, RED if red else AMBER, ("Act", day)) for ref, title, red in risks),
                 findings=tuple(finding("OW001", ref, title) for ref, title, _ in risks))
            for file, risks in books))
        for day, books in zip(days, quarters, strict=True)
    ]  # fmt: skip
    told = []
    with TemporaryDirectory() as folder:
        for name, turns in (("one", range(3)), ("other", order)):
            with Ledger(Path(folder) / name) as ledger:
                for turn in turns:
                    ledger.record(runs[turn])
                told.append([ledger.trends(day) for day in days])
    assert told[0] == told[1]
    reds, present = told[0][2].reds, [one for one in told[0][2].findings if one.state != "resolved"]
    assert len(reds) == sum(red for _, risks in quarters[2] for _, _, red in risks)
    assert len(present) == sum(len(risks) for _, risks in quarters[2])


def test_a_reference_given_to_another_risk_is_a_new_risk(ledger: Ledger) -> None:
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", FLOOD, RED), findings=(finding("OW001", "R1"),))))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", FRAUD, RED), findings=(finding("OW001", "R1"),))))
    trends = ledger.trends(Q2)
    assert [one.state for one in trends.findings] == ["new", "resolved"]
    assert [red.quarters for red in trends.reds] == [1]


REFS = st.sampled_from(["", "R1", "R2", "R3", "r-1"])
RISKS = st.lists(st.tuples(REFS, TITLES, st.booleans()), max_size=7)


def known(risks: list[tuple[str, str, bool]], start: int) -> list[KnownRisk]:
    return [KnownRisk(start + place, *one) for place, one in enumerate(risks)]


@given(RISKS, RISKS)
def test_each_risk_is_paired_once_with_one_of_the_other_side(now: list, then: list) -> None:
    here, there = known(now, 0), known(then, 100)
    pairs = pair_risks(here, there)
    assert set(pairs) <= {one.id for one in here}
    assert set(pairs.values()) <= {one.id for one in there}
    assert len(set(pairs.values())) == len(pairs)


@given(st.lists(st.tuples(st.sampled_from(["R1", "R2", "R3", "R4"]), TITLES), unique_by=lambda one: one[0], max_size=4))
def test_a_register_beside_itself_is_paired_risk_by_risk(risks: list) -> None:
    here, there = (known([(*one, False) for one in risks], start) for start in (0, 100))
    assert pair_risks(here, there) == {place: 100 + place for place in range(len(risks))}


FILES = st.lists(st.sampled_from(["a Q1.xlsx", "a Q2.xlsx", "b.xlsx", "c/b.xlsx", "d.csv"]), unique=True, max_size=5)


@given(FILES, FILES, st.lists(st.sampled_from(["", "a Q1.xlsx", "b.xlsx", "x\\y.xlsx"]), min_size=5, max_size=5))
def test_each_workbook_is_paired_once(now: list[str], then: list[str], said: list[str]) -> None:
    here = [KnownWorkbook(place, file, "", said[place]) for place, file in enumerate(now)]
    there = [KnownWorkbook(100 + place, file, "") for place, file in enumerate(then)]
    pairs = pair_workbooks(here, there, {one.id: [] for one in (*here, *there)})
    assert set(pairs) <= set(range(len(now)))
    assert len(set(pairs.values())) == len(pairs)
