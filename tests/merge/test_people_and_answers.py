"""Who returned a copy, whose risk it edits, and what was answered on the Findings sheets."""

from pathlib import Path

import openpyxl
import pytest
from registers import OPTIONS, SHEET, load
from test_merging import WRONG, Case, cell, only

from regsheet.merge import merge_copies
from regsheet.merge.people import People
from regsheet.model.owners_list import Owner, OwnersList
from regsheet.pipeline import annotate

SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples" / "strategic-risk-register.xlsx"

OWNERS = OwnersList((
    Owner("Head of Housing", "Tomasz Zielinski", "t.z@council.example", ("Housing Lead",), "Housing Manager"),
    Owner("Head of Property", "Ruth Lidgate", aliases=("HoP",)),
    Owner("Head of Human Resources", "Carol Staveley", successor="Head of People"),
    Owner("Head of People", "James Arkwright"),
))  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("register - Head of Housing", "Tomasz Zielinski, Head of Housing"),
        ("register_Tomasz_Zielinski_v2", "Tomasz Zielinski, Head of Housing"),
        ("HoP comments", "Ruth Lidgate, Head of Property"),
        ("shop comments", None),
        ("Head of Housing and Head of Property", None),
        ("final final (2)", None),
        ("from head of people", "James Arkwright, Head of People"),
        ("Director of Place", "Director of Place"),
    ],
)
def test_people_are_found_in_file_names(stem: str, name: str | None) -> None:
    found = People(OWNERS, ["Director of Place", "Head of Housing"]).in_file_name(stem)
    assert (None if found is None else found.name) == name


def test_deputies_successors_and_one_of_several_own_a_risk() -> None:
    people = People(OWNERS, ["Chief Officer / Head of Property"])
    deputy, successor, ruth = people.told("Housing Manager"), people.told("James Arkwright"), people.told("hop")
    assert people.owns(deputy, "Head of  Housing") and not people.owns(deputy, "Head of Property")
    assert people.owns(successor, "Head of Human Resources") and not people.owns(successor, "Head of Housing")
    assert people.owns(ruth, "Chief Officer\nHead of Property") and not people.owns(ruth, "Chief Officer")
    assert people.owns(ruth, ""), "a risk without an owner is nobody else's"


def test_edits_to_another_owners_risk_are_reported(case: Case) -> None:
    housing, property_ = cell(1, "Cause"), cell(3, "Cause")
    done = case.merge(case.typing({housing: "Ours", property_: "Theirs"}, "Head of Housing.xlsx"))
    assert [(edit.cell, edit.who) for edit in done.merge.edits] == [(housing, ("Head of Housing",))]
    conflict = only(done)
    assert (conflict.kind, conflict.cell, conflict.owner) == ("other owner", property_, "Head of Property")
    assert not done.merge.remarks


def test_the_owners_own_edit_goes_before_another_persons(case: Case) -> None:
    place = cell(1, "Cause")
    own, other = (
        case.typing({place: "Own"}, "Head of Housing.xlsx"),
        case.typing({place: "Other"}, "Head of Finance.xlsx"),
    )
    done = case.merge(own, other)
    assert [edit.after for edit in done.merge.edits] == ["Own"]
    assert [(v.value, v.who) for v in only(done).versions] == [("Other", "Head of Finance")]
    same = case.typing({place: "Own"}, "Head of Finance.xlsx")
    done = case.merge(own, same)
    assert [edit.copies for edit in done.merge.edits] == [("Head of Finance.xlsx", "Head of Housing.xlsx")]
    assert not done.merge.conflicts


def test_an_owner_may_hand_a_risk_on(case: Case) -> None:
    copy = case.typing({cell(1, "Risk Owner"): "Head of Finance", cell(1, "Cause"): "Typed"}, "Head of Housing.xlsx")
    done = case.merge(copy)
    assert len(done.merge.edits) == 2 and not done.merge.conflicts


def test_that_nobody_is_known_is_said_once(case: Case) -> None:
    copies = [case.typing({cell(number, "Cause"): "Typed"}, f"{number}.xlsx") for number in (1, 2)]
    done = case.merge(*copies)
    assert len(done.merge.edits) == 2 and not done.merge.conflicts
    (remark,) = done.merge.remarks
    assert "1.xlsx, 2.xlsx" in remark and "--from" in remark


def test_the_command_line_says_who(case: Case) -> None:
    copy = case.typing({cell(1, "Cause"): "Typed"}, "Head of Housing.xlsx")
    done = case.merge(copy, told={"Head of Housing.xlsx": "Policy Officer"})
    assert only(done).kind == "other owner"
    assert (done.merge.copies[0].who, done.merge.copies[0].known_by) == ("Policy Officer", "given with --from")


def test_who_saved_it_last_counts_only_where_it_is_an_owner(case: Case) -> None:
    def saved_by(name: str) -> Path:
        def edit(book: openpyxl.Workbook) -> None:
            book.properties.lastModifiedBy = name
            book[SHEET][cell(1, "Cause")].value = "Typed"

        return case.copy(edit)

    assert only(case.merge(saved_by("Head of Finance"))).kind == "other owner"
    done = case.merge(saved_by("Somebody Else"))
    assert done.merge.copies[0].who == "" and not done.merge.conflicts


# -- answers -----------------------------------------------------------------------------------------------------


def answer(case: Case, file: str, /, **values: object) -> Path:
    """A copy with answers on the first row of the Findings sheet."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Findings"]
        heads = {each.value: each.column for each in sheet[4]}
        for word, value in values.items():
            sheet.cell(5, heads[word.capitalize()]).value = value

    return case.copy(edit, file)


def answers(path: Path) -> list[tuple[object, ...]]:
    """What the Findings sheet of a workbook says in the columns of answers."""
    sheet = load(path)["Findings"]
    heads = {each.value: each.column - 1 for each in sheet[4]}
    rows = sheet.iter_rows(min_row=5, values_only=True)
    wanted = ("Response", "Reason", "Name")
    return [found for row in rows if any(found := tuple(row[heads[word]] for word in wanted))]


def test_answers_of_all_copies_are_collected(case: Case) -> None:
    first = answer(case, "1.xlsx", response="Disagree", reason="Agreed by the board", name="Ruth")
    second = answer(case, "2.xlsx", response="disagree")
    done = case.merge(first, second)
    assert not done.merge.conflicts and not done.merge.edits
    assert [copy.responses for copy in done.merge.copies] == [1, 1]
    assert answers(case.folder / "merged.xlsx") == [("Disagree", "Agreed by the board", "Ruth")]


def test_answers_that_contradict_each_other_are_both_reported(case: Case) -> None:
    first = answer(case, "1.xlsx", response="Disagree", reason="Agreed by the board", name="Ruth")
    second = answer(case, "2.xlsx", response="Agree", name="Tom")
    conflict = only(case.merge(second, first))
    assert conflict.kind == "response" and conflict.ref == f"R{WRONG}"
    assert [version.value for version in conflict.versions] == [
        "Disagree; reason: Agreed by the board; name: Ruth", "Agree; name: Tom"]  # fmt: skip
    assert answers(case.folder / "merged.xlsx") == []


def test_an_answer_that_was_sent_is_kept_and_may_be_changed(case: Case) -> None:
    case.merge(answer(case, "1.xlsx", response="Agree", name="Ruth"))
    case.sent = (case.folder / "merged.xlsx").rename(case.folder / "second round.xlsx")
    unchanged = case.copy(name="2.xlsx")
    done = case.merge(unchanged)
    assert not done.merge.conflicts and answers(case.folder / "merged.xlsx") == [("Agree", None, "Ruth")]
    done = case.merge(unchanged, answer(case, "3.xlsx", response="Done"))
    assert not done.merge.conflicts and answers(case.folder / "merged.xlsx") == [("Done", None, "Ruth")]
    done = case.merge(answer(case, "4.xlsx", response=None, name=None))
    assert only(done).kind == "response removed"
    assert answers(case.folder / "merged.xlsx") == [("Agree", None, "Ruth")]


def test_the_findings_sheet_may_be_sorted(case: Case) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Findings"]
        rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=5)]
        for number, values in enumerate(reversed(rows), 5):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value
        heads = {each.value: each.column for each in sheet[4]}
        sheet.cell(5, heads["Response"]).value = "Done"

    done = case.merge(case.copy(edit))
    assert not done.merge.conflicts and answers(case.folder / "merged.xlsx") == [("Done", None, None)]


def test_many_answers_in_columns_that_were_blank_are_answers_and_no_conflict(tmp_path: Path) -> None:
    annotate(SAMPLE, tmp_path / "sent.xlsx", OPTIONS)
    book = load(tmp_path / "sent.xlsx")
    sheet = book["Findings"]
    heads = {each.value: each.column for each in sheet[4]}
    for number, row in enumerate(range(6, 24, 3)):
        said = ("Disagree" if number % 2 else "Agree", f"Reason {number}", "T. Zielinski", "31 March 2025")
        for word, value in zip(("Response", "Reason", "Name", "Until"), said, strict=True):
            sheet.cell(row, heads[word]).value = value
    book.save(tmp_path / "answered.xlsx")
    done = merge_copies(tmp_path / "sent.xlsx", [tmp_path / "answered.xlsx"], tmp_path / "merged.xlsx", OPTIONS)
    assert (done.merge.edits, done.merge.conflicts) == ((), ())
    assert [copy.responses for copy in done.merge.copies] == [6]
    assert len(answers(tmp_path / "merged.xlsx")) == 6

    sheet.cell(4, sheet.max_column + 1).value = "Ours"
    sheet.cell(6, sheet.max_column).value = "A column that nobody asked for"
    book.save(tmp_path / "answered.xlsx")
    done = merge_copies(tmp_path / "sent.xlsx", [tmp_path / "answered.xlsx"], None, OPTIONS, dry_run=True)
    assert [copy.responses for copy in done.merge.copies] == [6]
    typed = [conflict.versions[0].value for conflict in done.merge.conflicts]
    assert typed == ["Ours", "A column that nobody asked for"]
