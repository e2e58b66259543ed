"""The sheet Services: every service's figures, in full."""

from __future__ import annotations

from typing import Any

from regsheet.layout.tables import STAGES
from regsheet.quarter.figures import ServiceLine, Summary
from regsheet.quarter.front import Front
from regsheet.quarter.listing import finish, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW

MOVES = ("up", "down", "new", "closed")


def add_services(book: Any, look: Look, summary: Summary, front: Front, footer: str) -> None:
    """Add the sheet."""
    words, steps = wording("services"), summary.ladder.steps
    heads = [words["service"], words["risks"]]
    for stage in STAGES:
        heads += [f"{wording('stages')[stage]} {step.name}" for step in reversed(steps)]
    heads += [words[key] for key in (*MOVES, "overdue", "errors", "warnings", "notes")]
    widths = (32.0, 8.0, *(9.5,) * (3 * len(steps)), *(8.5,) * 8)
    subtitle = wording("sheets")["services_subtitle"].format(note=front.scale_note)
    page = start(book, look, "services", widths, subtitle, footer)
    for row, line in enumerate(summary.services, HEAD_ROW + 1):
        _write(page, row, summary, line)
    finish(page, "Quarter_services", heads, len(summary.services), wording("front")["read_none"], frozen=1)


def _write(page: Page, row: int, summary: Summary, line: ServiceLine) -> None:
    look = page.look
    centre, steps = look("cell", align="center"), summary.ladder.steps
    page.fitted(row, 0, line.service, look("cell strong"))
    page.value(row, 1, line.risks, centre)
    column = 2
    for stage in STAGES:
        counts = line.stages.get(stage)
        for place in reversed(range(len(steps))):
            number = counts.steps[place] if counts else None
            page.value(row, column, number, look.filled("cell", steps[place].colour, align="center") if number
                       else look("cell quiet", align="center"))  # fmt: skip
            column += 1
    for key in MOVES:
        page.value(row, column, getattr(line, key) if line.compared else None, centre)
        column += 1
    for number in (line.overdue, line.findings.errors, line.findings.warnings, line.findings.notes):
        page.value(row, column, number, centre)
        column += 1
