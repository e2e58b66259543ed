"""Which corrections may be made, and which of two that want the same cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from regsheet.grid.addresses import position
from regsheet.grid.cells import Grid
from regsheet.rules.findings import Correction, Finding
from regsheet.rules.runner import reading_place

PRECEDENCE = ("SC", "TR", "SL", "HY")
"""Families in the order in which they decide what a cell holds: a rating worked out anew goes before its spelling."""


class Chosen(NamedTuple):
    """A correction that will be made, and the finding that asked for it."""

    correction: Correction
    finding: Finding

    def after_earlier(self, earlier: Chosen) -> Chosen:
        """The same, logged with what the cell held before the earlier round changed it."""
        correction = replace(self.correction, before=earlier.correction.before)
        if correction.fill is not None and earlier.correction.fill is None:  # a fill joins a value set before
            correction = replace(earlier.correction, fill=correction.fill)
            return Chosen(correction, earlier.finding)
        return Chosen(correction, self.finding)


def choose(findings: Iterable[Finding], grid: Grid, *, suggestions: bool, later: bool) -> dict[tuple[str, str], Chosen]:
    """The corrections to make, one a cell, keyed by (sheet, cell). The order of the findings decides nothing.

    Suggested ones are left out unless asked for. Where two rules want the same cell, a value goes before a colour, and
    the family that decides goes before the one that spells; two that disagree on equal terms are both left alone.
    A formula is never replaced by a constant; in a ``later`` round not by a formula either: it works itself out.
    """
    wanted: dict[tuple[str, str], list[Chosen]] = {}
    for finding in findings:
        correction = finding.correction
        if correction is None or (correction.kind == "suggest" and not suggestions):
            continue
        if _spoils_formula(correction, grid, later):
            continue
        wanted.setdefault((correction.sheet, correction.cell), []).append(Chosen(correction, finding))
    return {place: best for place, candidates in wanted.items() if (best := _best(candidates, grid)) is not None}


def _spoils_formula(correction: Correction, grid: Grid, later: bool) -> bool:
    if correction.fill is not None and correction.after is None:
        return False
    if correction.formula is not None and not later:
        return False
    return grid.sheet(correction.sheet).formula(*position(correction.cell)) is not None


def _best(candidates: list[Chosen], grid: Grid) -> Chosen | None:
    if len(candidates) == 1:
        return candidates[0]
    values = [item for item in candidates if item.correction.fill is None] or candidates
    rank = min(_rank(item) for item in values)
    first = [item for item in values if _rank(item) == rank]
    agree = all(item.correction.after == first[0].correction.after for item in first)
    place = reading_place(grid)
    return min(first, key=lambda item: (place(item.finding), item.finding.code)) if agree else None


def _rank(item: Chosen) -> int:
    family = item.finding.code[:2]
    return PRECEDENCE.index(family) if family in PRECEDENCE else len(PRECEDENCE)
