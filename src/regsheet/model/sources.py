"""Where each field of each row stands: the cell in its column, the merge it belongs to, or a reading of its own."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.grid.addresses import address
from regsheet.grid.cells import Cell, Sheet, Value
from regsheet.layout.tables import Column, Table
from regsheet.values.text import is_blank


@dataclass(frozen=True, slots=True)
class Source:
    """What one field of one row holds: the value as typed (or the part of it that is the field's) and its cell."""

    value: Value
    address: str
    position: tuple[int, int]


class Sources:
    """Finds the source of every field of a table's rows."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.table = sheet, table

    def of(self, row: int, column: Column) -> Source:
        """The source of one field. Texts that go on in a row's continuations are joined line by line."""
        reading = self.table.readings.get((row, column.field or ""))
        if reading is not None:
            return Source(reading.text, address(reading.row, reading.column), (reading.row, reading.column))
        merge = self.sheet.merge_at(row, column.index)
        position = (row, column.index) if merge is None else (merge.first_row, merge.first_column)
        value = self.sheet.value(*position)
        more = self.table.continuations.get(row)
        if more:
            value, position = self._continued(value, position, more, column.index)
        return Source(value, address(*position), position)

    def _continued(self, value: Value, position: tuple[int, int], rows: tuple[int, ...],
                   column: int) -> tuple[Value, tuple[int, int]]:
        parts = [(value, position)] + [
            (self.sheet.value(row, column), (row, column)) for row in rows if self.sheet.merge_at(row, column) is None
        ]
        parts = [part for part in parts if not is_blank(part[0])]
        if len(parts) < 2:
            return parts[0] if parts else (value, position)
        if any(isinstance(part, str) for part, _ in parts):
            return "\n".join(str(part) for part, _ in parts), parts[0][1]
        return parts[0]


def cell_of(sheet: Sheet, source: Source) -> Cell | None:
    """The cell itself, where the sheet has one."""
    return sheet.cells.get(source.position)
