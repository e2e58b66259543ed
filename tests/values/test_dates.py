"""Dates in the notations that registers use."""

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.values import date_patterns
from regsheet.values.date_notations import Need
from regsheet.values.date_patterns import scan
from regsheet.values.date_readings import Reading
from regsheet.values.dates import dates_in_text, looks_like_date, read_periods, vague_kind

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.text(),
    st.text(alphabet="0123456789/-. JanFebMarSeptDecQqFYHw&,'’\n□"),
)  # fmt: skip


def brief(value: object, day_first: bool = True) -> list[str]:
    """``2024-09-01 2024-09-30 month``, one string a period."""
    return [
        f"{period.start} {period.end} {period.precision}" if period.is_dated else period.precision
        for period in read_periods(value, day_first)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Sep-24", "2024-09-01 2024-09-30 month"),
        ("Sept 2024", "2024-09-01 2024-09-30 month"),
        ("Sept. '24", "2024-09-01 2024-09-30 month"),
        ("Sept\n2024", "2024-09-01 2024-09-30 month"),
        ("□ July 2024", "2024-07-01 2024-07-31 month"),
        ("by end Sept 2024", "2024-09-01 2024-09-30 month"),
        ("end of December 2024", "2024-12-01 2024-12-31 month"),
        ("12/2021", "2021-12-01 2021-12-31 month"),
        ("2025-06", "2025-06-01 2025-06-30 month"),
        ("03/25", "2025-03-01 2025-03-31 month"),
        ("Feb 2024", "2024-02-01 2024-02-29 month"),
        ("2024 June", "2024-06-01 2024-06-30 month"),
        ("Phase 1 - July 2024", "2024-07-01 2024-07-31 month"),
        ("10-Feb -26", "2026-02-10 2026-02-10 day"),
        ("31.03.2016", "2016-03-31 2016-03-31 day"),
        ("23/06/26", "2026-06-23 2026-06-23 day"),
        ("21-11-2025", "2025-11-21 2025-11-21 day"),
        ("31.03.98", "1998-03-31 1998-03-31 day"),
        ("2026-03-01", "2026-03-01 2026-03-01 day"),
        ("2026-03-01T00:00:00", "2026-03-01 2026-03-01 day"),
        ("20240331", "2024-03-31 2024-03-31 day"),
        ("3rd June 2024", "2024-06-03 2024-06-03 day"),
        ("Monday 3rd of June, 2024", "2024-06-03 2024-06-03 day"),
        ("31 March\n2025", "2025-03-31 2025-03-31 day"),
        ("June 3, 2024", "2024-06-03 2024-06-03 day"),
        ("12/31/2024", "2024-12-31 2024-12-31 day"),
        ("w/c 3 June 2024", "2024-06-03 2024-06-09 day"),
        ("week ending 7 June 2024", "2024-06-01 2024-06-07 day"),
        ("6 - 8 September 2007", "2007-09-06 2007-09-08 day"),
        ("3–5 May ’22", "2022-05-03 2022-05-05 day"),
        ("28 Dec - 3 Jan 2025", "2024-12-28 2025-01-03 day"),
        ("01-Mar-2023 - 08-Apr-2023", "2023-03-01 2023-04-08 day"),
        ("Q1 2026", "2026-01-01 2026-03-31 quarter"),
        ("Q4 25", "2025-10-01 2025-12-31 quarter"),
        ("Q3 24/25", "2024-10-01 2024-12-31 quarter"),
        ("Q4 2024/25", "2025-01-01 2025-03-31 quarter"),
        ("2024/25 Q3", "2024-10-01 2024-12-31 quarter"),
        ("Q1 FY25/26", "2025-04-01 2025-06-30 quarter"),
        ("Q1-Q2 2025", "2025-01-01 2025-06-30 quarter"),
        ("1st quarter 2025", "2025-01-01 2025-03-31 quarter"),
        ("Summer 2025", "2025-06-01 2025-08-31 season"),
        ("Winter 2024/25", "2024-12-01 2025-02-28 season"),
        ("Spring 2024/25", "2025-03-01 2025-05-31 season"),
        ("H2 2025", "2025-07-01 2025-12-31 season"),
        ("2014/15", "2014-04-01 2015-03-31 year"),
        ("24/25", "2024-04-01 2025-03-31 year"),
        ("2024/2025", "2024-04-01 2025-03-31 year"),
        ("FY25", "2024-04-01 2025-03-31 year"),
        ("2019-2024", "2019-01-01 2024-12-31 year"),
        ("2030", "2030-01-01 2030-12-31 year"),
        (2030, "2030-01-01 2030-12-31 year"),
        (45382, "2024-03-31 2024-03-31 day"),
        (dt.datetime(2024, 3, 31, 9, 30), "2024-03-31 2024-03-31 day"),
        (dt.date(2024, 3, 31), "2024-03-31 2024-03-31 day"),
        ("Jan - Mar 2025", "2025-01-01 2025-03-31 month"),
        ("Nov - Jan 2025", "2024-11-01 2025-01-31 month"),
        ("April 2024 – March 2025", "2024-04-01 2025-03-31 month"),
        ("Annual (next due March 2025)", "2025-03-01 2025-03-31 month"),
    ],
)
def test_one_period(value: object, expected: str) -> None:
    assert brief(value) == [expected]


@pytest.mark.parametrize(
    "value",
    ["end of March", "3rd June", "March 31", "24-Sep", "Oct-2", "Monthly reviews 2024", "Ongoing since 2019", "TBC",
     "now", "Quarterly", "Q3", "Budget Period 2", "9/10", "25/03", 4, -1, 3.5, float("nan"), True, "4", "3.25"],
)  # fmt: skip
def test_vague(value: object) -> None:
    assert brief(value) == ["vague"]


@pytest.mark.parametrize(
    "value",
    ["31/02/2024", "30 Feb 2024", "31st June 2024", "12/03/0204", "0204-03-12", "12/03/204", "July 202", "1/1/1900",
     "13/13/2024", dt.datetime(1900, 1, 1)],
)  # fmt: skip
def test_impossible(value: object) -> None:
    assert brief(value) == ["impossible"]


@pytest.mark.parametrize("value", [None, "", " \u200b", "-", "n/a"])
def test_nothing(value: object) -> None:
    assert read_periods(value) == ()


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("Jan 2025 / March 2025", ["2025-01-31", "2025-03-31"]),
        ("□ Dec 2024\n□Jan 2024\n□ Dec 2024", ["2024-12-31", "2024-01-31", "2024-12-31"]),
        ("Summer 2025 December 2024", ["2025-08-31", "2024-12-31"]),
        ("Sep-24 Dec-24", ["2024-09-30", "2024-12-31"]),
        ("Sep-24\nDec-24", ["2024-09-30", "2024-12-31"]),
        ("1. June 2024\n2. July 2024", ["2024-06-30", "2024-07-31"]),
        ("Phase 1 - July 2024\nPhase 2 - TBC", ["2024-07-31", "None"]),
        ("y\n□ July 2024", ["2024-07-31"]),
        ("June, September and December 2025", ["2025-06-30", "2025-09-30", "2025-12-31"]),
        ("Nov/Jan 2025", ["2025-01-31"]),
        ("10th and 11th of March 2018", ["2018-03-10", "2018-03-11"]),
        ("31/12/24 (extended to 31/3/25)", ["2024-12-31", "2025-03-31"]),
    ],
)
def test_several(value: str, ends: list[str]) -> None:
    assert [str(period.end) for period in read_periods(value)] == ends


def test_the_words_are_kept() -> None:
    (period,) = read_periods("□ by end Sept 2024")
    assert period.text == "Sept 2024"
    (undated,) = read_periods("□ Monthly reviews 2024")
    assert undated.text == "Monthly reviews 2024"


def test_month_first() -> None:
    assert brief("03/04/2024", day_first=False) == ["2024-03-04 2024-03-04 day"]
    assert brief("03/04/2024") == ["2024-04-03 2024-04-03 day"]


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("03/04/2024", True),
        ("1.4.25", True),
        ("23/04/2024", False),
        ("04/04/2024", False),
        ("2024-03-04", False),
        ("3 April 2024", False),
    ],
)
def test_ambiguous(text: str, ambiguous: bool) -> None:
    (period,) = read_periods(text)
    assert period.ambiguous is ambiguous


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Internal audit – payroll – August 2022", ["August 2022"]),
        ("presented 16/7/24 at full council", ["16/7/24"]),
        ("Strategy approved September 2022, in force 1/4/23", ["September 2022", "1/4/23"]),
        ("Event held in November 24.", ["November 24"]),
        ("May to July 2023", ["May to July 2023"]),
        ("Corporate plan 2019-2024", ["2019-2024"]),
        ("draft budget for 2025/26", ["2025/26"]),
        ("by the summer\nof 2022", ["summer of 2022"]),
        ("Workshops July, Sept. Nov", []),
        ("the Care Act 2014, section 9", []),
        ("ISO/IEC 27001:2022", []),
        ("over 2000 staff", []),
        ("this may 25 people affect", []),
        ("cover is 24/7 with 1-2-1 meetings", []),
        ("see section 2.3.24", []),
        ("a score of 4/5, was 12/25", []),
        ("due 31/02/2024", []),
        ("£2024 and 2024%", []),
        ("Directive 2016/679", []),
    ],
)
def test_dates_in_prose(text: str, found: list[str]) -> None:
    assert [period.text for period in dates_in_text(text)] == found


@pytest.mark.parametrize("value", ["Sep-24", "31/01/2023", dt.datetime(2024, 1, 1), "□ July 2024"])
def test_looks_like_a_date(value: object) -> None:
    assert looks_like_date(value)


@pytest.mark.parametrize(
    "value", [None, 4, True, "12/25", "4", "TBC", "Closed", "Cal 2013", "The plan was approved in June 2024"]
)
def test_does_not_look_like_a_date(value: object) -> None:
    assert not looks_like_date(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Ongoing", "ongoing"), ("Quarterly", "recurring"), ("tbc", "undecided"), ("ASAP", "now"), ("Completed", "done"),
     ("year end", "relative"), ("June 2024", None), ("", None)],
)  # fmt: skip
def test_vague_kinds(text: str, kind: str | None) -> None:
    assert vague_kind(text) == kind


@given(ANYTHING, st.booleans())
def test_anything_is_read_to_sound_periods(value: object, day_first: bool) -> None:
    for period in (*read_periods(value, day_first), *dates_in_text(value, day_first)):
        if period.precision in ("vague", "impossible"):
            assert period.start is None and period.end is None
        else:
            assert period.start is not None and period.end is not None and period.start <= period.end
    looks_like_date(value)


@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d-%b-%y", "%d %B %Y", "%Y-%m-%d", "%B %d, %Y", "%a %d %b %Y"]),
)
def test_what_was_written_is_read(date: dt.date, form: str) -> None:
    (period,) = read_periods(date.strftime(form))
    assert (period.start, period.end, period.precision) == (date, date, "day")


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31)),
    st.sampled_from(["%b-%y", "%B %Y", "%m/%Y", "%Y-%m", "%b '%y"]),
)
def test_months_are_never_days(date: dt.date, form: str) -> None:
    (period,) = read_periods(date.strftime(form))
    assert period.precision in ("month", "year")  # 2011-12 is a financial year
    assert period.is_dated


@given(st.text(alphabet="JanFebMarch MayJune 0123456789/-", max_size=12))
def test_no_year_is_made_up(text: str) -> None:
    for period in read_periods(text):
        if period.start is not None and period.end is not None:
            assert any(f"{date.year % 100:02}" in text for date in (period.start, period.end))


PIECES = (
    *"0123456789 -/.,'’\n–&£", "2024", "31", "24/25", "03/2025", "1st", "Sept", "march ", "December", "Easter",
    "winter", "term", "Q3", "quarter", "H1", "second", "half", "FY", "f.y.", "financial ", "year", " of ", " to ",
    "the ", "   ", "by the end of the first phase of the work of ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.booleans())
def test_looking_only_for_notations_that_may_be_there_changes_nothing(text: str, prose: bool) -> None:
    found = scan(text, Reading(True, prose))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_patterns, "needs_in", lambda _: frozenset(get_args(Need)))
        assert scan(text, Reading(True, prose)) == found


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_what_holds_no_figure_holds_no_date(text: str) -> None:
    bare = "".join(letter for letter in text if not letter.isdigit())
    assert not scan(bare, Reading(True, False)) and not dates_in_text(bare) and not looks_like_date(bare)
