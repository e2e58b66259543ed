"""What changed on assurance maps."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from regsheet.changes.books import compare_books
from regsheet.changes.comparison import ItemChange
from regsheet.model.book import Book
from regsheet.pipeline import read

HEADINGS = ("Ref", "Risk Title", "First line of defence", "Second line of defence", "Third line of defence")
ROWS = (
    ("R1", "Flooding of the depot", "Weekly checks of drains by the depot", "Report to the Environment Board",
     "Internal Audit – Emergency plans – March 2023 – Reasonable assurance"),
    ("R2", "Cyber attack on systems", "Staff training", "Information Board sees incidents",
     "Penetration test by an outside company, June 2024"),
    ("R3", "Loss of key staff", "Managers hold one-to-ones", "Human Resources report turnover",
     "Internal Audit – Recruitment – January 2024 – Limited assurance"),
)  # fmt: skip


def _map(path: Path, rows: tuple[tuple[str, ...], ...]) -> Book:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Assurance map")
        for at, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(at, 0, row)
    return read(path)


def _changes(folder: Path, *rows: tuple[str, ...]) -> tuple[tuple[ItemChange, ...], tuple[ItemChange, ...]]:
    old, new = _map(folder / "old.xlsx", ROWS), _map(folder / "new.xlsx", rows)
    return compare_books(old, new).items, compare_books(new, old).items


def _facts(changes: tuple[ItemChange, ...]) -> list[tuple[object, ...]]:
    return [(change.kind, change.risk_ref, change.line, change.parts) for change in changes]


def test_a_map_beside_itself_has_not_changed(tmp_path: Path) -> None:
    assert _changes(tmp_path, *ROWS) == ((), ())


def test_a_new_date_and_opinion_is_a_changed_item(tmp_path: Path) -> None:
    audit = "Internal Audit – Emergency plans – October 2024 – Substantial assurance"
    forward, back = _changes(tmp_path, (*ROWS[0][:4], audit), *ROWS[1:])
    assert _facts(forward) == _facts(back) == [("changed", "R1", 3, ("date", "opinion", "text"))]
    (change,) = forward
    assert change.old is not None
    assert change.new is not None
    assert (change.old.date_text, change.new.date_text) == ("March 2023", "October 2024")
    assert (change.old.opinion, change.new.opinion) == ("reasonable", "substantial")


def test_items_that_came_went_and_moved(tmp_path: Path) -> None:
    rows = (
        ROWS[0],
        (
            "R2",
            "Cyber attack on systems",
            "Staff training\nPasswords are changed",
            "",
            "Information Board sees incidents",
        ),
        ROWS[2],
    )
    forward, back = _changes(tmp_path, *rows)
    assert _facts(forward) == [
        ("added", "R2", 1, ()), ("changed", "R2", 3, ("line",)), ("removed", "R2", 3, ()),
    ]  # fmt: skip
    assert sorted(_facts(back)) == [("added", "R2", 3, ()), ("changed", "R2", 2, ("line",)), ("removed", "R2", 1, ())]


def test_a_risk_that_came_and_one_that_went(tmp_path: Path) -> None:
    other = ("R9", "Devolution and reorganisation", "Leader's weekly call", "Programme board", "None")
    comparison = compare_books(_map(tmp_path / "old.xlsx", ROWS), _map(tmp_path / "new.xlsx", (*ROWS[:2], other)))
    assert [risk.ref for risk in comparison.map_new] == ["R9"]
    assert [risk.ref for risk in comparison.map_gone] == ["R3"]
    assert {change.kind for change in comparison.items} == {"added", "removed"}
