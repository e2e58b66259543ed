"""Annotated workbooks and owners lists to mail from. Helpers of these tests are imported by name."""

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from regsheet.config import load_config
from regsheet.mail.contents import read_contents
from regsheet.model.owners_list import read_owners
from regsheet.pipeline import Options, annotate, open_workbook

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
AS_OF = dt.date(2024, 12, 31)


@pytest.fixture(scope="session")
def council(tmp_path_factory):
    """A folder with the sample register, annotated; its configuration and owners list beside it."""
    folder = tmp_path_factory.mktemp("council")
    for name in ("strategic-risk-register.xlsx", "strategic-risk-register-2024-q3.xlsx", "owners.csv", "regsheet.toml"):
        shutil.copy(SAMPLES / name, folder / name)
    options = Options(
        as_of=AS_OF,
        configuration=load_config(folder / "regsheet.toml"),
        previous=folder / "strategic-risk-register-2024-q3.xlsx",
    )
    done = annotate(folder / "strategic-risk-register.xlsx", options=options)
    (folder / "findings.txt").write_text(
        "\n".join(f"{f.code}|{f.ref or ''}|{f.cell or ''}|{f.message}" for f in done.report.settled.findings)
    )
    return folder


@pytest.fixture(scope="session")
def workbook(council):
    """The annotated sample register."""
    return council / "strategic-risk-register.checked.xlsx"


@pytest.fixture(scope="session")
def contents(council, workbook):
    """The same, read."""
    return read_contents(workbook, load_config(council / "regsheet.toml").config)


@pytest.fixture(scope="session")
def owners(council):
    """The sample owners list."""
    return read_owners(open_workbook(council / "owners.csv").grid, "owners.csv")


@pytest.fixture
def make_annotated(make_register):
    """Makes a small annotated register, with changes as ``make_register`` takes them, and gives its path."""

    def make(changes=None, rows=6, **more):
        return annotate(make_register(changes, rows, **more), options=Options(as_of=AS_OF)).path

    return make
