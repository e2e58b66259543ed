"""What was done to each cell, kept so that it can be told and undone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
    """The key of each row with text."""
    keys = ((number, row_key(row.values.values())) for number, row in sheet.cells.rows.items())
    return {number: key for number, key in keys if key is not None}


def row_key(values: Iterable[Value]) -> str | None:
    """Two short hashes: of a row's longest text, and of what its first filled cell says. None for one without text."""
    filled = [value for value in values if value is not None]
    texts = [value for value in filled if isinstance(value, str)]
    if not texts:
        return None
    longest = _without_blanks(max(texts, key=len))
    rivals = [text for text in texts if len(text) >= len(longest)]  # shorter with their blanks, others are so without
    if len(rivals) > 1:
        longest = max(map(_without_blanks, rivals), key=len)
    return _hash(longest) + text_key(str(filled[0]))[:8] if longest else None


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
    return _hash(_without_blanks(text))


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LONGEST_KEY]
