"""The scale that scores are held against, and whether it was stated anywhere or only seen in the column itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.layout.tables import STAGES, Axis, Level
from regsheet.model.register import Register
from regsheet.rules.base import Context

AXES: tuple[Axis, Axis] = ("likelihood", "impact")

AXIS_FIELDS = frozenset(f"{stage}_{axis}" for stage in STAGES for axis in AXES)
"""Every likelihood and impact column that a register may have."""

FITTING_SHARE = 0.5
"""At least this share of a column's scores must lie on a scale for it to be the column's scale."""


def score_fields(register: Register) -> Iterator[tuple[str, Axis]]:
    """Every likelihood and impact column that a register has."""
    for stage in STAGES:
        for axis in AXES:
            if register.has(f"{stage}_{axis}"):
                yield f"{stage}_{axis}", axis


def scale_of(register: Register, axis: Axis) -> tuple[Level, ...]:
    """The levels of an axis, lowest first; empty when unknown."""
    return register.scoring.likelihood if axis == "likelihood" else register.scoring.impact


def is_stated(register: Register, axis: Axis, context: Context) -> bool:
    """Whether the configuration, a scale or a matrix states the levels, rather than the column's own values."""
    setting = context.config.scoring.likelihood if axis == "likelihood" else context.config.scoring.impact
    if setting or register.table.matrix is not None:
        return True
    tables = context.book.layout.tables
    scales = [*register.table.scales, *(scale for table in tables if table.kind == "scale" for scale in table.scales)]
    return any(scale.axis == axis and len(scale.levels) > 1 for scale in scales) or any(
        table.kind == "matrix" and table.matrix is not None for table in tables
    )


def fits(column: Sequence[float | None], levels: Sequence[Level]) -> bool:
    """Whether a column's scores lie on a scale for the most part, so that the others are slips."""
    given = [score for score in column if score is not None]
    low, high = levels[0].score, levels[-1].score
    return sum(low <= score <= high for score in given) >= FITTING_SHARE * len(given)
