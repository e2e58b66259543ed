"""The scores of a column's cells: each of those that differ is read once, for thousands are hardly ever of thirty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regsheet.layout.view import SheetView
from regsheet.values.scores import Score, read_score


def scores_of(
    view: SheetView, rows: Sequence[int], column: int, names: Mapping[str, float] | None = None
) -> list[Score]:
    """What each row's cell says, a blank score where the row has none. ``names`` are those of levels, with scores."""
    values = view.column(rows, column)
    if len(set(map(type, values))) == 1:
        read_alike = {value: read_score(value, names) for value in set(values)}
        return list(map(read_alike.__getitem__, values))
    keys = list(zip(map(type, values), values, strict=True))  # True is no 1
    read = {key: read_score(key[1], names) for key in set(keys)}
    return list(map(read.__getitem__, keys))


def numbers_of(
    view: SheetView, rows: Sequence[int], column: int, names: Mapping[str, float] | None = None
) -> list[float | None]:
    """The number that each row's cell says, if any."""
    return [score.number for score in scores_of(view, rows, column, names)]
