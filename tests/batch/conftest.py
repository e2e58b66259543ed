"""Helpers of these tests are imported by name; the council of the benchmark is their council too."""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent / "benchmarks")]


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two quarters of a small council, ``q3`` and ``q4``: five registers in five layouts, three maps of their own."""
    from council import build_council

    folder = tmp_path_factory.mktemp("council")
    for quarter in ("Q3", "Q4"):
        build_council(folder / quarter.lower(), 5, quarter)
    return folder
