"""What was done to each cell, kept so that it can be told and undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from regsheet.grid.cells import Sheet, Value

Place = tuple[str, int, int]
"""Sheet name, row, column."""

LONGEST_KEY = 16


@dataclass(slots=True)
class CellRecord:
    """One patched cell. Looks are XML of the elements that a change replaced; None where that thing was left.

    ``existed`` tells a cell that the sheet had from one that was made to carry a look or a note. ``row_key`` knows the
    row again by its longest text, and by what it begins with, after rows were sorted or inserted.
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
    row_key: str | None = None


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


def row_keys(sheet: Sheet) -> dict[int, str]:
    """For each row with text, two short hashes: of its longest text, and of what its first filled cell says."""
    longest: dict[int, str] = {}
    first: dict[int, tuple[int, Value]] = {}
    for cell in sheet.filled():
        value = cell.value
        if value is None:
            continue
        row = cell.row
        known = first.get(row)
        if known is None or cell.column < known[0]:
            first[row] = (cell.column, value)
        # A text that is no longer with its blanks is none without them.
        if isinstance(value, str) and len(value) > len(longest.get(row, "")):
            text = "".join(value.split())
            if len(text) > len(longest.get(row, "")):
                longest[row] = text
    return {row: text_key(text) + text_key(str(first[row][1]))[:8] for row, text in longest.items()}


def whole_key(row_key: str) -> str:
    """A row's key itself."""
    return row_key


def first_key(row_key: str) -> str:
    """The part of a row's key that stands for what it begins with."""
    return row_key[LONGEST_KEY:]


def longest_key(row_key: str) -> str:
    """The part of a row's key that stands for its longest text."""
    return row_key[:LONGEST_KEY]


def text_key(text: str) -> str:
    """A short hash of a text, blanks aside."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:LONGEST_KEY]
