"""One register's part of the Heatmap sheet while it is drawn, and how references are listed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regsheet.writer.sheets.heatmap.columns import Columns
from regsheet.writer.sheets.heatmap.live import Live
from regsheet.writer.sheets.heatmap.placement import Plan
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.wording import wording

LONGEST_NOTE = 2_000
EDGE = "#A6A6A6"


@dataclass(slots=True)
class Block:
    """``live`` holds the stages whose cells are formulas; ``row`` is the next free row, counted from 0."""

    page: Page
    columns: Columns
    plan: Plan
    live: dict[str, Live]
    row: int

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every position of the matrix as (likelihood, impact)."""
        if self.plan.likelihood is not None and self.plan.impact is not None:
            for likelihood in range(len(self.plan.likelihood.steps)):
                for impact in range(len(self.plan.impact.steps)):
                    yield likelihood, impact


def listed(labels: Sequence[str], capacity: int) -> str:
    """The references of some risks, or how many they are when they do not fit."""
    if len(labels) > capacity:
        return str(wording("heatmap")["several"].format(count=len(labels)))
    return ", ".join(labels)


def add_note(page: Page, row: int, column: int, labels: Sequence[str]) -> None:
    """A note with all the references of a cell that has no room for them."""
    text = ", ".join(labels)
    if len(text) > LONGEST_NOTE:
        text = text[:LONGEST_NOTE].rsplit(", ", 1)[0] + " …"
    page.note(row, column, wording("heatmap")["note"].format(count=len(labels), labels=text))
