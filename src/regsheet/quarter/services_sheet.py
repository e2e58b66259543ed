"""The sheet Services: every service's figures, in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regsheet.layout.tables import STAGES
from regsheet.quarter.figures import Summary
from regsheet.quarter.front import Front
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import finish, fitted, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look

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
    page.put(list(_columns(look, summary)))
    finish(page, "Quarter_services", heads, len(summary.services), wording("front")["read_none"], frozen=1)


def _columns(look: Look, summary: Summary) -> Iterator[Column]:
    lines, steps = summary.services, summary.ladder.steps
    centre, quiet = look("cell", align="center"), look("cell quiet", align="center")
    yield fitted([line.service for line in lines], look("cell strong"))
    yield Column([line.risks for line in lines], centre)
    for stage in STAGES:
        counts = [line.stages.get(stage) for line in lines]
        for place, step in reversed(list(enumerate(steps))):
            filled = look.filled("cell", step.colour, align="center")
            numbers = [one.steps[place] if one else None for one in counts]
            yield Column(numbers, styles=[filled if number else quiet for number in numbers])
    for key in MOVES:
        yield Column([getattr(line, key) if line.compared else None for line in lines], centre)
    yield Column([line.overdue for line in lines], centre)
    yield Column([line.findings.errors for line in lines], centre)
    yield Column([line.findings.warnings for line in lines], centre)
    yield Column([line.findings.notes for line in lines], centre)
