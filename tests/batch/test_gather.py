"""Which files of a folder are part of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from regsheet.batch.gather import gather
from regsheet.batch.outputs import output_names, target_in
from regsheet.errors import BatchError, OutputError


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def files(*places: Path | str, leave_out: tuple[Path, ...] = ()) -> list[str]:
    return [one.file for one in gather([str(place) for place in places], leave_out).inputs]


def test_a_folder_is_searched_with_all_that_is_in_it(tmp_path: Path) -> None:
    make(tmp_path, "b.xlsx", "A.XLSX", "Housing/Q4/register.xlsm", "old.xls", "list.csv", "letter.docx", "notes.txt")
    assert files(tmp_path) == ["A.XLSX", "b.xlsx", "Housing/Q4/register.xlsm", "list.csv", "old.xls"]


def test_locks_hidden_files_and_what_belongs_to_the_run_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.xlsx", "~$a.xlsx", ".~lock.a.xlsx#", ".hidden.xlsx", ".cache/b.xlsx", "owners.csv", "out/c.xlsx",
         "old/d.xlsx")  # fmt: skip
    ours = (tmp_path / "owners.csv", tmp_path / "out", tmp_path / "old")
    assert files(tmp_path, leave_out=ours) == ["a.xlsx"]


def test_paths_count_from_the_folder_that_all_have_in_common(tmp_path: Path) -> None:
    make(tmp_path, "in/Housing/r.xlsx", "in/Place/r.xlsx", "in/Place/s.xlsx", "other/t.xlsx")
    assert files(tmp_path / "in/Housing", tmp_path / "in/Place") == ["Housing/r.xlsx", "Place/r.xlsx", "Place/s.xlsx"]
    assert files(tmp_path / "in/Housing/r.xlsx", tmp_path / "in/Place/s.xlsx") == ["Housing/r.xlsx", "Place/s.xlsx"]
    assert files(tmp_path / "in/Place/r.xlsx") == ["r.xlsx"]


def test_patterns_name_files_and_folders(tmp_path: Path) -> None:
    make(tmp_path, "in/Housing/r.xlsx", "in/Place/r.xlsx", "in/Place/deep/s.xlsx", "in/t.xlsx")
    assert files(f"{tmp_path}/in/*/*.xlsx") == ["Housing/r.xlsx", "Place/r.xlsx"]
    assert files(f"{tmp_path}/in/P*") == ["Place/deep/s.xlsx", "Place/r.xlsx"]
    assert files(f"{tmp_path}/in/**/*.xlsx") == ["Housing/r.xlsx", "Place/deep/s.xlsx", "Place/r.xlsx", "t.xlsx"]


def test_a_folder_whose_name_looks_like_a_pattern_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "in [old]/r.xlsx")
    assert files(tmp_path / "in [old]") == ["r.xlsx"]


def test_links_to_folders_are_not_followed_and_a_file_counts_once(tmp_path: Path) -> None:
    make(tmp_path, "in/a.xlsx", "elsewhere/b.xlsx")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/away").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "in/again.xlsx").symlink_to(tmp_path / "in/a.xlsx")
    assert files(tmp_path / "in") == ["a.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_no_text_is_passed_over_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.xlsx")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.xlsx")).write_bytes(b"x")
    found = gather([str(tmp_path)])
    assert [one.file for one in found.inputs] == ["a.xlsx"]
    assert found.passed_over == [("b?.xlsx", "Its name holds bytes that are no letters; rename it and run again.")]


@pytest.mark.parametrize("place", ["missing", "missing*.xlsx", "empty"])
def test_a_place_with_nothing_in_it_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BatchError, match=place.replace("*", r"\*")):
        gather([str(tmp_path / place)])


def test_copies_keep_their_folders_and_no_two_become_one() -> None:
    names = output_names(["H/r.xlsx", "P/r.xlsx", "r.xlsm", "r.checked.xlsx", "R.xlsx", "r.stripped.xlsx"])
    assert names == {
        "H/r.xlsx": "H/r.checked.xlsx", "P/r.xlsx": "P/r.checked.xlsx", "r.xlsm": "r.checked.xlsm",
        "r.checked.xlsx": "r.checked.xlsx", "R.xlsx": "R-2.checked.xlsx", "r.stripped.xlsx": "r.stripped.checked.xlsx",
    }  # fmt: skip


def test_a_link_in_the_output_folder_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "out/Housing").symlink_to(tmp_path / "other", target_is_directory=True)
    with pytest.raises(OutputError, match="by a link"):
        target_in(tmp_path / "out", "Housing/r.checked.xlsx")


def test_a_folder_that_is_written_to_is_not_read_and_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="where the run writes"):
        gather([str(tmp_path)], [tmp_path])
