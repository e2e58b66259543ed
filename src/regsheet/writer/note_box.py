"""How large a note's box must be for its text, and where it stands beside its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate, islice

from lxml import etree

from regsheet.grid.cells import Sheet
from regsheet.grid.rows import Row
from regsheet.limits import MAX_COLUMNS, MAX_ROWS
from regsheet.writer.markup import child
from regsheet.writer.vml import NoteBox

POINTS_PER_PIXEL = 0.75
DEFAULT_COLUMN_PIXELS = 64
DEFAULT_ROW_POINTS = 15.0
LINE_PIXELS = 15
TEXT_WIDTH = 300
CHARACTERS_PER_LINE = 48
MARGIN = 14
LEAST_HEIGHT, MOST_HEIGHT = 60, 640
GAP = 15
CELL_CHARACTER_PIXELS = 7
MOST_ROW_PIXELS = 545
MOST_ROW_LINES = 36
"""A row of so many lines is as tall as a row may be."""
AHEAD = 30
FURTHEST_COLUMN, FURTHEST_ROW = 300, 5000
"""Boxes further off are placed as if they were here: Excel goes by the anchor, which names row and column."""


RowLook = tuple[int, str | None, str | None]
"""A row's number, and what it says of being hidden and of its height."""


class _Widths(dict[int, int]):
    """Columns as wide as they say, or as columns are; each worked out when it is first asked for."""

    def __init__(self, root: etree._Element) -> None:
        width = _number(child(root, "sheetFormatPr"), "defaultColWidth")
        self._default = _column_pixels(width) if width else DEFAULT_COLUMN_PIXELS
        self._ranges = _column_ranges(root)

    def __missing__(self, column: int) -> int:
        found = next((width for first, last, width in self._ranges if first <= column <= last), None)
        found = self[column] = self._default if found is None else found
        return found


class _Heights(dict[int, int]):
    """Rows as tall as they say, or as tall as their text, roughly; each worked out when it is first asked for."""

    def __init__(
        self, root: etree._Element, rows: Iterable[RowLook], sheet: Sheet | None, widths: Mapping[int, int]
    ) -> None:
        height = _number(child(root, "sheetFormatPr"), "defaultRowHeight") or DEFAULT_ROW_POINTS
        self._default = _row_pixels(height)
        self._widths = widths
        self._texts: Mapping[int, Row] = {} if sheet is None else sheet.cells.rows
        self._looks = () if sheet is None else sheet.styles
        self._merge_at = sheet.merge_at if sheet is not None and sheet.merges else None
        self._wrapped: dict[int, tuple[object, list[tuple[int, int]]]] = {}
        said = ((number, _said_height(hidden, height)) for number, hidden, height in rows)
        self.update((number, height) for number, height in said if height is not None)

    def __missing__(self, row: int) -> int:
        needed = self._of_texts(row)
        found = self[row] = needed if needed > self._default else self._default
        return found

    def _of_texts(self, number: int) -> int:
        """What the wrapped texts of a row need, for a row whose height is left to Excel."""
        row = self._texts.get(number)
        if row is None:
            return 0
        known = self._wrapped.get(id(row.styles))
        if known is None:  # rows of one make share their styles, so this is worked out once for all of them
            known = self._wrapped[id(row.styles)] = row.styles, self._wrapped_in(row.styles)
        wrapped = known[1]
        lines = longest = 0
        for place, (column, fit) in enumerate(wrapped):
            text = row.get(column)
            if not isinstance(text, str) or (len(text) <= lines * fit and _takes_at_most(text, fit, lines)):
                continue
            needed = _lines(text, fit)
            if needed > lines and not (self._merge_at and self._merge_at(number, column)):
                lines, longest = needed, place
                if lines >= MOST_ROW_LINES:
                    break
        if longest:  # it will often be so in the next row, where the other texts are then passed over
            wrapped.insert(0, wrapped.pop(longest))
        if lines >= MOST_ROW_LINES:
            return MOST_ROW_PIXELS
        return LINE_PIXELS * lines + 5 if lines else 0

    def _wrapped_in(self, styles: Mapping[int, int]) -> list[tuple[int, int]]:
        """The columns whose texts wrap in a row of these styles, and how many characters fit on a line of each."""
        looks = self._looks
        columns = [column for column, style in styles.items() if style < len(looks) and looks[style].wrap]
        return [(each, max(1, (self._widths[each] - 5) // CELL_CHARACTER_PIXELS)) for each in columns]


class _Running(dict[int, int]):
    """Sums of sizes: by number, that of all before it."""

    def __init__(self, sizes: Mapping[int, int]) -> None:
        self._sizes = sizes
        self[1] = 0

    def __missing__(self, wanted: int) -> int:
        last, end = len(self), wanted + AHEAD  # the next that is asked for is likely to be near
        sizes = map(self._sizes.__getitem__, range(last, end))
        self.update(zip(range(last, end + 1), accumulate(sizes, initial=self[last]), strict=True))
        return self[wanted]


_Edges = tuple[int, int, int, int, float]
"""A box from left to right: the column (from 1) and offset where it begins, those where it ends; and its left edge."""


class _Across(dict[tuple[int, int], _Edges]):
    """Where boxes stand beside a column, or a merge, by its first and its last: right of it if there is room."""

    def __init__(self, widths: Mapping[int, int]) -> None:
        self._widths, self._lefts = widths, _Running(widths)

    def __missing__(self, columns: tuple[int, int]) -> _Edges:
        column, last_column = columns
        first = last_column + 1 if last_column + 4 <= MAX_COLUMNS else max(1, column - 6)
        offset = min(GAP, max(0, self._widths[first] - 1))
        end, end_offset = _reach(self._widths, first, offset + TEXT_WIDTH, MAX_COLUMNS)
        left = self._lefts[min(first, FURTHEST_COLUMN)] + offset
        found = self[columns] = first, offset, end, end_offset, left * POINTS_PER_PIXEL
        return found


class SheetGeometry:
    """Widths of columns and heights of rows in pixels. Nothing here refers to what holds it, so all goes with its use.

    ``root`` is the worksheet, which need not hold its rows, and ``rows`` are what these say of themselves. ``heights``
    and ``tops`` are by row; ``across`` is where boxes stand beside columns.
    """

    def __init__(self, root: etree._Element, rows: Iterable[RowLook], sheet: Sheet | None) -> None:
        widths = _Widths(root)
        self.across = _Across(widths)
        self.heights = _Heights(root, rows, sheet, widths)
        self.tops = _Running(self.heights)


def note_box(geometry: SheetGeometry, row: int, column: int, last_column: int, lines: int) -> NoteBox:
    """A box for so many lines of text beside a cell, or beside a merge that ends at ``last_column``."""
    height = _box_height(lines)
    first, left_offset, last, right_offset, left = geometry.across[column, last_column]
    own_height = geometry.heights[row]
    top_offset = 2 if own_height > 2 else max(0, own_height - 1)
    bottom, bottom_offset = row, top_offset + height
    if bottom_offset > own_height:
        bottom, bottom_offset = _reach(geometry.heights, row, bottom_offset, MAX_ROWS)
    anchor = (first - 1, left_offset, row - 1, top_offset, last - 1, right_offset, bottom - 1, bottom_offset)
    top = (geometry.tops[row if row < FURTHEST_ROW else FURTHEST_ROW] + top_offset) * POINTS_PER_PIXEL
    return NoteBox(row, column, anchor, left, top, TEXT_WIDTH * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL)


def lines_of(text: str) -> int:
    """How many lines a note's text takes in its box."""
    return _lines(text, CHARACTERS_PER_LINE)


@cache
def _box_height(lines: int) -> int:
    return min(MOST_HEIGHT, max(LEAST_HEIGHT, MARGIN + LINE_PIXELS * lines))


def _reach(sizes: Mapping[int, int], start: int, distance: int, end: int) -> tuple[int, int]:
    """The row or column in which one arrives after so many pixels, and how far into it."""
    number, rest = start, distance
    while rest > (here := sizes[number]) and number < end and number - start < 200:
        rest -= here
        number += 1
    return number, min(rest, here)


def _takes_at_most(text: str, fit: int, lines: int) -> bool:
    """Whether a text that is no longer than so many full lines surely takes no more, however it is broken."""
    breaks = text.count("\n")
    return not breaks or (len(text) - breaks) // fit + breaks < lines


def _lines(text: str, fit: int) -> int:
    """How many lines a text takes where so many characters fit on one."""
    if "\n" not in text:
        return -(-len(text) // fit) or 1
    return sum([-(-len(line) // fit) or 1 for line in text.split("\n")])


def _said_height(hidden: str | None, height: str | None) -> int | None:
    """A row's height in pixels; None where it is left to Excel."""
    if hidden in {"1", "true"}:
        return 0
    points = None if height is None else _size(height)
    return _row_pixels(points) if points else None


def _column_ranges(root: etree._Element) -> list[tuple[int, int, int | None]]:
    columns = child(root, "cols")
    found: list[tuple[int, int, int | None]] = []
    for item in islice(columns, MAX_COLUMNS) if columns is not None else ():
        first, last = _number(item, "min"), _number(item, "max")
        if first is None or last is None:
            continue
        width = _number(item, "width")
        hidden = item.get("hidden") in {"1", "true"}
        found.append((int(first), int(last), 0 if hidden else _column_pixels(width) if width is not None else None))
    return found


def _column_pixels(characters: float) -> int:
    """Excel's width in characters of an 11 point Calibri as pixels."""
    return int((256 * characters + 18) / 256 * CELL_CHARACTER_PIXELS)


def _row_pixels(points: float) -> int:
    return round(points / POINTS_PER_PIXEL)


def _number(element: etree._Element | None, name: str) -> float | None:
    """An attribute that is a size or a position; None where it is none that a sheet can have."""
    return None if element is None else _size(element.get(name))


def _size(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number is not None and 0 <= number <= MAX_ROWS else None
