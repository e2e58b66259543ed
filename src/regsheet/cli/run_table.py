"""What came of a run over a folder, in a table for the terminal: a line a service, and what was not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table
from rich.text import Text

from regsheet.batch.request import Result
from regsheet.outcome.records import Outcome
from regsheet.reports.screen import Screen, say
from regsheet.reports.wording import counted
from regsheet.rules.findings import Severity

COUNTING = {"open", "suggested", "correctable"}
"""Findings that somebody must still see to."""


def severities(outcome: Outcome) -> list[Severity]:
    """The severity of every finding of a workbook that somebody must still see to."""
    return [Severity(finding.severity) for finding in outcome.findings if finding.status in COUNTING]


def print_result(screen: Screen, result: Result, written: Iterable[Path]) -> None:
    """Print the table, then the files that were not read, those that were passed over, and what was written."""
    outcomes = result.run.outcomes
    failed = [(outcome.file, outcome.reason) for outcome in outcomes if outcome.stage == "failed"]
    screen.print(_table([outcome for outcome in outcomes if outcome.stage != "failed"]))
    _list("Could not be done:", failed)
    _list("Passed over:", result.run.passed_over)
    if result.run.gone:
        _list("In last quarter's folder only:", [(file, "") for file in result.run.gone])
    if result.taken_over:
        say(f"{counted(result.taken_over, 'workbook')} had been done before and did not change.")
    files = [counted(result.written, "annotated workbook")] if result.written else []
    say(f"Wrote {', '.join([*files, *map(str, written)])}.")


def _table(outcomes: list[Outcome]) -> Table:
    by_service: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_service[outcome.service].append(outcome)
    table = Table(box=None, pad_edge=False, show_footer=len(by_service) > 1)
    heads = ("Files", "Risks", "Red", *(f"{severity.value.capitalize()}s" for severity in Severity), "Waived",
             "Corrected")  # fmt: skip
    table.add_column("Service", footer="All")
    for head, figure in zip(heads, _figures(outcomes), strict=True):
        table.add_column(head, justify="right", footer=str(figure))
    for service in sorted(by_service, key=lambda name: (name.casefold(), name)):
        table.add_row(Text(service), *(str(figure) for figure in _figures(by_service[service])))
    return table


def _figures(outcomes: list[Outcome]) -> list[int]:
    risks = [risk for outcome in outcomes for risk in outcome.risks if not risk.closed]
    found = [severity for outcome in outcomes for severity in severities(outcome)]
    waived = sum(finding.status == "waived" for outcome in outcomes for finding in outcome.findings)
    return [len(outcomes), len(risks), sum(risk.current.is_red for risk in risks),
            *(found.count(severity) for severity in Severity), waived,
            sum(len(outcome.corrections) for outcome in outcomes)]  # fmt: skip


def _list(heading: str, files: Iterable[tuple[str, str]]) -> None:
    for number, (file, why) in enumerate(files):
        if not number:
            say(f"\n{heading}")
        say(f"  {file}: {why}" if why else f"  {file}")
