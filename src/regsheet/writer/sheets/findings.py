"""The Findings sheet: one row a finding, as an Excel table with filters and room for a response."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from regsheet.grid.cells import Value
from regsheet.rules.findings import Finding
from regsheet.writer.report import Report
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words, date_words
from regsheet.writer.sheets.wording import wording

WIDTHS = (4.5, 8.0, 15.0, 7.0, 20.0, 16.0, 11.0, 9.0, 34.0, 31.0, 9.0, 9.0, 9.5, 9.5, 14.0, 10.0, 10.0)
FROZEN_COLUMNS = 4
RESPONSE, UNTIL = 13, 16
TABLE_NAME = "Check_findings"


def add_findings(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words, findings = wording("findings"), report.settled.findings
    page = Page(book, look, names.findings, WIDTHS, footer=footer, tab=SLATE)
    key = "subtitle" if findings else "subtitle_none"
    subtitle = words[key].format(
        findings=count_words(len(findings), "finding"), file=report.source_name, as_of=date_words(report.as_of)
    )
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    several = len({finding.sheet for finding in findings}) > 1
    for number, finding in enumerate(findings, 1):
        _write(page, HEAD_ROW + number, number, finding, several)
    if not findings:
        page.blank(HEAD_ROW + 1, 0, len(WIDTHS) - 1, look("body"))
        page.text(HEAD_ROW + 1, 8, words["none"], look("body"))
    last = HEAD_ROW + max(len(findings), 1)
    add_table(page, TABLE_NAME, words["heads"], last, frozen=FROZEN_COLUMNS)
    _validations(page, last)


def _write(page: Page, row: int, number: int, finding: Finding, several: bool) -> None:
    look = page.look
    body, quiet = look("body"), look("body quiet")
    page.value(row, 0, number, look("body quiet", align="center"))
    page.text(
        row, 1, wording("severity")[finding.severity], look("body strong" if finding.severity == "error" else "body")
    )
    page.text(row, 2, f"{finding.code} {finding.name}", body)
    page.text(row, 3, finding.ref or "", look("body strong"))
    page.text(row, 4, finding.title or "", body)
    page.text(row, 5, finding.owner or "", body)
    page.text(row, 6, (finding.field or "").replace("_", " "), quiet)
    _cell(page, row, finding, several)
    page.text(row, 8, finding.message, body)
    page.text(row, 9, finding.advice, body)
    page.value(row, 10, _before(finding), look("body centre"))
    page.value(row, 11, _after(finding), look("body centre"))
    page.text(row, 12, wording("status")[finding.status], quiet)
    page.blank(row, RESPONSE, UNTIL - 1, look("body input"))
    page.blank(row, UNTIL, UNTIL, look("body date input"))


def _cell(page: Page, row: int, finding: Finding, several: bool) -> None:
    if not finding.cell:
        page.text(row, 7, finding.sheet if several else "", page.look("body"))
        return
    text = f"{finding.sheet}\n{finding.cell}" if several else finding.cell
    tip = wording("findings")["tip"].format(cell=f"{finding.sheet}, {finding.cell}")
    page.link(row, 7, finding.sheet, finding.cell, text, page.look("body link"), tip)


def _before(finding: Finding) -> Value:
    return finding.value if finding.correction is None else finding.correction.before


def _after(finding: Finding) -> Value:
    """What the cell holds now, or would: only where a correction is made or offered."""
    correction = finding.correction
    if correction is None:
        return None
    if correction.fill is not None and correction.after in (None, correction.before):
        return str(wording("findings")["colour"].format(colour=correction.fill))
    return correction.after


def _validations(page: Page, last: int) -> None:
    words = wording("findings")
    first = HEAD_ROW + 1
    responses: Sequence[str] = words["responses"]
    page.sheet.data_validation(first, RESPONSE, last, RESPONSE, {
        "validate": "list", "source": list(responses), "input_title": words["response_title"],
        "input_message": words["response_prompt"], "error_title": words["response_title"],
        "error_message": words["response_error"],
    })  # fmt: skip
    page.sheet.data_validation(first, UNTIL, last, UNTIL, {
        "validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1), "input_title": words["until_title"],
        "input_message": words["until_prompt"], "error_title": words["until_title"],
        "error_message": words["until_error"],
    })  # fmt: skip
