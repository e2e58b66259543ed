"""Bad input on the command line: one plain sentence, status 2, no traceback, and nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from tests.hostile.workbooks import pack, register_bytes, rows_with

from regsheet.cli.main import main

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def workbook_without_register() -> bytes:
    import io

    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Minutes of the meeting"
    book.save(stream)
    return stream.getvalue()


FILES = {
    "not a workbook": ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(80), "not a workbook"),
    "empty": ("empty.xlsx", b"", "is empty"),
    "encrypted": ("secret.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "no xls": ("old.xls", OLE2 + "Workbook".encode("utf-16-le"), "damaged"),
    "no register": ("minutes.xlsx", workbook_without_register(), "No risk register"),
    "cut short": ("half.xlsx", register_bytes()[:5000], "get it again"),
    "a lock file": ("~$register.xlsx", b"\x05Alice" + bytes(160), "only the mark"),
    "a zip": ("register.xlsx", pack({"readme.txt": b"hello"}), "a zip archive"),
    "another suffix": ("register.docx", b"hello", "."),
    "commands in its name": ("a\x1b[2Jb.xlsx", b"", "is empty"),
}


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(*arguments: str, words: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = result.stderr.strip().split("\n")
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("regsheet: ")
    assert lines[0].endswith(".")
    assert words in lines[0], lines[0]
    assert "\x1b" not in lines[0]
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["annotate", "check", "inspect", "strip"])
@pytest.mark.parametrize("kind", FILES)
def test_files_that_are_no_registers(kind: str, command: str, tmp_path: Path) -> None:
    name, content, words = FILES[kind]
    path = tmp_path / name
    path.write_bytes(content)
    before = files(tmp_path)
    if command == "inspect" and kind == "no register":
        return  # finding none is an answer there
    if command == "strip":
        words = "."  # other formats are named there instead
    refused(command, str(path), words=words)
    assert files(tmp_path) == before


@pytest.mark.parametrize("command", ["annotate", "check", "inspect", "strip"])
def test_what_is_no_file(command: str, tmp_path: Path) -> None:
    refused(command, str(tmp_path / "none.xlsx"), words="There is no file")
    refused(command, str(tmp_path), words="is a folder")
    refused(command, str(tmp_path / "none" / "none.xlsx"), words="There is no file")
    refused(command, str(tmp_path / ("n" * 300 + ".xlsx")), words=".")
    assert files(tmp_path) == {}


def test_an_old_workbook_is_not_annotated(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    rows = [["Ref", "Risk Title", "Likelihood", "Impact", "Rating", "Risk Owner"]]
    rows += [[f"R{n}", f"Loss of building {n}", "2", "3", "6", "Head of Property"] for n in range(1, 8)]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    refused("annotate", str(path), words="cannot be annotated")
    assert list(files(tmp_path)) == ["register.csv"]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.xlsx"
    path.write_bytes(register_bytes())
    return path


def test_outputs_that_cannot_be(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(tmp_path)
    refused("annotate", str(register), "-o", str(register), words="the input, which is never written to")
    os.link(register, tmp_path / "same.xlsx")
    refused("annotate", str(register), "-o", str(tmp_path / "same.xlsx"), "--force", words="never written to")
    (tmp_path / "same.xlsx").unlink()
    refused("annotate", str(register), "-o", str(tmp_path / "none" / "out.xlsx"), words="does not exist")
    refused("annotate", str(register), "-o", str(tmp_path / ("n" * 300 + ".xlsx")), words="too long")
    refused("annotate", str(register), str(register), "-o", "x.xlsx", words="one workbook")
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    refused("annotate", str(register), "-o", str(tmp_path / "mine.xlsx"), words="not regsheet's")
    (tmp_path / "mine.xlsx").unlink()

    def open_elsewhere(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", open_elsewhere)
        refused("annotate", str(register), words="close it in Excel")
    really = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda self, mode="r", **more: open_elsewhere() if "x" in mode
                      else really(self, mode, **more))  # fmt: skip
        refused("annotate", str(register), words="read-only")
        refused("check", str(register), "--format", "json", "-o", str(tmp_path / "r.json"), words="read-only")
    assert files(tmp_path) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(register: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        refused("annotate", str(register), words="read-only")
    finally:
        tmp_path.chmod(0o700)


def test_more_than_the_computer_has_memory_for(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (MemoryError, RecursionError):
        monkeypatch.setattr("regsheet.cli.run.load", lambda *_, kind=error, **__: (_ for _ in ()).throw(kind()))
        refused("check", str(register), words="than this computer has memory for")


CONSOLES = [
    {"PYTHONIOENCODING": "cp850"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"NO_COLOR": "1"},
    {"COLUMNS": "20"},
    {"COLUMNS": "1"},
    {"TERM": "dumb", "LANG": "C", "LC_ALL": "C"},
    {"FORCE_COLOR": "1", "NO_COLOR": "1"},
]


@pytest.mark.parametrize("console", CONSOLES, ids=lambda console: " ".join(f"{k}={v}" for k, v in console.items()))
def test_any_console(console: dict[str, str], tmp_path: Path) -> None:
    """Arrows, emoji and other scripts are shown as well as the console can, and nothing fails."""
    path = tmp_path / "register.xlsx"
    path.write_bytes(register_bytes(rows_with({"Risk Title": "Ärger → 😀 \x1b[31mred 漢字"}, 7)))
    environment = {**os.environ, **console}
    script = (
        "import sys; from regsheet.cli.main import main\n"
        f"for words in (['check', {str(path)!r}], ['annotate', {str(path)!r}], ['inspect', {str(path)!r}], ['rules']):"
        "\n"
        "    try: main(words, standalone_mode=False)\n"
        "    except SystemExit as end: assert end.code in (0, 1), end.code\n"
    )
    words = [sys.executable, "-X", "utf8=0", "-c", script]
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert done.stderr == b""
    assert b"Wrote" in done.stdout
    assert b"\x1b[31mred" not in done.stdout
    if "FORCE_COLOR" not in console:
        assert b"\x1b" not in done.stdout


def test_a_reader_that_goes_away(register: Path) -> None:
    """``regsheet rules | head -1`` ends quietly."""
    words = [sys.executable, "-c", "from regsheet.cli.main import main; main()", "rules"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
