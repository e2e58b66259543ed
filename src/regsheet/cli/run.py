"""What the commands do: read, check, write, report. One workbook that fails does not stop the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from regsheet.cli.output import each, emit, refuse_report
from regsheet.config import find_config, load_config
from regsheet.errors import RegsheetError
from regsheet.model.book import Book
from regsheet.pipeline import Loaded, Options, annotate_loaded, examine_loaded, load, report_loaded, strip
from regsheet.reports.screen import Screen, say
from regsheet.rules.findings import Severity
from regsheet.writer.report import Report

FOUND = 1


def options_for(workbook: Path, choices: dict[str, Any]) -> Options:
    """The options of the command line for one workbook; its configuration is looked for from its folder upward."""
    return Options(
        as_of=choices["as_of"] or dt.date.today(),
        configuration=load_config(choices["config_path"] or find_config(workbook)),
        previous=choices["previous"],
        owners=choices["owners"],
        select=codes(choices["select"]),
        ignore=codes(choices["ignore"]),
        correct=choices.get("correct", True),
        suggestions=choices.get("suggestions", False),
    )


def codes(values: Iterable[str]) -> tuple[str, ...]:
    """The rules that options name: each may be given several times, and name several."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _together(
    workbooks: Sequence[Path], choices: dict[str, Any], work: Callable[[Path, Loaded, tuple[Book, ...]], None],
    *, hashed: bool = False,
) -> int:  # fmt: skip
    """Load all workbooks, then do one after another with the others in view: a register finds its assurance map."""
    loaded: dict[Path, Loaded] = {}

    def read(workbook: Path) -> None:
        loaded[workbook] = load(workbook, options_for(workbook, choices), hashed=hashed)

    def check(workbook: Path) -> None:
        others = tuple(other.book for path, other in loaded.items() if path != workbook)
        work(workbook, loaded[workbook], others)

    failed = each(workbooks, read)
    return each(list(loaded), check) or failed


def run_check(workbooks: Sequence[Path], output: Path | None, output_format: str, choices: dict[str, Any]) -> int:
    """Check workbooks of one organisation together, and print or write the report."""
    refuse_report(output, (*workbooks, choices["previous"], choices["owners"], choices["config_path"]))
    reports: list[tuple[str, Report]] = []

    def work(workbook: Path, loaded: Loaded, others: tuple[Book, ...]) -> None:
        reports.append((str(workbook), examine_loaded(loaded, others)))

    status = _together(workbooks, choices, work)
    if reports:
        emit(reports, output_format, output)
    return status or _found(reports, choices["fail_on"], {"open", "correctable", "suggested"})


def run_annotate(
    workbooks: Sequence[Path], output: Path | None, output_format: str, force: bool, choices: dict[str, Any]
) -> int:
    """Annotate workbooks of one organisation together, each into its own output."""
    if output is not None and len(workbooks) > 1:
        raise RegsheetError("With -o only one workbook can be annotated at a time; leave -o out for several.")
    reports: list[tuple[str, Report]] = []

    def work(workbook: Path, loaded: Loaded, others: tuple[Book, ...]) -> None:
        done = annotate_loaded(loaded, output, others, force=force)
        reports.append((str(workbook), done.report))
        if output_format == "text":
            from regsheet.cli.doctor import announce_broken
            from regsheet.reports.terminal import print_annotated

            print_annotated(Screen(), done)
            announce_broken(Screen(), workbook)

    status = _together(workbooks, choices, work, hashed=True)
    if output_format != "text" and reports:
        emit(reports, output_format, None)
    return status or _found(reports, choices["fail_on"], {"open", "suggested"})


def run_report(
    workbooks: Sequence[Path], output: Path, output_format: str, force: bool, choices: dict[str, Any]
) -> int:
    """Write the findings on a workbook to a workbook of their own."""
    if len(workbooks) > 1:
        raise RegsheetError("With --report only one workbook can be reported on at a time.")
    reports: list[tuple[str, Report]] = []

    def work(workbook: Path, loaded: Loaded, others: tuple[Book, ...]) -> None:
        done = report_loaded(loaded, output, others, force=force)
        reports.append((str(workbook), done.report))
        if output_format == "text":
            from regsheet.reports.terminal import print_written_report

            print_written_report(Screen(), done)

    status = _together(workbooks, choices, work)
    if output_format != "text" and reports:
        emit(reports, output_format, None)
    return status or _found(reports, choices["fail_on"], {"open", "correctable", "suggested"})


def run_strip(workbook: Path, output: Path | None, force: bool) -> None:
    """Give the original back."""
    done = strip(workbook, output, force=force)
    say(f"Wrote {done.path}.")
    if done.exact:
        say("Every part of it is as it was before it was annotated.")
    for remark in done.remarks:
        say(remark)


def run_rules_list() -> None:
    """Print every rule in a table."""
    from regsheet.reports.rules_list import print_rules

    print_rules(Screen())


def _found(reports: Iterable[tuple[str, Report]], fail_on: str, counting: set[str]) -> int:
    """Exit status 1 when a finding that still counts is as bad as ``--fail-on`` or worse."""
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    findings = (finding for _, report in reports for finding in report.settled.findings)
    return FOUND if any(f.status in counting and f.severity.rank <= limit for f in findings) else 0
