"""One field a column, one column a field: the assignment with the highest total."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 0.42
"""Below this a column stays without a field."""

_MOST_COLUMNS = 200


def assign(scores: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """The best assignment of fields to columns. ``scores`` gives each column its fields and how well they fit."""
    wanted = {
        column: {field: score for field, score in fields.items() if score >= LEAST}
        for column, fields in sorted(scores.items())
    }
    wanted = {column: fields for column, fields in wanted.items() if fields}
    if len(wanted) > _MOST_COLUMNS:
        kept = sorted(wanted, key=lambda column: -max(wanted[column].values()))[:_MOST_COLUMNS]
        wanted = {column: wanted[column] for column in sorted(kept)}
    columns = list(wanted)
    names = sorted({field for fields in wanted.values() for field in fields})
    if not columns:
        return {}
    # Every column may also stay without a field, at no gain: one blank place a column.
    # The leftmost of equals wins, by a hair.
    cost = [
        [_gain_lost(wanted[column], name) + 1e-4 * place for name in names] + [0.0] * len(columns)
        for place, column in enumerate(columns)
    ]
    chosen = _least_cost(cost)
    return {
        column: names[place]
        for column, place in zip(columns, chosen, strict=True)
        if place < len(names) and names[place] in wanted[column]
    }


def _gain_lost(fields: Mapping[str, float], name: str) -> float:
    # Squares: two middling fits must not push out one that is right.
    return -(fields[name] ** 2) if name in fields else 1.0


def _least_cost(cost: list[list[float]]) -> list[int]:
    """The Hungarian method: for each row its column, no column twice, least total. Needs rows <= columns."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        slack, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while row_of[column]:
            used[column] = True
            column = _step(cost, column, row_of, slack, used, came_from, row_price, column_price)
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    answer = [0] * rows
    for column in range(1, columns + 1):
        if row_of[column]:
            answer[row_of[column] - 1] = column - 1
    return answer


def _step(
    cost: list[list[float]],
    at: int,
    row_of: list[int],
    slack: list[float],
    used: list[bool],
    came_from: list[int],
    row_price: list[float],
    column_price: list[float],
) -> int:
    """One step of the shortest augmenting path; the column to go on from."""
    row, best, following = row_of[at], float("inf"), 0
    for column in range(1, len(slack)):
        if used[column]:
            continue
        reduced = cost[row - 1][column - 1] - row_price[row] - column_price[column]
        if reduced < slack[column]:
            slack[column], came_from[column] = reduced, at
        if slack[column] < best:
            best, following = slack[column], column
    for column in range(len(slack)):
        if used[column]:
            row_price[row_of[column]] += best
            column_price[column] -= best
        else:
            slack[column] -= best
    return following
