"""Registers in other formats are read and checked; what is found goes into a workbook of its own."""

import datetime as dt
import io
import json
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from tests.pipeline.other_formats import rows_of, write_csv, write_ods, write_xlsb

from regsheet.cli.main import main
from regsheet.errors import OutputError
from regsheet.pipeline import Options, examine, load, read, report_loaded
from regsheet.writer.sheets import SheetNames, build_sheets

OPTIONS = Options(as_of=dt.date(2024, 12, 31))
FAULTS = {(2, "Residual Rating"): 9, (3, "Risk Owner"): None, (4, "Residual Likelihood"): 5}
WRITERS = {"csv": write_csv, "ods": write_ods, "xlsb": write_xlsb}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def codes(report):
    found = report.settled.findings
    return sorted({(finding.code, finding.cell) for finding in found if finding.code[:2] in {"SC", "OW", "CL"}})


@pytest.fixture(params=WRITERS)
def other(request, make_register, tmp_path):
    """The faulty register in another format, and the same as .xlsx."""
    original = make_register(FAULTS)
    path = tmp_path / f"register.{request.param}"
    WRITERS[request.param](path, rows_of(original))
    return path, original


def test_read_and_checked_like_the_xlsx(other):
    path, original = other
    ours, theirs = read(path).registers[0], read(original).registers[0]
    assert ours.frame.columns.tolist() == theirs.frame.columns.tolist()
    assert ours.frame["review_date"].tolist() == theirs.frame["review_date"].tolist()
    assert ours.frame["residual_rating"].tolist() == theirs.frame["residual_rating"].tolist()
    assert codes(examine(path, OPTIONS)) == codes(examine(original, OPTIONS))
    assert {"SC001", "OW001", "CL001"} <= {code for code, _ in codes(examine(path, OPTIONS))}


def test_commands(other):
    path, _ = other
    done = run("inspect", path, "--format", "json")
    assert json.loads(done.stdout)["tables"][0]["n_risks"] == 6
    assert run("check", path, "--as-of", "2024-12-31").exit_code == 1
    refused = run("annotate", path)
    assert refused.exit_code == 2
    assert "save it as an Excel Workbook (.xlsx) and run again" in refused.stderr
    assert "--report" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not list(path.parent.glob("*checked*"))


def test_a_findings_workbook_of_its_own(other, tmp_path):
    path, _ = other
    before = path.read_bytes()
    done = run("annotate", path, "--report", tmp_path / "out.xlsx", "--as-of", "2024-12-31")
    assert done.exit_code == 1
    assert "can be corrected" in done.stdout
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Check summary", "Findings", "Heatmap", "Change log"]
    statuses = {row[12].value for row in book["Findings"].iter_rows(min_row=5)}
    assert "Can be corrected" in statuses
    assert "Corrected" not in statuses
    assert any(path.name in str(cell.value) for cell in book["Check summary"]["B"])


@pytest.fixture
def report(make_register):
    loaded = load(make_register(FAULTS), OPTIONS)
    return loaded, report_loaded(loaded, loaded.opened.path.parent / "findings.xlsx")


def test_nothing_in_it_speaks_of_a_sheet_that_is_not_there(report):
    _, done = report
    book = openpyxl.load_workbook(done.path)
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert {re.match(r"'(.*)'!", link.location)[1] for link in links} <= set(book.sheetnames)
    assert links
    with zipfile.ZipFile(done.path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert not [found for text in sheets for found in re.findall(r"<f[ >]|<cfRule type=\"expression\"", text)]
    assert "'Register'!" not in "".join(parts.values())


def test_the_heatmap_says_that_it_does_not_move(report):
    book = openpyxl.load_workbook(report[1].path)
    texts = [str(cell.value) for row in book["Heatmap"].iter_rows() for cell in row if cell.value]
    assert any("do not move when a score is changed, because the register is not in this workbook" in t for t in texts)
    assert any("R1" in text for text in texts)
    cell = next(row[7] for row in book["Findings"].iter_rows(min_row=5) if row[7].value)
    assert cell.font.underline is None


def test_the_same_report_gives_the_same_bytes(report):
    loaded, done = report
    again = report_loaded(loaded, done.path.with_name("again.xlsx"))
    assert again.path.read_bytes() == done.path.read_bytes()
    assert build_sheets(done.report, SheetNames()) == done.path.read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(done.path.read_bytes())).active.title == "Check summary"


def test_what_stands_in_the_way_is_left_as_it_is(report):
    loaded, done = report
    done.path.write_bytes(b"answers")
    with pytest.raises(OutputError, match="exists already"):
        report_loaded(loaded, done.path)
    assert done.path.read_bytes() == b"answers"
    report_loaded(loaded, done.path, force=True)
    assert done.path.read_bytes() != b"answers"


@pytest.mark.parametrize("name", ["register.xlsx", "findings.csv", "nowhere/out.xlsx"])
def test_where_it_may_not_go(make_register, name):
    path = make_register()
    before = sorted(path.parent.iterdir())
    done = run("annotate", path, "--report", path.parent / name, "--force")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.parent.iterdir()) == before


def test_into_a_folder_under_the_workbooks_name(make_register, tmp_path):
    (tmp_path / "out").mkdir()
    assert run("annotate", make_register(), "--report", tmp_path / "out").exit_code in (0, 1)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["register.findings.xlsx"]


def test_one_workbook_and_one_kind_of_output_at_a_time(make_register, tmp_path):
    path = make_register()
    assert run("annotate", path, path, "--report", tmp_path / "a.xlsx").exit_code == 2
    assert run("annotate", path, "-o", tmp_path / "b.xlsx", "--report", tmp_path / "a.xlsx").exit_code == 2
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods", "csv"])
def test_as_libreoffice_saves_it(make_register, tmp_path, kind):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    original = make_register(FAULTS)
    out = tmp_path / "converted"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind, "--outdir",
         str(out), str(original)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = codes(examine(out / f"register.{kind}", OPTIONS))
    assert found == codes(examine(original, OPTIONS))
