"""What a whole run comes to: the quarter's workbook and page, and the tables for analysts, in its output folder."""

from __future__ import annotations

import contextlib
import gc
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from regsheet.batch.crew import begin_process, process_context
from regsheet.batch.request import Result
from regsheet.outcome.records import Run
from regsheet.outcome.trends import Trends
from regsheet.package import write_whole
from regsheet.quarter.figures import Summary
from regsheet.undisturbed import undisturbed

WORKBOOK, PAGE, FINDINGS, RISKS = "quarter.xlsx", "quarter.html", "findings.csv", "risks.parquet"


@undisturbed
def write_results(result: Result, folder: Path, *, side_by_side: bool = False) -> tuple[Path, ...]:
    """Write all of them, each whole or not at all; gives where they are. Raises ``OutputError``.

    ``side_by_side``: another process makes the smaller ones meanwhile. They are the same whoever makes them.
    """
    from regsheet.quarter.summary import summarise
    from regsheet.quarter.workbook import workbook_of

    with _Beside(result) if side_by_side else _Alone() as other:
        summary = summarise(result.run, result.trends)
        contents = {WORKBOOK: workbook_of(summary)}
        contents |= other.smaller() or smaller(summary)
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)


def smaller(summary: Summary) -> dict[str, bytes]:
    """The page and the tables, by their names."""
    from regsheet.quarter.page import html_of
    from regsheet.quarter.tables import findings_table, write_risks_table

    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / RISKS
        write_risks_table(summary, table)
        return {
            PAGE: html_of(summary).encode(),
            FINDINGS: findings_table(summary).encode("utf-8-sig"),
            RISKS: table.read_bytes(),
        }


class _Alone:
    """Nobody else."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        """There is nobody to end."""

    def smaller(self) -> dict[str, bytes] | None:
        """Nothing."""
        return None


class _Beside(_Alone):
    """A process of its own that makes the page and the tables."""

    def __init__(self, result: Result) -> None:
        context = process_context()
        self._here, there = context.Pipe()
        self._process = context.Process(target=_make, args=(there,))
        self._process.start()
        there.close()
        given = msgspec.json.encode(result.run), msgspec.json.encode(result.trends)
        threading.Thread(target=self._send, args=given, daemon=True).start()

    def _send(self, *given: bytes) -> None:
        with contextlib.suppress(OSError):  # it is gone
            for part in given:
                self._here.send_bytes(part)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._process.terminate()
        self._process.join()
        self._here.close()

    def smaller(self) -> dict[str, bytes] | None:
        """What it made; None where it came to grief."""
        try:
            return {name: self._here.recv_bytes() for name in (PAGE, FINDINGS, RISKS)}
        except (EOFError, OSError):
            return None


def _make(there: Connection) -> None:
    """Make the page and the tables of the run that is sent, and send them back."""
    from regsheet.quarter.summary import summarise

    begin_process()
    run, trends = there.recv_bytes(), there.recv_bytes()
    gc.disable()
    summary = summarise(msgspec.json.decode(run, type=Run), msgspec.json.decode(trends, type=Trends))
    for content in smaller(summary).values():
        there.send_bytes(content)
