"""The Findings sheet: one row a finding, as an Excel table with filters and room for a response."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from regsheet.grid.cells import Value
from regsheet.model.register import shorten
from regsheet.rules.findings import Finding
from regsheet.rules.responses import Response, answered, value_key
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words, date_words, display
from regsheet.writer.sheets.wording import wording

WIDTHS = (4.5, 8.0, 15.0, 7.0, 20.0, 16.0, 11.0, 9.0, 34.0, 31.0, 9.0, 9.0, 9.5, 9.5, 14.0, 10.0, 10.0, 9.0)
CELL = 7
SEVERAL_WIDTH = 13.0
"""The width of the column of cells when it names sheets too."""

LONGEST_TITLE, LONGEST_VALUE, LONGEST_SHEET = 90, 40, 18
FROZEN_COLUMNS = 4
STATUS, RESPONSE, UNTIL, VALUE_KEY = 12, 13, 16, 17
TABLE_NAME = "Check_findings"


def add_findings(book: Any, look: Look, report: Report, names: SheetNames, footer: str) -> None:
    """Add the sheet to the side workbook."""
    words, findings = wording("findings", report.standalone), report.settled.findings
    counts = Counter(finding.sheet for finding in findings)
    usual = counts.most_common(1)[0][0] if counts else ""
    several = len(counts) > 1
    bands = BandWords(report.settled.book.registers)
    widths = (*WIDTHS[:CELL], SEVERAL_WIDTH, *WIDTHS[CELL + 1 :]) if several else WIDTHS
    page = Page(book, look, names.findings, widths, footer=footer, tab=SLATE, standalone=report.standalone)
    key = "subtitle" if findings else "subtitle_none"
    subtitle = words[key].format(
        findings=count_words(len(findings), "finding"), file=report.source_name, as_of=date_words(report.as_of)
    )
    if several:
        subtitle += " " + words["usual"].format(sheet=usual)
    page.title(words["title"], subtitle, len(WIDTHS) - 1)
    responses, left = answered(findings, report.responses)
    for number, finding in enumerate(findings, 1):
        _write(page, HEAD_ROW + number, number, finding, usual, bands)
        _answer(page, HEAD_ROW + number, responses.get(number - 1), value_key(finding.value))
    for number, response in enumerate(left, len(findings) + 1):
        _write_gone(page, HEAD_ROW + number, number, response)
    last = HEAD_ROW + len(findings) + len(left)
    if not findings and not left:
        last += 1
        page.blank(last, 0, len(WIDTHS) - 1, look("cell"))
        page.text(last, 8, words["none"], look("cell"))
    add_table(page, TABLE_NAME, words["heads"], last, frozen=FROZEN_COLUMNS)
    _validations(page, last)


def _write(page: Page, row: int, number: int, finding: Finding, usual: str, bands: BandWords) -> None:
    look = page.look
    body, quiet = look("cell"), look("cell quiet")
    page.value(row, 0, number, look("cell quiet", align="center"))
    page.text(
        row, 1, wording("severity")[finding.severity], look("cell strong" if finding.severity == "error" else "cell")
    )
    page.fitted(row, 2, f"{finding.code} {finding.name}", body)
    page.fitted(row, 3, finding.ref or "", look("cell strong"))
    page.fitted(row, 4, shorten(finding.title or "", LONGEST_TITLE), body)
    page.fitted(row, 5, finding.owner or "", body)
    page.fitted(row, 6, (finding.field or "").replace("_", " "), quiet)
    _cell(page, row, finding, usual)
    page.fitted(row, 8, finding.message, body)
    page.fitted(row, 9, finding.advice, body)
    _value(page, row, 10, _before(finding))
    _value(page, row, 11, _after(finding, bands))
    page.text(row, STATUS, wording("status")[finding.status], quiet)


def _answer(page: Page, row: int, response: Response | None, key: str) -> None:
    """The columns that people fill in, with what they answered before, and the key of the value it was about."""
    look = page.look
    page.text(row, VALUE_KEY, key, look("cell quiet"))
    if response is None:
        page.blank(row, RESPONSE, UNTIL - 1, look("cell input"))
        page.blank(row, UNTIL, UNTIL, look("cell date input"))
        return
    for column, text in enumerate((response.response, response.reason, response.name), RESPONSE):
        page.fitted(row, column, text, look("cell input"))
    until = response.until
    if isinstance(until, dt.datetime):
        page.sheet.write_datetime(row, UNTIL, until, look("cell date input"))
    else:
        page.value(row, UNTIL, until, look("cell date input"))


def _write_gone(page: Page, row: int, number: int, response: Response) -> None:
    """An answer to a finding that is no longer there, with the row as it stood: nothing that was typed is lost."""
    heads: Sequence[str] = wording("findings")["heads"]
    page.value(row, 0, number, page.look("cell quiet", align="center"))
    for column in range(1, STATUS):
        page.fitted(row, column, display(response.line.get(heads[column])), page.look("cell quiet"))
    page.text(row, STATUS, wording("findings")["gone"], page.look("cell quiet"))
    _answer(page, row, response, response.value_key or "")


def _value(page: Page, row: int, column: int, value: Value) -> None:
    """A cell's value, a long text only by its beginning: the link beside it leads to the whole."""
    if isinstance(value, str):
        page.fitted(
            row, column, shorten(value, LONGEST_VALUE) if len(value) > LONGEST_VALUE else value, page.look("cell")
        )
    else:
        page.value(row, column, value, page.look("cell"))
        page.fit(row, display(value), page.widths[column])


def _cell(page: Page, row: int, finding: Finding, usual: str) -> None:
    if not finding.cell:
        page.text(row, 7, "" if finding.sheet == usual else finding.sheet, page.look("cell"))
        return
    text = finding.cell if finding.sheet == usual else f"{finding.cell}, {shorten(finding.sheet, LONGEST_SHEET)}"
    tip = wording("findings")["tip"].format(cell=f"{finding.sheet}, {finding.cell}")
    page.link(row, 7, finding.sheet, finding.cell, text, page.look("cell link"), tip)
    page.fit(row, text, page.widths[7])


def _before(finding: Finding) -> Value:
    return finding.value if finding.correction is None else finding.correction.before


def _after(finding: Finding, bands: BandWords) -> Value:
    """What the cell holds now, or would: only where a correction is made or offered."""
    correction = finding.correction
    if correction is None:
        return None
    if correction.fill is not None and correction.after in (None, correction.before):
        return bands.fill(finding.sheet, correction.fill)
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
