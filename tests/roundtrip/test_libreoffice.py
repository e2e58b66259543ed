"""LibreOffice opens the result wherever it opens the original."""

from pathlib import Path

import pytest
from libreoffice import opened
from measure import tried
from test_corpora import OWN, workbooks

from regsheet.errors import PackageError

pytestmark = pytest.mark.libreoffice
EVERY = 5
"""Of the evaluation workbooks, one in so many is opened: each takes a second."""


def unopened(paths: list[Path], folder: Path) -> set[str]:
    """The files whose trial LibreOffice does not open though it opens the original."""
    results: dict[Path, Path] = {}
    for number, path in enumerate(paths):
        try:
            data, _ = tried(path.read_bytes(), path.name)
        except PackageError:
            continue
        results[path] = folder / f"after-{number}{path.suffix}"
        results[path].write_bytes(data)
    before = opened(list(results), folder / "before")
    after = opened(list(results.values()), folder / "after")
    assert len(before) > len(results) / 2
    return {path.name for path in before if results[path] not in after}


def test_our_own_workbooks(tmp_path: Path) -> None:
    assert unopened(workbooks(OWN), tmp_path) == set()


@pytest.mark.evaluation
def test_some_evaluation_workbooks(evaluation: Path, tmp_path: Path) -> None:
    paths = [path for name in ("corpus", "real") for path in workbooks(evaluation / name)]
    assert unopened(paths[::EVERY], tmp_path) == set()
