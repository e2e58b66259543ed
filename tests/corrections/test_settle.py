"""Corrections: which are made, in which order, and what becomes of the findings."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsheet.corrections.choose import Chosen
from regsheet.corrections.settle import _outcome, _Rounds, settle
from regsheet.grid.addresses import position
from regsheet.grid.cells import Cell, Grid, Sheet
from regsheet.layout.tables import Layout
from regsheet.model.book import Book
from regsheet.rules.findings import Correction, Finding, Severity


def book_of(grid):
    return Book(Path("a.xlsx"), "", grid, Layout(()), (), ())


def grid_of(**cells):
    sheet = Sheet("S", 0)
    for name, value in cells.items():
        row, column = position(name)
        formula = value[1:] if isinstance(value, str) and value.startswith("=") else None
        sheet.cells[row, column] = Cell(row, column, 0 if formula else value, formula, 0)
    return Grid([sheet], "xlsx")


def finding(code, cell, before=None, after=None, *, kind="derived", fill=None, message="m"):
    correction = None
    if after is not None or fill is not None:
        correction = Correction("S", cell, before, after, kind, f"→ {after or fill}", fill=fill)
    return Finding(code, "name", Severity.ERROR, "S", cell, message, "a", correction=correction)


def run(grid, check, **options):
    return settle(book_of(grid), lambda book: (check(book.grid.sheet("S")), []), book_of, **options)


def doubled(sheet):
    """B1 must be twice A1; C1 must say whether B1 is large."""
    found = []
    if sheet.value(1, 2) != 2 * sheet.value(1, 1):
        found.append(finding("SC001", "B1", sheet.value(1, 2), 2 * sheet.value(1, 1)))
    word = "large" if sheet.value(1, 2) > 10 else "small"
    if sheet.value(1, 3) != word:
        found.append(finding("SC004", "C1", sheet.value(1, 3), word))
    return found


def test_a_correction_that_makes_another_needed_is_followed():
    settled = run(grid_of(A1=6, B1=3, C1="small"), doubled)
    assert [(c.code, c.correction.cell, c.before, c.correction.after) for c in settled.changes] == [
        ("SC001", "B1", 3, 12), ("SC004", "C1", "small", "large"),
    ]  # fmt: skip
    assert {(f.code, f.status) for f in settled.findings} == {("SC001", "corrected"), ("SC004", "corrected")}
    assert settled.book.grid.sheet("S").value(1, 3) == "large"


def test_the_grid_that_came_in_stays_as_it_was():
    grid = grid_of(A1=6, B1=3, C1="small")
    run(grid, doubled)
    assert grid.sheet("S").value(1, 2) == 3


def test_a_formula_is_never_replaced_by_a_constant():
    settled = run(grid_of(A1=6, B1=12, C1="=IF(B1>10,1,2)"), doubled)
    assert settled.changes == ()
    assert [(f.code, f.status) for f in settled.findings] == [("SC004", "open")]


def test_nothing_is_corrected_when_asked_not_to():
    settled = run(grid_of(A1=6, B1=3, C1="large"), doubled, correct=False)
    assert settled.changes == ()
    assert {f.status for f in settled.findings} == {"open"}


def test_a_suggestion_is_made_only_when_asked_for():
    def check(sheet):
        return [] if sheet.value(1, 1) == "x" else [finding("OW005", "A1", "y", "x", kind="suggest")]

    assert run(grid_of(A1="y"), check).changes == ()
    assert len(run(grid_of(A1="y"), check, suggestions=True).changes) == 1


def test_two_rules_that_disagree_on_equal_terms_correct_nothing():
    def check(sheet):
        return [finding("SC001", "A1", 1, 2), finding("SC002", "A1", 1, 3)] if sheet.value(1, 1) == 1 else []

    settled = run(grid_of(A1=1), check)
    assert settled.changes == ()
    assert [f.status for f in settled.findings] == ["open", "open"]


def test_a_rating_worked_out_goes_before_its_spelling_and_a_value_before_a_colour():
    def check(sheet):
        if sheet.value(1, 1) == 12:
            return []
        return [finding("HY003", "A1", "6", 6), finding("HY006", "A1", fill="FF0000"), finding("SC001", "A1", "6", 12)]

    (change,) = run(grid_of(A1="6"), check).changes
    assert (change.code, change.correction.after) == ("SC001", 12)


def test_corrections_that_never_settle_are_a_fault_in_the_rules():
    def check(sheet):
        return [finding("SC001", "A1", sheet.value(1, 1), sheet.value(1, 1) + 1)]

    with pytest.raises(AssertionError, match="do not settle"):
        run(grid_of(A1=1), check)


def test_a_fill_is_made_once():
    settled = run(grid_of(A1=16), lambda sheet: [finding("HY006", "A1", fill="FF0000")])
    assert [c.correction.fill for c in settled.changes] == ["FF0000"]
    assert [f.status for f in settled.findings] == ["corrected"]


def test_a_fill_that_a_corrected_value_asks_for_is_corrected_too():
    def check(sheet):
        if sheet.value(1, 1) == 12:
            return [finding("SC001", "A1", 12, 16)]
        return [finding("HY006", "A1", 16, 16, fill="FF0000")]

    settled = run(grid_of(A1=12), check)
    assert [(c.code, c.correction.after, c.correction.fill) for c in settled.changes] == [("SC001", 16, "FF0000")]
    assert sorted((f.code, f.status) for f in settled.findings) == [("HY006", "corrected"), ("SC001", "corrected")]


def test_a_fill_that_is_not_made_stays_open():
    settled = run(grid_of(A1=6), lambda sheet: [finding("HY006", "A1", fill="FF0000")], correct=False)
    assert [f.status for f in settled.findings] == ["open"]


@pytest.mark.parametrize("order", [("A1", "C1"), ("C1", "A1")])
def test_the_order_in_which_findings_come_decides_nothing(order):
    """Of two that want the same value for a cell, the first in reading order asked for it."""
    rated = [replace(finding("SC001", cell, 3, 9), correction=Correction("S", "B1", 3, 9, "derived", cell))
             for cell in order]  # fmt: skip

    def check(sheet):
        return [] if sheet.value(1, 2) == 9 else [*rated, finding("TX001", "A2")]

    settled = run(grid_of(A1=1, B1=3, C1=2, A2="x"), check)
    assert [change.correction.basis for change in settled.changes] == ["A1"]
    assert [found.cell for found in settled.findings] == ["A1", "C1", "A2"]
    assert [found.cell for found in run(grid_of(B1=3), check, correct=False).findings] == ["A1", "C1", "A2"]


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["SC001", "TX001", "HY006"]),
        st.sampled_from(["A1", "B1", "AA1", "A10", "A2", None]),
        message=st.sampled_from("xyz"),
    ),
    max_size=6,
)


@given(first=FINDINGS, kept=st.sets(st.integers(0, 5)), more=FINDINGS, corrected=FINDINGS)
def test_each_finding_is_told_once_rule_by_rule_as_all_together(first, kept, more, corrected):
    def key(one):
        return one.code, one.cell

    last = [*(one for place, one in enumerate(first) if place in kept), *more]
    made = Correction("S", "A1", 1, 2, "derived", "1 + 1")
    chosen = {("S", str(number)): Chosen(made, one) for number, one in enumerate(corrected)}
    answered = [one.with_status("corrected") for one in first if key(one) not in set(map(key, last))]
    known = {*map(key, first), *map(key, last)}
    later = {key(one): one.with_status("corrected") for one in corrected if key(one) not in known}
    told = [*answered, *later.values(), *last] if chosen else first
    book = book_of(grid_of())
    assert _outcome(_Rounds(book, first, last, [], chosen), book.grid) == sorted(
        told, key=lambda one: (*position(one.cell or "ZZZ999999"), one.code)
    )
