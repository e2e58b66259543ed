"""The rules that need several quarters find what they look for in the history that a ledger gives."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from made_outcomes import Q1, Q2, Q3, Q4, run
from tests.conftest import MakeRegister

from regsheet.ledger import Ledger
from regsheet.outcome.build import Identity, outcome_of
from regsheet.pipeline import Options, annotate, check_book, examine, load
from regsheet.writer.report import Report

QUARTERS = (Q1, Q2, Q3, Q4)
DUE = dict(zip(QUARTERS, (Q2, Q3, Q4, dt.date(2025, 3, 31)), strict=True))


def at(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def red_register(make: MakeRegister, day: dt.date, *, ref: str = "R2", name: str = "", red: bool = True) -> Path:
    """A register of which one risk is red, with an action whose date moves on with the quarters."""
    score = 5 if red else 2
    changes = {
        (2, "Ref"): ref,
        (2, "Risk Title"): "Flooding of the depot",
        (2, "Inherent Likelihood"): 5, (2, "Inherent Impact"): 5, (2, "Inherent Rating"): 25,
        (2, "Residual Likelihood"): score, (2, "Residual Impact"): score, (2, "Residual Rating"): score * score,
        (2, "Further Actions"): "Buy a second pump for the yard",
        (2, "Target Date"): at(DUE[day]),
        **{(number, "Review Date"): at(day - dt.timedelta(days=20)) for number in range(1, 7)},
    }  # fmt: skip
    return make(changes, name=name or f"register {day}.xlsx")


def record(ledger: Ledger, path: Path, day: dt.date) -> Report:
    """What a run does: check with the history so far, and record."""
    history = ledger.history(day, file=path.name)
    report = examine(path, Options(as_of=day, history=history))
    options = Options(as_of=day)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    ledger.record(run(day, outcome_of(report, Identity(path.name, "Property", sha256), options.config)))
    return report


def codes(report: Report) -> dict[str, str]:
    return {finding.code: finding.message for finding in report.settled.findings}


def test_long_red_and_slipped_dates_are_found_in_the_fourth_quarter(
    ledger: Ledger, make_register: MakeRegister
) -> None:
    reports = [record(ledger, red_register(make_register, day), day) for day in QUARTERS]
    assert ["CL009" in codes(report) for report in reports] == [False, False, False, True]
    assert codes(reports[3])["CL009"].endswith("red for 4 quarters, since quarter 1 of 2024 at the latest.")
    assert ["DT009" in codes(report) for report in reports] == [False, True, True, True]
    assert "moved later 3 times, from 30 June 2024 to 31 March 2025" in codes(reports[3])["DT009"]


def test_a_risk_renumbered_in_a_file_renamed_is_red_for_as_long(ledger: Ledger, make_register: MakeRegister) -> None:
    for day, ref in zip(QUARTERS, ("R2", "R2", "R20", "R20"), strict=True):
        name = f"Property risks Q{day.month // 3} {day.year}.xlsx"
        report = record(ledger, red_register(make_register, day, ref=ref, name=name), day)
    assert "CL009" in codes(report)


def test_a_quarter_in_amber_ends_the_count(ledger: Ledger, make_register: MakeRegister) -> None:
    for day in QUARTERS:
        report = record(ledger, red_register(make_register, day, red=day != Q2), day)
    assert "CL009" not in codes(report)


def test_running_the_last_quarter_again_counts_nothing_twice(ledger: Ledger, make_register: MakeRegister) -> None:
    for day in QUARTERS[:3]:
        record(ledger, red_register(make_register, day), day)
    path = red_register(make_register, Q4)
    first, again = record(ledger, path, Q4), record(ledger, path, Q4)
    assert codes(first) == codes(again)
    assert "since quarter 1 of 2024" in codes(again)["CL009"]


def test_history_given_to_check_book_or_annotate_is_the_same(ledger: Ledger, make_register: MakeRegister,
                                                             tmp_path: Path) -> None:  # fmt: skip
    for day in QUARTERS[:3]:
        record(ledger, red_register(make_register, day), day)
    path = red_register(make_register, Q4)
    history = ledger.history(Q4, file=path.name)
    assert len(history) == 3
    loaded = load(path, Options(as_of=Q4))
    settled = check_book(loaded.book, loaded.options, history=history)
    assert {"CL009", "DT009"} <= {finding.code for finding in settled.findings}
    done = annotate(path, tmp_path / "out.xlsx", Options(as_of=Q4, history=history))
    assert {"CL009", "DT009"} <= {finding.code for finding in done.report.settled.findings}
    alone = examine(path, Options(as_of=Q4))
    assert not {"CL009", "DT009"} & {finding.code for finding in alone.settled.findings}


def test_a_history_of_no_quarters_counts_as_none(make_register: MakeRegister) -> None:
    path = red_register(make_register, Q4)
    given, none = (examine(path, Options(as_of=Q4, history=history)) for history in ((), None))
    assert given.settled.not_run == none.settled.not_run
    assert any(item.code == "CL009" and "no history" in item.why for item in given.settled.not_run)


@pytest.mark.parametrize("quarters", [1, 2])
def test_too_few_quarters_are_said_to_be_too_few(ledger: Ledger, make_register: MakeRegister, quarters: int) -> None:
    for day in QUARTERS[4 - quarters - 1 : 3]:
        record(ledger, red_register(make_register, day), day)
    report = examine(
        red_register(make_register, Q4), Options(as_of=Q4, history=ledger.history(Q4, file="register.xlsx"))
    )
    why = [item.why for item in report.settled.not_run if item.code == "CL009"]
    assert why == [f"the history holds {quarters + 1} quarters with this one, and the rule counts 4"]
