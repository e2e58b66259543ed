"""One register's part of the Heatmap sheet while it is drawn, and how references are listed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regsheet.writer.sheets.heatmap.columns import Columns
from regsheet.writer.sheets.heatmap.live import Live
from regsheet.writer.sheets.heatmap.placement import Place, Plan
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


def listed(places: list[Place], capacity: int) -> str:
    """The references of some risks, or how many they are when they do not fit."""
    if len(places) > capacity:
        return str(wording("heatmap")["several"].format(count=len(places)))
    return ", ".join(place.label for place in places)


def add_note(page: Page, row: int, column: int, places: list[Place]) -> None:
    """A note with all the references of a cell that has no room for them."""
    labels = ", ".join(place.label for place in places)
    if len(labels) > LONGEST_NOTE:
        labels = labels[:LONGEST_NOTE].rsplit(", ", 1)[0] + " …"
    text = wording("heatmap")["note"].format(count=len(places), labels=labels)
    page.note(row, column, text)
