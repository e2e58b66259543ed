"""Figures run together, as PDF conversions leave them: which of a stage's likelihood, impact and rating each one is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

PURE = re.compile(r"^\d{1,3}(?:\s+\d{1,3}){0,3}$")
RUN_TOGETHER = re.compile(r"^\d{1,3}(?:\s+\d{1,3}){1,2}$")
LEADING = re.compile(r"^(\d{1,2})(?:[ \t]*\n|\s+(?=[A-Z□☐•]))")
SLOTS = ("likelihood", "impact", "rating")
_CUT_YEAR = re.compile(r"(?:[A-Za-z]{3,9})[-/ '’]*\d$")


class Figure(NamedTuple):
    """A figure as it stands: its value, its cell, its place among the figures of that cell."""

    value: int
    row: int
    column: int
    place: int
    trailing: bool


def figures_in(text: str, row: int, column: int) -> list[Figure]:
    """The figures of a cell that holds nothing else."""
    if not PURE.match(text):
        return []
    return [Figure(int(part), row, column, place, False) for place, part in enumerate(text.split())]


def leading_figure(text: str, row: int, column: int) -> Figure | None:
    """A figure that ran into the start of the text that follows it. ``19. Lone working`` has none: that is a number."""
    found = LEADING.match(text)
    return Figure(int(found[1]), row, column, 0, True) if found else None


def completes_date(before: str, figures: Sequence[Figure]) -> bool:
    """Whether the first figure is the year's last digit that slipped out of ``Oct-2`` to the left."""
    return len(figures) > len(SLOTS) and figures[0].value < 10 and bool(_CUT_YEAR.search(before))


def place_figures(figures: Sequence[Figure], starts: Mapping[int, str], top: int) -> dict[str, Figure]:
    """Give each figure its slot, keeping their order; none where two readings are equally good.

    ``starts`` tells for a column which slot its first figure has. ``top`` is the highest score of the scale.
    """
    if not figures or len(figures) > len(SLOTS):
        return {}
    ranked = sorted(
        ((_penalty(figures, slots, starts, top), slots) for slots in combinations(SLOTS, len(figures))),
        key=lambda pair: pair[0],
    )
    if ranked[0][0] >= 100 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return {}
    return dict(zip(ranked[0][1], figures, strict=True))


def _penalty(figures: Sequence[Figure], slots: Sequence[str], starts: Mapping[int, str], top: int) -> int:
    placed = dict(zip(slots, (figure.value for figure in figures), strict=True))
    penalty = 0
    for figure, slot in zip(figures, slots, strict=True):
        if slot != "rating" and not 1 <= figure.value <= top:
            penalty += 100
        if slot == "rating" and not 1 <= figure.value <= top * top:
            penalty += 100
        if figure.trailing and slot != "rating":
            penalty += 8  # What ran into the next column was the last of the three.
        if figure.place == 0 and not figure.trailing and figure.column in starts:
            penalty += 4 * abs(SLOTS.index(slot) - SLOTS.index(starts[figure.column]))
    together = [
        SLOTS.index(slot) for figure, slot in zip(figures, slots, strict=True) if figure.column == figures[-1].column
    ]
    penalty += 5 * (together[-1] - together[0] - len(together) + 1)  # Figures run together stand side by side.
    run_on = len(figures) == 2 and figures[0].column == figures[1].column
    if run_on and slots == ("impact", "rating") and placed["rating"] % placed["impact"]:
        penalty += 6
    if run_on and slots[0] == "impact" and placed["rating"] <= top and placed["rating"] // max(1, placed["impact"]) < 1:
        penalty += 6
    return penalty
