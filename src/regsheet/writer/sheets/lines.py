"""Rows of a long table on a sheet, held until the sheet is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regsheet.writer.graft.later_rows import ROW, LaterRows, Part
from regsheet.writer.graft.marked_rows import pack


@dataclass(slots=True)
class Lines:
    """Rows of a long table: the parts of their cells, what their tags go on with, the first and the last column.

    Once they are ``packed``, they are spelled and nothing else is held.
    """

    rows: range
    cells: Sequence[Part]
    tags: Part
    reach: tuple[int, int]
    packed: bytes | None = None

    def later(self, spans: Part) -> LaterRows:
        """The rows with their tags."""
        begun, ended = f'<row r="{ROW}"', "</row>"
        return LaterRows.of(self.rows.start + 1, len(self.rows), [begun, spans, self.tags, ">", *self.cells, ended])

    def pack(self) -> None:
        """Spell the rows, which must stand between others of their table, for good."""
        self.packed = pack(self.later(spans_of(*self.reach)).spelled(lambda marked: marked))
        self.cells, self.tags = (), ""


def spans_of(first: int, last: int) -> str:
    """What a row says of the columns, from 0, between which it has cells."""
    return f' spans="{first + 1}:{last + 1}"'
