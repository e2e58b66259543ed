"""Which column of a copy is which column as sent: by heading and by what stands in it, in order as far as possible."""

from __future__ import annotations

from collections import Counter

from regsheet.grid.cells import Sheet
from regsheet.merge.gaps import offset_at
from regsheet.merge.values import cell_key

SURE = 0.5
"""From this share of equal cells on, two columns at the same place are one without looking further."""

LEAST = 0.3
"""Below this share two columns are never one, unless they have the same heading."""

MOVED = 0.6
"""From this likeness on, a column that is out of order is the same one, moved."""

HEADING = 1.0
"""What an equal heading counts beside the share of equal cells, which is at most 1."""

MOST = 200
"""Columns beyond which places alone decide."""

MOST_ROWS = 2000
"""Rows that are looked at to know a column again."""

Profile = dict[int, Counter[str]]


def match_columns(sent: Sheet, copy: Sheet, header: int | None) -> dict[int, int]:
    """Columns as sent to columns of the copy. ``header`` is the row of headings as sent, where the sheet has one."""
    here, there = _profiles(sent), _profiles(copy)
    headings = _headings(sent, header)
    others = _headings(copy, _header_of(copy, headings))
    if max(len(here), len(there)) > MOST or _in_place(here, there, headings, others):
        return {column: column for column in sorted({*here, *there})}
    likeness = {
        (one, other): value
        for one in here
        for other in there
        if (value := _likeness(here[one], there[other], headings.get(one), others.get(other))) >= LEAST
    }
    found = _in_order(sorted(here), sorted(there), likeness)
    taken = set(found.values())
    rest = sorted(((value, -one, -other) for (one, other), value in likeness.items()), reverse=True)
    for value, one, other in rest:
        if value >= MOVED and -one not in found and -other not in taken:
            found[-one] = -other
            taken.add(-other)
    return _with_gaps(found, set(here), set(there))


def _with_gaps(found: dict[int, int], here: set[int], there: set[int]) -> dict[int, int]:
    """Columns that were empty, or are now, stand where their neighbours say."""
    taken = set(found.values())
    pairs = dict(found)
    for column in sorted(here - set(found)):
        offset = offset_at(found, column)
        if offset is not None and column + offset not in taken | there and column + offset > 0:
            pairs[column] = column + offset
            taken.add(column + offset)
    back = {other: one for one, other in found.items()}
    for column in sorted(there - taken):
        offset = offset_at(back, column)
        if offset is not None and column + offset not in pairs and column + offset not in here and column + offset > 0:
            pairs[column + offset] = column
    return pairs


def _profiles(sheet: Sheet) -> Profile:
    """How often each value stands in each column that holds anything."""
    found: Profile = {}
    rows: set[int] = set()
    for cell in sheet.filled():
        rows.add(cell.row)
        if len(rows) > MOST_ROWS:
            found.setdefault(cell.column, Counter())
        else:
            found.setdefault(cell.column, Counter())[cell_key(cell)] += 1
    return found


def _headings(sheet: Sheet, row: int | None) -> dict[int, str]:
    if row is None:
        return {}
    return {cell.column: cell_key(cell).casefold() for cell in sheet.filled() if cell.row == row}


def _header_of(copy: Sheet, headings: dict[int, str]) -> int | None:
    """The row of a copy that holds most of the headings."""
    wanted = set(headings.values())
    found: dict[int, set[str]] = {}
    for cell in copy.filled():
        if (text := cell_key(cell).casefold()) in wanted:
            found.setdefault(cell.row, set()).add(text)
    best = max(found, key=lambda row: (len(found[row]), -row), default=None)
    return best if best is not None and 2 * len(found[best]) >= len(wanted) else None


def _in_place(here: Profile, there: Profile, headings: dict[int, str], others: dict[int, str]) -> bool:
    """Whether every column is plainly where it was."""
    return set(here) == set(there) and all(
        headings.get(column) == others.get(column) and _share(here[column], there[column]) >= SURE for column in here
    )


def _share(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(one.total(), other.total(), 1)


def _likeness(one: Counter[str], other: Counter[str], heading: str | None, headed: str | None) -> float:
    bonus = HEADING if heading is not None and heading == headed else 0.0
    return _share(one, other) + bonus


def _in_order(here: list[int], there: list[int], likeness: dict[tuple[int, int], float]) -> dict[int, int]:
    """The pairs that keep their order and are most alike in all."""
    width = len(there) + 1
    best = [[0.0] * width for _ in range(len(here) + 1)]
    for i in range(len(here) - 1, -1, -1):
        for j in range(len(there) - 1, -1, -1):
            pair = likeness.get((here[i], there[j]))
            together = -1.0 if pair is None else pair + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(here) and j < len(there):
        pair = likeness.get((here[i], there[j]))
        if pair is not None and best[i][j] == pair + best[i + 1][j + 1]:
            pairs[here[i]] = there[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
