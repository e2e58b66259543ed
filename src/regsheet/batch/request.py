"""What a run is asked to do, what it says while it does it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from regsheet.outcome.records import Outcome, Run
from regsheet.outcome.trends import Trends
from regsheet.pipeline import Options


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do.

    ``places`` are the folders, files and patterns, ``output`` the folder for everything that is written, ``previous``
    last quarter's folder. ``ledger`` is the file that remembers the quarters. With ``force`` an annotated copy that
    somebody has changed is replaced; ``afresh`` does everything again, whatever an earlier run has finished.
    """

    places: tuple[str, ...]
    output: Path
    ledger: Path
    options: Options
    previous: Path | None = None
    force: bool = False
    afresh: bool = False


class Watcher(Protocol):
    """Who is told how the run goes on."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of the run with so many workbooks begins: ``Reading``, ``Checking``."""
        ...

    def finished(self, file: str, outcome: Outcome | None = None, *, again: bool = False) -> None:
        """A workbook of the stage is done; ``again`` tells that an earlier run had done it."""
        ...

    def end(self) -> None:
        """The stage is over."""
        ...


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run. ``taken_over``: of so many workbooks an earlier run had done everything already.

    ``written``: so many annotated workbooks are from this run.
    """

    run: Run
    trends: Trends
    taken_over: int
    written: int


class Silent:
    """A watcher that says nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Nothing."""

    def finished(self, file: str, outcome: Outcome | None = None, *, again: bool = False) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""
