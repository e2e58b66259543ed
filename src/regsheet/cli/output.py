"""Where reports go, and a sign of life while work takes more than a moment."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from regsheet.errors import OutputError, RegsheetError
from regsheet.package import write_whole
from regsheet.reports.screen import Screen, say
from regsheet.writer.report import Report

UNREADABLE = 2
"""The exit status when something could not be read or written."""

WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"}
"""Endings that a report of text is not given: Excel would call the file damaged."""

PATIENCE = 1.0
"""Seconds of work before a sign of life is shown."""


@contextmanager
def working(name: str) -> Iterator[None]:
    """Show a spinner on the error stream of a terminal once the work has taken a second."""
    console = Screen(stderr=True)
    if not console.is_terminal:
        yield
        return
    status = console.status(f"Working on {name} …")
    timer = threading.Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()


def each(workbooks: Sequence[Path], work: Callable[[Path], None]) -> int:
    """Do one workbook after another; a failure is said and the rest go on. The exit status of the failures."""
    status = 0
    for workbook in workbooks:
        try:
            with working(workbook.name):
                work(workbook)
        except RegsheetError as error:
            say(f"regsheet: {error}", err=True)
            status = UNREADABLE
    return status


def refuse_report(output: Path | None, inputs: Iterable[Path | None]) -> None:
    """Raise ``OutputError`` where a report would take the place of a file that is read, or be called a workbook."""
    if output is None:
        return
    for path in inputs:
        if path is not None and path.exists() and output.exists() and output.samefile(path):
            raise OutputError(f"{output} is read, and never written to; give another name with -o.")
    if output.suffix.lower() in WORKBOOKS:
        raise OutputError(
            f"{output} has the name of a workbook, and this report is text; give another ending with -o, such as .txt. "
            "'regsheet annotate' with --report OUT.xlsx writes findings into a workbook."
        )


def emit(reports: list[tuple[str, Report]], output_format: str, output: Path | None) -> None:
    """Print reports in a format, or write them to a file."""
    if output_format == "text":
        from regsheet.reports.terminal import print_report

        console = Screen() if output is None else Screen(record=True, file=io.StringIO())
        for number, (_, report) in enumerate(reports):
            if number:
                console.rule()
            print_report(console, report)
        if output is None:
            return
        text = console.export_text()
    else:
        text = _text(reports, output_format)
    if output is None:
        say(text, nl=not text.endswith("\n"))
    else:
        write_whole(output, text.encode("utf-8-sig" if output_format == "csv" else "utf-8", "replace"))
        say(f"Wrote {output}.")


def _text(reports: list[tuple[str, Report]], output_format: str) -> str:
    if output_format == "json":
        from regsheet.reports.json_report import as_text, report_object

        return as_text([report_object(file, report) for file, report in reports])
    if output_format == "csv":
        from regsheet.reports.csv_report import findings_csv

        return findings_csv(reports)
    from regsheet.reports.html_report import findings_html

    return findings_html(reports)
