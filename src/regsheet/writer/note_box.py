"""How large a note's box must be for its text, and where it stands beside its cell."""

from __future__ import annotations

import math
from collections.abc import Callable

from lxml import etree

from regsheet.grid import walk
from regsheet.grid.cells import Sheet
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


class SheetGeometry:
    """Widths of columns and heights of rows in pixels. Rows without a height are as tall as their text, roughly."""

    def __init__(self, root: etree._Element, sheet: Sheet | None) -> None:
        self._sheet = sheet
        layout = child(root, "sheetFormatPr")
        width = _number(layout, "defaultColWidth")
        self._default_width = _column_pixels(width) if width else DEFAULT_COLUMN_PIXELS
        self._default_height = _row_pixels(_number(layout, "defaultRowHeight") or DEFAULT_ROW_POINTS)
        self._ranges = _column_ranges(root)
        self._rows: dict[int, int | None] = {}
        data = child(root, "sheetData")
        for number, row in walk.rows(data) if data is not None else ():
            hidden = row.get("hidden") in {"1", "true"}
            height = _number(row, "ht")
            self._rows[number] = 0 if hidden else _row_pixels(height) if height else None
        self._texts = self._wrapped_rows()

    def column(self, number: int) -> int:
        """A column's width."""
        for first, last, width in self._ranges:
            if first <= number <= last:
                return self._default_width if width is None else width
        return self._default_width

    def row(self, number: int) -> int:
        """A row's height."""
        height = self._rows.get(number)
        if height is not None:
            return height
        return max(self._default_height, self._texts.get(number, 0))

    def _wrapped_rows(self) -> dict[int, int]:
        """What the wrapped texts of each row need, for rows whose height is left to Excel."""
        heights: dict[int, int] = {}
        if self._sheet is None:
            return heights
        for cell in self._sheet.filled():
            if not isinstance(cell.value, str) or self._rows.get(cell.row) is not None:
                continue
            if not self._sheet.style(cell.row, cell.column).wrap or self._sheet.merge_at(cell.row, cell.column):
                continue
            fit = max(1, (self.column(cell.column) - 5) // CELL_CHARACTER_PIXELS)
            needed = min(MOST_ROW_PIXELS, LINE_PIXELS * _lines(cell.value, fit) + 5)
            heights[cell.row] = max(heights.get(cell.row, 0), needed)
        return heights


def note_box(geometry: SheetGeometry, row: int, column: int, last_column: int, text: str) -> NoteBox:
    """A box for ``text`` beside a cell (or a merge that ends at ``last_column``): right of it where there is room."""
    height = min(MOST_HEIGHT, max(LEAST_HEIGHT, MARGIN + LINE_PIXELS * _lines(text, CHARACTERS_PER_LINE)))
    start = last_column + 1 if last_column + 4 <= MAX_COLUMNS else max(1, column - 6)
    first_column, left_offset = start, min(GAP, max(0, geometry.column(start) - 1))
    last, right_offset = _reach(geometry.column, first_column, left_offset + TEXT_WIDTH, MAX_COLUMNS)
    top_offset = min(2, max(0, geometry.row(row) - 1))
    bottom, bottom_offset = _reach(geometry.row, row, top_offset + height, MAX_ROWS)
    left = sum(geometry.column(number) for number in range(1, min(first_column, 300))) + left_offset
    top = sum(geometry.row(number) for number in range(1, min(row, 5000))) + top_offset
    return NoteBox(
        row=row, column=column,
        anchor=(first_column - 1, left_offset, row - 1, top_offset, last - 1, right_offset, bottom - 1, bottom_offset),
        left=left * POINTS_PER_PIXEL, top=top * POINTS_PER_PIXEL,
        width=TEXT_WIDTH * POINTS_PER_PIXEL, height=height * POINTS_PER_PIXEL,
    )  # fmt: skip


def _reach(size: Callable[[int], int], start: int, distance: int, end: int) -> tuple[int, int]:
    """The row or column in which one arrives after so many pixels, and how far into it."""
    number, rest = start, distance
    while number < end and rest > size(number) and number - start < 200:
        rest -= size(number)
        number += 1
    return number, min(rest, size(number))


def _lines(text: str, fit: int) -> int:
    return sum(max(1, math.ceil(len(line) / fit)) for line in text.split("\n"))


def _column_ranges(root: etree._Element) -> list[tuple[int, int, int | None]]:
    columns = child(root, "cols")
    found: list[tuple[int, int, int | None]] = []
    for item in columns if columns is not None else ():
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
    try:
        return None if element is None else float(element.get(name, ""))
    except ValueError:
        return None
