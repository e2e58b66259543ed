"""The two axes of a matrix: the register's own levels, or ranges of values where it has none that fit."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from regsheet.layout.tables import Axis as AxisName
from regsheet.layout.tables import Level
from regsheet.model.register import Register
from regsheet.model.scoring import plain

MOST_LEVELS = 10
BUCKETS = 5
ON_LEVELS = 0.6
"""Share of the values that must be levels of the scale for the scale to be the axis."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row or column of a matrix. A level has ``low`` equal to ``high``; a range includes both ends."""

    low: float
    high: float
    label: str

    @property
    def score(self) -> float | None:
        """The level's score; None for a range."""
        return self.low if self.low == self.high else None

    def holds(self, value: float) -> bool:
        """Whether a value belongs here."""
        return self.low <= value <= self.high or math.isclose(value, self.low, rel_tol=1e-9)


@dataclass(frozen=True, slots=True)
class Axis:
    """The steps of likelihood or impact, lowest first. ``exact`` when each is a single score."""

    name: AxisName
    steps: tuple[Step, ...]
    exact: bool

    def place(self, value: float | None) -> int | None:
        """The position of the step that holds a value."""
        if value is None:
            return None
        return next((position for position, step in enumerate(self.steps) if step.holds(value)), None)

    @property
    def scores(self) -> tuple[float, ...]:
        """The scores of an exact axis."""
        return tuple(step.low for step in self.steps)


def axis_of(register: Register, name: AxisName) -> Axis | None:
    """The axis for one register, the same for every stage; None when it has neither scale nor values."""
    columns = [register.values(f"{stage}_{name}") for stage in register.stages]
    values = _finite(set().union(*columns))
    levels = register.scoring.likelihood if name == "likelihood" else register.scoring.impact
    scores = [float(score) for score in register.table.scale.get(name, ()) if isinstance(score, int | float)]
    axis = _from_levels(name, levels) or _from_levels(name, [Level(score, "") for score in sorted(set(scores))])
    if axis is not None and _fits(axis, values, columns):
        return axis
    return _from_values(name, values)


def _finite(values: Iterable[object]) -> list[float]:
    return [float(value) for value in values if value is not None and math.isfinite(value)]  # type: ignore[arg-type]


def _from_levels(name: AxisName, levels: Sequence[Level]) -> Axis | None:
    if not 2 <= len(levels) <= MOST_LEVELS:
        return None
    return Axis(name, tuple(Step(level.score, level.score, _label(level)) for level in levels), exact=True)


def _label(level: Level) -> str:
    number, name = plain(round(level.score, 2)), " ".join(level.name.split())
    return number if not name or name == number else f"{number} {name}"


def _fits(axis: Axis, values: Collection[float], columns: Sequence[Sequence[object]]) -> bool:
    off = {value for value in values if axis.place(value) is None}
    if not off:
        return True
    typed = _finite(chain.from_iterable(columns))
    return sum(value not in off for value in typed) >= ON_LEVELS * len(typed)


def _from_values(name: AxisName, values: Collection[float]) -> Axis | None:
    if not values:
        return None
    lowest, highest = min(values), max(values)
    if all(value == int(value) for value in values) and lowest >= 0 and highest <= MOST_LEVELS:
        first = min(1, int(lowest))
        last = max(int(highest), 3)
        return Axis(name, tuple(Step(score, score, str(score)) for score in range(first, last + 1)), exact=True)
    distinct = sorted(values)
    if len(distinct) <= BUCKETS + 1:
        return Axis(name, tuple(Step(value, value, _number(value, highest)) for value in distinct), exact=True)
    return Axis(name, _ranges(values), exact=False)


def _ranges(values: Collection[float]) -> tuple[Step, ...]:
    """Five equal ranges from nought (or the lowest value) to a round number at the top."""
    highest, lowest = max(values), min(0.0, min(values))
    top = 1.0 if lowest >= 0 and highest <= 1 else _round_up(highest)
    width = (top - lowest) / BUCKETS
    steps = []
    for position in range(BUCKETS):
        low, high = lowest + position * width, lowest + (position + 1) * width
        label = f"{_number(low, top)}–{_number(high, top)}"
        # Each range but the last ends just below the next one's start, so that no value has two places.
        steps.append(Step(low, high if position == BUCKETS - 1 else math.nextafter(high, -math.inf), label))
    return tuple(steps)


def _round_up(value: float) -> float:
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return float(next(size * factor for factor in (1, 2, 5, 10) if size * factor >= value))


def _number(value: float, highest: float) -> str:
    percent = round(value * 100, 6)
    return f"{percent:g}%" if highest <= 1 and percent == int(percent) else plain(round(value, 2))
