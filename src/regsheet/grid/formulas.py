"""Shared formulas: one cell holds the text, the others move its relative references to where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from regsheet.grid.addresses import column_number, letters
from regsheet.limits import MAX_COLUMNS, MAX_ROWS

_PART = re.compile(
    r"""
      (?P<skip> "(?:[^"]|"")*"                                  # text
        | '(?:[^']|'')*'                                        # sheet name in quotes
        | \[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]             # table column, or number of another workbook
        | \#(?:REF|N/A|NAME|VALUE|NUM|NULL|DIV/0)[!?]? )        # error value
    | (?P<columns> \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!\[?\\$]) )
    | (?P<rows> \$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.(!$]) )
    | (?P<cell> \$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w.(!\[?\\$]) )
    | (?P<word> [\w.\\?$]+ )                                    # function, name, number, sheet name
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]+)(\$?)([0-9]+)")
_LOST = "#REF!"

Shift = Callable[[int, int], str]


def translate(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads that many rows further down and columns further right."""
    if not rows and not columns:
        return formula
    return "".join(part if isinstance(part, str) else part(rows, columns) for part in _cut(formula))


@lru_cache(maxsize=1000)
def _cut(formula: str) -> list[str | Shift]:
    """The formula cut into fixed text and movable references, kept for the next cell that shares it."""
    parts: list[str | Shift] = []
    end = 0
    for found in _PART.finditer(formula):
        maker = _MOVABLE.get(found.lastgroup or "")
        if maker is not None:
            parts += (formula[end : found.start()], maker(found[0]))
            end = found.end()
    parts.append(formula[end:])
    return parts


def _cell(text: str) -> Shift:
    matched = _CELL.fullmatch(text)
    assert matched is not None  # noqa: S101 - the caller's pattern contains this one
    fixed_column, column_text, fixed_row, row_text = matched.groups()
    column, row = column_number(column_text), int(row_text)

    def shift(rows: int, columns: int) -> str:
        new_row = row if fixed_row else row + rows
        new_column = column if fixed_column else column + columns
        if not (0 < new_row <= MAX_ROWS and 0 < new_column <= MAX_COLUMNS):
            return _LOST
        return f"{fixed_column}{letters(new_column)}{fixed_row}{new_row}"

    return shift


def _columns(text: str) -> Shift:
    ends = [(end.startswith("$"), column_number(end.lstrip("$"))) for end in text.split(":")]

    def shift(_rows: int, columns: int) -> str:
        moved = [(fixed, number if fixed else number + columns) for fixed, number in ends]
        if not all(0 < number <= MAX_COLUMNS for _, number in moved):
            return _LOST
        return ":".join("$" * fixed + letters(number) for fixed, number in moved)

    return shift


def _rows(text: str) -> Shift:
    ends = [(end.startswith("$"), int(end.lstrip("$"))) for end in text.split(":")]

    def shift(rows: int, _columns: int) -> str:
        moved = [(fixed, number if fixed else number + rows) for fixed, number in ends]
        if not all(0 < number <= MAX_ROWS for _, number in moved):
            return _LOST
        return ":".join("$" * fixed + str(number) for fixed, number in moved)

    return shift


_MOVABLE: dict[str, Callable[[str], Shift]] = {"cell": _cell, "columns": _columns, "rows": _rows}
