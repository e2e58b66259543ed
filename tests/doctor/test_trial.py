"""A trial from outside: the copy it writes, what it says, and what it refuses."""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "roundtrip"))

from odd_packages import ODDITIES
from package_parts import parts_of, zipped
from rich_workbook import FEATURES, rich_workbook

from regsheet.cli.main import main
from regsheet.doctor.trial import Trial, trial
from regsheet.errors import OutputError, PackageError
from regsheet.package import open_package
from regsheet.writer.strip import strip

MakeRegister = Callable[..., Path]
BARE = frozenset(FEATURES) - {"names", "filter", "print settings", "hidden first"}


def book(folder: Path, oddity: str | None = None, features: frozenset[str] = BARE) -> Path:
    parts = parts_of(rich_workbook(features))
    if oddity is not None:
        ODDITIES[oddity](parts)
    path = folder / "book.xlsx"
    path.write_bytes(zipped(parts))
    return path


def tried(path: Path) -> Trial:
    return trial(path, path.with_name("out.xlsx"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def test_the_copy_has_value_fill_note_and_sheets(tmp_path: Path) -> None:
    done = tried(book(tmp_path, features=frozenset()))
    assert (done.value, done.look, done.noted, done.sheets) == ("A1", "A2", True, ("Findings", "Heatmap"))
    result = openpyxl.load_workbook(done.path)
    sheet = result.worksheets[0]
    assert sheet["A1"].value == "regsheet trial"
    assert sheet["A2"].value == "Ref"
    assert sheet["A2"].fill.fgColor.rgb != "FFDDEBF7"
    assert sheet["A2"].comment is not None
    assert "DR001" in sheet["A2"].comment.text
    assert result.sheetnames[-2:] == ["Findings", "Heatmap"]
    assert result["Heatmap"]["A1"].value == "Heatmap"
    assert any("DR001" in str(cell.value) for row in result["Findings"].iter_rows() for cell in row)


def test_a_fill_of_the_same_colour_is_another(tmp_path: Path) -> None:
    path = book(tmp_path, features=frozenset())
    first = tried(path)
    done = trial(path, tmp_path / "again.xlsx")
    fills = {openpyxl.load_workbook(p).worksheets[0]["A2"].fill.fgColor.rgb for p in (first.path, done.path)}
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["A2"].fill = openpyxl.styles.PatternFill("solid", fgColor=fills.pop())
    workbook.save(tmp_path / "filled.xlsx")
    result = openpyxl.load_workbook(trial(tmp_path / "filled.xlsx", tmp_path / "third.xlsx").path)
    assert result.worksheets[0]["A2"].fill.fgColor.rgb == "FFFFE699"


@pytest.mark.parametrize(
    ("oddity", "value", "look", "noted"),
    [
        ("empty_sheet", "A1", "A1", True),
        ("no_cells_area", "A1", "A1", True),
        ("full_first_row", None, "A1", True),
        ("merged_first_row", "XFC1", "A2", True),
        ("unsound_vml", "A1", "A2", False),
        ("shared_formula", "D1", "A1", True),
        ("data_table", "C1", "A1", True),
    ],
)
def test_where_it_writes(tmp_path: Path, oddity: str, value: str | None, look: str, noted: bool) -> None:
    done = tried(book(tmp_path, oddity))
    assert (done.value, done.look, done.noted) == (value, look, noted)


def test_a_taken_name_is_not_taken_again(tmp_path: Path) -> None:
    assert tried(book(tmp_path, "taken_names", BARE - {"formulas"})).sheets == ("Findings 2", "Heatmap")


def test_it_comes_off_again(tmp_path: Path) -> None:
    path = book(tmp_path)
    stripped = strip(open_package(tried(path).path))
    assert stripped.exact
    original = open_package(path)
    assert [(name, stripped.package.blob(name)) for name in original.names] == [
        (name, original.blob(name)) for name in original.names
    ]


def test_an_annotation_is_taken_off_first(tmp_path: Path) -> None:
    path = book(tmp_path)
    first = tried(path)
    second = trial(first.path, tmp_path / "second.xlsx")
    assert second.sheets == first.sheets
    assert "taken off first" in second.sentences[0]


def test_the_input_is_never_written_to(tmp_path: Path) -> None:
    path = book(tmp_path)
    before = hashlib.sha256(path.read_bytes()).digest()
    tried(path)
    with pytest.raises(OutputError):
        trial(path, path, force=True)
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_a_copy_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    path = book(tmp_path)
    done = tried(path)
    with pytest.raises(OutputError, match="exists already"):
        tried(path)
    assert trial(path, done.path, force=True).path == done.path


def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    path.write_bytes(rich_workbook(frozenset())[:900])
    with pytest.raises(PackageError, match="damaged"):
        tried(path)
    result = run(path)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1


def test_the_command_says_what_is_held(tmp_path: Path) -> None:
    result = run(book(tmp_path))
    assert result.exit_code == 0
    for words in ("Charts", "Text boxes and shapes", "Very hidden sheets", "The round trip keeps all of it."):
        assert words in result.output


def test_the_command_as_json(tmp_path: Path) -> None:
    path, out = book(tmp_path, "macros"), tmp_path / "out.xlsx"
    result = run(path, "--trial", out, "--format", "json")
    assert result.exit_code == 0
    said = json.loads(result.output)
    assert {"macros", "macro-signature"} <= {holding["key"] for holding in said["holds"]}
    assert said["trial"]["path"] == str(out)
    assert said["trial"]["sheets"] == ["Findings", "Heatmap"]
    assert out.exists()


def test_the_command_writes_and_tells(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    result = run(book(tmp_path, "unsound_vml"), "--trial", out)
    assert out.exists()
    assert "but for what is marked above" in " ".join(result.output.split())
    assert "no note because" in " ".join(result.output.split())


def test_annotating_tells_what_it_breaks(make_register: MakeRegister) -> None:
    path = make_register()
    parts = parts_of(path.read_bytes())
    parts["_xmlsignatures/sig1.xml"] = b"<Signature/>"
    ODDITIES["revisions"](parts)
    path.write_bytes(zipped(parts))
    result = CliRunner().invoke(main, ["annotate", str(path), "--as-of", "2024-12-31"])
    said = " ".join(result.output.split())
    assert "Digital signature: Any change breaks" in said
    assert "Shared workbook with a log of changes:" in said
