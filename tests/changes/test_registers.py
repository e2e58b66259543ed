"""What changed in registers: known edits, and nothing but them."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regsheet.changes.books import compare_books
from regsheet.changes.comparison import Comparison, RiskChange
from regsheet.model.book import Book
from regsheet.pipeline import annotate, read

from .conftest import HEADINGS, MakeBook, Row, good_rows, write_register

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _only(comparison: Comparison) -> RiskChange:
    assert not comparison.new
    assert not comparison.gone
    assert len(comparison.changed) == 1
    return comparison.changed[0]


def _edited(place: int, **changes: object) -> list[Row]:
    rows = good_rows()
    rows[place - 1].update({key.replace("_", " "): value for key, value in changes.items()})
    return rows


def test_a_workbook_beside_itself_has_not_changed(book_of: MakeBook) -> None:
    book = book_of("one", good_rows())
    comparison = compare_books(book, book)
    assert comparison.is_empty
    assert (comparison.old_risks, comparison.new_risks) == (8, 8)


@pytest.mark.parametrize(
    ("heading", "value", "kind", "old", "new"),
    [
        ("Risk Owner", "Head of Housing", "owner", "Head of Property", "Head of Housing"),
        ("Target Date", dt.datetime(2025, 6, 3), "date", "3 March 2025", "3 June 2025"),
        ("Review Date", "Ongoing", "date", "10 December 2024", "Ongoing"),
        ("Cause", "Servers are new", "text", "Servers are old and staff open attachments from strangers",
         "Servers are new"),
        ("Further Actions", None, "action", "Appoint an officer for area 3", ""),
        ("Risk Title", "Attack on council systems", "title", "Cyber attack on council systems",
         "Attack on council systems"),
        ("Ref", "R33", "reference", "R3", "R33"),
    ],
)  # fmt: skip
def test_one_changed_cell(book_of: MakeBook, heading: str, value: object, kind: str, old: str, new: str) -> None:
    rows = good_rows()
    rows[2][heading] = value
    change = _only(compare_books(book_of("old", good_rows()), book_of("new", rows)))
    assert not change.moves
    assert [(field.kind, field.old, field.new) for field in change.changes] == [(kind, old, new)]


def test_a_later_date_says_by_how_much(book_of: MakeBook) -> None:
    rows = _edited(3, Target_Date=dt.datetime(2025, 4, 2))
    change = _only(compare_books(book_of("old", good_rows()), book_of("new", rows)))
    assert change.changes[0].days == 30


def test_scores_that_moved(book_of: MakeBook) -> None:
    rows = _edited(2, Residual_Likelihood=5, Residual_Rating=15)
    change = _only(compare_books(book_of("old", good_rows()), book_of("new", rows)))
    assert not change.changes
    move = change.moves[0]
    assert (move.stage, move.move, move.parts) == ("residual", "worse", ("likelihood", "rating", "band"))
    assert (move.old.rating, move.old.band, move.new.rating, move.new.band) == (6, "White", 15, "Red")


def test_items_of_a_list(book_of: MakeBook) -> None:
    rows = _edited(1, Existing_Controls="• Yearly inspection 1\n• Staff are trained in first aid")
    field = _only(compare_books(book_of("old", good_rows()), book_of("new", rows))).changes[0]
    assert (field.added, field.removed) == (("Staff are trained in first aid",), ("Board reviews each month",))


def test_exchanged_references(book_of: MakeBook) -> None:
    rows = good_rows()
    rows[1]["Ref"], rows[4]["Ref"] = "R5", "R2"
    comparison = compare_books(book_of("old", good_rows()), book_of("new", rows))
    assert not comparison.new
    assert not comparison.gone
    assert [(change.old.ref, change.new.ref, change.new.title) for change in comparison.changed] == [
        ("R2", "R5", "Loss of key staff"), ("R5", "R2", "Fraud against the housing service"),
    ]  # fmt: skip


def test_renumbered_and_retitled_at_once(book_of: MakeBook) -> None:
    rows = _edited(4, Ref="R90", Risk_Title="Contractor goes under")
    change = _only(compare_books(book_of("old", good_rows()), book_of("new", rows)))
    assert change.renumbered
    assert change.retitled
    assert (change.old.ref, change.new.ref) == ("R4", "R90")


def test_a_reference_given_to_another_risk(book_of: MakeBook) -> None:
    rows = good_rows()
    rows[7] = {**rows[7], "Risk Title": "Devolution", "Cause": "Ministers decide", "Consequence": "Posts end",
               "Existing Controls": "Leader lobbies"}  # fmt: skip
    comparison = compare_books(book_of("old", good_rows()), book_of("new", rows))
    assert [risk.title for risk in comparison.new] == ["Devolution"]
    assert [risk.title for risk in comparison.gone] == ["Fire in a tower block"]
    assert not comparison.changed


def test_marked_as_closed_and_reopened(book_of: MakeBook) -> None:
    old, new = book_of("old", good_rows()), book_of("new", _edited(6, Status="Closed"))
    assert [change.new.ref for change in compare_books(old, new).closed] == ["R6"]
    assert compare_books(new, old).changed[0].closing == "reopened"


def test_format_and_columns_are_no_change(book_of: MakeBook) -> None:
    rows = good_rows()
    for row in rows:
        row["Residual Likelihood"] = "2"
        row["Risk Owner"] = " head  of property "
        row["Existing Controls"] = row["Existing Controls"].replace("□", "•").replace("\n", "\n\n")
        row["Target Date"] = row["Target Date"].strftime("%d %B %Y")
    turned = (*HEADINGS[:2], *reversed(HEADINGS[2:]))
    names = {"Risk Owner": "Owner of risk", "Existing Controls": "Controls in place"}
    assert compare_books(
        book_of("old", good_rows()), book_of("new", rows, headings=turned, names=names, sheet="Q4")
    ).is_empty


def test_a_column_more_is_one_remark(book_of: MakeBook) -> None:
    without = tuple(heading for heading in HEADINGS if heading != "Cause")
    comparison = compare_books(book_of("old", good_rows(), headings=without), book_of("new", good_rows()))
    assert not comparison.changed
    assert comparison.remarks == ("Columns that are new in the register: “Cause”.",)


def test_further_rows_of_one_risk(book_of: MakeBook) -> None:
    rows = good_rows()
    more = {**rows[1], "Further Actions": "Raise pay for social workers"}
    old, new = book_of("old", rows), book_of("new", [*rows[:2], more, *rows[2:]])
    change = _only(compare_books(old, new))
    assert [(field.kind, field.new) for field in change.changes] == [("row", "Raise pay for social workers")]
    change = _only(compare_books(new, old))
    assert [(field.kind, field.old) for field in change.changes] == [("row", "Raise pay for social workers")]


def test_rows_without_reference_and_title(book_of: MakeBook) -> None:
    rows = good_rows()
    for row in rows[2:5]:
        row |= {"Ref": None, "Risk Title": None}
    rows[4] |= {"Cause": "Rain", "Consequence": None, "Existing Controls": None, "Further Actions": None}
    book = book_of("old", rows)
    assert compare_books(book, book).is_empty


def test_an_annotated_copy_compares_as_its_original(tmp_path: Path) -> None:
    rows = _edited(3, Residual_Rating=12)
    path = write_register(tmp_path / "register.xlsx", rows)
    copy_of = annotate(path, tmp_path / "copy.xlsx").path
    assert compare_books(read(path), read(copy_of)).is_empty


def test_a_formula_that_was_never_calculated_is_worked_out(tmp_path: Path) -> None:
    import openpyxl

    path = write_register(tmp_path / "old.xlsx", good_rows())
    book = openpyxl.load_workbook(path)
    sheet = book["Register"]
    column = HEADINGS.index("Residual Rating") + 1
    for row in range(2, 10):
        sheet.cell(row, column).value = f"=I{row}*J{row}"
    sheet.cell(4, column - 2).value = 5
    book.save(tmp_path / "new.xlsx")
    change = _only(compare_books(read(path), read(tmp_path / "new.xlsx")))
    assert change.new.ref == "R3"
    assert [(move.old.rating, move.new.rating) for move in change.moves] == [(6, 15)]


EDITS: dict[str, Callable[[Row], None]] = {
    "owner": lambda row: row.update({"Risk Owner": "Director of Growth"}),
    "date": lambda row: row.update({"Target Date": dt.datetime(2026, 1, 31)}),
    "action": lambda row: row.update({"Further Actions": row["Further Actions"] + "\nTrain every team in it"}),
    "control": lambda row: row.update({"Existing Controls": "□ A locked door"}),
    "text": lambda row: row.update({"Consequence": "Services stop at once and for good"}),
    "reference": lambda row: row.update({"Ref": f"X{row['Ref']}"}),
    "title": lambda row: row.update({"Risk Title": row["Risk Title"] + " this year"}),
    "score": lambda row: row.update({"Residual Likelihood": 4, "Residual Rating": 12}),
    "status": lambda row: row.update({"Status": "Watching"}),
}


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[int, list[str]], set[int], int, list[int]]:
    """Which risks get which edits, which go, how many come, and the order of what is left."""
    gone = draw(st.sets(st.integers(0, 6), max_size=2))
    left = [place for place in range(7) if place not in gone]
    kinds = st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4, unique=True)
    chosen = draw(st.dictionaries(st.sampled_from(left), kinds, max_size=4))
    came = draw(st.integers(0, 1))
    return chosen, gone, came, draw(st.permutations([*left, *([7] if came else [])]))


def _read(folder: Path, name: str, rows: list[Row]) -> Book:
    return read(write_register(folder / f"{name}.xlsx", rows))


@QUIET
@given(edits())
def test_known_edits_are_found_and_no_others(drawn: tuple[dict[int, list[str]], set[int], int, list[int]]) -> None:
    chosen, gone, _came, order = drawn
    rows = copy.deepcopy(good_rows())
    for place, kinds in chosen.items():
        for kind in kinds:
            EDITS[kind](rows[place])
    with TemporaryDirectory() as folder:
        old = _read(Path(folder), "old", good_rows(7))
        new = _read(Path(folder), "new", [rows[place] for place in order])
        forward, back = compare_books(old, new), compare_books(new, old)
    found = {
        change.old.title: {field.kind for field in change.changes} | ({"score"} if change.moves else set())
        for change in forward.changed
    }
    titles = [row["Risk Title"] for row in good_rows()]
    assert found == {titles[place]: set(kinds) for place, kinds in chosen.items()}
    assert {risk.title for risk in forward.gone} == {titles[place] for place in gone}
    assert {risk.title for risk in forward.new} == ({titles[7]} if 7 in order else set())
    _mirrors(forward, back)


def _mirrors(forward: Comparison, back: Comparison) -> None:
    assert {(risk.ref, risk.title) for risk in forward.new} == {(risk.ref, risk.title) for risk in back.gone}
    assert {(risk.ref, risk.title) for risk in forward.gone} == {(risk.ref, risk.title) for risk in back.new}
    assert _facts(forward) == {
        (new, old, frozenset((name, after, before, -days) for name, before, after, days in fields),
         frozenset((stage, after, before, TURNED[move]) for stage, before, after, move in moves))
        for old, new, fields, moves in _facts(back)
    }  # fmt: skip


TURNED = {"worse": "better", "better": "worse", "level": "level"}


def _facts(comparison: Comparison) -> set[Any]:
    return {
        (change.old.ref, change.new.ref,
         frozenset((field.name, field.old, field.new, field.days) for field in change.changes),
         frozenset((move.stage, move.old.rating, move.new.rating, move.move) for move in change.moves))
        for change in comparison.changed
    }  # fmt: skip
