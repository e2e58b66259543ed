"""The columns of the Heatmap sheet: a label, then a block of columns a stage; and how tables below share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LABEL_WIDTH = 18.0
GAP_WIDTH = 3.5
PAGE_WIDTH = 184.0
CELL_WIDTHS = (7.0, 16.0)
FILLER_WIDTH = 14.0
LEAST_WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each stage's matrix begins, counted from 0, and how wide every column is."""

    stages: int
    steps: int
    cell_width: float
    widths: tuple[float, ...]

    def first(self, stage: int) -> int:
        """The first column of a stage's matrix."""
        return 1 + stage * (self.steps + 1)

    @property
    def last(self) -> int:
        """The last column of the sheet."""
        return len(self.widths) - 1


def columns_for(stages: int, steps: int) -> Columns:
    """Columns for so many matrices side by side, each so many steps wide."""
    stages, steps = max(stages, 1), max(steps, 3)
    room = PAGE_WIDTH - LABEL_WIDTH - GAP_WIDTH * (stages - 1)
    cell = round(min(max(room / (stages * steps), CELL_WIDTHS[0]), CELL_WIDTHS[1]) * 2) / 2
    widths = [LABEL_WIDTH]
    for stage in range(stages):
        widths += [GAP_WIDTH] * bool(stage) + [cell] * steps
    while sum(widths) < LEAST_WIDTH:
        widths.append(FILLER_WIDTH)
    return Columns(stages, steps, cell, tuple(widths))


def allot(widths: Sequence[float], wanted: Sequence[float], first: int) -> list[tuple[int, int]]:
    """Runs of columns for things that want these widths, placed from the right; the leftmost takes what is left.

    Every later thing keeps at least one column for each that comes before it.
    """
    runs: list[tuple[int, int]] = []
    end = len(widths) - 1
    for position in range(len(wanted) - 1, 0, -1):
        start = end
        while sum(widths[start : end + 1]) < wanted[position] and start - 1 >= first + position:
            start -= 1
        runs.append((start, end))
        end = start - 1
    runs.append((first, end))
    return runs[::-1]
