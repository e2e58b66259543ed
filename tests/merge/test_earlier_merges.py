"""What a merge left undecided stands on its sheets, and is not lost when the merged workbook is annotated again."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl.comments import Comment
from registers import LEGEND, OPTIONS, SHEET, load
from test_merging import Case, cell

from regsheet.cli.main import main
from regsheet.merge import Merged, merge_copies
from regsheet.pipeline import annotate, open_workbook, strip
from regsheet.writer.merged import Conflict, Merge

Sheet = openpyxl.worksheet.worksheet.Worksheet
FIRST = 5
"""The first row below the headings of the Conflicts sheet."""

COLLISION = cell(1, "Controls")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def first_merge(case: Case) -> Merged:
    """Two copies: a collision of texts and of dates, an edit each, a note, a new row, something outside, an edit."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        sheet[COLLISION], sheet[cell(2, "Target Date")] = "Sprinklers\nand alarms ", dt.datetime(2026, 1, 31)
        sheet[cell(3, "Cause")] = "Merged from one"
        sheet[cell(4, "Cause")].comment = Comment("Is this still true?", "Ruth")
        sheet.append([f"new {n}" for n in range(5)])
        book[LEGEND]["A1"] = True

    one = case.copy(edit, "one.xlsx")
    two = case.typing({COLLISION: "=1+1", cell(2, "Target Date"): None, cell(5, "Inherent Impact"): 2.5}, "two.xlsx")
    bad = one.with_name("bad.xlsx")
    bad.write_bytes(b"no workbook")
    return case.merge(one, two, bad)


def merged(case: Case) -> Path:
    return case.folder / "merged.xlsx"


def edited(case: Case, edit: Callable[[openpyxl.Workbook], object], name: str = "edited.xlsx") -> Path:
    """The merged workbook in the hands of the team."""
    return case.copy(edit, f"../{name}", merged(case))


def again(case: Case, path: Path) -> Path:
    """Annotated once more."""
    target = path.with_name(f"{path.stem}.again.xlsx")
    annotate(path, target, OPTIONS, force=True)
    return target


def told(path: Path) -> Merge:
    found = open_workbook(path).merge
    assert found is not None
    return found


def row_of(sheet: Sheet, text: object) -> int:
    return next(c.row for row in sheet.iter_rows(min_row=FIRST) for c in row if c.value == text)


def short(conflicts: tuple[Conflict, ...]) -> list[tuple[str, str | None, tuple[object, ...]]]:
    return [(each.kind, each.cell, tuple(version.value for version in each.versions)) for each in conflicts]


def test_annotating_again_gives_the_same_bytes(case: Case) -> None:
    done = first_merge(case)
    assert len(done.merge.conflicts) >= 6 and {"collision", "not read", "row added"} <= {
        conflict.kind for conflict in done.merge.conflicts}  # fmt: skip
    once = again(case, merged(case))
    assert once.read_bytes() == merged(case).read_bytes()
    back = told(once)
    assert [(c.kind, c.sheet, c.cell, c.ref, c.why) for c in back.conflicts] == [
        (c.kind, c.sheet, c.cell, c.ref, c.why) for c in done.merge.conflicts]  # fmt: skip
    assert back.edits == done.merge.edits
    assert [replace(copy, known_by="") for copy in done.merge.copies] == list(back.copies)
    assert back.remarks == done.merge.remarks


def test_a_copy_saved_by_another_program_keeps_every_conflict(case: Case) -> None:
    first_merge(case)
    resaved = again(case, edited(case, lambda _: None))
    assert told(resaved) == told(merged(case))
    assert resaved.read_bytes() != b"" and again(case, resaved).read_bytes() == resaved.read_bytes()
    strip(merged(case), case.folder / "one bare.xlsx")
    strip(again(case, merged(case)), case.folder / "two bare.xlsx")
    assert (case.folder / "one bare.xlsx").read_bytes() == (case.folder / "two bare.xlsx").read_bytes()


def test_deleted_rows_stay_deleted_wherever_the_others_were_sorted_to(case: Case) -> None:
    first_merge(case)

    def decide(book: openpyxl.Workbook) -> None:
        sheet = book["Conflicts"]
        sheet.delete_rows(row_of(sheet, "Is this still true?"))
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=FIRST)]
        for number, values in enumerate(reversed(rows), FIRST):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value
        sheet.row_dimensions[FIRST + 1].hidden = True
        book["Merged edits"].delete_rows(FIRST)

    before, after = told(merged(case)), told(again(case, edited(case, decide)))
    assert "note added" in {conflict.kind for conflict in before.conflicts}
    assert after.conflicts == tuple(each for each in before.conflicts if each.kind != "note added")
    assert after.edits == before.edits[1:]


def test_when_all_is_decided_the_sheets_say_so(case: Case) -> None:
    first_merge(case)
    decided = again(case, edited(case, lambda book: book["Conflicts"].delete_rows(FIRST, 60)))
    assert told(decided).conflicts == ()
    sheet = load(decided)["Conflicts"]
    assert str(sheet["A2"].value).startswith("Nothing is left to decide: what was returned in 3 copies")
    assert again(case, decided).read_bytes() == decided.read_bytes()

    def without(book: openpyxl.Workbook) -> None:
        del book["Conflicts"], book["Merged edits"]

    assert open_workbook(edited(case, without, "without.xlsx")).merge is None


def test_what_the_team_writes_beside_a_row_stays_beside_it(case: Case) -> None:
    first_merge(case)

    def write(book: openpyxl.Workbook) -> None:
        sheet = book["Conflicts"]
        row = row_of(sheet, "=1+1")
        sheet.cell(FIRST - 1, 14).value = "Decision"
        sheet.cell(row, 14).value = "=SUM(A1)"
        sheet.cell(row, 14).data_type = "s"
        sheet.cell(row + 1, 14).value = dt.datetime(2025, 5, 1)
        sheet.cell(row + 1, 16).value = 7
        sheet.cell(row, 13).value = "We ask Ruth."
        sheet.cell(row, 2).value = "Copies differ - with the board"
        sheet.cell(row, 1).comment = Comment("I would take two.", "Ann")
        sheet.cell(sheet.max_row + 2, 3).value = "Ask the depot too"
        book["Merged edits"].cell(FIRST, 15).value = "Good"

    found = again(case, edited(case, write))
    sheet = load(found)["Conflicts"]
    assert [c.value for c in sheet[FIRST - 1]][12:] == ["Why it was not merged", "Decision", "Remarks"]
    shown = {str(c.value) for row in sheet.iter_rows(min_row=FIRST) for c in row}
    assert {"=SUM(A1)", "2025-05-01 00:00:00", "7", "We ask Ruth.", "Copies differ - with the board",
            "I would take two.", "Ask the depot too"} <= shown  # fmt: skip
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert load(found)["Merged edits"].cell(FIRST, 12).value == "Good"
    kept = next(c for c in told(found).conflicts if c.what == "Copies differ - with the board")
    assert (kept.kind, kept.why, kept.cell) == ("collision", "We ask Ruth.", COLLISION)
    assert again(case, found).read_bytes() == found.read_bytes()


def test_cells_typed_over_and_columns_moved_lose_nothing(case: Case) -> None:
    first_merge(case)

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Conflicts"]
        row = row_of(sheet, "=1+1")
        sheet.cell(row, 1).value, sheet.cell(row, 8).value = "first!", "the first row"
        sheet.cell(row, 7).value = "A sheet that is gone"
        sheet.cell(FIRST - 1, 10).value = "What they said"
        sheet.move_range(f"B{FIRST - 1}:B40", cols=24)
        del book["Check summary"]
        book["Merged edits"].cell(FIRST, 3).value = "somewhere"

    path = edited(case, change)
    values = {version.value for conflict in told(path).conflicts for version in conflict.versions}
    assert values == {version.value for conflict in told(merged(case)).conflicts for version in conflict.versions}
    assert [conflict.kind for conflict in told(path).conflicts].count("collision") == 3
    found = again(case, path)
    shown = {str(c.value) for row in load(found)["Conflicts"].iter_rows() for c in row}
    assert {"first!\nthe first row", "A sheet that is gone"} <= shown
    assert {copy.name for copy in told(found).copies} == {"one.xlsx", "two.xlsx", "bad.xlsx"}
    assert told(found).edits[0].beside == (("Remarks", "somewhere"),)


def test_sheets_of_the_same_name_in_the_workbook_are_not_ours(case: Case, tmp_path: Path) -> None:
    book = load(case.original)
    book.create_sheet("Conflicts")["A1"] = "Conflicts of interest"
    book.save(case.original)
    annotate(case.original, case.sent, OPTIONS, force=True)
    done = case.merge(case.typing({COLLISION: "A"}, "1.xlsx"), case.typing({COLLISION: "B"}, "2.xlsx"))
    found = again(case, merged(case))
    assert found.read_bytes() == merged(case).read_bytes()
    assert load(found).sheetnames[:5] == [SHEET, LEGEND, "Conflicts", "Check summary", "Conflicts 2"]
    assert short(told(found).conflicts) == short(done.merge.conflicts)


def test_a_later_merge_lists_old_conflicts_with_the_new_ones(case: Case) -> None:
    first = first_merge(case)
    sent = edited(case, lambda _: None, "second.xlsx")
    copy = case.copy(lambda book: book[SHEET].__setitem__("A1", "Other title"), "three.xlsx", sent)
    done = merge_copies(sent, [copy], case.folder / "third.xlsx", OPTIONS)
    assert short(done.new.conflicts) == [("outside", "A1", ("Other title",))]
    assert set(short(done.merge.conflicts)) == {*short(told(sent).conflicts), *short(done.new.conflicts)}
    assert [copy.name for copy in done.merge.copies] == ["bad.xlsx", "one.xlsx", "two.xlsx", "three.xlsx"]
    assert len(done.merge.edits) == len(first.merge.edits)
    assert told(case.folder / "third.xlsx").conflicts == told(again(case, case.folder / "third.xlsx")).conflicts
    same = merge_copies(case.folder / "third.xlsx", [copy], case.folder / "fourth.xlsx", OPTIONS)
    assert ("outside", "A1") not in {(conflict.kind, conflict.cell) for conflict in same.new.conflicts}
    assert short(same.merge.conflicts).count(("outside", "A1", ("Other title",))) == 1


def test_check_says_that_conflicts_are_undecided_and_a_later_merge_which(case: Case) -> None:
    first_merge(case)
    number = len(told(merged(case)).conflicts)

    def run(*arguments: object) -> str:
        return CliRunner().invoke(main, [str(argument) for argument in arguments]).stdout

    sentence = f"{number} conflicts from an earlier merge are undecided"
    assert sentence in " ".join(run("check", merged(case)).split())
    assert [text for text in json.loads(run("check", merged(case), "--format", "json"))["remarks"] if sentence in text]
    copy = case.copy(lambda _: None, "three.xlsx", merged(case))
    result = CliRunner().invoke(main, ["merge", str(merged(case)), str(copy), "--dry-run"])
    assert result.exit_code == 1, "conflicts are left; that a copy of the earlier merge was not read is no news"
    words = " ".join(result.stdout.split())
    assert f"Not merged: {number} conflicts" in words and words.count("undecided since an earlier merge") == number
    assert "one.xlsx returned by" not in words and sentence not in words


def test_dates_keep_their_day_where_years_count_from_1904(case: Case) -> None:
    path = case.folder / "1904.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(SHEET)
        for row, values in enumerate(load(case.original)[SHEET].iter_rows(values_only=True)):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write(row, column, value)
    annotate(path, case.sent, OPTIONS, force=True)
    place, day = cell(1, "Target Date"), dt.datetime(2026, 1, 31)
    done = case.merge(case.typing({place: day}, "1.xlsx"), case.typing({place: None}, "2.xlsx"))
    assert done.merge.conflicts[0].versions[0].value == day
    assert told(merged(case)).conflicts[0].versions[0].value == day
    assert again(case, merged(case)).read_bytes() == merged(case).read_bytes()


def test_a_sheet_of_a_stranger_with_very_many_columns_is_read(case: Case) -> None:
    first_merge(case)

    def widen(book: openpyxl.Workbook) -> None:
        for column in range(20, 80):
            book["Conflicts"].cell(FIRST - 1, column).value = "Copy"
            book["Conflicts"].cell(FIRST, column).value = f"text {column}"

    beside = dict(told(edited(case, widen)).conflicts[0].versions[0].beside)
    assert len(beside) == 21 and beside["Copy 2"] == "text 20"
    assert all(f"text {column}" in "\n".join(map(str, beside.values())) for column in range(20, 80))
