"""The samples are what their sources make, hold the planted faults and no others, and the correct pair is clean."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

import regsheet
from regsheet.rules.registry import RULES

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
AS_OF = dt.date(2024, 12, 31)
WORKBOOKS = (
    "strategic-risk-register.xlsx", "strategic-risk-register-2024-q3.xlsx", "assurance-map.xlsx",
    "correct/strategic-risk-register.xlsx", "correct/assurance-map.xlsx",
)  # fmt: skip
KNOWN_CODES = {rule.code for rule in RULES}


def make(folder: Path) -> Path:
    subprocess.run([sys.executable, str(SAMPLES / "make_samples.py"), str(folder)], check=True)
    return folder


def contents(path: Path) -> Iterator[tuple[object, ...]]:
    """Every cell with its value or formula, fill, number format and note; every merge and list."""
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                note = cell.comment.text if cell.comment else None
                yield sheet.title, cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.number_format, note
        yield sheet.title, sorted(map(str, sheet.merged_cells.ranges)), sheet.freeze_panes, sheet.sheet_state
        yield sheet.title, [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation]


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def readme() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SAMPLES))
    yield importlib.import_module("source.readme")
    sys.path.remove(str(SAMPLES))


def planted_in(faults: list[tuple[str, str, str, str]]) -> set[tuple[str, str]]:
    """(code, cell) of the faults that a rule can see with nothing but the workbook and its configuration."""
    return {(code, cell) for cell, code, needs, _ in faults if code in KNOWN_CODES and needs in ("", "owners")}


def found_in(path: Path) -> set[tuple[str, str]]:
    """(code, cell); a finding about a whole sheet stands at its first cell, as the README has it."""
    return {(finding.code, finding.cell or f"A1 of sheet {finding.sheet}")
            for finding in regsheet.check(path, as_of=AS_OF)}  # fmt: skip


def test_making_them_twice_gives_the_same_bytes(remade: Path, tmp_path: Path) -> None:
    again = make(tmp_path)
    assert {name: (again / name).read_bytes() for name in WORKBOOKS} == {
        name: (remade / name).read_bytes() for name in WORKBOOKS
    }


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")  # openpyxl, of data bars
@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbook_is_what_its_sources_make(remade: Path, name: str) -> None:
    assert list(contents(SAMPLES / name)) == list(contents(remade / name))


def test_readme_is_what_its_sources_make(remade: Path) -> None:
    assert (SAMPLES / "README.md").read_text("utf-8") == (remade / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", WORKBOOKS[3:])
@pytest.mark.parametrize("configured", [True, False], ids=["configured", "on its own"])
def test_correct_workbook_has_no_finding(name: str, configured: bool, tmp_path: Path) -> None:
    path = SAMPLES / name
    if not configured:
        path = Path(shutil.copy(path, tmp_path))
    assert [f"{finding.code} {finding.cell} {finding.message}" for finding in regsheet.check(path, as_of=AS_OF)] == []


def test_register_shows_each_planted_fault_and_no_other(readme: ModuleType) -> None:
    faults = [*readme.register_faults(), *readme.FAULTS_ELSEWHERE]
    found = found_in(SAMPLES / "strategic-risk-register.xlsx")
    assert planted_in(faults) - found == set()
    allowed = faults + readme.register_faults("follows")
    assert found - {(code, cell) for cell, code, _, _ in allowed} == set()


def test_last_quarter_has_only_the_faults_that_were_carried_over(readme: ModuleType) -> None:
    faults = {(code, cell) for cell, code, needs, _ in readme.register_faults() if needs == "" and cell[1:] == "12"}
    found = regsheet.check(SAMPLES / WORKBOOKS[1], as_of=dt.date(2024, 9, 30))
    assert {(finding.code, finding.cell) for finding in found} == {fault for fault in faults if fault[0] in KNOWN_CODES}


def test_map_shows_each_planted_fault_and_no_other(readme: ModuleType) -> None:
    faults = readme.map_faults()
    found = found_in(SAMPLES / "assurance-map.xlsx")
    assert planted_in(faults) - found == set()
    assert found - {(code, cell) for cell, code, _, _ in faults} == set()


def test_the_council_is_reachable_nowhere() -> None:
    """Every address ends in .example, a domain that can belong to nobody."""
    addresses = re.findall(r"@[\w.]+", (SAMPLES / "owners.csv").read_text("utf-8"))
    assert addresses and all(address.endswith(".example") for address in addresses)
