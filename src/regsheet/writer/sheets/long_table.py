"""Long tables, spelled a few hundred rows at a time and column by column: what is the same in many rows only once.

A thousand risks have tens of thousands of cells; put one by one, most of the time would go into putting them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar

from regsheet.grid.addresses import letters
from regsheet.writer.sheets.page import LINE_POINTS, MAX_ROW_POINTS, WIDTH_OF_TEXT, Page
from regsheet.writer.sheets.spelling import inline_together, number
from regsheet.writer.sheets.texts import display, lines_needed, lines_needed_together, printable_together

Made = TypeVar("Made")

BATCH = 512
"""Rows that are spelled together: enough to share what is the same, few enough to be held twice."""

ROW = "\x01"
"""Stands for the row's number in what is spelled for any row; no text of a workbook can have it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column, row by row: texts (empty for a blank cell) and finite numbers.

    All cells have the ``style``, or each its own of ``styles``. The rows are made tall enough for the values, or for
    ``fits`` in their place, in a cell of the ``width`` in characters; None leaves them as high as they are.
    """

    column: int
    values: Sequence[str | float]
    style: Any = None
    styles: Sequence[Any] = ()
    width: float | None = None
    fits: Sequence[str | float] | None = None


@dataclass(frozen=True, slots=True)
class Spelled:
    """A column of which the rest of each cell, from behind its look, is spelled already (``spelling``)."""

    column: int
    rests: Sequence[str]
    styles: Sequence[Any]


def batches(count: int) -> Iterator[range]:
    """The positions of so many rows, as many at a time as are spelled together."""
    return (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


class LongTable:
    """The rows of one table on a page, put there from top to bottom; nothing else may be put into them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sheet = page.sheet

    def put(self, row: int, columns: Sequence[Column | Spelled], merges: Sequence[tuple[int, int]] = ()) -> None:
        """Put rows from ``row`` on (counted from 0), as many as the first column has values.

        The columns come in the order in which their texts are to be numbered, ``merges`` are runs of columns that are
        merged in each row.
        """
        texts = [column for column in columns if isinstance(column, Column)]
        count = len(texts[0].values)
        shown: list[list[str | float]] = [_each(column.values, printable_together, _itself) for column in texts]
        rests = iter(self._rests(shown))
        spelled = {
            column.column: self._cells(column, column.rests if isinstance(column, Spelled) else next(rests))
            for column in columns
        }
        pieces = (piece for place in sorted(spelled) for piece in spelled[place])
        numbers = [str(at) for at in range(row + 1, row + 1 + count)]
        cells = ["".join(cells).replace(ROW, at) for at, *cells in zip(numbers, *pieces, strict=False)]
        merged = "".join(
            f'<mergeCell ref="{letters(first + 1)}{ROW}:{letters(last + 1)}{ROW}"/>' for first, last in merges
        )
        self._sheet.put_lines(
            row, cells, _heights(texts, shown), (min(spelled), max(spelled)), self._page.look(),
            [merged.replace(ROW, at) for at in numbers] if merged else (),
        )  # fmt: skip

    def _cells(self, column: Column | Spelled, rests: Iterable[str]) -> tuple[Iterable[str], Iterable[str]]:
        """How the cells of a column begin, for any row, and how they go on."""
        begun = f'<c r="{letters(column.column + 1)}{ROW}"'
        if isinstance(column, Column) and not column.styles:
            return repeat(begun + self._sheet.mark(column.style)), rests
        if len(set(map(id, column.styles))) == 1:
            return repeat(begun + self._sheet.mark(column.styles[0])), rests
        return repeat(begun), map(str.__add__, map(self._sheet.mark, column.styles), rests)

    def _rests(self, shown: Sequence[Sequence[str | float]]) -> list[list[str]]:
        """The rest of each cell, from behind its look, by column."""
        if self._sheet.loose:
            return [_each(values, inline_together, number) for values in shown]
        # Shared texts are numbered row by row.
        found: list[list[str]] = [[] for _ in shown]
        for row in zip(*shown, strict=True):
            for rests, value in zip(found, row, strict=True):
                rests.append(self._sheet.rest(value) if isinstance(value, str) else number(value))
        return found


def _each(
    values: Sequence[str | float],
    of_texts: Callable[[Sequence[str]], Sequence[Made]],
    of_number: Callable[[float], Made],
) -> list[Made]:
    """What is made of each value; of a text once, however often it comes, and of all texts together."""
    if set(map(type, values)) == {str}:
        texts: list[str] = list(dict.fromkeys(values))  # type: ignore[arg-type]
        made = of_texts(texts)
        if len(texts) == len(values):
            return list(made)
        return list(map(dict(zip(texts, made, strict=True)).__getitem__, values))  # type: ignore[arg-type]
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    known = dict(zip(texts, of_texts(texts), strict=True))
    return [known[value] if isinstance(value, str) else of_number(value) for value in values]


def _itself(value: float) -> float:
    return value


def _heights(columns: Sequence[Column], shown: Sequence[Sequence[str | float]]) -> list[float]:
    """How high each row must be, in points, for the texts in all columns that count."""
    lines = [
        _lines(shown_values if column.fits is None else column.fits, column.width)
        for column, shown_values in zip(columns, shown, strict=True)
        if column.width is not None
    ]
    most = list(map(max, *lines)) if len(lines) > 1 else lines[0]
    points = {count: min(math.ceil(count * LINE_POINTS + 3.0), MAX_ROW_POINTS) for count in set(most)}
    return [points[count] for count in most]


def _lines(values: Sequence[str | float], width: float) -> list[int]:
    """How many lines each value takes."""
    room = width * WIDTH_OF_TEXT * 9.0 / 9.0
    return _each(
        values, lambda texts: lines_needed_together(texts, room), lambda found: lines_needed(display(found), room)
    )
