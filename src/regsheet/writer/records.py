"""What was done to each cell, kept so that it can be told and undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from operator import attrgetter, itemgetter
from typing import NamedTuple

from regsheet.grid.cells import Sheet, Value
from regsheet.grid.rows import NO_ROW

Place = tuple[str, int, int]
"""Sheet name, row, column."""

LONGEST_KEY = 16
AT_ONCE = 1000
"""Rows of which the keys are worked out together: those of all are as large as the sheet."""
_SEPARATOR = "`"
_ASCII = bytes(range(128))
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


class NoteRecord(NamedTuple):
    """One note: the cell, our text, and whether it was added below a note that was there."""

    sheet: str
    cell: str
    text: str
    joined: bool


@dataclass(slots=True)
class Records:
    """All that was done to the cells of a workbook."""

    cells: dict[Place, CellRecord] = field(default_factory=dict)


def row_keys(sheet: Sheet) -> dict[int, str]:
    """The key of each row with text."""
    rows = sheet.cells.rows
    keys = zip(rows, keys_of([row.contents for row in rows.values()]), strict=True)
    return {number: key for number, key in keys if key is not None}


def know_rows(records: Records, sheets: Iterable[Sheet]) -> None:
    """Tell of each cell what its row was known by in the sheets as they were read."""
    rows = {sheet.name: sheet.cells.rows for sheet in sheets}
    known: dict[tuple[str, int], str | None] = dict.fromkeys((sheet, number) for sheet, number, _ in records.cells)
    unknown = iter(list(known))
    while some := list(islice(unknown, AT_ONCE)):
        keys = keys_of([rows[sheet].get(number, NO_ROW).contents for sheet, number in some])
        known.update(zip(some, keys, strict=True))
    for (sheet, number, _), record in records.cells.items():
        record.row_key = known[sheet, number]


def keys_of(rows: Sequence[Collection[Value]]) -> list[str | None]:
    """For each row of values two short hashes: of its longest text, and of what its first filled cell says.

    A row without text has none.
    """
    longest = map(_longest, rows)
    firsts = _solids([str(next((value for value in row if value is not None), "")) for row in rows])
    return [_hash(text) + _hash(first)[:8] if text else None for text, first in zip(longest, firsts, strict=True)]


def _longest(values: Collection[Value]) -> bytes:
    """A row's longest text, blanks aside."""
    texts = sorted([value for value in values if type(value) is str], key=len, reverse=True)
    if not texts:
        return b""
    longest, size = _solid(texts[0])
    if len(texts) > 1 and len(texts[1]) >= size:  # shorter with its blanks, another is so without
        rivals = [_solid(value) for value in values if type(value) is str and len(value) >= size]
        longest, _ = max(rivals, key=itemgetter(1))
    return longest


def whole_key(row_key: str) -> str:
    """A row's key itself."""
    return row_key


def first_key(row_key: str) -> str:
    """The part of a row's key that stands for what it begins with."""
    return row_key[LONGEST_KEY:]


def longest_key(row_key: str) -> str:
    """The part of a row's key that stands for its longest text."""
    return row_key[:LONGEST_KEY]


def _solid(text: str) -> tuple[bytes, int]:
    """A text without its blanks, in bytes, and how many characters that is."""
    content = text.encode("utf-8", "surrogatepass").translate(None, _BLANKS)
    if text.isascii():
        return content, len(content)
    rest = content.translate(None, _ASCII)
    others = rest.decode("utf-8", "surrogatepass")
    if others.isprintable():  # then none of them is a blank
        return content, len(content) - len(rest) + len(others)
    solid = "".join(text.split())
    return solid.encode("utf-8", "surrogatepass"), len(solid)


def _solids(texts: Sequence[str]) -> list[bytes]:
    """Short texts without their blanks, all at once where these are spaces and line ends only."""
    joined = _SEPARATOR.join(texts).replace("\n", "")
    if joined.isprintable() and joined.count(_SEPARATOR) == len(texts) - 1:  # of blanks only the space is printable
        return joined.replace(" ", "").encode().split(_SEPARATOR.encode())
    return [_solid(text)[0] for text in texts]


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:LONGEST_KEY]
