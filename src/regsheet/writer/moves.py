"""Where recorded cells are now: rows are known by their texts, columns by how most of their cells look."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regsheet.grid.addresses import address, letters, position
from regsheet.grid.cells import Sheet
from regsheet.writer.records import CellRecord, first_key, longest_key, row_keys, whole_key

Cell = tuple[int, int]
MOST_COLUMNS_MOVED = 8
CHANGE_OF_SHIFT = 0.5
"""What a shift other than the neighbour's costs, in cells that look ours."""

OUT_OF_ORDER = 2.0
"""What a column that has changed places with its neighbour costs."""

LooksOurs = Callable[[Cell, CellRecord], bool]
Votes = Mapping[int, Mapping[int, int]]
"""For each recorded column, how many of its cells look ours when it has moved so far."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the rows and columns of one sheet's records went. ``rows`` is by recorded address."""

    rows: Mapping[str, int]
    shifts: Mapping[int, int]

    @classmethod
    def of(cls, records: list[CellRecord], sheet: Sheet, looks_ours: LooksOurs) -> Moves:
        """Find the rows, then the columns."""
        rows = _rows(records, sheet)
        return cls(rows, _chosen(_votes(records, rows, looks_ours)))

    def place(self, record: CellRecord) -> Cell | None:
        """The cell that a record is about; None where it cannot be known."""
        row, column = self.rows.get(record.cell), position(record.cell)[1]
        return None if row is None or column not in self.shifts else (row, column + self.shifts[column])

    def formula(self, record: CellRecord, place: Cell) -> str | None:
        """The record's earlier formula as it reads in its present place; None where columns moved and it is unsure."""
        formula = record.formula_before or ""
        row, column = position(record.cell)
        if any(self.shifts.values()):
            return None
        if place[0] == row:
            return formula
        from openpyxl.formula.translate import Translator, TranslatorError

        try:
            moved = Translator(f"={formula}", f"{letters(column)}{row}").translate_formula(address(*place))
        except TranslatorError:
            return None
        return str(moved)[1:]


def _rows(records: list[CellRecord], sheet: Sheet) -> dict[str, int]:
    """For each recorded address, the row that it is now in.

    A row is known by both parts of its key, else by its longest text, else by what it begins with; and one in which
    both were typed over, or that has no text, by its neighbours, where these have moved alike.
    """
    keys = row_keys(sheet)
    recorded = {position(record.cell)[0]: record.row_key or "" for record in records}
    found: dict[int, int] = {}
    for part in (whole_key, longest_key, first_key):
        _match(recorded, keys, part, found)
    known, taken = sorted(found), set(found.values())
    for row in sorted(set(recorded) - set(found)):
        delta = _delta(row, known, found)
        if delta is not None and row + delta > 0 and row + delta not in taken:
            found[row] = row + delta
            taken.add(row + delta)
            insort(known, row)
    return {record.cell: found[row] for record in records if (row := position(record.cell)[0]) in found}


def _match(
    recorded: Mapping[int, str], keys: Mapping[int, str], part: Callable[[str], str], found: dict[int, int]
) -> None:
    """Find rows by one part of their keys: the row itself, else the only one that no other row has taken."""
    taken = set(found.values())
    places: dict[str, list[int]] = {}
    for row, key in keys.items():
        if row not in taken:
            places.setdefault(part(key), []).append(row)
    wanted = Counter(part(key) for row, key in recorded.items() if row not in found)
    for row, key in recorded.items():
        candidates = places.get(part(key), []) if key and row not in found else []
        if row in candidates:
            found[row] = row
        elif len(candidates) == 1 and wanted[part(key)] == 1:
            found[row] = candidates[0]


def _delta(row: int, known: Sequence[int], found: Mapping[int, int]) -> int | None:
    """How far the nearest known rows (``known``, in order) on either side have moved; None where they disagree."""
    place = bisect(known, row)
    deltas = {found[near] - near for near in known[max(place - 1, 0) : place + 1]}
    return 0 if not deltas else deltas.pop() if len(deltas) == 1 else None


def _votes(records: list[CellRecord], rows: Mapping[str, int], looks_ours: LooksOurs) -> dict[int, Counter[int]]:
    votes: dict[int, Counter[int]] = {}
    for record in records:
        row = rows.get(record.cell)
        column = position(record.cell)[1]
        if row is None:
            continue
        counted = votes.setdefault(column, Counter())
        for shift in range(-MOST_COLUMNS_MOVED, MOST_COLUMNS_MOVED + 1):
            if column + shift > 0 and looks_ours((row, column + shift), record):
                counted[shift] += 1
    return votes


def _chosen(votes: Votes) -> dict[int, int]:
    """The shifts that most cells speak for together: columns keep their order and move as their neighbours do."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    before: int | None = None
    for column in sorted(votes):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for shift in {0, *best, *votes[column]}:
            gain = votes[column].get(shift, 0) - abs(shift) * 0.001
            score, path = max(
                ((earlier - _cost(before, last, column, shift), path) for last, (earlier, path) in best.items()),
                key=lambda item: item[0],
            )
            reached[shift] = (score + gain, (*path, shift))
        best, before = reached, column
    _, path = max(best.values(), key=lambda item: item[0])
    chosen = dict(zip(sorted(votes), path, strict=True))
    return {column: shift for column, shift in chosen.items() if votes[column].get(shift)}


def _cost(before: int | None, last: int, column: int, shift: int) -> float:
    if shift == last:
        return 0.0
    crossed = before is not None and column + shift <= before + last
    return CHANGE_OF_SHIFT + (OUT_OF_ORDER if crossed else 0.0)
