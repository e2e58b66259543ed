"""Where rows, columns and formulas went; and which values are the same."""

import datetime as dt

import pytest

from regsheet.grid.cells import Cell, Sheet, Value
from regsheet.merge.alignment import Alignment, Hints
from regsheet.merge.columns import match_columns
from regsheet.merge.formulas import has_moved_along, same_formula
from regsheet.merge.rows import match_rows
from regsheet.merge.values import key, same


def sheet(rows: list[list[Value]], name: str = "Register") -> Sheet:
    cells = {(r, c): Cell(r, c, value, None, 0) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)
             if value is not None}  # fmt: skip
    return Sheet(name, 0, cells=cells)


NO_HINTS = Hints((), frozenset(), None, None, None, {})
BASE: list[list[Value]] = [
    ["Ref", "Likelihood", "Impact", "Likelihood", "Impact"],
    ["R1", 4, 5, 2, 5], ["R2", 3, 3, 2, 3], ["R3", 1, 4, 1, 4], ["R4", 5, 5, 5, 5],
]  # fmt: skip


def columns(change: list[int | str]) -> list[list[Value]]:
    """The base with its columns in another order; a text is a new column of that heading."""
    return [[row[place] if isinstance(place, int) else (place if number == 0 else number) for place in change]
            for number, row in enumerate(BASE)]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ([0, 1, 2, 3, 4], {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        ([0, "New", 1, 2, 3, 4], {1: 1, 2: 3, 3: 4, 4: 5, 5: 6}),
        ([1, 2, 3, 4, 0], {1: 5, 2: 1, 3: 2, 4: 3, 5: 4}),
        ([0, 1, 2, 4], {1: 1, 2: 2, 3: 3, 5: 4}),
    ],
)
def test_columns_are_found(change: list[int | str], wanted: dict[int, int]) -> None:
    assert match_columns(sheet(BASE), sheet(columns(change)), 1) == wanted


def test_a_column_that_was_replaced_is_not_taken_for_the_old_one() -> None:
    changed = [[*row[:4], text] for row, text in zip(BASE, ("Comment", "a", "b", "c", "d"), strict=True)]
    assert 5 not in match_columns(sheet(BASE), sheet(changed), 1)


def test_a_heading_that_was_changed_leaves_the_column_what_it_is() -> None:
    changed = [[*BASE[0][:4], "Severity"], *BASE[1:]]
    assert match_columns(sheet(BASE), sheet(changed), 1)[5] == 5


ROWS: list[list[Value]] = [["Ref", "Risk", "Score"], ["R1", "Fire in the library", 4], ["R2", "Flood in the depot", 4],
                           [None, None, None], ["R3", "Theft of lead", 2]]  # fmt: skip
HINTS = Hints((), frozenset({2, 3, 5}), 1, 2, 1, {})


def rows(changed: list[list[Value]]) -> dict[int, int]:
    return match_rows(sheet(ROWS), sheet(changed), {1: 1, 2: 2, 3: 3}, HINTS)


def test_rows_are_found_when_sorted_edited_and_inserted() -> None:
    changed = [ROWS[0], ["R3", "Theft of lead", 5], ["R9", "A new risk", 1], ["R2", "Flood in the depot", 4],
               ["R1", "Fire in the whole library", 3]]  # fmt: skip
    assert rows(changed) == {1: 1, 5: 2, 3: 4, 2: 5}


def test_a_reference_used_for_another_risk_is_another_row() -> None:
    changed = [ROWS[0], ["R1", "Shortage of staff in planning", 1], ROWS[2], ROWS[3], ROWS[4]]
    assert 2 not in rows(changed)


def test_a_risk_keeps_its_row_under_a_new_reference() -> None:
    assert rows([ROWS[0], ["X1", "Fire in the library", 4], *ROWS[2:]])[2] == 2


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (None, "", True), (None, " \u00a0", True), ("a\r\nb", "a\nb", True), ("a ", "a", True), ("a", "A", False),
        (4, 4.0, True), (4, "4", False), (0.1 + 0.2, 0.3, True), (4, 5, False), (True, 1, False), (0, None, False),
        (dt.datetime(2024, 12, 31), 45657, True), (dt.datetime(2024, 12, 31), dt.datetime(2025, 1, 1), False),
        (dt.datetime(1900, 1, 5), 5, True), (dt.time(12), 0.5, True),
    ],
)  # fmt: skip
def test_same_values(one: Value, other: Value, alike: bool) -> None:
    assert same(one, other) is alike
    if alike:
        assert key(one) == key(other)


def aligned(moved_rows: dict[int, int], moved_columns: dict[int, int], name: str = "Register") -> dict[str, Alignment]:
    return {"Register": Alignment(sheet([]), sheet([], name), moved_rows, moved_columns)}


ROW_MAP = {row: row for row in range(1, 5)} | {row: row + 1 for row in range(5, 20)}
COLUMN_MAP = {column: column for column in range(1, 5)} | {column: column + 1 for column in range(5, 20)}


@pytest.mark.parametrize(
    ("sent", "copy", "same_one"),
    [
        ("E5*F5", "F6*G6", True),
        ("SUM(E2:E9)", "SUM(F2:F10)", True),
        ('IF(E5>3,"E5 is high","low")', 'if( F6 > 3, "E5 is high","low")', True),
        ("Register!$E$5", "'Our risks'!$F$6", False),
        ("_xlfn.CONCAT(E5)", "CONCAT(F6)", True),
        ("E5*F5", "F6*G7", False),
        ("E5*F5", "F6*2", False),
        ('IF(E5>3,"high")', 'IF(F6>3,"low")', False),
    ],
)
def test_formulas_are_known_where_they_have_moved(sent: str, copy: str, same_one: bool) -> None:
    assert same_formula(sent, (5, 7), copy, (6, 8), "Register", aligned(ROW_MAP, COLUMN_MAP)) is same_one


def test_formulas_that_name_a_renamed_sheet_are_the_same() -> None:
    by_sheet = aligned(ROW_MAP, COLUMN_MAP, "Risks")
    assert same_formula("Register!$E$5", (1, 1), "Risks!$F$6", (1, 1), "Summary", by_sheet)


def test_results_are_taken_over_only_from_formulas_that_moved_as_a_whole() -> None:
    assert has_moved_along("E5*F5", (5, 7), "E9*F9", (9, 7))
    assert not has_moved_along("E5*F5", (5, 7), "E5*F5", (9, 7))
