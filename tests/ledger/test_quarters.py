"""What the quarters show together: new, still there, settled; reds; dates that slipped; bands."""

from __future__ import annotations

import datetime as dt

import pytest
from made_outcomes import AMBER, Q1, Q2, Q3, Q4, RED, book, finding, risk, run

from regsheet.ledger import Ledger
from regsheet.outcome.trends import Trends

LATER = dt.date(2025, 3, 31)


def states(trends: Trends) -> dict[tuple[str, str], str]:
    return {(one.code, one.ref): one.state for one in trends.findings}


def test_findings_are_new_then_persist_then_are_settled(ledger: Ledger) -> None:
    flood, strike = risk("R1", "Flooding of the depot"), risk("R2", "Strike of the drivers")
    ledger.record(run(Q1, book(Q1, "a.xlsx", flood, strike, findings=(finding("OW001", "R1"), finding("SC001", "R2")))))
    assert states(ledger.trends(Q1)) == {("OW001", "R1"): "new", ("SC001", "R2"): "new"}
    ledger.record(run(Q2, book(Q2, "a.xlsx", flood, strike, findings=(finding("OW001", "R1"), finding("DT001", "R1")))))
    trends = ledger.trends(Q2)
    assert states(trends) == {("OW001", "R1"): "persisting", ("DT001", "R1"): "new", ("SC001", "R2"): "resolved"}
    by_code = {one.code: one for one in trends.findings}
    assert (by_code["OW001"].first_seen, by_code["OW001"].last_seen, by_code["OW001"].quarters) == (Q1, Q2, 2)
    assert (by_code["SC001"].first_seen, by_code["SC001"].last_seen, by_code["SC001"].quarters) == (Q1, Q1, 1)
    assert states(ledger.trends(Q1)) == {("OW001", "R1"): "new", ("SC001", "R2"): "new"}  # as it was told then


def test_the_same_quarter_again_takes_the_place_of_the_first(ledger: Ledger) -> None:
    one = book(Q1, "a.xlsx", risk("R1", "Flood", RED), findings=(finding("OW001", "R1"),))
    ledger.record(run(Q1, one, book(Q1, "b.xlsx", risk("R9", "Fraud"))))
    once = ledger.trends(Q1)
    ledger.record(run(Q1, one, book(Q1, "b.xlsx", risk("R9", "Fraud"))))
    assert ledger.trends(Q1) == once
    earlier = dt.date(2024, 2, 15)
    ledger.record(run(earlier, book(earlier, "a.xlsx", risk("R1", "Flood", RED))))
    assert ledger.quarters() == (earlier,)
    assert ledger.trends(Q1).findings == ()
    assert [(band.band, band.risks) for band in ledger.trends(Q1).bands] == [("Red", 1)]


@pytest.mark.parametrize("order", [(Q1, Q2, Q3, Q4), (Q4, Q3, Q2, Q1), (Q2, Q4, Q1, Q3), (Q1, Q2, Q4, Q3, Q2)])
def test_the_order_of_recording_does_not_matter(ledger: Ledger, order: tuple[dt.date, ...]) -> None:
    refs = {Q1: "R1", Q2: "R1", Q3: "R7", Q4: "R7"}
    titles = {Q1: "Flooding of the depot", Q2: "Flooding of the depot and yard", Q3: "Flooding of the depot and yard",
              Q4: "Flood water in depot and yard"}  # fmt: skip
    due = {Q1: Q2, Q2: Q3, Q3: Q4, Q4: LATER}
    for day in order:
        one = risk(refs[day], titles[day], RED, ("Buy a second pump", due[day]))
        ledger.record(run(day, book(day, f"Depot {day}.xlsx", one, findings=(finding("OW001", one.ref, one.title),))))
    trends = ledger.trends(Q4)
    assert trends.quarters == (Q1, Q2, Q3, Q4)
    (persisting,) = trends.findings
    assert (persisting.state, persisting.first_seen, persisting.quarters) == ("persisting", Q1, 4)
    (red,) = trends.reds
    assert (red.ref, red.since, red.quarters) == ("R7", Q1, 4)
    (slip,) = trends.slipped
    assert (slip.first_due, slip.due, slip.times) == (Q2, LATER, 3)


def test_a_break_in_red_begins_anew(ledger: Ledger) -> None:
    for day, score in ((Q1, RED), (Q2, AMBER), (Q3, RED), (Q4, RED)):
        ledger.record(run(day, book(day, "a.xlsx", risk("R1", "Flood", score))))
    assert [(red.since, red.quarters) for red in ledger.trends(Q4).reds] == [(Q3, 2)]
    assert ledger.trends(Q2).reds == ()


def test_closed_risks_are_told_of_no_more(ledger: Ledger) -> None:
    action = ("Buy a pump", Q2), ("Buy a pump", Q3)
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood", RED, action[0]))))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", "Flood", RED, action[1], closed=True))))
    trends = ledger.trends(Q2)
    assert (trends.reds, trends.slipped) == ((), ())
    assert [band.as_of for band in trends.bands] == [Q1]


def test_a_service_that_sent_nothing_for_a_quarter_is_taken_up_again(ledger: Ledger) -> None:
    mine = (finding("OW001", "R1"),)
    other = book(Q2, "b.xlsx", risk("R9", "Fraud"))
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood", RED), findings=mine)))
    ledger.record(run(Q2, other))
    assert ledger.trends(Q2).findings == ()  # not resolved: nobody has looked
    ledger.record(run(Q3, book(Q3, "a.xlsx", risk("R1", "Flood", RED), findings=mine)))
    trends = ledger.trends(Q3)
    assert states(trends) == {("OW001", "R1"): "persisting"}
    assert [(red.since, red.quarters) for red in trends.reds] == [(Q1, 2)]


def test_a_workbook_that_failed_settles_nothing(ledger: Ledger) -> None:
    mine = (finding("OW001", "R1"),)
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"), findings=mine)))
    ledger.record(run(Q2, book(Q2, "a.xlsx", stage="failed")))
    assert ledger.trends(Q2).findings == ()
    ledger.record(run(Q3, book(Q3, "a.xlsx", risk("R1", "Flood"), findings=mine)))
    assert states(ledger.trends(Q3)) == {("OW001", "R1"): "persisting"}


def test_what_was_not_checked_is_not_settled(ledger: Ledger) -> None:
    both = finding("DT009", "R1", field="action_date"), finding("OW001", "R1")
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"), findings=both)))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", "Flood"), not_run=(("DT009", "no workbook"),))))
    assert states(ledger.trends(Q2)) == {("OW001", "R1"): "resolved"}


def test_waived_findings_are_left_out_and_not_forgotten(ledger: Ledger) -> None:
    for day, status in ((Q1, "open"), (Q2, "waived"), (Q3, "open")):
        found = (finding("OW001", "R1", status=status),)
        ledger.record(run(day, book(day, "a.xlsx", risk("R1", "Flood"), findings=found)))
    assert ledger.trends(Q2).findings == ()
    (again,) = ledger.trends(Q3).findings
    assert (again.state, again.first_seen, again.quarters) == ("persisting", Q1, 3)


def test_findings_about_no_risk_belong_to_their_workbook(ledger: Ledger) -> None:
    sheet = finding("HY004", None, field=None)
    ledger.record(run(Q1, book(Q1, "a.xlsx", findings=(sheet,)), book(Q1, "b.xlsx")))
    ledger.record(run(Q2, book(Q2, "a.xlsx"), book(Q2, "b.xlsx", findings=(sheet,))))
    assert {(one.file, one.state) for one in ledger.trends(Q2).findings} == {("a.xlsx", "resolved"), ("b.xlsx", "new")}


def test_several_findings_of_a_kind_are_counted_one_for_one(ledger: Ledger) -> None:
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"), findings=(finding("TX001", "R1"),) * 3)))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", "Flood"), findings=(finding("TX001", "R1"),) * 2)))
    assert sorted(one.state for one in ledger.trends(Q2).findings) == ["persisting", "persisting", "resolved"]


def test_an_action_is_followed_by_its_words(ledger: Ledger) -> None:
    then = (("Buy a second pump", Q2), ("Train the staff", Q3), ("Write a plan", Q4), ("Brought forward", LATER))
    now = (("Train all of the staff", Q4), ("Buy a second pump.", Q3), ("Something else altogether", LATER),
           ("Write a plan - done", LATER), ("Brought forward", Q4))  # fmt: skip
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood", AMBER, *then))))
    ledger.record(run(Q2, book(Q2, "a.xlsx", risk("R1", "Flood", AMBER, *now))))
    assert {(slip.action, slip.first_due, slip.due) for slip in ledger.trends(Q2).slipped} == {
        ("Train all of the staff", Q3, Q4),
        ("Buy a second pump.", Q2, Q3),
    }


def test_nothing_recorded_shows_nothing(ledger: Ledger) -> None:
    assert ledger.trends(Q1) == Trends(Q1)
    assert ledger.history(Q1, file="a.xlsx") == ()


def test_a_later_day_tells_of_the_last_quarter_recorded(ledger: Ledger) -> None:
    ledger.record(run(Q1, book(Q1, "a.xlsx", risk("R1", "Flood"))))
    assert ledger.trends(Q3).as_of == Q1
