"""The sheet Risks: every open risk of every register in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regsheet.layout.tables import STAGES
from regsheet.outcome.records import StageRecord
from regsheet.quarter.figures import Summary
from regsheet.quarter.ladder import Ladder, capital
from regsheet.quarter.lines import RiskLine
from regsheet.quarter.list_links import Place
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import MAX_ROWS, days, finish, fitted, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
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
    places = [Place(CELL, risk.cell, outcome.output, risk.sheet, risk.cell) if risk.cell else None
              for risk, outcome in ((line.risk, line.outcome) for line in risks)]  # fmt: skip
    stages = (column for stage in STAGES for column in _stage(look, summary.ladder, risks, stage))
    page.put([*_first(look, risks), *stages, *_rest(look, risks)], places)
    heads = [*words["risks_heads"], *(head.format(stage=wording("stages")[stage]) for stage in STAGES
                                      for head in words["risks_stage_heads"]), *words["risks_last_heads"]]  # fmt: skip
    finish(page, "Quarter_risks", heads, len(risks), words["risks_none"], frozen=6)


def _first(look: Look, lines: Sequence[RiskLine]) -> list[Column]:
    cell, risks = look("cell"), [line.risk for line in lines]
    return [
        fitted([line.outcome.service for line in lines], cell),
        fitted([line.outcome.file for line in lines], cell),
        fitted([risk.sheet for risk in risks], cell),
        fitted([risk.cell for risk in risks], cell),
        fitted([risk.ref for risk in risks], look("cell strong")),
        fitted([risk.title for risk in risks], cell),
        fitted([risk.owner for risk in risks], cell),
        fitted([risk.category for risk in risks], cell),
    ]


def _stage(look: Look, ladder: Ladder, lines: Sequence[RiskLine], stage: str) -> Iterator[Column]:
    """The scores of a stage and its band, which has the colour of its step."""
    centre, none = look("cell", align="center"), StageRecord()
    scores = [line.risk.stages.get(stage, none) for line in lines]
    yield Column([one.likelihood for one in scores], centre)
    yield Column([one.impact for one in scores], centre)
    yield Column([one.rating for one in scores], centre)
    filled = [look.filled("cell", step.colour, align="center") for step in ladder.steps]
    steps = [line.steps.get(stage) for line in lines]
    yield Column([capital(one.band) for one in scores], fitted=True,
                 styles=[filled[step] if one.band and step is not None else centre
                         for one, step in zip(scores, steps, strict=True)])  # fmt: skip


def _rest(look: Look, lines: Sequence[RiskLine]) -> Iterator[Column]:
    words, moves = wording("sheets"), wording("moves")
    centre, strong = look("cell", align="center"), look("cell strong", align="center")
    yield Column([words["red_yes" if line.is_red else "red_no"] if line.stage else "" for line in lines],
                 styles=[strong if line.is_red else centre for line in lines])  # fmt: skip
    yield days([line.red_since for line in lines], look)
    yield Column([moves.get(line.movement) for line in lines], centre)
    yield Column([line.before.rating if line.before else None for line in lines], centre)
    yield Column([capital(line.before.band) if line.before else None for line in lines], centre)
    yield Column([len(line.risk.actions) for line in lines], centre)
    yield Column([line.overdue for line in lines], styles=[strong if line.overdue else centre for line in lines])
    yield days([line.next_due for line in lines], look)
    yield fitted([line.risk.status for line in lines], look("cell"))
    yield Column([line.findings.errors for line in lines], centre)
    yield Column([line.findings.warnings for line in lines], centre)
    yield Column([line.findings.notes for line in lines], centre)
