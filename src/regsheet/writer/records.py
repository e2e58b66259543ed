"""What was done to each cell, kept so that it can be told and undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from regsheet.grid.cells import Value

Place = tuple[str, int, int]
"""Sheet name, row, column."""


@dataclass(slots=True)
class CellRecord:
    """One patched cell. Looks are XML of the elements that a change replaced; None where that thing was left.

    ``existed`` tells a cell that the sheet had from one that was made to carry a look or a note.
    """

    sheet: str
    cell: str
    existed: bool = True
    wrote_value: bool = False
    value_before: Value = None
    formula_before: str | None = None
    value_after: Value = None
    formula_after: str | None = None
    fill_before: str | None = None
    fill_after: str | None = None
    border_before: str | None = None
    font_before: str | None = None
    font_after: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """One note: the cell, our text, and whether it was added below a note that was there."""

    sheet: str
    cell: str
    text: str
    joined: bool


@dataclass(slots=True)
class Records:
    """All that was done to the cells of a workbook."""

    cells: dict[Place, CellRecord] = field(default_factory=dict)
    notes: list[NoteRecord] = field(default_factory=list)
