"""Findings as CSV, safe to open in Excel: no text of a workbook becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from regsheet.reports.screen import printable
from regsheet.reports.wording import STATUS_WORDS, shown
from regsheet.writer.report import Report

HEADINGS = ("File", "Severity", "Rule", "Name", "Sheet", "Cell", "Risk", "Title", "Owner", "Field", "Value",
            "What is wrong", "What to do", "After", "Status")  # fmt: skip

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes Excel take a text for a formula; the wide ones do where Excel is set to an East Asian language."""


def findings_csv(reports: Iterable[tuple[str, Report]]) -> str:
    """Every finding of every file, one a row, with headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for file, report in reports:
        for finding in report.settled.findings:
            after = finding.correction.after if finding.correction else None
            writer.writerow([
                inert(printable(shown(value))) for value in (
                    file, finding.severity.value, finding.code, finding.name, finding.sheet, finding.cell, finding.ref,
                    finding.title, finding.owner, finding.field, finding.value, finding.message, finding.advice, after,
                    STATUS_WORDS[finding.status],
                )
            ])  # fmt: skip
    return out.getvalue()


def inert(text: str) -> str:
    """A text that Excel will not take for a formula: an apostrophe goes before a character that would start one."""
    if text.startswith(FORMULA_STARTS) and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
