"""The figures of a quarter, each worked out by hand."""

import datetime as dt

import pytest
from tests.quarter.runs import (
    AS_OF,
    FIVE_BY_FIVE,
    FOUR_BY_FOUR,
    QUARTERS,
    THREE_BY_THREE,
    WORD_ONLY,
    finding,
    moved,
    outcome,
    risk,
    run,
    stage,
)  # fmt: skip

from regsheet.outcome.records import ActionRecord, AssuranceRecord, MovementRecord, Outcome, StageRecord
from regsheet.outcome.trends import BandCount, FindingHistory, RedHistory, Trends
from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import Counts
from regsheet.quarter.summary import summarise

LATE = ActionRecord("Train the staff", dt.date(2024, 11, 30), True)
LATER = ActionRecord("Buy the pump", dt.date(2024, 6, 1), True)
AHEAD = ActionRecord("Write the plan", dt.date(2025, 3, 31), False)


def housing() -> Outcome:
    """Three open risks, one red; H1 came from amber into red, H3 is new, H9 was closed."""
    first = risk("H1", FIVE_BY_FIVE, (5, 5), (4, 4), (2, 2), actions=[LATE, AHEAD])
    second = risk("H2", FIVE_BY_FIVE, (3, 3), (2, 2), (2, 2), actions=[LATER, LATE])
    third = risk("H3", FIVE_BY_FIVE, (4, 4), (3, 3), (1, 3))
    shut = risk("H4", FIVE_BY_FIVE, (5, 5), (5, 5), (5, 5), actions=[LATER], closed=True)
    gone = risk("H9", FIVE_BY_FIVE, (5, 5), (5, 4))
    return outcome(
        "Housing",
        (first, second, third, shut),
        previous="housing-q3.xlsx",
        movements=(
            moved(first, stage(FIVE_BY_FIVE, 3, 4)),
            moved(second, stage(FIVE_BY_FIVE, 2, 2)),
            moved(third, None),
            MovementRecord(gone.ref, gone.title, gone.owner, gone.current, None),
        ),
        findings=(
            finding("SC001", "error", "H1", status="corrected"),
            finding("DT002", "warning", "H2", name="overdue-action"),
            finding("DT002", "warning", "H1", name="overdue-action", status="waived"),
        ),
    )


def leisure() -> Outcome:
    """Two risks on a 4 × 4 scale, one red; L1 fell from red to amber, L2 rose within red."""
    first = risk("L1", FOUR_BY_FOUR, (4, 4), (3, 3), (1, 2))
    second = risk("L2", FOUR_BY_FOUR, (4, 4), (4, 4), (4, 3))
    return outcome(
        "Leisure",
        (first, second),
        FOUR_BY_FOUR,
        previous="leisure-q3.xlsx",
        movements=(moved(first, stage(FOUR_BY_FOUR, 3, 4)), moved(second, stage(FOUR_BY_FOUR, 4, 3))),
        findings=(finding("SC001", "error", "L2"), finding("HY002", "note", None, name="stray-spaces")),
    )


def trends() -> Trends:
    def history(code: str, ref: str, state: str, quarters: int) -> FindingHistory:
        return FindingHistory("Housing", "housing.xlsx", code, "x", "error", ref, f"Failure of arrangement {ref}",
                              "residual_rating", "Director", f"The rating of {ref} is wrong.", state,  # type: ignore[arg-type]
                              QUARTERS[-quarters], AS_OF, quarters)  # fmt: skip

    return Trends(
        AS_OF,
        QUARTERS[2:],
        (
            BandCount(QUARTERS[2], "Housing", "Red", "FF0000", True, 2),
            BandCount(QUARTERS[2], "Housing", "White", "FFFFFF", False, 3),
            BandCount(QUARTERS[2], "Leisure", "High", "FFC000", False, 1),
            BandCount(AS_OF, "Housing", "Red", "FF0000", True, 1),
            BandCount(AS_OF, "Housing", "odd", "", False, 1),
        ),
        (
            history("SC001", "H1", "persisting", 2),
            history("DT002", "H2", "new", 1),
            history("CL003", "H9", "resolved", 3),
        ),
        (RedHistory("Housing", "housing.xlsx", "H1", "Failure of arrangement H1", 16, QUARTERS[2], 2),),
    )


@pytest.fixture(scope="module")
def summary() -> Summary:
    broken = outcome("Harbour", (), None, stage="failed", output="", reason="It is no workbook.")
    return summarise(run(broken, housing(), leisure(), gone=("theatre.xlsx",)), trends())


def test_headline(summary):
    total = summary.total
    assert len(summary.services) == 2  # the one that could not be read is none
    assert total.risks == 5  # H1 H2 H3 L1 L2; H4 is closed
    assert total.red == 2  # H1 16, L2 16
    assert summary.red_before == 3  # L1 12, L2 12 of 16, H9 20
    assert (summary.into_red, summary.out_of_red) == (1, 1)  # H1; L1
    assert (total.up, total.down, total.new, total.closed) == (2, 1, 1, 1)  # H1 L2; L1; H3; H9
    assert total.overdue == 3  # H1 one, H2 two; those of H4 do not count
    assert total.findings == Counts(errors=2, warnings=1, notes=1, corrected=1, waived=1)
    assert summary.resolved == 1


def test_services_stand_with_the_reddest_first(summary):
    assert [line.service for line in summary.services] == ["Housing", "Leisure"]  # one red each, three risks before two
    first, second = summary.services
    assert (first.red, first.up, first.down, first.new, first.closed, first.overdue) == (1, 1, 0, 1, 1, 3)
    assert (second.red, second.up, second.down, second.new, second.closed, second.overdue) == (1, 1, 1, 0, 0, 0)
    assert second.findings == Counts(errors=1, notes=1)


def test_bands_of_different_registers_share_a_ladder(summary):
    # The registers have three and four bands: four steps, green yellow amber red. White is the lowest of three, and so
    # green; amber the middle one, half-way between yellow and amber, and halves go to the worse.
    assert [step.name for step in summary.ladder.steps] == ["Green", "Yellow", "Amber", "Red"]
    first, second = summary.services
    assert first.stages["inherent"].steps == (0, 0, 1, 2)  # H2 9 amber; H1 25, H3 16 red
    assert first.stages["residual"].steps == (1, 0, 1, 1)  # H2 4 white; H3 9 amber; H1 16 red
    assert second.stages["residual"].steps == (0, 0, 1, 1)  # L1 9 high; L2 16 very high
    assert second.stages["target"].steps == (1, 0, 0, 1)  # L1 2 low; L2 12 very high
    assert summary.total.stages["residual"].steps == (1, 0, 2, 2)


def test_risks_are_placed_by_their_part_of_the_scale(summary):
    # 5 × 5 and 4 × 4 meet on 5 × 5. Levels 1 2 3 4 of four are at 0, 1/3, 2/3, 1: steps 0, 1, 3, 4 of five.
    assert not summary.matrix.shared
    residual = next(one for one in summary.matrices if one.stage == "residual")
    assert {place: cell.risks for place, cell in residual.cells.items()} == {
        (3, 3): 2,  # H1 at 4 × 4 of five, L1 at 3 × 3 of four
        (1, 1): 1,  # H2
        (2, 2): 1,  # H3
        (4, 4): 1,  # L2
    }
    assert residual.cells[3, 3].steps == {2: 1, 3: 1}
    assert (residual.placed, residual.not_placed) == (5, 0)


def test_order_of_the_lists(summary):
    assert [line.risk.ref for line in summary.moved] == ["H1", "L2", "L1"]  # into red, up, out of red
    # L2 has 16 of 16, H1 16 of 25; L1 9 of 16, H3 9 of 25, H2 4 of 25
    assert [line.risk.ref for line in summary.worst] == ["L2", "H1", "L1", "H3", "H2"]
    assert [line.risk.ref for line in summary.reds] == ["L2", "H1"]
    assert [line.ref for line in summary.gone] == ["H9"]
    assert [(line.service, line.overdue) for line in summary.overdue] == [("Housing", 3)]
    assert summary.oldest_overdue.risk.ref == "H2"
    assert [(line.code, line.findings.total, line.services) for line in summary.rules] == [
        ("SC001", 2, 2), ("DT002", 1, 1), ("HY002", 1, 1),
    ]  # fmt: skip


def test_what_earlier_quarters_tell(summary):
    red = next(line for line in summary.risks if line.risk.ref == "H1")
    assert (red.red_since, red.red_quarters) == (QUARTERS[2], 2)
    assert [line.next_due for line in summary.risks] == [dt.date(2025, 3, 31), None, None, None, None]
    assert [(then.as_of, then.bands.steps, then.bands.unbanded) for then in summary.bands] == [
        (QUARTERS[2], (3, 0, 1, 2), 0), (AS_OF, (0, 0, 0, 1), 1),
    ]  # fmt: skip
    seen = {(line.finding.code, line.finding.ref): (line.first_seen, line.quarters) for line in summary.findings}
    assert seen["SC001", "H1"] == (QUARTERS[2], 2)
    assert seen["SC001", "L2"] == (None, None)
    # H1's for two quarters; H2's, L2's and the note for one; the waived one does not count
    assert [age.findings.total for age in summary.ages] == [3, 1]  # of two quarters on record
    assert sum(age.findings.total for age in summary.ages) == summary.total.findings.total


def test_first_quarter():
    quiet = outcome("Housing", housing().risks)
    summary = summarise(run(quiet), None)
    assert summary.first_quarter
    assert (summary.bands, summary.ages, summary.red_before) == ((), (), None)
    assert not summary.total.compared
    assert all(line.movement == "" for line in summary.risks)


def test_totals_of_last_quarter_only_where_every_register_was_compared():
    alone = outcome("Leisure", leisure().risks, FOUR_BY_FOUR)
    assert summarise(run(housing(), alone), None).red_before is None


def test_nothing_and_nothing_but_failures():
    for outcomes in ((), (outcome("A", (), None, stage="failed", output="", reason="No."),)):
        summary = summarise(run(*outcomes), None)
        assert (summary.total.risks, summary.services, summary.worst, summary.matrices) == (0, (), (), ())
        assert len(summary.files) == len(outcomes)


def test_words_without_a_scale_are_listed_beside_the_matrix():
    item = risk("W1", WORD_ONLY, (None, None))
    words = outcome("Registrars", (msg(item, StageRecord(band="High", is_red=True)),), WORD_ONLY)
    summary = summarise(run(housing(), words), None)
    assert [(one.service, one.risks) for one in summary.not_placed] == [("Registrars", 1)]
    assert next(line for line in summary.services if line.service == "Registrars").red == 1


def msg(item, scores):
    import msgspec

    return msgspec.structs.replace(item, stages={"residual": scores})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (stage(FIVE_BY_FIVE, 4, 4), stage(FIVE_BY_FIVE, 4, 3), "down"),
        (stage(FIVE_BY_FIVE, 2, 4), stage(FIVE_BY_FIVE, 4, 2), "same"),
        (StageRecord(band="White"), StageRecord(band="Amber"), "up"),
        (StageRecord(band="Amber"), stage(FIVE_BY_FIVE, 3, 4), "same"),
        (StageRecord(), stage(FIVE_BY_FIVE, 3, 4), ""),
    ],
)
def test_moved(before, after, expected):
    item = msg(risk("R1", FIVE_BY_FIVE, (1, 1)), after)
    line = outcome("S", (item,), previous="s.xlsx", movements=(moved(item, before),))
    assert summarise(run(line), None).risks[0].movement == expected


def test_two_risks_of_one_name_keep_their_own_movement():
    low, high = (risk("R1", FIVE_BY_FIVE, scores, title="Same") for scores in ((1, 1), (5, 5)))
    moves = (moved(high, stage(FIVE_BY_FIVE, 4, 5)), moved(low, stage(FIVE_BY_FIVE, 1, 1)))
    lines = summarise(run(outcome("S", (low, high), previous="s.xlsx", movements=moves)), None).risks
    assert [line.movement for line in lines] == ["same", "up"]


def test_registers_of_one_workbook_keep_their_own_scale():
    import msgspec

    scales = tuple(msgspec.structs.replace(scale, sheet=name)
                   for scale, name in ((FIVE_BY_FIVE, "One"), (THREE_BY_THREE, "Two")))  # fmt: skip
    items = tuple(msgspec.structs.replace(risk("R1", scale, (3, 3)), sheet=scale.sheet) for scale in scales)
    lines = summarise(run(outcome("S", items, None, scales=scales)), None).risks
    assert [line.share for line in lines] == [9 / 25, 1.0]
    assert [line.is_red for line in lines] == [False, True]


def test_assurance_coverage_and_gaps():
    def item(ref, line, name="", date=None, opinion=""):
        title = f"Failure of arrangement {ref}"
        return AssuranceRecord("Map", "C5", "Corporate", ref, title, line, name, date, opinion)

    risks = tuple(risk(ref, FIVE_BY_FIVE, (3, 3)) for ref in ("R1", "R2"))
    records = (
        item("R1", 1, "Checklist"), item("R1", 2), item("R1", 3, "Audit 2023", dt.date(2023, 5, 1), "Limited"),
        item("R1", 3, "Audit 2024", dt.date(2024, 5, 1), "Substantial"),
    )  # fmt: skip
    mapped, missing = summarise(run(outcome("S", risks, assurance=records)), None).assurance
    assert mapped.gaps == (2,)
    audit = mapped.lines[3]
    assert (audit.items, audit.latest, audit.opinion) == (2, dt.date(2024, 5, 1), "Substantial")
    assert (missing.ref, missing.mapped) == ("R2", False)
