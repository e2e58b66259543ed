"""What was done to each cell, kept so that it can be told and undone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from regsheet.grid.cells import Sheet, Value

Place = tuple[str, int, int]
"""Sheet name, row, column."""

LONGEST_KEY = 16
_BLANKS = bytes(code for code in range(128) if chr(code).isspace())


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


LOOKS = ("fill_before", "fill_after", "border_before", "font_before", "font_after")
looks_of: Callable[[CellRecord], tuple[str | None, ...]] = attrgetter(*LOOKS)
"""What a record tells of looks."""


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


def row_key(values: Collection[Value]) -> str | None:
    """Two short hashes: of a row's longest text, and of what its first filled cell says. None for one without text."""
    texts = [value for value in values if isinstance(value, str)]
    if not texts:
        return None
    ranked = sorted(texts, key=len, reverse=True)
    longest, size = _solid(ranked[0])
    if len(ranked) > 1 and len(ranked[1]) >= size:  # shorter with its blanks, another is so without
        longest, size = max((_solid(text) for text in texts if len(text) >= size), key=itemgetter(1))
    if not size:
        return None
    for first in values:
        if first is not None:
            break
    return _hash(longest) + text_key(str(first))[:8]


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
    return _hash(_solid(text)[0])


def _solid(text: str) -> tuple[bytes, int]:
    """A text without its blanks, in bytes, and how many characters that is."""
    if text.isascii() or text.replace("\n", "").isprintable():  # then it has no other blanks than those of ASCII
        whole = text.encode()
        content = whole.translate(None, _BLANKS)
        return content, len(text) - len(whole) + len(content)
    solid = "".join(text.split())
    return solid.encode("utf-8", "surrogatepass"), len(solid)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:LONGEST_KEY]
