"""Where each field of each row stands: the cell in its column, the merge it belongs to, or a reading of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import ne

from regsheet.grid.addresses import address, column_number, position
from regsheet.grid.cells import Sheet, Value
from regsheet.grid.rows import NO_ROW, RowsHeld
from regsheet.layout.tables import Column, Table
from regsheet.model.recurring import Coded, recurring
from regsheet.values.text import is_blank


@dataclass(frozen=True, slots=True)
class Source:
    """What one field of one row holds: the value as typed (or the part of it that is the field's) and its cell."""

    value: Value
    address: str
    position: tuple[int, int]


class Sourced:
    """What a column holds for each row of a table, and the cell that each value came from.

    ``elsewhere``: place of a row to the cell that its value came from, where that is not the column's own.
    ``further``: place of a row to what else its continuations hold, where that is not text joined to its value.
    """

    def __init__(
        self,
        values: list[Value],
        column: str,
        rows: Sequence[int],
        elsewhere: Mapping[int, str],
        further: Mapping[int, tuple[Value, ...]],
    ) -> None:
        self.values, self.further = values, further
        self._column, self._rows, self._elsewhere = column, rows, elsewhere

    def stands_like(self, other: Sourced) -> bool:
        """Whether each value comes from the cell that the other's comes from."""
        return (self._column, self._elsewhere) == (other._column, other._elsewhere) and self._rows == other._rows

    def held_in(self, column: str) -> list[Value] | None:
        """What the column's own cell holds in each row, where that is what was read; None if it may not be."""
        return self.values if self._column == column and not self._elsewhere else None

    @cached_property
    def typed(self) -> list[Value]:
        """The values with None for what is no number (NaN); the very list of values where all are."""
        values = self.values
        if float not in set(map(type, values)) or not any(map(ne, values, values)):
            return values
        return [None if value != value else value for value in values]

    @cached_property
    def coded(self) -> Coded[Value]:
        """The values, each different one once: what is read from a cell and told of it is the same for equal ones."""
        return recurring(self.values)

    def address(self, place: int) -> str:
        """The address of one value's cell."""
        moved = self._elsewhere.get(place)
        return f"{self._column}{self._rows[place]}" if moved is None else moved

    def position(self, place: int) -> tuple[int, int]:
        """One value's cell as (row, column)."""
        moved = self._elsewhere.get(place)
        return (self._rows[place], column_number(self._column)) if moved is None else position(moved)

    @property
    def addresses(self) -> list[str]:
        """The address of each value's cell, made anew: a large register has too many of them to keep."""
        found = [f"{self._column}{row}" for row in self._rows]
        for place, moved in self._elsewhere.items():
            found[place] = moved
        return found


def shared_addresses(columns: Collection[Sourced]) -> frozenset[str]:
    """The addresses of cells from which more than one of these columns takes a value: ``4x4=16``.

    Only columns that read one column of the sheet, or cells outside their own, can have any in common.
    """
    letters = Counter(one._column for one in columns)
    moved = {cell.rstrip("0123456789") for one in columns for cell in one._elsewhere.values()}
    alike = [one for one in columns if one._elsewhere or letters[one._column] > 1 or one._column in moved]
    counts = Counter(cell for one in alike for cell in set(one.addresses))
    return frozenset(cell for cell, times in counts.items() if times > 1)


class Sources:
    """Finds the source of every field of a table's rows."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.table = sheet, table
        rows = sheet.cells.rows
        self._held = RowsHeld([rows.get(row, NO_ROW) for row in table.rows])
        self._continued_rows = [place for place, row in enumerate(table.rows) if row in table.continuations]

    def column(self, column: Column) -> Sourced:
        """The sources of a field for every row. Where most are simply its cells, those are read in one go."""
        rows, index = self.table.rows, column.index
        values = self._held.column(index)
        elsewhere: dict[int, str] = {}
        whole = bool(self.table.readings) or self.has_merges(index)
        for place in range(len(rows)) if whole else self._continued_rows:
            found = self.of(rows[place], column)
            values[place], elsewhere[place] = found.value, found.address
        further = {place: self._further(rows[place], index) for place in self._continued_rows
                   if not isinstance(values[place], str)}  # fmt: skip
        return Sourced(values, column.letter, rows, elsewhere, further)

    def _further(self, row: int, column: int) -> tuple[Value, ...]:
        """What the continuations of a row hold besides the first value: further dates, further scores."""
        value, position = self._cell(row, column)
        return tuple(part for part, _ in self._parts(value, position, self.table.continuations[row], column)[1:])

    def has_merges(self, column: int) -> bool:
        """Whether a merge covers a cell of a column between the table's first row and its last."""
        rows = self.table.rows
        return bool(rows) and any(
            area.first_column <= column <= area.last_column and area.first_row <= rows[-1] and area.last_row >= rows[0]
            for area in self.sheet.merges
        )

    def of(self, row: int, column: Column) -> Source:
        """The source of one field. Texts that go on in a row's continuations are joined line by line."""
        reading = self.table.readings.get((row, column.field or ""))
        if reading is not None:
            return Source(reading.text, address(reading.row, reading.column), (reading.row, reading.column))
        value, position = self._cell(row, column.index)
        more = self.table.continuations.get(row)
        if more:
            value, position = self._continued(value, position, more, column.index)
        return Source(value, address(*position), position)

    def _cell(self, row: int, column: int) -> tuple[Value, tuple[int, int]]:
        merge = self.sheet.merge_at(row, column)
        position = (row, column) if merge is None else (merge.first_row, merge.first_column)
        return self.sheet.value(*position), position

    def _parts(
        self, value: Value, position: tuple[int, int], rows: tuple[int, ...], column: int
    ) -> list[tuple[Value, tuple[int, int]]]:
        """What a row and its continuations hold in a column, without blanks."""
        parts = [(value, position)] + [
            (self.sheet.value(row, column), (row, column)) for row in rows if self.sheet.merge_at(row, column) is None
        ]
        return [part for part in parts if not is_blank(part[0])]

    def _continued(
        self, value: Value, position: tuple[int, int], rows: tuple[int, ...], column: int
    ) -> tuple[Value, tuple[int, int]]:
        parts = self._parts(value, position, rows, column)
        if len(parts) < 2:
            return parts[0] if parts else (value, position)
        if any(isinstance(part, str) for part, _ in parts):
            return "\n".join(str(part) for part, _ in parts), parts[0][1]
        return parts[0]
