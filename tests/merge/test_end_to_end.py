"""The sample register: annotated, edited in three copies by two programs, merged, and checked again."""

import datetime as dt
import email
import email.policy
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.comments import Comment
from registers import load

from regsheet.cli.main import main
from regsheet.grid import read_grid
from regsheet.package import open_package

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
SHEET = "Strategic Risk Register"
DAY = ("--as-of", "2024-12-31")
SECONDS = 120
NAME = "strategic-risk-register.checked.xlsx"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def findings(workbook: Path) -> set[tuple[str, str]]:
    """Rule and cell of what ``check`` finds in a workbook and nobody has corrected."""
    found = json.loads(run("check", workbook, *DAY, "--format", "json").stdout)["findings"]
    return {(item["code"], item["cell"]) for item in found}


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample as it is sent out, and the copies that are mailed."""
    folder = tmp_path_factory.mktemp("sent")
    for name in ("strategic-risk-register.xlsx", "owners.csv", "regsheet.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    assert run("annotate", folder / "strategic-risk-register.xlsx", *DAY, "--fail-on", "never").exit_code == 0
    assert run("mail", folder / NAME, "-o", folder / "drafts").exit_code == 0
    return folder


@pytest.fixture
def sent(sent_out: Path, tmp_path: Path) -> Path:
    """The sample as it is sent out, for one test."""
    shutil.copytree(sent_out, tmp_path, dirs_exist_ok=True)
    return tmp_path / NAME


def attached(sent: Path, *options: str) -> dict[str, Path]:
    """The copies that ``regsheet mail`` attaches, by whom they are for."""
    drafts = sent.parent / ("drafts" if not options else "drafts of another kind")
    assert not options or run("mail", sent, "-o", drafts, *options).exit_code == 0
    found: dict[str, Path] = {}
    for draft in sorted(drafts.glob("*.eml")):
        message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
        for attachment in message.iter_attachments():
            path = drafts / str(attachment.get_filename())
            path.write_bytes(attachment.get_content())
            found[draft.stem] = path
    return found


def copy_of(source: Path, name: str, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    path = source.parent / "returned" / name
    path.parent.mkdir(exist_ok=True)
    book = load(source)
    edit(book)
    book.save(path)
    return path


def by_libreoffice(paths: list[Path], profile: Path) -> None:
    """Save workbooks of one folder anew by LibreOffice."""
    folder = paths[0].parent / "anew"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), *map(str, paths)], capture_output=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    for path in paths:
        shutil.move(folder / path.name, path)
    folder.rmdir()


def housing(book: openpyxl.Workbook) -> None:
    """Plans an action with a date, scores a likelihood, dates a review; and tries its hand at another's risk."""
    sheet = book[SHEET]
    sheet["N8"], sheet["O8"] = "• Lease 20 more units for families by June 2025", dt.datetime(2025, 6, 30)
    sheet["J10"], sheet["T10"] = 2, dt.datetime(2024, 12, 19)
    sheet["I5"] = "Changed by another head of service"


def environment(book: openpyxl.Workbook) -> None:
    """Mends scores in a copy with a row and a column more, notes something, answers a finding."""
    sheet = book[SHEET]
    sheet["P12"], sheet["F14"] = 1, 5
    sheet["U17"].comment = Comment("Train the trainers first?", "Ruth Lidgate")
    findings = book["Findings"]
    heads = {cell.value: cell.column for cell in findings[4]}
    row = next(row for row in range(5, 60) if findings.cell(row, heads["Risk"]).value == "SR8")
    findings.cell(row, heads["Response"]).value, findings.cell(row, heads["Name"]).value = "Done", "Ruth Lidgate"


def procurement(book: openpyxl.Workbook) -> None:
    """Sets dates right that were past or to come, in a sheet of another name."""
    sheet = book[SHEET]
    sheet["O7"], sheet["T7"] = dt.datetime(2025, 3, 31), dt.datetime(2024, 12, 5)
    sheet.title = "Risks"


def returned(sent: Path) -> list[Path]:
    """Three of the mailed copies, edited; one of them under a name of its own."""
    mailed = attached(sent)
    edits = {
        "Tomasz Zielinski, Head of Housing": housing,
        "Ruth Lidgate, Head of Environment and Community": environment,
        "Gareth Lomas, Head of Procurement and Contracts": procurement,
    }
    copies = [copy_of(mailed[who], mailed[who].name, edit) for who, edit in edits.items()]
    copies[1] = copies[1].rename(copies[1].with_name("my copy.xlsx"))
    return copies


RESOLVED = {
    ("CL003", "N8"), ("DT001", "O7"), ("DT006", "T10"), ("DT007", "T7"), ("SC003", "J10"), ("SL001", "F14"),
}  # fmt: skip
"""What the edits mend: a red risk without an action; dates past, missing, to come; scores missing and off the scale."""


def merged_and_checked(sent: Path, copies: list[Path]) -> None:
    merged = sent.parent / "merged.xlsx"
    before = findings(sent)
    result = run("merge", sent, *copies, "-o", merged, *DAY, "--format", "json")
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    assert {copy["who"] for copy in told["copies"]} == {
        "Tomasz Zielinski, Head of Housing", "Ruth Lidgate, Head of Environment and Community",
        "Gareth Lomas, Head of Procurement and Contracts"}  # fmt: skip
    assert [edit["cell"] for edit in told["edits"]] == ["O7", "T7", "N8", "O8", "J10", "T10", "P12", "F14"]
    assert {(conflict["kind"], conflict["cell"]) for conflict in told["conflicts"]} == {
        ("other owner", "I5"), ("note added", "U17"), ("sheet renamed", None)}  # fmt: skip
    edited = {edit["cell"] for edit in told["edits"]}
    after = findings(merged)
    assert before >= RESOLVED and not RESOLVED & after
    assert {cell for _, cell in after - before} <= {"H14", "R12"}, "ratings of new scores, which are corrected"
    only_edits_changed(sent, merged, edited)


def only_edits_changed(sent: Path, merged: Path, edited: set[str]) -> None:
    """Without our annotation, the merged workbook is the original but for the cells that were edited."""
    bare = sent.parent / "bare.xlsx"
    assert run("strip", merged, "-o", bare).exit_code == 0
    original = open_package(sent.parent / "strategic-risk-register.xlsx")
    result = open_package(bare)
    assert original.names == result.names
    differing = [name for name in original.names if original.blob(name) != result.blob(name)]
    assert set(differing) <= {"xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    for one, other in zip(read_grid(original).sheets, read_grid(result).sheets, strict=True):
        changed = {cell.address for place, cell in other.cells.items()
                   if cell.formula is None and one.value(*place) != cell.value}  # fmt: skip
        assert changed == (edited if one.name == SHEET else set())


def test_copies_saved_by_openpyxl(sent: Path) -> None:
    merged_and_checked(sent, returned(sent))


@pytest.mark.libreoffice
def test_copies_saved_by_libreoffice_and_openpyxl(sent: Path, tmp_path: Path) -> None:
    copies = returned(sent)
    by_libreoffice(copies[1:], tmp_path / "profile")
    merged_and_checked(sent, copies)


def test_the_plan_in_the_terminal(sent: Path) -> None:
    copies = [*returned(sent), sent.parent / "broken.xlsx"]
    copies[-1].write_text("no workbook")
    target = sent.parent / "merged.xlsx"
    result = run("merge", sent, *copies, "-o", target, *DAY, "--dry-run")
    words = " ".join(result.stdout.split())
    assert result.exit_code == 2 and not target.exists()
    assert (
        "returned by Tomasz Zielinski, Head of Housing (from its file name): 4 edits merged, 1 thing not merged"
        in words
    )
    assert "action date: 30 September 2024 → 31 March 2025" in words
    assert "Not merged: 4 conflicts" in words and "The risk is another owner's" in words
    assert "Nothing was written." in words


def test_exit_statuses_and_refusals(sent: Path) -> None:
    unchanged = copy_of(sent, "unchanged.xlsx", lambda _: None)
    assert run("merge", sent, unchanged, *DAY).exit_code == 0
    assert (sent.parent / "strategic-risk-register.merged.xlsx").exists()
    assert run("merge", sent, unchanged, "--from", "unchanged.xlsx").exit_code == 2
    refused = run("merge", sent, unchanged, "--from", "another.xlsx=Head of Housing")
    assert refused.exit_code == 2 and "names no copy" in refused.output
    assert run("merge", sent).exit_code == 2


def test_copies_made_safe_to_send_come_back_without_noise(sent: Path) -> None:
    mailed = attached(sent, "--redact")["Tomasz Zielinski, Head of Housing"]
    copy = copy_of(mailed, mailed.name, housing)
    for returned_copy, edits, kinds in ((mailed, 0, []), (copy, 4, ["other owner"])):
        result = run("merge", sent, returned_copy, *DAY, "--dry-run", "--format", "json")
        told = json.loads(result.stdout)
        assert len(told["edits"]) == edits
        assert [conflict["kind"] for conflict in told["conflicts"]] == kinds
