"""The sheets of a merge say the same when they are read back and written again, whatever people typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from regsheet.grid import read_grid
from regsheet.grid.cells import Value
from regsheet.package import Package
from regsheet.writer.earlier_merge import earlier_merge
from regsheet.writer.merged import Conflict, Merge, MergedEdit, ReturnedCopy, Version
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets

KINDS = ("summary", "conflicts", "merged")
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1+1", "(blank)", "Not known", "Nothing is left to decide.", "_x0041_", " a\r\nb ", "B5", "No."]),
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), TEXTS, st.booleans(), st.integers(-(10**6), 10**6), st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2200, 1, 1)), st.times(),
    st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)).map(lambda day: dt.datetime(day.year, day.month, day.day)),
)  # fmt: skip
BESIDE = st.dictionaries(st.sampled_from(["Decision", "Remarks", "=1", "Copy 2"]), VALUES, max_size=2).map(
    lambda typed: tuple(typed.items())
)
VERSIONS = st.builds(Version, TEXTS, TEXTS, VALUES, st.one_of(st.none(), TEXTS), BESIDE)
CONFLICTS = st.builds(
    Conflict, st.sampled_from(["collision", "row added", "sheet removed", "not read", "check sheet"]),
    st.sampled_from(["Register", "gone", ""]), st.sampled_from([None, "B5"]), VALUES,
    st.lists(VERSIONS, min_size=1, max_size=3).map(tuple), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS,
)  # fmt: skip
NAMES = st.lists(st.sampled_from(["a.xlsx", "b.xlsx"]), min_size=1, max_size=2, unique=True).map(tuple)
EDITS = st.builds(MergedEdit, TEXTS, st.sampled_from(["B5", "nowhere"]), TEXTS, TEXTS, TEXTS, TEXTS, VALUES, VALUES,
                  NAMES, NAMES, BESIDE)  # fmt: skip
COPIES = st.builds(ReturnedCopy, st.sampled_from(["a.xlsx", "b.xlsx"]), TEXTS, st.just(""),
                   st.sampled_from(["merged", "unchanged", "not read"]), *[st.integers(0, 99)] * 4)  # fmt: skip
MERGES = st.builds(Merge, st.lists(COPIES, max_size=3).map(tuple), st.lists(EDITS, max_size=3).map(tuple),
                   st.lists(CONFLICTS, max_size=4).map(tuple), st.just(("A remark.",)))  # fmt: skip


def written(report: Report, merge: Merge) -> bytes:
    return build_sheets(replace(report, merge=merge), SheetNames(), KINDS)


def read_back(content: bytes) -> Merge:
    found = earlier_merge(read_grid(Package(content, "side.xlsx")))
    assert found is not None
    return found


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(MERGES)
def test_what_is_read_back_is_read_back_again(report: Report, merge: Merge) -> None:
    once = read_back(written(report, merge))
    content = written(report, once)
    assert content == written(report, read_back(content))
    assert sum(len(each.versions) for each in once.conflicts) >= sum(len(each.versions) for each in merge.conflicts) - (
        sum(not any(version_texts(version)) for each in merge.conflicts for version in each.versions))  # fmt: skip


def version_texts(version: Version) -> tuple[object, ...]:
    return version.copy, version.who, version.value, version.formula, version.beside


def test_a_merge_of_everything_plain_comes_back_as_it_was(report: Report) -> None:
    versions = (
        Version("a.xlsx", "Ann", 5),
        Version("b.xlsx", "", dt.datetime(2026, 1, 31), None, (("Decision", "5"),)),
    )
    conflict = Conflict(
        "collision", "Register", "B5", "before", versions, "They differ.", "R1", "Depot", "Ann", "owner"
    )
    edit = MergedEdit("Register", "C6", "R2", "Budget", "Bob", "cause", None, 2.5, ("a.xlsx", "b.xlsx"), ("Ann", "Bob"))
    copies = (ReturnedCopy("a.xlsx", "Ann", "", "merged", 1, 1, 0, 3), ReturnedCopy("b.xlsx", "", "", "unchanged"))
    merge = Merge(copies, (edit,), (conflict,), ("One remark.", "Another."), read_back=True)
    first = (("Decision", None),)
    expected = replace(conflict, versions=(replace(versions[0], beside=first), versions[1]))
    assert read_back(written(report, merge)) == replace(merge, conflicts=(expected,))
