"""The sheet Findings: every finding of every workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.front import rule_words
from regsheet.quarter.lines import FindingLine
from regsheet.quarter.links import Linked
from regsheet.quarter.listing import MAX_ROWS, finish, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW
from regsheet.writer.sheets.texts import count_words, date_words

WIDTHS = (17.0, 20.0, 13.0, 7.5, 8.0, 25.0, 16.0, 9.0, 8.0, 19.0, 36.0, 33.0, 10.0, 11.0, 9.0)
CELL, SEVERITY, MESSAGE, SEEN, QUARTERS = 3, 7, 10, 13, 14
DATE = {"num_format": "dd/mm/yyyy"}


def add_findings(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words, findings = wording("sheets"), summary.findings[:MAX_ROWS]
    subtitle = words["findings_subtitle"].format(
        findings=count_words(len(summary.findings), "finding"), as_of=date_words(summary.as_of),
        files=count_words(len({line.outcome.file for line in summary.findings}), "workbook"),
    )  # fmt: skip
    page = start(book, look, "findings", WIDTHS, subtitle, footer)
    linked = Linked(page)
    for row, line in enumerate(findings, HEAD_ROW + 1):
        _write(page, linked, row, line)
    finish(page, "Quarter_findings", words["findings_heads"], len(findings), words["findings_none"], frozen=5)


def _write(page: Page, linked: Linked, row: int, line: FindingLine) -> None:
    one, outcome, look = line.finding, line.outcome, page.look
    texts = (
        outcome.service, outcome.file, one.sheet, one.cell or "", one.ref or "", one.title or "", one.owner or "",
        wording("severity")[one.severity], one.code, rule_words(one.name), one.message, one.advice,
        wording("status")[one.status],
    )  # fmt: skip
    for column, text in enumerate(texts):
        strong = column == 4 or (column == SEVERITY and one.severity == "error")
        page.fitted(row, column, text, look("cell strong" if strong else "cell"))
    if one.cell:
        linked.put(row, CELL, one.cell, outcome.output, one.sheet, one.cell, look("cell link"))
    if line.first_seen is not None:
        seen = dt.datetime.combine(line.first_seen, dt.time())
        page.sheet.write_datetime(row, SEEN, seen, look("cell", **DATE))
    else:
        page.text(row, SEEN, "", look("cell"))
    page.value(row, QUARTERS, line.quarters, look("cell", align="center"))
