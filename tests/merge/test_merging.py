"""What is merged, what is not, and that nothing else changes."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from registers import HEAD_ROW, HEADINGS, LEGEND, OPTIONS, SHEET, load, risk, write_register

from regsheet.errors import MergeError, OutputError, RegsheetError
from regsheet.grid import read_grid
from regsheet.grid.cells import Value
from regsheet.merge import Merged, merge_copies
from regsheet.package import open_package
from regsheet.pipeline import annotate, strip
from regsheet.writer.merged import Conflict
from regsheet.writer.strip import is_annotated

Edit = Callable[[openpyxl.Workbook], object]
SCORES = (4, 4, 2, 3)
WRONG = 2
"""The number of the risk whose inherent rating is wrong, so that it is corrected in the workbook as sent."""


def cell(number: int, heading: str) -> str:
    """The address of a risk's cell."""
    return f"{openpyxl.utils.get_column_letter(HEADINGS.index(heading) + 1)}{HEAD_ROW + number}"


def parts(path: Path) -> list[tuple[str, bytes]]:
    """What each part of a workbook holds, in their order."""
    package = open_package(path)
    return [(name, package.blob(name)) for name in package.names]


class Case:
    """A register of six risks, annotated, and the copies made of it."""

    def __init__(self, folder: Path, formulas: bool = False) -> None:
        self.folder = folder
        risks = [risk(number, SCORES, wrong=number == WRONG) for number in range(1, 7)]
        self.original = write_register(folder / "register.xlsx", risks, formulas)
        self.sent = folder / "register.checked.xlsx"
        annotate(self.original, self.sent, OPTIONS)

    def copy(self, edit: Edit | None = None, name: str = "copy.xlsx", source: Path | None = None) -> Path:
        path = self.folder / "returned" / name
        path.parent.mkdir(exist_ok=True)
        if edit is None:
            shutil.copy(self.sent, path)
            return path
        book = load(source or self.sent)
        edit(book)
        book.save(path)
        return path

    def typing(self, changes: dict[str, object], name: str = "copy.xlsx") -> Path:
        """A copy with other values in cells of the register."""

        def edit(book: openpyxl.Workbook) -> None:
            for address, value in changes.items():
                book[SHEET][address].value = value

        return self.copy(edit, name)

    def merge(self, *copies: Path, told: dict[str, str] | None = None) -> Merged:
        return merge_copies(self.sent, copies, self.folder / "merged.xlsx", OPTIONS, told=told, force=True)

    def merged_value(self, address: str, sheet: str = SHEET) -> Value:
        """What a cell holds in the merged workbook when our annotation is taken off."""
        strip(self.folder / "merged.xlsx", self.folder / "bare.xlsx", force=True)
        from regsheet.grid.addresses import position

        return read_grid(open_package(self.folder / "bare.xlsx")).sheet(sheet).value(*position(address))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def only(done: Merged) -> Conflict:
    """The one conflict."""
    (conflict,) = done.merge.conflicts
    return conflict


def test_no_copies_and_unchanged_copies_change_nothing(case: Case) -> None:
    resaved = case.copy(lambda _: None, "resaved.xlsx")
    for copies in ((), (case.copy(name="as it is.xlsx"), resaved)):
        done = case.merge(*copies)
        assert (done.merge.edits, done.merge.conflicts) == ((), ())
        assert {copy.state for copy in done.merge.copies} <= {"unchanged"}
        strip(case.folder / "merged.xlsx", case.folder / "bare.xlsx", force=True)
        assert parts(case.folder / "bare.xlsx") == parts(case.original)


def test_edits_of_several_copies_come_together_and_the_same_edit_is_one(case: Case) -> None:
    first = case.typing({cell(1, "Controls"): "Sprinklers", cell(3, "Inherent Impact"): 5}, "first.xlsx")
    second = case.typing(
        {cell(4, "Target Date"): dt.datetime(2026, 1, 31), cell(3, "Inherent Impact"): 5}, "second.xlsx"
    )
    done = case.merge(first, second)
    assert not done.merge.conflicts
    assert {(edit.ref, edit.field, edit.copies) for edit in done.merge.edits} == {
        ("R1", "controls", ("first.xlsx",)), ("R3", "inherent impact", ("first.xlsx", "second.xlsx")),
        ("R4", "action date", ("second.xlsx",)),
    }  # fmt: skip
    assert case.merged_value(cell(1, "Controls")) == "Sprinklers"
    assert case.merged_value(cell(3, "Inherent Impact")) == 5
    assert case.merged_value(cell(4, "Target Date")) == dt.datetime(2026, 1, 31)


def test_a_collision_leaves_what_was_sent_and_shows_both_versions(case: Case) -> None:
    place = cell(1, "Controls")
    first, second = case.typing({place: "Sprinklers"}, "first.xlsx"), case.typing({place: "Alarms"}, "second.xlsx")
    conflict = only(case.merge(second, first))
    assert (conflict.kind, conflict.sheet, conflict.cell, conflict.ref) == ("collision", SHEET, place, "R1")
    assert [(v.copy, v.value) for v in conflict.versions] == [("first.xlsx", "Sprinklers"), ("second.xlsx", "Alarms")]
    assert conflict.before == case.merged_value(place) == "The library is inspected each spring"
    rows = list(load(case.folder / "merged.xlsx")["Conflicts"].iter_rows(min_row=5, values_only=True))
    shown = [(row[0], row[1], row[2], row[9], row[11]) for row in rows]
    assert shown == [(1, "Copies differ", "R1", "Sprinklers", "first.xlsx"),
                     (1, "Copies differ", "R1", "Alarms", "second.xlsx")]  # fmt: skip


def test_a_corrected_cell_is_an_edit_only_where_the_owner_changed_it(case: Case) -> None:
    place = cell(WRONG, "Inherent Rating")
    assert load(case.sent)[SHEET][place].value == 16
    case.merge(case.typing({cell(1, "Cause"): "Another"}))
    assert case.merged_value(place) == 17, "left alone, it is in the original workbook as it was"
    done = case.merge(case.typing({place: 12}))
    assert [(edit.before, edit.after) for edit in done.merge.edits] == [(16, 12)]
    assert case.merged_value(place) == 12
    done = case.merge(case.typing({place: 17}))
    assert [edit.after for edit in done.merge.edits] == [17]
    assert case.merged_value(place) == 17
    assert load(case.folder / "merged.xlsx")[SHEET][place].value == 16, "and is corrected again"


def test_formulas_are_never_taken_from_a_copy(tmp_path: Path) -> None:
    case = Case(tmp_path, formulas=True)
    rating, controls = cell(1, "Inherent Rating"), cell(2, "Controls")
    done = case.merge(case.typing({rating: 9, controls: '=HYPERLINK("http://example.org")', cell(3, "Cause"): "=1+1"}))
    assert not done.merge.edits
    assert {(c.kind, c.cell, c.versions[0].formula) for c in done.merge.conflicts} == {
        ("formula", rating, None), ("formula", controls, 'HYPERLINK("http://example.org")'),
        ("formula", cell(3, "Cause"), "1+1"),
    }  # fmt: skip
    strip(tmp_path / "merged.xlsx", tmp_path / "bare.xlsx")
    assert parts(tmp_path / "bare.xlsx") == parts(case.original)
    shown = load(tmp_path / "merged.xlsx")["Conflicts"]
    assert not [c for row in shown.iter_rows() for c in row if c.data_type == "f"]


def test_a_text_like_a_formula_stays_a_text(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[SHEET][cell(1, "Cause")].value = "=SUM(A1)"
        book[SHEET][cell(1, "Cause")].data_type = "s"

    assert len(case.merge(case.copy(edit)).merge.edits) == 1
    found = load(case.folder / "merged.xlsx")[SHEET][cell(1, "Cause")]
    assert (found.value, found.data_type) == ("=SUM(A1)", "s")


def test_dates_and_numbers_are_shown_as_such_and_looks_stay(case: Case) -> None:
    date, score, text = cell(1, "Target Date"), cell(2, "Inherent Impact"), cell(3, "Further Actions")
    before = load(case.original)[SHEET]
    case.merge(case.typing({date: 5, score: 3, text: dt.datetime(2026, 5, 1)}))
    strip(case.folder / "merged.xlsx", case.folder / "bare.xlsx")
    after = load(case.folder / "bare.xlsx")[SHEET]
    assert after[text].is_date and after[text].value == dt.datetime(2026, 5, 1)
    assert after[text].border.left.style == before[text].border.left.style == "thin"
    assert after[text].number_format == "dd/mm/yyyy"
    assert after[score].value == 3 and after[score]._style == before[score]._style
    assert case.merged_value(date) == dt.datetime(1900, 1, 5), "as the copy shows it: the cell is one for dates"


def test_somebody_who_sorts_filters_and_inserts_still_merges(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=HEAD_ROW + 6)]
        for number, values in enumerate(reversed(rows), HEAD_ROW + 1):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value
        sheet.cell(HEAD_ROW + 6, 4).value = "Typed after sorting"
        sheet.insert_cols(3)
        sheet.insert_rows(HEAD_ROW + 2)
        sheet.row_dimensions[HEAD_ROW + 3].hidden = True
        sheet.title = "My view"

    done = case.merge(case.copy(edit))
    assert [(edit.ref, edit.cell, edit.after) for edit in done.merge.edits] == [
        ("R1", cell(1, "Consequence"), "Typed after sorting")]  # fmt: skip
    assert {conflict.kind for conflict in done.merge.conflicts} == {"sheet renamed"}


def test_notes_are_reported_also_below_ours(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        flagged = book[SHEET][cell(WRONG, "Inherent Rating")]
        flagged.comment = Comment(f"{flagged.comment.text}\nI do not think so.", "Ruth")
        book[SHEET][cell(4, "Cause")].comment = Comment("Is this still true?", "Ruth")

    done = case.merge(case.copy(edit))
    assert {(c.kind, c.cell, c.versions[0].value) for c in done.merge.conflicts} == {
        ("note added", cell(WRONG, "Inherent Rating"), "I do not think so."),
        ("note added", cell(4, "Cause"), "Is this still true?"),
    }  # fmt: skip


def test_what_is_typed_outside_the_register_is_reported(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[SHEET]["A1"] = "Another title"
        book[SHEET]["D3"] = "Effect"
        book[LEGEND]["A9"] = "Below the legend"
        book["Check summary"]["B100"] = "Below the summary"
        book["Findings"]["U5"] = "Beside the findings"
        book.create_sheet("Mine")["A1"] = "My own"
        del book["Heatmap"]

    done = case.merge(case.copy(edit))
    assert not done.merge.edits
    assert {(c.kind, c.sheet, c.versions[0].value) for c in done.merge.conflicts} == {
        ("outside", SHEET, "Another title"), ("heading", SHEET, "Effect"), ("row added", LEGEND, "A: Below the legend"),
        ("check sheet", "Check summary", "B: Below the summary"),
        ("check sheet", "Findings", "Beside the findings"), ("sheet added", "Mine", "A1: My own"),
    }  # fmt: skip


def test_deleted_rows_and_columns_are_reported_and_kept(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[SHEET].delete_rows(HEAD_ROW + 5)
        book[SHEET].delete_cols(HEADINGS.index("Cause") + 1)

    done = case.merge(case.copy(edit))
    assert {(c.kind, c.ref, c.field) for c in done.merge.conflicts} == {
        ("row deleted", "R5", ""), ("column removed", "", "cause")}  # fmt: skip
    assert case.merged_value(cell(5, "Ref")) == "R5"


def test_copies_that_cannot_be_read_do_not_stop_the_others(case: Case) -> None:
    bad = case.folder / "returned" / "bad.xlsx"
    good = case.typing({cell(1, "Cause"): "Typed"})
    bad.write_bytes(b"nothing of the kind")
    other = write_register(case.folder / "other.xlsx", [])
    with_other_risks = load(other)
    with_other_risks[SHEET].append([f"Z{n}" for n in range(14)])
    with_other_risks.save(other)
    done = case.merge(bad, good, other, case.folder / "returned" / "missing.xlsx")
    assert len(done.merge.edits) == 1
    assert [c.versions[0].copy for c in done.merge.conflicts if c.kind == "not read"] == [
        "bad.xlsx", "missing.xlsx", "other.xlsx"]  # fmt: skip


def test_a_copy_without_our_annotation_merges_too(case: Case) -> None:
    strip(case.sent, case.folder / "plain.xlsx")
    copy = case.copy(lambda book: book[SHEET].__setitem__(cell(3, "Cause"), "Typed"), source=case.folder / "plain.xlsx")
    done = case.merge(copy)
    assert [(edit.ref, edit.after) for edit in done.merge.edits] == [("R3", "Typed")]
    assert not done.merge.conflicts


def test_a_dry_run_has_the_same_plan_and_writes_nothing(case: Case) -> None:
    place = cell(1, "Controls")
    copies = [case.typing({place: "A", cell(2, "Cause"): "B"}, "1.xlsx"), case.typing({place: "C"}, "2.xlsx")]
    dry = merge_copies(case.sent, copies, case.folder / "merged.xlsx", OPTIONS, dry_run=True)
    assert dry.annotated is None and not (case.folder / "merged.xlsx").exists()
    assert case.merge(*copies).merge == dry.merge


def test_neither_the_sent_workbook_nor_a_copy_nor_changed_work_is_written_over(case: Case) -> None:
    copy = case.typing({cell(1, "Cause"): "Typed"})
    for target in (case.sent, copy):
        with pytest.raises(OutputError):
            merge_copies(case.sent, [copy], target, OPTIONS, force=True)
    case.merge(copy)
    case.copy(lambda book: book[SHEET].__setitem__("A1", "Mine"), "../merged.xlsx", case.folder / "merged.xlsx")
    with pytest.raises(OutputError):
        merge_copies(case.sent, [copy], case.folder / "merged.xlsx", OPTIONS)


def test_the_merged_workbook_is_annotated_like_any_other(case: Case) -> None:
    place = cell(1, "Controls")
    case.merge(case.typing({place: "A"}, "1.xlsx"), case.typing({place: "B"}, "2.xlsx"))
    again = case.folder / "again.xlsx"
    annotate(case.folder / "merged.xlsx", again, OPTIONS)
    names = [sheet.name for sheet in read_grid(open_package(again)).sheets]
    assert names == [SHEET, LEGEND, "Check summary", "Conflicts", "Merged edits", "Findings", "Heatmap", "Change log"]
    resaved = case.copy(lambda _: None, "../resaved.xlsx", case.folder / "merged.xlsx")
    strip(resaved, case.folder / "bare.xlsx")
    bare = open_package(case.folder / "bare.xlsx")
    assert [sheet.name for sheet in read_grid(bare).sheets] == [SHEET, LEGEND]
    assert not is_annotated(bare)


def test_a_second_round_merges_into_the_merged_workbook(case: Case) -> None:
    case.merge(case.typing({cell(1, "Controls"): "First round"}))
    second = case.folder / "merged.xlsx"
    copy = case.copy(lambda book: book[SHEET].__setitem__(cell(2, "Controls"), "Second round"), "c.xlsx", second)
    done = merge_copies(second, [copy], case.folder / "final.xlsx", OPTIONS)
    assert [edit.after for edit in done.new.edits] == ["Second round"] and not done.merge.conflicts
    assert [edit.after for edit in done.merge.edits] == ["First round", "Second round"]
    final = load(case.folder / "final.xlsx")[SHEET]
    assert [final[cell(number, "Controls")].value for number in (1, 2)] == ["First round", "Second round"]


def test_what_was_sent_must_be_a_workbook(case: Case) -> None:
    with pytest.raises(RegsheetError):
        merge_copies(case.folder / "none.xlsx", [case.copy()], None, OPTIONS)


def test_the_original_in_place_of_the_annotated_workbook_is_refused(case: Case) -> None:
    annotated, target = case.copy(), case.folder / "merged.xlsx"
    strip(case.sent, case.folder / "plain.xlsx")
    typed = case.copy(
        lambda book: book[SHEET].__setitem__(cell(3, "Cause"), "Typed"), "plain.xlsx", case.folder / "plain.xlsx"
    )
    for copies in ([annotated], [typed, annotated]):
        with pytest.raises(MergeError, match=r"not the annotated workbook that was sent.*register\.checked\.xlsx"):
            merge_copies(case.original, copies, target, OPTIONS)
    assert not target.exists()
    done = merge_copies(case.original, [typed], target, OPTIONS)
    assert [(edit.ref, edit.after) for edit in done.merge.edits] == [("R3", "Typed")] and not done.merge.conflicts
