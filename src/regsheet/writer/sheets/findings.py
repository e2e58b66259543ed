"""The Findings sheet: one row a finding, as an Excel table with filters and room for a response."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from regsheet.grid.cells import Value
from regsheet.model.register import shorten
from regsheet.rules.findings import Finding
from regsheet.rules.responses import Response, answered, value_keys
from regsheet.writer.report import Report
from regsheet.writer.sheets.bands import BandWords
from regsheet.writer.sheets.long_table import Column, LongTable, batches
from regsheet.writer.sheets.look import SLATE, Look
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import count_words, date_words, display, plain_value
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
    table = LongTable(page)
    for batch in batches(len(findings)):
        part = findings[batch.start : batch.stop]
        places = [_place(one, usual) for one in part]
        answers = _answers(page, value_keys([one.value for one in part]), [responses.get(at) for at in batch])
        table.put(HEAD_ROW + 1 + batch.start, [*_columns(page, batch, part, places, bands), *answers])
        _links(page, HEAD_ROW + 1 + batch.start, part, places)
    if left:
        keys = [response.value_key or "" for response in left]
        table.put(HEAD_ROW + 1 + len(findings), [*_gone(page, len(findings), left), *_answers(page, keys, left)])
    last = HEAD_ROW + len(findings) + len(left)
    if not findings and not left:
        last += 1
        page.blank(last, 0, len(WIDTHS) - 1, look("cell"))
        page.text(last, 8, words["none"], look("cell"))
    add_table(page, TABLE_NAME, words["heads"], last, frozen=FROZEN_COLUMNS)
    _validations(page, last)


def _columns(
    page: Page, numbers: range, findings: Sequence[Finding], places: Sequence[str], bands: BandWords
) -> Iterator[Column]:
    """What is said of some findings; ``places`` are what to call their cells."""
    look, severity, status = page.look, wording("severity"), wording("status")
    body, quiet, strong = look("cell"), look("cell quiet"), look("cell strong")
    titles = {title: shorten(title or "", LONGEST_TITLE) for title in {finding.title for finding in findings}}

    def fitted(column: int, values: Sequence[str | float], style: Any) -> Column:
        return Column(column, values, style, width=page.widths[column])

    yield Column(0, [number + 1 for number in numbers], look("cell quiet", align="center"))
    yield Column(1, [severity[finding.severity] for finding in findings],
                 styles=[strong if finding.severity == "error" else body for finding in findings])  # fmt: skip
    yield fitted(2, [f"{finding.code} {finding.name}" for finding in findings], body)
    yield fitted(3, [finding.ref or "" for finding in findings], strong)
    yield fitted(4, [titles[finding.title] for finding in findings], body)
    yield fitted(5, [finding.owner or "" for finding in findings], body)
    yield fitted(6, [(finding.field or "").replace("_", " ") for finding in findings], quiet)
    link = page.linked(look("cell link"))
    linked = _linked(findings, places)
    yield Column(CELL, places, styles=[link if place else body for place in linked],
                 fits=None if linked == places else linked, width=page.widths[CELL])  # fmt: skip
    yield fitted(8, [finding.message for finding in findings], body)
    yield fitted(9, [finding.advice for finding in findings], body)
    yield fitted(10, [_shown(_before(finding)) for finding in findings], body)
    yield fitted(11, [_shown(_after(finding, bands)) for finding in findings], body)
    yield Column(STATUS, [status[finding.status] for finding in findings], quiet)


def _answers(page: Page, keys: Sequence[str], responses: Sequence[Response | None]) -> Iterator[Column]:
    """The columns that people fill in, with what they answered before, and the key of the value it was about."""
    look = page.look
    yield Column(VALUE_KEY, keys, look("cell quiet"))
    for column, answer in enumerate(("response", "reason", "name"), RESPONSE):
        texts = ["" if response is None else getattr(response, answer) for response in responses]
        yield Column(column, texts, look("cell input"), width=page.widths[column])
    days = ["" if response is None else _day(page, response.until) for response in responses]
    yield Column(UNTIL, days, look("cell date input"))


def _day(page: Page, until: Value) -> str | float:
    return page.sheet.serial(until) if isinstance(until, dt.datetime) else plain_value(until)


def _gone(page: Page, count: int, responses: Sequence[Response]) -> Iterator[Column]:
    """Answers to findings that are no longer there, with the rows as they stood: nothing that was typed is lost.

    ``count``: how many rows come before.
    """
    look, words = page.look, wording("findings")
    quiet = look("cell quiet")
    yield Column(0, [count + number for number in range(1, len(responses) + 1)], look("cell quiet", align="center"))
    for column in range(1, STATUS):
        texts = [display(response.line.get(words["heads"][column])) for response in responses]
        yield Column(column, texts, quiet, width=page.widths[column])
    yield Column(STATUS, [words["gone"]] * len(responses), quiet)


def _shown(value: Value) -> str | float:
    """A cell's value, a long text only by its beginning: the link beside it leads to the whole."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shorten(value, LONGEST_VALUE) if len(value) > LONGEST_VALUE else value
    return plain_value(value)


def _place(finding: Finding, usual: str) -> str:
    """The cell of a finding; with the sheet where that is not the usual one."""
    if finding.sheet == usual:
        return finding.cell or ""
    return f"{finding.cell}, {shorten(finding.sheet, LONGEST_SHEET)}" if finding.cell else finding.sheet


def _linked(findings: Sequence[Finding], places: Sequence[str]) -> Sequence[str]:
    """The places of findings that have a cell; nothing for others."""
    return [place if finding.cell else "" for place, finding in zip(places, findings, strict=True)]


def _links(page: Page, first: int, findings: Sequence[Finding], places: Sequence[str]) -> None:
    """Let the cells of findings, from this row on, lead to them."""
    before, after = wording("findings")["tip"].split("{cell}")
    tips = [f"{before}{finding.sheet}, {finding.cell or ''}{after}" for finding in findings]
    sheets, cells = [finding.sheet for finding in findings], [finding.cell or "" for finding in findings]
    page.lead_down(first, CELL, sheets, cells, _linked(findings, places), tips)


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
