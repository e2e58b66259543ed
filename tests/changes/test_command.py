"""``regsheet compare`` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import regsheet
from regsheet.cli.main import main

from .conftest import good_rows, write_register


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, arguments)], env={"COLUMNS": "80"})


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    rows = good_rows()
    rows[0] |= {"Residual Likelihood": 5, "Residual Rating": 15, "Risk Owner": "[bold]\x1b[31mHead of\u202e Roads"}
    rows[1] |= {"Cause": "Pay lags behind neighbouring councils and private firms"}
    return write_register(tmp_path / "Q3.xlsx", good_rows()), write_register(tmp_path / "Q4.xlsx", rows)


def test_in_the_terminal_signs_stand_beside_colours(pair: tuple[Path, Path]) -> None:
    done = _run(*pair)
    assert done.exit_code == 0
    assert "▲ residual" in done.output
    assert "rose 6 (White) → 15 (Red), likelihood 2 → 5" in done.output
    assert "[-authorities-] {+councils+}" in " ".join(done.output.split())
    assert "\x1b" not in done.output
    assert "\u202e" not in done.output
    assert "Head of Property → [bold][31mHead of Roads" in done.output


def test_json_says_the_same(pair: tuple[Path, Path]) -> None:
    found = json.loads(_run(*pair, "--format", "json").output)
    (book,) = found["books"]
    assert found["same"] is False
    assert book["counts"]["worse"] == 1
    assert book["counts"]["owners"] == 1
    (move,) = book["changed"][0]["moves"]
    assert (move["stage"], move["old"]["rating"], move["new"]["rating"], move["move"]) == ("residual", 6, 15, "worse")
    assert book["changed"][1]["sentences"] == ["Cause reworded."]


def test_exit_status(pair: tuple[Path, Path], tmp_path: Path) -> None:
    again = write_register(tmp_path / "again.xlsx", good_rows())
    assert _run(*pair, "--exit-status").exit_code == 1
    assert _run(pair[0], again, "--exit-status").exit_code == 0
    assert "Nothing changed." in _run(pair[0], again).output


def test_what_cannot_be_compared_is_said_in_a_sentence(pair: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Name,Telephone\nAnn,12\n")
    for arguments, words in (
        ((tmp_path, pair[0]), "is a folder and"),
        ((pair[0], pair[0]), "was given twice"),
        ((pair[0], tmp_path / "no.xlsx"), "There is no file or folder"),
        ((pair[0], other), "No risk register and no assurance map was found"),
        ((*pair, "-o", pair[1]), "is one of the workbooks compared"),
        ((*pair, "-o", tmp_path / "out.pdf"), "give a name that ends in .xlsx"),
    ):
        done = _run(*arguments)
        assert done.exit_code == 2, arguments
        assert words in " ".join(done.output.split())


def test_the_workbook_is_written_once_and_replaced_when_told_to(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert _run(*pair, "--xlsx", out).exit_code == 0
    content = out.read_bytes()
    assert "exists already" in _run(*pair, "-o", out).output
    assert _run(*pair, "-o", out, "--force").exit_code == 0
    assert out.read_bytes() == content


def test_two_folders(tmp_path: Path) -> None:
    moved, old, new = good_rows(), tmp_path / "2024-Q3", tmp_path / "2024-Q4"
    for folder in (old, new):
        (folder / "Roads").mkdir(parents=True)
    write_register(old / "Roads" / "Roads Q3.xlsx", good_rows(5))
    write_register(new / "Roads" / "Roads Q4.xlsx", good_rows(4))
    write_register(old / "a.xlsx", moved[5:7])
    write_register(new / "z.xlsx", [*moved[5:7], moved[4]])
    write_register(old / "Gone.xlsx", [{**moved[7], "Risk Title": "Something quite other", "Ref": "Z1"}])
    (new / "broken.xlsx").write_bytes(b"no workbook")
    done = _run(old, new, "--format", "json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert [(book["old_file"], book["new_file"]) for book in found["books"]] == [
        ("Roads/Roads Q3.xlsx", "Roads/Roads Q4.xlsx"), ("a.xlsx", "z.xlsx"),
    ]  # fmt: skip
    assert found["books"][0]["gone"][0]["elsewhere"] == "now R5 in z.xlsx"
    assert found["books"][1]["new"][0]["elsewhere"] == "was R5 in Roads/Roads Q3.xlsx"
    assert found["only_old"] == ["Gone.xlsx"]
    assert [Path(item["file"]).name for item in found["failed"]] == ["broken.xlsx"]
    assert _run(old, new, "-o", tmp_path / "all.xlsx").exit_code == 2
    assert (tmp_path / "all.xlsx").exists()


def test_from_python_it_is_a_function_whatever_was_imported_first(pair: tuple[Path, Path]) -> None:
    from regsheet import compare

    assert len(regsheet.compare(*pair).changed) == len(compare(str(pair[0]), regsheet.read(pair[1])).changed) == 2
