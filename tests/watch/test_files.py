"""What comes of each file that is put in: results, names, and what could not be read."""

from __future__ import annotations

import os
import shutil
import sys

import openpyxl
import pytest

from regsheet.pipeline import annotate, strip


def result_of(path):
    return openpyxl.load_workbook(path)


@pytest.fixture
def register(make_register, tmp_path):
    path = make_register({(2, "Inherent Rating"): 12, (3, "Risk Owner"): None}, rows=3)
    return path.rename(tmp_path / "given.xlsx")


def put(folders, register, name="register.xlsx"):
    target = folders.inbox / name
    target.parent.mkdir(parents=True, exist_ok=True)
    return shutil.copy(register, target)


def test_a_copy_and_a_page_are_written_and_the_input_stays(folders, register):
    path = put(folders, register, "Housing/Q3/register.xlsx")
    before = path.read_bytes()
    assert folders.once() == 0
    assert folders.results() == ["Housing/Q3/register.checked.xlsx", "Housing/Q3/register.html"]
    assert path.read_bytes() == before
    assert "Check summary" in result_of(folders.outbox / folders.results()[0]).sheetnames
    page = (folders.outbox / "Housing/Q3/register.html").read_text("utf-8")
    assert 'href="register.checked.xlsx"' in page
    assert "no owner" in page
    assert "<script" not in page
    assert "http" not in page


def test_the_copy_is_the_one_of_the_command_line(folders, register, tmp_path):
    put(folders, register)
    folders.once()
    shutil.copy(register, tmp_path / "register.xlsx")
    annotate(tmp_path / "register.xlsx", tmp_path / "by-hand.xlsx")
    assert (folders.outbox / "register.checked.xlsx").read_bytes() == (tmp_path / "by-hand.xlsx").read_bytes()


def test_other_formats_get_a_workbook_of_findings(folders, register):
    rows = list(openpyxl.load_workbook(register).active.values)
    lines = [",".join("" if value is None else str(value) for value in row) for row in rows]
    (folders.inbox / "register.csv").write_text("\n".join(lines), "utf-8")
    assert folders.once() == 0
    assert folders.results() == ["register.findings.xlsx", "register.html"]
    assert "cannot be annotated" in (folders.outbox / "register.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.xlsx", b"no workbook at all", "damaged"),
        ("minutes.pdf", b"%PDF-1.7", "is a PDF"),
        ("half.xlsx", b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_what_cannot_be_read_is_moved_with_the_reason(folders, name, content, reason):
    path = folders.inbox / "sub" / name
    path.parent.mkdir()
    path.write_bytes(content)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert folders.once() == 2
    stem = name.split(".")[0]
    assert folders.results() == sorted([f"unread/sub/{name}", f"unread/sub/{stem}.txt"])
    moved = folders.outbox / "unread/sub" / name
    assert (moved.read_bytes(), moved.stat().st_mtime) == (content, 1_600_000_000)
    assert reason in (folders.outbox / f"unread/sub/{stem}.txt").read_text("utf-8-sig")
    assert not path.exists()


def test_nothing_in_unread_is_overwritten(folders):
    for content in (b"one", b"two", b"three"):
        (folders.inbox / "broken.xlsx").write_bytes(content)
        folders.once()
    kept = [(folders.outbox / "unread" / f"broken{number}.xlsx").read_bytes() for number in ("", "-2", "-3")]
    assert kept == [b"one", b"two", b"three"]
    assert len(folders.results()) == 6


def test_a_move_to_a_drive_that_knows_no_links_is_a_copy_that_is_whole(folders, monkeypatch):
    def refuse(*_arguments, **_named):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    (folders.inbox / "broken.xlsx").write_bytes(b"one")
    folders.once()
    assert (folders.outbox / "unread/broken.xlsx").read_bytes() == b"one"
    assert list(folders.inbox.iterdir()) == []


def test_a_workbook_without_register_and_our_own_report_are_told_so(folders, register):
    book = openpyxl.Workbook()
    book.active["A1"] = "Shopping"
    book.save(folders.inbox / "shopping.xlsx")
    (folders.inbox / "register.csv").write_text("Ref,Risk Title,Likelihood,Impact,Rating\nR1,Fire,4,4,12\n", "utf-8")
    folders.once()
    shutil.copy(folders.outbox / "register.findings.xlsx", folders.inbox / "returned.xlsx")
    folders.once()
    assert "No risk register" in (folders.outbox / "unread/shopping.txt").read_text("utf-8-sig")
    assert "not a register" in (folders.outbox / "unread/returned.txt").read_text("utf-8-sig")


def test_a_copy_that_somebody_changed_is_not_replaced(folders, register):
    path = put(folders, register)
    folders.once()
    copy = folders.outbox / "register.checked.xlsx"
    book = result_of(copy)
    book["Register"]["B2"] = "Changed by a person"
    book.save(copy)
    changed = copy.read_bytes()
    book = openpyxl.load_workbook(path)
    book.active["B2"] = "Another title"
    book.save(path)
    folders.once()
    assert copy.read_bytes() == changed
    assert folders.results() == [
        "register-2.checked.xlsx", "register-2.html", "register.checked.xlsx", "register.html",
    ]  # fmt: skip
    assert "numbered" in (folders.outbox / "register-2.html").read_text("utf-8")


def test_a_copy_that_nobody_changed_is_replaced(folders, register):
    path = put(folders, register)
    folders.once()
    before = (folders.outbox / "register.checked.xlsx").read_bytes()
    book = openpyxl.load_workbook(path)
    book.active["B2"] = "Another title"
    book.save(path)
    folders.once()
    assert folders.results() == ["register.checked.xlsx", "register.html"]
    assert (folders.outbox / "register.checked.xlsx").read_bytes() != before


def test_a_page_or_findings_that_are_not_ours_are_not_replaced(folders, register):
    put(folders, register)
    folders.outbox.mkdir()
    (folders.outbox / "register.html").write_text("somebody's page")
    folders.once()
    assert (folders.outbox / "register.html").read_text() == "somebody's page"
    assert {"register-2.checked.xlsx", "register-2.html"} < set(folders.results())


def test_files_of_one_name_do_not_take_each_others_results(folders, register):
    put(folders, register, "register.xlsx")
    put(folders, register, "register-2.xlsx")
    (folders.inbox / "register.csv").write_text("Ref,Risk Title,Likelihood,Impact,Rating\nR1,Fire,4,4,12\n", "utf-8")
    assert folders.once() == 0
    assert len(folders.results()) == 6
    assert folders.once(afresh=False) == 0
    assert len(folders.results()) == 6


def test_a_returned_copy_is_annotated_as_what_it_is_a_copy_of(folders, register, tmp_path):
    put(folders, register)
    folders.once()
    shutil.copy(folders.outbox / "register.checked.xlsx", folders.inbox / "register.checked.xlsx")
    assert folders.once() == 0
    again = folders.outbox / "register-2.checked.xlsx"
    assert again.read_bytes() == (folders.outbox / "register.checked.xlsx").read_bytes()  # nothing is marked twice
    assert strip(again, tmp_path / "bare.xlsx").exact


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(folders, register, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    shutil.copy(register, secret / "register.xlsx")
    (folders.inbox / "linked.xlsx").symlink_to(register)
    (folders.inbox / "folder").symlink_to(secret, target_is_directory=True)
    os.mkfifo(folders.inbox / "pipe.xlsx")
    assert folders.once() == 0
    assert folders.results() == []
    assert len(folders.said("linked.xlsx: passed over")) == 1
    assert len(folders.said("pipe.xlsx: passed over")) == 1
    assert register.exists()


@pytest.mark.parametrize("name", ["Ré gister – ü%20#?&'.xlsx", "a\nb.xlsx", "-o.xlsx", "x" * 240 + ".xlsx"])
def test_odd_names_are_names(folders, register, name):
    put(folders, register, name)
    assert folders.once() == 0
    assert len(folders.results()) == 2


def test_a_name_that_is_no_text_is_passed_over(folders, register):
    if sys.platform != "linux":
        pytest.skip("such a name cannot be given there")
    put(folders, register, os.fsdecode(b"r\xe9gister.xlsx"))
    assert folders.once() == 0
    assert len(folders.said("rename it")) == 1


def test_other_files_are_left_alone(folders, register):
    put(folders, register, "register.xlsx")
    for name in ("Thumbs.db", "readme.txt", ".hidden.xlsx", "~$other.xlsx"):
        (folders.inbox / name).write_bytes(b"x")
    folders.once()
    assert folders.results() == ["register.checked.xlsx", "register.html"]
    assert len(list(folders.inbox.iterdir())) == 5


def test_last_quarters_workbook_is_found_by_name_and_by_content(folders, register, make_register, tmp_path):
    folders.previous = tmp_path / "last"
    folders.previous.mkdir()
    last = make_register({(1, "Residual Likelihood"): 4, (1, "Residual Rating"): 12}, rows=4)
    shutil.copy(last, folders.previous / "register 2024-09-30.xlsx")
    put(folders, register, "register 2024-12-31.xlsx")
    put(folders, register, "another name.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Risk Title", "Likelihood", "Impact", "Rating"])
    book.active.append(["Z9", "Something else", 2, 2, 4])
    book.save(folders.inbox / "new service.xlsx")
    assert folders.once() == 0
    page = (folders.outbox / "register 2024-12-31.html").read_text("utf-8")
    assert "R4" in page  # which was there last quarter
    assert "nothing was compared" not in page
    assert "nothing was compared" in (folders.outbox / "new service.html").read_text("utf-8")


def test_the_owners_list_that_the_configuration_names_is_no_register(folders, register):
    put(folders, register)
    (folders.inbox / "regsheet.toml").write_text('owners = "owners.csv"\n')
    (folders.inbox / "owners.csv").write_text("role,name\nHead of Property,Ruth Lidgate\n")
    assert folders.once() == 0
    assert folders.results() == ["register.checked.xlsx", "register.html"]
    (folders.inbox / "owners.csv").write_text("nothing,of,the,kind\n")
    assert folders.once(afresh=True) == 2
    assert folders.said("has no heading “role”")
    assert (folders.inbox / "owners.csv").exists()
