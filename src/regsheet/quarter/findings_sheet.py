"""The sheet Findings: every finding of every workbook."""

from __future__ import annotations

from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.front import rule_words
from regsheet.quarter.list_links import Place
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import MAX_ROWS, days, finish, fitted, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.texts import count_words, date_words

WIDTHS = (17.0, 20.0, 13.0, 7.5, 8.0, 25.0, 16.0, 9.0, 8.0, 19.0, 36.0, 33.0, 10.0, 11.0, 9.0)
CELL = 3


def add_findings(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words, findings = wording("sheets"), summary.findings[:MAX_ROWS]
    subtitle = words["findings_subtitle"].format(
        findings=count_words(len(summary.findings), "finding"), as_of=date_words(summary.as_of),
        files=count_words(len({line.outcome.file for line in summary.findings}), "workbook"),
    )  # fmt: skip
    page = start(book, look, "findings", WIDTHS, subtitle, footer)
    places = [Place(CELL, one.cell, outcome.output, one.sheet, one.cell) if one.cell else None
              for one, outcome in ((line.finding, line.outcome) for line in findings)]  # fmt: skip
    page.put(_columns(summary, look), places)
    finish(page, "Quarter_findings", words["findings_heads"], len(findings), words["findings_none"], frozen=5)


def _columns(summary: Summary, look: Look) -> list[Column]:
    lines = summary.findings[:MAX_ROWS]
    found, outcomes = [line.finding for line in lines], [line.outcome for line in lines]
    severity, status = wording("severity"), wording("status")
    names = {name: rule_words(name) for name in {one.name for one in found}}
    cell, strong = look("cell"), look("cell strong")
    return [
        fitted([outcome.service for outcome in outcomes], cell),
        fitted([outcome.file for outcome in outcomes], cell),
        fitted([one.sheet for one in found], cell),
        fitted([one.cell for one in found], cell),
        fitted([one.ref for one in found], strong),
        fitted([one.title for one in found], cell),
        fitted([one.owner for one in found], cell),
        Column([severity[one.severity] for one in found], fitted=True,
               styles=[strong if one.severity == "error" else cell for one in found]),
        fitted([one.code for one in found], cell),
        fitted([names[one.name] for one in found], cell),
        fitted([one.message for one in found], cell),
        fitted([one.advice for one in found], cell),
        fitted([status[one.status] for one in found], cell),
        days([line.first_seen for line in lines], look),
        Column([line.quarters for line in lines], look("cell", align="center")),
    ]  # fmt: skip
