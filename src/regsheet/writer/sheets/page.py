"""One new sheet and how things are put on it: texts as texts, links that jump, merges whose rows are tall enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from regsheet.grid.addresses import letters
from regsheet.grid.cells import Value
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.spelling import in_attribute, in_attributes
from regsheet.writer.sheets.texts import display, is_number, lines_needed, one_line, printable, printable_together

MAX_LINKS = 65_530
"""Hyperlinks that Excel takes on one sheet."""

LONGEST_TIP = 250
NOTE_AUTHOR = "regsheet"
A4 = 9
LINE_POINTS = 12.0
DEFAULT_POINTS = 15.0
MAX_ROW_POINTS = 409.0
WIDTH_OF_TEXT = 1.3
"""Characters of 9-point text that fit where the column width says one."""


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it: ``'Chief''s register'``."""
    return "'" + sheet.replace("'", "''") + "'"


class Page:
    """A sheet of the side workbook: A4 landscape, one page wide, no gridlines, its rows and columns counted from 0."""

    def __init__(self, book: Any, look: Look, name: str, widths: Sequence[float], *, footer: str, tab: str,
                 standalone: bool = False) -> None:  # fmt: skip
        self.name = name
        self._book = book
        self.standalone = standalone
        self.look = look
        self.sheet = book.add_worksheet(name, self._worksheet_class())
        self.widths = tuple(widths)
        self._links = 0
        self._places: dict[str, str] = {}
        self._heights: dict[int, float] = {}
        self._set_up(footer, tab)

    def _worksheet_class(self) -> type[Any]:
        """The kind of sheet that XlsxWriter makes; loaded when a sheet is made."""
        from regsheet.writer.sheets.worksheet import PlainWorksheet

        return PlainWorksheet

    def _set_up(self, footer: str, tab: str) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
        sheet.set_footer(footer)
        sheet.set_tab_color(tab)
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width, self.look())

    # -- single cells ------------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, style: Any) -> None:
        """A text, whatever it begins with."""
        text = printable(text)
        if text:
            self.sheet.put_text(row, column, text, style)
        else:
            self.sheet.put_blank(row, column, style)

    def fitted(self, row: int, column: int, text: str, style: Any) -> None:
        """A text, the row made tall enough for it."""
        self.text(row, column, text, style)
        self.fit(row, printable(text), self.widths[column])

    def value(self, row: int, column: int, value: Value, style: Any) -> None:
        """A number as a number, anything else as its text."""
        if is_number(value):
            self.sheet.put_number(row, column, value, style)
        else:
            self.text(row, column, display(value), style)

    def formula(
        self, row: int, column: int, formula: str, cached: str | float, style: Any, *, array: bool = False
    ) -> None:
        """A formula of our own making (without ``=``), and what it gives now."""
        cached = printable(cached) if isinstance(cached, str) else cached
        if array:
            self.sheet.put_array(row, column, formula, style, cached)
        else:
            self.sheet.put_formula(row, column, formula, style, cached)

    def define(self, name: str, formula: str) -> str:
        """Let formulas on this sheet, and only they, call a formula of our own making by a name; gives the name."""
        self._book.define_name(f"{quoted(self.name)}!{name}", "=" + formula)
        return name

    def link(self, row: int, column: int, sheet: str, cell: str, text: str, style: Any, tip: str = "") -> None:
        """A text that jumps to a cell of the workbook; plain where the sheet is in another, or links are too many."""
        self.text(row, column, text, self.linked(style))
        self.lead(row, column, sheet, cell, text, tip)

    def linked(self, style: Any) -> Any:
        """A format for texts that jump; as it is for others where nothing can jump."""
        return self.look.unlinked(style) if self.standalone else style

    def lead(self, row: int, column: int, sheet: str, cell: str, text: str, tip: str = "") -> None:
        """Let the text of a cell jump, where it can."""
        if text and not self.standalone and self._links < MAX_LINKS:
            self._links += 1
            if sheet not in self._places:
                self._places[sheet] = in_attribute(quoted(sheet)) + "!"
            place = self._places[sheet] + in_attribute(cell)
            tip = in_attribute(printable(tip)[:LONGEST_TIP]) if tip else ""
            self.sheet.put_links(column, [(row, place, in_attribute(printable(text)), tip)])

    @property
    def links_left(self) -> int:
        """How many more texts can be made to jump."""
        return 0 if self.standalone else MAX_LINKS - self._links

    def lead_down(
        self, row: int, column: int, sheets: Sequence[str], cells: Sequence[str], texts: Sequence[str],
        tips: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Let the texts of cells below each other, from this row on, jump; where there is no text, nothing does."""
        if self.standalone:
            return
        leading = [at for at, text in enumerate(texts) if text][: self.links_left]
        self._links += len(leading)
        for sheet in set(sheets).difference(self._places):
            self._places[sheet] = in_attribute(quoted(sheet)) + "!"
        spelled = in_attributes(printable_together(texts))
        hints = in_attributes(_cut(printable_together(tips))) if tips else [""] * len(texts)
        places = [self._places[sheet] + cell for sheet, cell in zip(sheets, in_attributes(cells), strict=True)]
        self.sheet.put_links(column, [(row + at, places[at], spelled[at], hints[at]) for at in leading])

    def note(self, row: int, column: int, text: str) -> None:
        """A yellow note, large enough for its text."""
        height = min(30 + 15 * lines_needed(text, 40), 400)
        self.sheet.write_comment(row, column, printable(text), {
            "author": NOTE_AUTHOR, "font_name": "Tahoma", "font_size": 9, "width": 260, "height": height,
        })  # fmt: skip

    # -- several cells -----------------------------------------------------------------------------------------

    def width(self, first: int, last: int) -> float:
        """The width of some columns together, in characters."""
        return sum(self.widths[first : last + 1])

    def span(self, row: int, first: int, last: int, text: str, style: Any, *, size: float = 9.0) -> None:
        """A text over several columns of one row, the row made tall enough for it."""
        text = printable(text)
        if last > first:
            self.sheet.put_merge(row, first, last, style)
        self.text(row, first, text, style)
        self.fit(row, text, self.width(first, last), size)

    def fit(self, row: int, text: str, width: float, size: float = 9.0) -> None:
        """Make a row at least tall enough for a text in a cell of this width."""
        needed = lines_needed(text, room_of(width, size)) * LINE_POINTS * size / 9.0 + 3.0
        known = self._heights.get(row)
        if known is None or needed > known:
            self.height(row, needed)

    def height(self, row: int, points: float) -> None:
        """Set a row's height in points."""
        points = min(math.ceil(points), MAX_ROW_POINTS)
        if self._heights.get(row) == points:
            return
        self._heights[row] = points
        self.sheet.put_height(row, points, self.look())

    def used(self, last: int) -> float:
        """How high the rows up to (not including) ``last`` are together, in points."""
        return sum(self._heights.get(row, DEFAULT_POINTS) for row in range(last))

    def row(self, row: int, first: int, texts: Sequence[str], style: Any) -> None:
        """Texts side by side in one style."""
        for offset, text in enumerate(texts):
            self.text(row, first + offset, text, style)

    def blank(self, row: int, first: int, last: int, style: Any) -> None:
        """Empty cells in one style."""
        self.sheet.put_blanks(row, range(first, last + 1), style)

    def title(self, title: str, subtitle: str, last: int) -> None:
        """The sheet's name in large letters and the sentence under it; rows 0 and 1."""
        self.height(0, 30)
        self.text(0, 0, title, self.look("title"))
        self.span(1, 0, last, subtitle, self.look("subtitle"), size=10.0)

    def section(self, row: int, first: int, last: int, text: str) -> None:
        """A heading with a rule under it."""
        style = self.look("section")
        self.blank(row, first, last, style)
        self.text(row, first, text, style)
        self.height(row, 22)


def _cut(tips: Sequence[str]) -> Sequence[str]:
    return [tip[:LONGEST_TIP] for tip in tips] if len(max(tips, key=len, default="")) > LONGEST_TIP else tips


def footer(left: str, right: str) -> str:
    """A printed footer: name, page number, which check. An ampersand is written twice, and it all has its limit."""
    left, right = (one_line(part).replace("&", "&&") for part in (left, right))
    return f"&L&8{left[:80].rstrip('&')}&C&8Page &P of &N&R&8{right[:120].rstrip('&')}"


def absolute(sheet: str, row: int, column: int, last_row: int | None = None) -> str:
    """A reference for formulas and charts, rows and columns counted from 1: ``'Register'!$L$5:$L$18``."""
    first = f"{quoted(sheet)}!${letters(column)}${row}"
    return first if last_row is None else f"{first}:${letters(column)}${last_row}"


def room_of(width: float, size: float = 9.0) -> float:
    """How many characters of a size fit on a line of a column of this width."""
    return width * WIDTH_OF_TEXT * 9.0 / size
