"""Cell addresses and areas: the arithmetic of ``B5`` and ``A1:C9``. Rows and columns count from 1, as in Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from regsheet.limits import MAX_COLUMNS, MAX_ROWS

ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_WHOLE_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})\Z")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})\Z")


@cache
def letters(column: int) -> str:
    """``28`` → ``"AB"``."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def column_number(text: str) -> int:
    """``"AB"`` → ``28``."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """``(5, 2)`` → ``"B5"``."""
    return f"{letters(column)}{row}"


COLUMNS: dict[str, int] = {letters(column): column for column in range(1, MAX_COLUMNS + 1)}
"""Every column of a sheet by its letters, in capitals."""


def position(text: str) -> tuple[int, int]:
    """``"B5"`` or ``"$B$5"`` → ``(5, 2)``. Raises ``ValueError`` for anything else."""
    name = text.rstrip("0123456789")
    if name in COLUMNS and len(name) < len(text) <= len(name) + 7:  # most addresses
        return int(text[len(name) :]), COLUMNS[name]
    found = ADDRESS.match(text)
    if not found:
        raise ValueError(f"not a cell address: {text!r}")
    return int(found[2]), column_number(found[1])


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of cells, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """``"A1:C9"`` or ``"B5"`` as an area. Raises ``ValueError`` for whole rows and columns or anything else."""
        first, _, last = text.partition(":")
        top, left = position(first)
        bottom, right = position(last) if last else (top, left)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def __str__(self) -> str:
        first, last = address(self.first_row, self.first_column), address(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def overlaps(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )

    def positions(self) -> Iterator[tuple[int, int]]:
        """Every (row, column), row by row."""
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                yield row, column


def area(reference: str) -> Area | None:
    """A reference as an area inside the sheet: whole rows and columns end where the sheet ends; None for no area."""
    reference = reference.strip()
    if found := _WHOLE_ROWS.match(reference):
        rows = sorted((int(found[1]), int(found[2])))
        return _clipped(rows[0], 1, rows[1], MAX_COLUMNS)
    if found := _WHOLE_COLUMNS.match(reference):
        columns = sorted((column_number(found[1]), column_number(found[2])))
        return _clipped(1, columns[0], MAX_ROWS, columns[1])
    try:
        given = Area.parse(reference)
    except ValueError:
        return None
    return _clipped(given.first_row, given.first_column, given.last_row, given.last_column)


def areas(references: str) -> tuple[Area, ...]:
    """``"A1:C9 E:E"`` as areas; what is no area is left out."""
    found = (area(reference) for reference in references.split())
    return tuple(each for each in found if each is not None)


def _clipped(first_row: int, first_column: int, last_row: int, last_column: int) -> Area | None:
    if not (1 <= first_row <= MAX_ROWS and 1 <= first_column <= MAX_COLUMNS):
        return None
    return Area(first_row, first_column, min(last_row, MAX_ROWS), min(last_column, MAX_COLUMNS))
