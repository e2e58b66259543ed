"""Long tables, spelled a few hundred rows at a time and column by column: what is the same in many rows only once.

A thousand risks have tens of thousands of cells; put one by one, most of the time would go into putting them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from regsheet.grid.addresses import letters
from regsheet.writer.graft.later_rows import ROW, Each, Part
from regsheet.writer.sheets.page import LINE_POINTS, MAX_ROW_POINTS, Page, room_of
from regsheet.writer.sheets.spelling import BEFORE_TEXT, BEHIND_TEXT, between_texts, inline_together, number
from regsheet.writer.sheets.texts import display, lines_needed, lines_needed_together, printable_together

BATCH = 512
"""Rows that are spelled together: enough to share what is the same, few enough to be held twice."""


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
    """A column of which the rest of each cell, from behind its look, is spelled already (``spelling``).

    One of ``rests`` or ``styles`` is that of all cells.
    """

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

    def put(
        self, row: int, columns: Sequence[Column | Spelled], merges: Sequence[tuple[int, int]] = (), *,
        fitted: bool = True,
    ) -> None:  # fmt: skip
        """Put rows from ``row`` on (counted from 0), as many as the columns have values.

        The columns come in the order in which their texts are to be numbered, ``merges`` are runs of columns that are
        merged in each row. Unless the rows are to be ``fitted``, they stay as high as they are.
        """
        texts = [column for column in columns if isinstance(column, Column)]
        rows = range(row, row + max(map(_length, columns)))
        read = {column.column: _Values(column.values) for column in texts}
        rests = {place: found.rests() for place, found in read.items()} if self._sheet.loose else self._shared(read)
        parts = {
            column.column: [
                *self._begun(column),
                *(_same(column.rests) if isinstance(column, Spelled) else rests[column.column]),
            ]
            for column in columns
        }
        cells = [part for place in sorted(parts) for part in parts[place]]
        heights = _heights(texts, read) if fitted else None
        self._sheet.put_lines(rows, cells, heights, (min(parts), max(parts)), self._page.look(), merges)

    def _begun(self, column: Column | Spelled) -> Iterator[Part]:
        """How the cells of a column begin."""
        yield f'<c r="{letters(column.column + 1)}{ROW}"'
        styles = dict.fromkeys(column.styles)
        if len(styles) > 1:
            yield Each(column.styles, {style: self._sheet.mark(style) for style in styles}, marked=True)
        else:
            yield self._sheet.mark(next(iter(styles)) if styles or isinstance(column, Spelled) else column.style)

    def _shared(self, columns: dict[int, _Values]) -> dict[int, list[Part]]:
        """How the cells go on where texts are shared, which are numbered row by row."""
        rests: dict[int, list[str]] = {place: [] for place in columns}
        for row in zip(*(column.shown() for column in columns.values()), strict=True):
            for place, value in zip(columns, row, strict=True):
                rests[place].append(self._sheet.rest(value) if isinstance(value, str) else number(value))
        return {place: _same(found) for place, found in rests.items()}


class _Values:
    """What stands in a column; a text is looked at once, however often it comes."""

    def __init__(self, values: Sequence[str | float]) -> None:
        self.values = values
        self._distinct = dict.fromkeys(values)
        self._texts = [value for value in self._distinct if isinstance(value, str)]
        self._printable = printable_together(self._texts)

    def shown(self) -> list[str | float]:
        """The values as they are to be seen."""
        known = dict(zip(self._texts, self._printable, strict=True))
        return [known[value] if isinstance(value, str) else value for value in self.values]

    def rests(self) -> list[Part]:
        """How the cells go on, from behind their looks, with the texts in them."""
        if len(self._texts) < len(self._distinct):
            known: dict[str | float, str] = dict(zip(self._texts, inline_together(self._printable), strict=True))
            known |= {value: number(value) for value in self._distinct if not isinstance(value, str)}
            # Zero may be below zero, which is no other key.
            if 0 in known:
                return [Each([known[value] if isinstance(value, str) else number(value) for value in self.values])]
            return [Each(self.values, known)]
        if len(self._texts) == 1:
            return [*inline_together(self._printable)]
        spelled = between_texts(self._printable)
        if spelled is None:
            return [self._each(inline_together(self._printable))]
        return [BEFORE_TEXT, self._each(spelled), BEHIND_TEXT]

    def _each(self, spelled: Sequence[str]) -> Each:
        if len(spelled) == len(self.values):
            return Each(spelled)
        return Each(self.values, dict(zip(self._texts, spelled, strict=True)))

    def lines(self, width: float) -> list[int] | None:
        """How many lines each value takes in a cell of this width; None where each takes one."""
        room = room_of(width)
        needed = lines_needed_together(self._printable, room)
        known: dict[str | float, int] = dict(zip(self._texts, needed, strict=True))
        if len(self._texts) < len(self._distinct):
            known |= {value: lines_needed(display(value), room) for value in self._distinct if value not in known}
        return list(map(known.__getitem__, self.values)) if max(known.values()) > 1 else None


def _length(column: Column | Spelled) -> int:
    return len(column.values if isinstance(column, Column) else column.rests)


def _same(rests: Sequence[str]) -> list[Part]:
    """Rests of cells, as one where all are the same."""
    return [rests[0]] if rests[0] == rests[-1] and len(set(rests)) == 1 else [Each(rests)]


def _heights(columns: Sequence[Column], read: dict[int, _Values]) -> list[float]:
    """How high each row must be, in points, for the texts in all columns that count."""
    counted = [
        (read[column.column] if column.fits is None else _Values(column.fits)).lines(column.width)
        for column in columns
        if column.width is not None
    ]
    lines = [found for found in counted if found is not None]
    most = list(map(max, *lines)) if len(lines) > 1 else lines[0] if lines else [1] * len(columns[0].values)
    points = {count: min(math.ceil(count * LINE_POINTS + 3.0), MAX_ROW_POINTS) for count in set(most)}
    return [points[count] for count in most]
