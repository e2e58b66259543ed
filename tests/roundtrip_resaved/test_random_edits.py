"""Small registers, annotated, edited at random and saved by openpyxl: what comes off is the original edited alike."""

import random
import tempfile
from pathlib import Path

import xlsxwriter
from comparing_copies import OPTIONS, content, differences, faults, stacked
from edits_by_users import (
    Place,
    delete_row,
    delete_sheets,
    insert_column,
    insert_row,
    move_sheets,
    rename_sheets,
    sort_rows,
    type_over,
    write_below_note,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from resaving import by_openpyxl

from regsheet.package import open_package
from regsheet.pipeline import annotate
from regsheet.writer.mark import read_mark
from regsheet.writer.strip import strip

HEADINGS = ("Ref", "Risk", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
            "Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "Risk Owner")  # fmt: skip
INHERENT, RESIDUAL, TEXTS = 6, 10, (1, 2, 3, 7)
COLOURS = (None, "#F2F2F2", "#FFC000")
BUILDINGS = ("library", "depot", "museum", "school", "market", "harbour", "theatre", "workshop")


@st.composite
def rows(draw: st.DrawFn) -> list[list[object]]:
    """Risks with scores, some ratings wrong or missing, some owners missing."""
    found: list[list[object]] = []
    for number in range(1, draw(st.integers(2, 8)) + 1):
        building = BUILDINGS[number - 1]
        scores = [draw(st.integers(1, 5)) for _ in range(4)]
        wrong = draw(st.sampled_from(("right", "right", "inherent", "residual", "missing")))
        inherent, residual = scores[0] * scores[1], scores[2] * scores[3]
        found.append([
            f"R{number}", f"Loss of the {building} to fire", f"The {building} is heated by an ageing boiler",
            f"Services at the {building} stop for weeks", *scores[:2], inherent + (wrong == "inherent"),
            f"The {building} is inspected each spring", *scores[2:],
            None if wrong == "missing" else residual + 2 * (wrong == "residual"),
            draw(st.sampled_from(("Head of Property", "Chief Officer", None))),
        ])  # fmt: skip
    return found


def write(path: Path, risks: list[list[object]], colour: str | None, formulas: bool, noted: bool) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Register")
        heading = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1})
        cell = book.add_format({"border": 1, **({"bg_color": colour} if colour else {})})
        sheet.write_row(0, 0, HEADINGS, heading)
        for row, risk in enumerate(risks, 1):
            for column, value in enumerate(risk):
                if formulas and column in (INHERENT, RESIDUAL) and value is not None:
                    left, right = (chr(65 + column - back) for back in (2, 1))
                    sheet.write_formula(row, column, f"={left}{row + 1}*{right}{row + 1}", cell, value)
                else:
                    sheet.write(row, column, value, cell)
        if noted:
            sheet.write_comment(1, RESIDUAL, "Agreed at the board.", {"author": "Chief"})


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("sort"), st.integers()),
        st.tuples(st.just("insert"), st.integers(0, 9)),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("column"), st.just(0)),
        st.tuples(st.just("type"), st.integers(0, 40)),
    ),
    max_size=4,
)
SHEETS = st.sampled_from(("leave", "rename", "move", "delete some", "rename and move"))


def edit_rows(book: Workbook, place: Place, edits: list[tuple[str, int]]) -> None:
    """The edits that the original and the copy both get."""
    for number, (kind, choice) in enumerate(edits):
        count = place.last_row - place.first_row + 1
        row = place.first_row + choice % max(count, 1)
        if kind == "sort":
            order = list(range(place.first_row, place.last_row + 1))
            random.Random(choice).shuffle(order)  # noqa: S311
            sort_rows(book, place, order)
        elif kind == "insert":
            insert_row(book, place, row)
        elif kind == "delete" and count > 2:
            delete_row(book, place, row)
        elif kind == "column":
            insert_column(book, place)
        elif kind == "type":
            column = TEXTS[choice % len(TEXTS)] + 1
            type_over(book, place, row, column if column < place.scores else 2, f"Typed since, change {number}")


def edit_sheets(book: Workbook, ours: tuple[str, ...], how: str) -> None:
    """What is done to our sheets; the Change log is never deleted, since openpyxl drops the mark."""
    if how == "delete some":
        delete_sheets(book, ours[:-1])
    if "move" in how:
        move_sheets(book, ours)
    if "rename" in how:
        rename_sheets(book, ours)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows(), st.sampled_from(COLOURS), st.booleans(), st.booleans(), EDITS, SHEETS)
def test_what_comes_off_is_the_original_edited_alike(
    risks: list[list[object]], colour: str | None, formulas: bool, noted: bool, edits: list[tuple[str, int]], how: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original, copy = folder / "register.xlsx", folder / "copy.xlsx"
        write(original, risks, colour, formulas, noted)
        annotate(original, copy, OPTIONS)
        mark = read_mark(open_package(copy))
        assert mark is not None

        def edit_original(book: Workbook) -> None:
            edit_rows(book, Place("Register", 2, len(risks) + 1, 5), edits)

        def edit_copy(book: Workbook) -> None:
            edit_original(book)
            edit_sheets(book, mark.sheets, how)

        plain = by_openpyxl(original, folder / "plain" / "register.xlsx", edit_original)
        edited = by_openpyxl(copy, folder / "edited" / "register.xlsx", edit_copy)
        assert faults(plain, edited) == []
        assert stacked(plain, edited, folder) == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows(), st.booleans(), st.integers(0, 100))
def test_what_somebody_writes_below_a_note_stays(risks: list[list[object]], noted: bool, choice: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original, copy = folder / "register.xlsx", folder / "copy.xlsx"
        write(original, risks, None, formulas=False, noted=noted)
        annotate(original, copy, OPTIONS)
        mark = read_mark(open_package(copy))
        assert mark is not None
        if not mark.notes:
            return
        note = mark.notes[choice % len(mark.notes)]
        line = "I shall ask the owner."

        def edit(book: Workbook) -> None:
            write_below_note(book, note.sheet, note.cell, line)

        edited = by_openpyxl(copy, folder / "edited.xlsx", edit)
        wanted = content(open_package(by_openpyxl(original, folder / "plain.xlsx")))
        own = wanted.notes.get((note.sheet, note.cell))
        wanted.notes[note.sheet, note.cell] = f"{own}\n{line}" if own else line
        assert differences(wanted, content(strip(open_package(edited)).package)) == []
