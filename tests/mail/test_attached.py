"""The copy that one person gets."""

import io
import zipfile

import pytest
from mailing import PROPERTY, attached, drafts_of, opened, people

from regsheet.config import Config
from regsheet.mail.attached import workbook_for
from regsheet.mail.contents import read_contents
from regsheet.package import Package
from regsheet.pipeline import open_workbook, strip
from regsheet.writer.strip import strip as take_off

RUTH = ("Head of Environment and Community", "Head of Environ ment and Community")


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def copy(contents):
    return workbook_for(contents, RUTH)


def test_it_opens_on_the_findings_and_no_other_sheet_is_selected(copy):
    book = opened(copy)
    assert book.active.title == "Findings"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Findings"]


def test_only_their_rows_are_shown(copy):
    sheet = opened(copy)["Findings"]
    shown = {row: not sheet.row_dimensions[row].hidden for row in range(5, sheet.max_row + 1)}
    assert {row for row, is_shown in shown.items() if is_shown} == {
        row for row in shown if sheet.cell(row, 6).value in RUTH
    }
    (rule,) = sheet.tables["Check_findings"].autoFilter.filterColumn
    assert (rule.colId, set(rule.filters.filter)) == (5, set(RUTH))
    assert not any(sheet.row_dimensions[row].hidden for row in range(1, 5))


def test_blank_owners_can_be_filtered_too(contents):
    sheet = opened(workbook_for(contents, {""}))["Findings"]
    (rule,) = sheet.tables["Check_findings"].autoFilter.filterColumn
    assert rule.filters.blank
    owners = {sheet.cell(row, 6).value for row in range(5, sheet.max_row + 1) if not sheet.row_dimensions[row].hidden}
    assert owners == {None}


def test_nothing_else_is_changed(contents, copy):
    before, after = parts(contents.data), parts(copy)
    changed = {name for name in after if after[name] != before.get(name)}
    assert set(before) == set(after)
    assert {name.rpartition("/")[2] for name in changed} == {
        "workbook.xml", "sheet2.xml", "sheet6.xml", "table1.xml", "item1.xml",
    }  # fmt: skip


def test_strip_gives_the_original_back_exactly(contents, copy, council):
    found = take_off(Package(copy, "copy"))
    assert found.exact
    original = (council / "strategic-risk-register.xlsx").read_bytes()
    assert parts(found.package.to_bytes()) == parts(original)


def test_a_copy_is_read_and_stripped_by_the_commands(copy, council, tmp_path):
    path = tmp_path / "returned.xlsx"
    path.write_bytes(copy)
    assert strip(path).exact
    assert open_workbook(path).source_name == "strategic-risk-register.xlsx"


def test_an_answer_on_any_row_is_read(copy, tmp_path):
    book = opened(copy)
    sheet = book["Findings"]
    for row in (5, sheet.max_row):
        sheet.cell(row, 14).value = "Agree"
    assert sheet.row_dimensions[5].hidden
    path = tmp_path / "returned.xlsx"
    book.save(path)
    assert [response.response for response in open_workbook(path).responses] == ["Agree", "Agree"]


def test_a_copy_of_an_edited_workbook_still_opens_filtered(make_annotated):
    path = make_annotated({(2, "Cause"): None, (3, "Risk Owner"): None})
    book = opened(path)
    book["Register"]["B2"].value = "Another title"
    book.save(path)
    data = workbook_for(read_contents(path, Config()), {"Head of Property"})
    book = opened(data)
    assert book.active.title == "Findings"
    assert any(book["Findings"].row_dimensions[row].hidden for row in range(5, book["Findings"].max_row + 1))


@pytest.mark.parametrize("owner", ['Head of "R&D" <x>', "Kopf_x000D_", "=1+1", "a\nb", "é" * 254, "x" * 300])
def test_owners_of_any_letters(make_annotated, owner):
    path = make_annotated({(2, "Cause"): None, (2, "Risk Owner"): owner})
    drafts = drafts_of(path, people(PROPERTY), team=None)
    book = opened(attached(drafts["assurance@council.example"]))
    assert book.active.title == "Findings"
    found = take_off(Package(attached(drafts["assurance@council.example"]), "copy"))
    assert found.exact
