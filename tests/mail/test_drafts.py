"""The folder of drafts."""

import csv

import pytest
from mailing import PROPERTY, drafts_of, people

from regsheet.errors import OutputError
from regsheet.mail.drafts import write_drafts
from regsheet.model.owners_list import Owner

OTHER = Owner("Head of Finance", "=Ada", "ada@council.example")


@pytest.fixture
def drafts(make_annotated):
    path = make_annotated({(2, "Cause"): None, (3, "Cause"): None, (3, "Risk Owner"): "Head of Finance"})
    return list(drafts_of(path, people(PROPERTY, OTHER)).values())


def test_every_draft_and_a_list(drafts, tmp_path):
    folder = tmp_path / "new" / "drafts"
    write_drafts(folder, drafts)
    assert sorted(path.name for path in folder.iterdir()) == [
        "=Ada, Head of Finance.eml", "Jo Wren, Head of Property.eml", "drafts.csv",
    ]  # fmt: skip
    rows = list(csv.DictReader((folder / "drafts.csv").read_text("utf-8-sig").splitlines()))
    assert [row["To"] for row in rows] == ["jo.wren@council.example", "ada@council.example"]
    assert rows[1]["File"] == "'=Ada, Head of Finance.eml"


def test_a_second_run_replaces_its_own_and_removes_what_nobody_needs(drafts, tmp_path):
    write_drafts(tmp_path, drafts)
    (tmp_path / "mine.eml").write_text("mine")
    write_drafts(tmp_path, drafts[:1])
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".eml") == [
        "Jo Wren, Head of Property.eml", "mine.eml",
    ]  # fmt: skip


def test_a_draft_that_somebody_changed_is_kept(drafts, tmp_path):
    write_drafts(tmp_path, drafts)
    edited = tmp_path / drafts[1].file_name
    edited.write_text("my own words")
    with pytest.raises(OutputError, match="changed since"):
        write_drafts(tmp_path, drafts)
    write_drafts(tmp_path, drafts[:1])
    assert edited.read_text() == "my own words"
    write_drafts(tmp_path, drafts, force=True)
    assert edited.read_bytes() == drafts[1].content


def test_a_file_of_somebody_else_is_not_replaced(drafts, tmp_path):
    (tmp_path / drafts[0].file_name).write_text("mine")
    with pytest.raises(OutputError, match="is not a draft of regsheet"):
        write_drafts(tmp_path, drafts)
    assert not (tmp_path / "drafts.csv").exists()


def test_a_folder_that_cannot_be_made_is_said(drafts, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_drafts(tmp_path / "file" / "drafts", drafts)


def test_an_unreadable_list_is_said(drafts, tmp_path):
    (tmp_path / "drafts.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OutputError, match="list of drafts"):
        write_drafts(tmp_path, drafts)
