"""Likelihood and impact of many registers on one matrix: each score by its place on its own register's scale."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from regsheet.outcome.records import Scale, StageRecord
from regsheet.quarter.ladder import Ladder, half_up

COMMON_SIZE = 5
"""Levels of each axis where registers have different ones."""

SIZES = range(2, 6)
"""Numbers of levels that are shown as they are."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix that every register's risks are put on: how many levels each axis has, the lowest first.

    ``shared``: every register has just as many. ``names`` are the levels' names, empty where they differ.
    """

    likelihood: int
    impact: int
    shared: bool
    likelihood_names: tuple[str, ...] = ()
    impact_names: tuple[str, ...] = ()

    def place(self, stage: StageRecord, scale: Scale | None) -> tuple[int, int] | None:
        """The cell of a risk as (likelihood, impact), 0 the lowest; None where its scores are not on a known scale."""
        if scale is None or stage.likelihood is None or stage.impact is None:
            return None
        likelihood = share(stage.likelihood, scale.likelihood)
        impact = share(stage.impact, scale.impact)
        if likelihood is None or impact is None:
            return None
        return half_up(likelihood * (self.likelihood - 1)), half_up(impact * (self.impact - 1))


def matrix_of(scales: Iterable[Scale]) -> Matrix:
    """The matrix for these registers."""
    known = [scale for scale in scales if len(_levels(scale.likelihood)) > 1 and len(_levels(scale.impact)) > 1]
    sizes = {(len(_levels(scale.likelihood)), len(_levels(scale.impact))) for scale in known}
    if len(sizes) != 1 or not all(size in SIZES for size in next(iter(sizes))):
        return Matrix(COMMON_SIZE, COMMON_SIZE, shared=False)
    likelihood, impact = next(iter(sizes))
    return Matrix(
        likelihood,
        impact,
        shared=True,
        likelihood_names=_names([scale.likelihood for scale in known]),
        impact_names=_names([scale.impact for scale in known]),
    )


def share(score: float, levels: Mapping[str, float]) -> float | None:
    """Where a score stands on a scale, 0 the lowest level to 1 the highest, each level one step from the next.

    A score between two levels stands between them; None for one beyond the scale, and where the scale has one level.
    """
    ordered = _levels(levels)
    if len(ordered) < 2 or not ordered[0] <= score <= ordered[-1]:
        return None
    place = bisect_left(ordered, score)
    if ordered[place] != score:
        below, above = ordered[place - 1], ordered[place]
        return (place - 1 + (score - below) / (above - below)) / (len(ordered) - 1)
    return place / (len(ordered) - 1)


def zones_of(scales: Iterable[Scale], ladder: Ladder, matrix: Matrix) -> dict[tuple[int, int], int]:
    """The step that a risk in each cell has by every register's rule and bands; only cells on which all agree.

    Nothing where the registers' levels differ in number, or a rating is neither product nor sum.
    """
    known = [scale for scale in scales if len(_levels(scale.likelihood)) > 1 and len(_levels(scale.impact)) > 1]
    if not matrix.shared or any(scale.rule not in ("product", "sum") for scale in known):
        return {}
    zones: dict[tuple[int, int], int] = {}
    for place in product(range(matrix.likelihood), range(matrix.impact)):
        steps = {_zone(scale, place, ladder) for scale in known}
        step = steps.pop() if len(steps) == 1 else None
        if step is not None:
            zones[place] = step
    return zones


def _zone(scale: Scale, place: tuple[int, int], ladder: Ladder) -> int | None:
    likelihood, impact = _levels(scale.likelihood)[place[0]], _levels(scale.impact)[place[1]]
    rating = round(likelihood * impact if scale.rule == "product" else likelihood + impact, 6)
    band = next((band for band in reversed(scale.bands) if band.low <= rating <= band.high), None)
    if band is None:
        return None
    return ladder.position(StageRecord(rating=rating, band=band.name, is_red=band is scale.bands[-1]), scale)


def _levels(levels: Mapping[str, float]) -> list[float]:
    return sorted(set(levels.values()))


def _names(axes: list[dict[str, float]]) -> tuple[str, ...]:
    """The names of the levels, lowest first, where all registers have the same and they are no bare figures."""
    named = {tuple(sorted(levels, key=lambda name: (levels[name], name))) for levels in axes}
    if len(named) != 1:
        return ()
    names = next(iter(named))
    return names if len(names) == len(_levels(axes[0])) and not any(_is_figure(name) for name in names) else ()


def _is_figure(name: str) -> bool:
    return name.replace(".", "", 1).isdigit()
