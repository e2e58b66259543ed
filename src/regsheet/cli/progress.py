"""How a run over a folder goes on: a bar with the remaining time on a terminal, plain lines anywhere else."""

from __future__ import annotations

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from regsheet.outcome.records import Outcome
from regsheet.reports.screen import Screen, say
from regsheet.reports.wording import counted

LONGEST_NAME = 48
"""Characters of a file's name that are shown beside the bar."""


class Bar:
    """A bar for each stage, with the file that was done last."""

    def __init__(self, screen: Screen) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            TextColumn("{task.fields[file]}", markup=False), console=screen,
        )  # fmt: skip
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int) -> None:
        """Show the bar of a stage."""
        self._progress.start()
        self._task = self._progress.add_task(stage, total=total, file="")

    def finished(self, file: str, outcome: Outcome | None = None, *, again: bool = False) -> None:  # noqa: ARG002
        """Move the bar on."""
        if self._task is not None:
            self._progress.update(self._task, advance=1, file=_short(file))

    def end(self) -> None:
        """Leave the bar where it is, and give the cursor back."""
        if self._task is not None:
            self._progress.update(self._task, file="")
            self._progress.stop()
            self._task = None


class Lines:
    """A line for each stage and each workbook."""

    def __init__(self) -> None:
        self._total = self._done = 0
        self._stage = ""

    def begin(self, stage: str, total: int) -> None:
        """Name the stage."""
        self._total, self._done, self._stage = total, 0, stage
        say(f"{stage} {counted(total, 'workbook')} …", err=True)

    def finished(self, file: str, outcome: Outcome | None = None, *, again: bool = False) -> None:
        """Say what came of a workbook; of one that was only read, nothing."""
        self._done += 1
        if outcome is None:
            return
        what = outcome.reason if outcome.stage == "failed" else counted(len(outcome.findings), "finding")
        say(f"{self._done}/{self._total} {file}: {what}{' (done before)' if again else ''}", err=True)

    def end(self) -> None:
        """Nothing."""


def watcher() -> Bar | Lines:
    """A bar where the error stream is a terminal, else lines."""
    screen = Screen(stderr=True)
    return Bar(screen) if screen.is_terminal else Lines()


def _short(file: str) -> str:
    return file if len(file) <= LONGEST_NAME else "…" + file[1 - LONGEST_NAME :]
