"""What a run comes to is the same whoever makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import hashes
from tests.quarter.runs import large

from regsheet.batch import results
from regsheet.batch.request import Result
from regsheet.batch.results import write_results

NAMES = ("quarter.xlsx", "quarter.html", "findings.csv", "risks.parquet")


def made(folder: Path, *, side_by_side: bool) -> dict[str, str]:
    folder.mkdir()
    run, trends = large(3, 6)
    assert trends is not None
    assert write_results(Result(run, trends, 0, 0), folder, side_by_side=side_by_side) == tuple(
        folder / n for n in NAMES
    )
    return hashes(folder)


def test_two_processes_make_what_one_makes(tmp_path: Path) -> None:
    assert made(tmp_path / "two", side_by_side=True) == made(tmp_path / "one", side_by_side=False)


def test_what_the_other_process_does_not_make_is_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = results._Beside.__init__

    def killed(self: results._Beside, result: Result) -> None:
        other(self, result)
        self._process.kill()

    monkeypatch.setattr(results._Beside, "__init__", killed)
    assert made(tmp_path / "two", side_by_side=True) == made(tmp_path / "one", side_by_side=False)
