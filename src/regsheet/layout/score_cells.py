"""The scores of a column's cells: each of those that differ is read once, for thousands are hardly ever of thirty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from regsheet.grid.cells import CellError, Value
from regsheet.values.scores import Score, read_score

Read = TypeVar("Read")

_NUMERIC = frozenset({bool, int, float})


def scores_of(values: Sequence[Value]) -> list[Score]:
    """What each of a column's cells says, a blank score where there is none."""
    return _of_each(values, read_score)


def numbers_of(values: Sequence[Value], names: Mapping[str, float] | None = None) -> list[float | None]:
    """The number that each of a column's cells says, if any. ``names`` are those of levels, with scores."""
    return _of_each(values, lambda value: read_score(value, names).number)


def _of_each(values: Sequence[Value], told: Callable[[Value], Read]) -> list[Read]:
    """What is told of every value, asked once of each that differs from the others."""
    kinds = set(map(type, values))
    if CellError not in kinds and len(kinds & _NUMERIC) <= 1:
        known = {value: told(value) for value in set(values)}
        return list(map(known.__getitem__, values))
    keys = list(zip(map(type, values), values, strict=True))  # True is no 1, nor an error the text of its name
    read = {key: told(key[1]) for key in set(keys)}
    return list(map(read.__getitem__, keys))
