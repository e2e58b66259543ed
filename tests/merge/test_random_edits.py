"""Random edits to random copies: each is found in the result or on the Conflicts sheet, and nothing else changes."""

import datetime as dt
import os
import random
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from registers import HEAD_ROW, HEADINGS, LEGEND, OPTIONS, RATINGS, SHEET, Copy, load, risk, write_register

from regsheet.grid import read_grid
from regsheet.grid.cells import Grid
from regsheet.merge import merge_copies
from regsheet.merge.values import same
from regsheet.package import Package, open_package
from regsheet.pipeline import annotate
from regsheet.writer.merged import Merge
from regsheet.writer.strip import strip

FITTING = {"text": (1, 2, 3, 7, 11, 13), "blank": (2, 3, 7, 11), "score": (4, 5, 8, 9), "formula": tuple(RATINGS),
           "date": (HEADINGS.index("Target Date"),)}  # fmt: skip
"""The columns that each kind of edit is for."""

EXAMPLES = int(os.environ.get("REGSHEET_MERGE_EXAMPLES", "7"))
"""Each takes a second or two: many find more, on a day when nobody waits."""

MAY_CHANGE = {"xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"}


KINDS = (
    "text", "text", "text", "text", "score", "score", "score", "date", "date", "blank", "formula", "title", "legend",
    "note", "delete", "insert", "insert blank", "sort", "column", "blank column", "move", "rename", "sheet", "answer",
)  # fmt: skip


def register_rows(chance: random.Random) -> list[list[object]]:
    """Three to seven risks, some ratings wrong, some owners missing."""
    found = []
    for number in range(1, chance.randint(3, 7) + 1):
        scores = tuple(chance.randint(1, 5) for _ in range(4))
        found.append(risk(number, scores, chance.random() < 0.3))  # type: ignore[arg-type]
        if chance.random() < 0.2:
            found[-1][-1] = None
    return found


def edit(copy: Copy, kind: str, one: int, two: int) -> None:  # noqa: C901 - one line an edit
    """One edit; where it makes no sense it is left out."""
    row = one % max(len(copy.body), 1)
    places = [place for place, of in enumerate(copy.columns) if of in FITTING.get(kind, range(len(HEADINGS)))]
    column = places[two % len(places)]
    mine = bool(copy.body) and copy.rows[row] is not None
    if kind == "text" and mine:
        copy.type_value(row, column, None)
        copy.type_value(row, column, copy.text("typed"))
    elif kind in {"score", "formula"} and mine:
        copy.type_value(row, column, 1 + one % 5)
    elif kind == "date" and mine:
        copy.type_value(row, column, dt.datetime(2026, 1 + one % 12, 1 + two % 28))
    elif kind == "blank" and mine:
        copy.type_value(row, column, None)
    elif kind == "title":
        copy.typed = [text for text in copy.typed if not text.startswith("title")]
        copy.type_title()
    elif kind == "legend":
        copy.type_legend(1 + one % 5)
    elif kind == "note" and copy.body:
        copy.note(row, column)
    elif kind == "delete" and len(copy.body) > 2:
        copy.delete_row(row)
    elif kind.startswith("insert"):
        copy.insert_row(row, blank=kind == "insert blank")
    elif kind == "sort":
        copy.sort(one)
    elif kind in {"column", "blank column"}:
        copy.insert_column(column, blank=kind == "blank column")
    elif kind == "move":
        copy.move_column(column, one % len(copy.columns))
    elif kind == "rename":
        copy.rename_sheet()
    elif kind == "sheet":
        copy.add_sheet()
    elif kind == "answer":
        copy.answer(one)


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 10**9))
def test_each_edit_is_merged_or_reported(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a failure names its seed; shrinking would find no smaller workbook
    risks = register_rows(chance)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original, sent = write_register(folder / "register.xlsx", risks, chance.random() < 0.5), folder / "sent.xlsx"
        annotate(original, sent, OPTIONS)
        copies = []
        for number in range(1, chance.randint(1, 3) + 1):
            copy = Copy.of(sent, folder / f"copy {number}.xlsx", len(risks))
            for _ in range(chance.randint(1, 7)):
                edit(copy, chance.choice(KINDS), chance.randint(0, 40), chance.randint(0, 40))
            copy.save()
            copies.append(copy)
        done = merge_copies(sent, [copy.path for copy in copies], folder / "merged.xlsx", OPTIONS)
        bare = strip(open_package(folder / "merged.xlsx"))
        assert bare.exact
        before, after, as_sent = (read_grid(each) for each in
                                  (open_package(original), bare.package, open_package(sent)))  # fmt: skip
        shown = told_on_sheets(folder / "merged.xlsx")
        for copy in copies:
            nothing_is_lost(copy, as_sent, after, done.merge, shown)
        nothing_else_changed(copies, before, after, as_sent)
        other_parts_are_the_same(open_package(original), bare.package)
        merge_copies(sent, [copy.path for copy in reversed(copies)], folder / "again.xlsx", OPTIONS)
        assert (folder / "again.xlsx").read_bytes() == (folder / "merged.xlsx").read_bytes()
        annotate(folder / "merged.xlsx", folder / "once more.xlsx", OPTIONS)
        assert (folder / "once more.xlsx").read_bytes() == (folder / "merged.xlsx").read_bytes()


def told_on_sheets(path: Path) -> str:
    """All that the sheets of ours in the merged workbook say."""
    book = load(path)
    cells = (str(cell.value) for name in ("Conflicts", "Findings") for row in book[name].iter_rows() for cell in row)
    return "\n".join(cells)


def nothing_is_lost(copy: Copy, sent: Grid, after: Grid, merge: Merge, shown: str) -> None:
    """Each text is in the result or on our sheets; each changed score, date and blank in its cell or a conflict."""
    register = after.sheet(SHEET)
    texts = "\n".join(str(cell.value) for cell in register.filled())
    for text in copy.typed:
        assert text in texts or text in shown, text
    for row, cells in zip(copy.rows, copy.body, strict=True):
        for column, cell in zip(copy.columns, cells, strict=True):
            if row is None or column is None:
                continue
            place = (HEAD_ROW + 1 + row, column + 1)
            was = sent.sheet(SHEET).cells.get(place)
            if cell.formula or (was is not None and was.formula is None and same(was.value, cell.value)):
                continue
            if was is None and cell.value is None:
                continue
            assert same(register.value(*place), cell.value) or reported(copy, cell.value, place, merge), (place, cell)
    gone = {
        conflict.cell for conflict in merge.conflicts
        if conflict.kind == "row deleted" and copy.path.name in {version.copy for version in conflict.versions}
    }  # fmt: skip
    for row in {place[0] for place in body_places(sent)}:
        assert row - HEAD_ROW - 1 in copy.rows or f"A{row}" in gone


def body_places(sent: Grid) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for cell in sent.sheet(SHEET).filled() if cell.row > HEAD_ROW}


def reported(copy: Copy, value: object, place: tuple[int, int], merge: Merge) -> bool:
    """Whether a conflict says what this copy has in a cell, by its own value or in the words of a new row or column."""
    from regsheet.grid.addresses import address
    from regsheet.writer.sheets.texts import display

    for conflict in merge.conflicts:
        for version in conflict.versions:
            if version.copy != copy.path.name:
                continue
            if conflict.cell == address(*place) and same(version.value, value):  # type: ignore[arg-type]
                return True
            if conflict.kind in {"row added", "column added"} and display(value) in str(version.value):  # type: ignore[arg-type]
                return True
    return False


def nothing_else_changed(copies: list[Copy], before: Grid, after: Grid, sent: Grid) -> None:
    """Only cells that a copy has otherwise differ from the original, and hold what one of the copies holds."""
    brought: dict[tuple[int, int], list[object]] = {}
    for copy in copies:
        for row, cells in zip(copy.rows, copy.body, strict=True):
            for column, cell in zip(copy.columns, cells, strict=True):
                if row is not None and column is not None and not cell.formula:
                    brought.setdefault((HEAD_ROW + 1 + row, column + 1), []).append(cell.value)
    assert [sheet.name for sheet in after.sheets] == [SHEET, LEGEND]
    assert {c.address: c.value for c in after.sheet(LEGEND).filled()} == {
        c.address: c.value for c in before.sheet(LEGEND).filled()}  # fmt: skip
    one, other = before.sheet(SHEET), after.sheet(SHEET)
    for place in {*one.cells, *other.cells}:
        assert one.formula(*place) == other.formula(*place)
        if one.formula(*place) is None and not same(one.value(*place), other.value(*place)):
            assert any(same(other.value(*place), value) for value in brought.get(place, ()))  # type: ignore[arg-type]
            assert not same(other.value(*place), sent.sheet(SHEET).value(*place))


def other_parts_are_the_same(before: Package, after: Package) -> None:
    assert before.names == after.names
    for name in before.names:
        assert name in MAY_CHANGE or before.blob(name) == after.blob(name), name
