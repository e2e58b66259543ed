"""The council's two quarters: what their sources make, with the planted faults and no others."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from regsheet.config import find_config, load_config
from regsheet.errors import LayoutError
from regsheet.pipeline import Loaded, Options, examine_loaded, load, read

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
COUNCIL = SAMPLES / "council"


@pytest.fixture(scope="module")
def services() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SAMPLES))
    yield importlib.import_module("source.services")
    sys.path.remove(str(SAMPLES))


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, str(SAMPLES / "make_samples.py"), str(folder)], check=True)
    return folder / "council"


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def cells(path: Path) -> list[tuple[object, ...]]:
    return [
        (sheet.title, cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.number_format)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    ]


def test_files_are_what_their_sources_make(remade: Path) -> None:
    assert files_in(COUNCIL) == files_in(remade)
    for name in sorted(files_in(COUNCIL)):
        if name.endswith(".xlsx"):
            assert cells(COUNCIL / name) == cells(remade / name), name
        else:
            assert (COUNCIL / name).read_bytes() == (remade / name).read_bytes(), name


def test_each_planted_fault_is_found_and_no_other(services: ModuleType) -> None:
    planted = {(file, cell, code) for file, cell, code, _, _ in services.planted()}
    found = {
        (file, finding.cell, finding.code)
        for file, loaded, others in quarter(services)
        for finding in examine_loaded(loaded, others).settled.findings
    }
    assert found == planted


def quarter(services: ModuleType) -> Iterator[tuple[str, Loaded, tuple[object, ...]]]:
    """This quarter's workbooks, each beside last quarter's; the corporate register and its map see each other."""
    sources = [services.load(f"services/{name}") for name in (*services.REGISTERS, "assurance")]
    paths = {services.path_in(source, "q4"): services.path_in(source, "q3") for source in sources}
    configuration = load_config(find_config(COUNCIL))
    loaded = {
        file: load(COUNCIL / "2024-Q4" / file, Options(as_of=services.QUARTERS["q4"], configuration=configuration,
                                                       previous=COUNCIL / "2024-Q3" / earlier))
        for file, earlier in paths.items()
    }  # fmt: skip
    pair = [file for file in loaded if file.startswith("Corporate/")]
    for file, one in loaded.items():
        yield file, one, tuple(loaded[other].book for other in pair if other != file and file in pair)


def test_the_contact_list_is_no_register() -> None:
    with pytest.raises(LayoutError):
        read(COUNCIL / "2024-Q4" / "Emergency contacts.xlsx")
