"""Annotating the evaluation workbooks: nothing lost, nothing that Excel would repair, all of it taken off again."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from workbooks import finding, report

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid
from regsheet.package import Package, open_package
from regsheet.writer.annotate import annotate
from regsheet.writer.strip import strip

FOLDER = Path(os.environ.get("REGSHEET_EVALUATION") or Path(__file__).resolve().parents[3] / "shared")
LARGEST = 250_000
"""Larger workbooks take minutes under the schema check and show nothing that the others do not."""

WORKBOOKS = sorted(
    path
    for name in ("data", "real", "corpus")
    for path in (FOLDER / name).glob("*.xls[xm]")
    if path.stat().st_size <= LARGEST
)
MAY_BE_REFUSED = 4


def told(folder: Path, name: str, *arguments: str | Path) -> tuple[int, str]:
    """What one of the evaluation's tools says: its exit status and its words."""
    command = [sys.executable, folder / "tools" / f"{name}.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    return done.returncode, done.stdout + done.stderr


def annotated(package: Package) -> None:
    """Every seventh cell flagged, every third of these corrected."""
    grid, found = read_grid(package), []
    for sheet in grid.sheets:
        for number, cell in enumerate(list(sheet.filled())[:200:7]):
            after = 16 if number % 3 == 0 else None
            formula = "4*4" if number % 6 == 0 else None
            found.append(finding(cell.address, sheet=sheet.name, after=after, formula=formula))
    annotate(package, report(grid, *found), grid)


@pytest.mark.evaluation
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_nothing_is_lost_and_all_comes_off(path: Path, evaluation: Path, tmp_path: Path) -> None:
    try:
        package = open_package(path)
        grid = read_grid(package)
    except RegsheetError as error:
        assert str(error)
        pytest.skip(f"refused: {error}")
    annotated(package)
    out = tmp_path / path.name
    package.save(out)
    stripped = strip(open_package(out))
    assert stripped.exact
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(stripped.package.to_bytes())) as after:
        assert after.namelist() == before.namelist()
        assert all(after.read(name) == before.read(name) for name in before.namelist())
    fidelity, lost = told(evaluation, "fidelity", path, out)
    if not any(sheet.part and _nameless(package, sheet.part) for sheet in grid.sheets):
        # The tool knows a cell by its address, so it counts a look given to a cell without one as a loss.
        assert fidelity == 0, lost
    validity, wrong = told(evaluation, "validate", out, "--before", path)
    assert validity == 0, wrong


def _nameless(package: Package, part: str) -> bool:
    """Whether a sheet has cells without an address."""
    return any(cell.get("r") is None for cell in package.tree(part).iter("{*}c"))


@pytest.mark.evaluation
def test_the_corpus_is_there(evaluation: Path) -> None:
    assert len(WORKBOOKS) > 100
    refused = 0
    for path in (evaluation / "corpus").glob("*.xls[xm]"):
        try:
            open_package(path)
        except RegsheetError:
            refused += 1
    assert refused <= MAY_BE_REFUSED
