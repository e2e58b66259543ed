"""The sheet Risks: every open risk of every register in one table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regsheet.layout.tables import STAGES
from regsheet.quarter.figures import Summary
from regsheet.quarter.findings_sheet import DATE
from regsheet.quarter.ladder import capital
from regsheet.quarter.lines import RiskLine
from regsheet.quarter.links import Linked
from regsheet.quarter.listing import MAX_ROWS, finish, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW
from regsheet.writer.sheets.texts import count_words, date_words

FIRST = (17.0, 20.0, 13.0, 7.5, 8.0, 32.0, 17.0, 14.0)
STAGE = (9.0, 8.0, 8.0, 11.0)
REST = (7.0, 11.0, 10.0, 9.0, 11.0, 8.0, 9.0, 11.0, 12.0, 7.0, 9.0, 7.0)
CELL = 3
A3 = 8


def add_risks(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words, risks = wording("sheets"), summary.risks[:MAX_ROWS]
    subtitle = words["risks_subtitle"].format(
        risks=count_words(len(summary.risks), "risk"), services=count_words(len(summary.services), "service"),
        as_of=date_words(summary.as_of),
        bands=words["risks_bands_shared" if summary.ladder.shared else "risks_bands_mixed"],
    )  # fmt: skip
    page = start(book, look, "risks", (*FIRST, *STAGE * 3, *REST), subtitle, footer)
    page.sheet.set_paper(A3)
    linked = Linked(page)
    for row, line in enumerate(risks, HEAD_ROW + 1):
        _first(page, linked, row, line)
        for place, stage in enumerate(STAGES):
            _stage(page, row, len(FIRST) + place * len(STAGE), summary, line, stage)
        _rest(page, row, len(FIRST) + len(STAGE) * 3, line)
    heads = [*words["risks_heads"], *(head.format(stage=wording("stages")[stage]) for stage in STAGES
                                      for head in words["risks_stage_heads"]), *words["risks_last_heads"]]  # fmt: skip
    finish(page, "Quarter_risks", heads, len(risks), words["risks_none"], frozen=6)


def _first(page: Page, linked: Linked, row: int, line: RiskLine) -> None:
    risk, outcome, look = line.risk, line.outcome, page.look
    texts = (outcome.service, outcome.file, risk.sheet, risk.cell or "", risk.ref, risk.title, risk.owner,
             risk.category)  # fmt: skip
    for column, text in enumerate(texts):
        page.fitted(row, column, text, look("cell strong" if column == 4 else "cell"))
    if risk.cell:
        linked.put(row, CELL, risk.cell, outcome.output, risk.sheet, risk.cell, look("cell link"))


def _stage(page: Page, row: int, column: int, summary: Summary, line: RiskLine, stage: str) -> None:
    scores, step = line.risk.stages.get(stage), line.steps.get(stage)
    look = page.look
    centre = look("cell", align="center")
    for offset, number in enumerate((scores.likelihood, scores.impact, scores.rating) if scores else (None,) * 3):
        page.value(row, column + offset, number, centre)
    colour = None if step is None else summary.ladder.steps[step].colour
    band = capital(scores.band) if scores else ""
    page.fitted(row, column + 3, band, look.filled("cell", colour, align="center") if band else centre)


def _rest(page: Page, row: int, column: int, line: RiskLine) -> None:
    words, look = wording("sheets"), page.look
    centre = look("cell", align="center")
    page.text(row, column, words["red_yes" if line.is_red else "red_no"] if line.stage else "",
              look("cell strong" if line.is_red else "cell", align="center"))  # fmt: skip
    _date(page, row, column + 1, line.red_since)
    page.text(row, column + 2, wording("moves").get(line.movement, ""), centre)
    page.value(row, column + 3, line.before.rating if line.before else None, centre)
    page.text(row, column + 4, capital(line.before.band) if line.before else "", centre)
    page.value(row, column + 5, len(line.risk.actions), centre)
    page.value(row, column + 6, line.overdue, look("cell strong" if line.overdue else "cell", align="center"))
    _date(page, row, column + 7, line.next_due)
    page.fitted(row, column + 8, line.risk.status, look("cell"))
    for offset, number in enumerate((line.findings.errors, line.findings.warnings, line.findings.notes), 9):
        page.value(row, column + offset, number, centre)


def _date(page: Page, row: int, column: int, day: dt.date | None) -> None:
    if day is None or day.year < 1901:
        page.text(row, column, "" if day is None else date_words(day), page.look("cell"))
    else:
        page.sheet.write_datetime(row, column, dt.datetime.combine(day, dt.time()), page.look("cell", **DATE))
