"""The grid of narrow columns on which the page is drawn: texts, scores, titles, from the top down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.front import Front, Score
from regsheet.quarter.letters import clipped, lines_of
from regsheet.writer.sheets.look import GREY, HAIR, NAVY, SLATE
from regsheet.writer.sheets.page import Page

COLUMNS, WIDTH, PIXELS = 36, 2.6, 23
LAST = COLUMNS - 1
COLUMN_POINTS = PIXELS * 0.75
LINE, HEAD, GAP = 11.5, 11.5, 4.0
SMALL = {"font_size": 8, "valign": "vcenter", "bottom": 1, "bottom_color": HAIR}
EDGE = {"border": 1, "border_color": "#FFFFFF"}
STAGES = ("inherent", "residual", "target")


class Canvas:
    """The page, filled from the top; ``row`` is where the next thing goes."""

    def __init__(self, book: Any, page: Page, summary: Summary, front: Front) -> None:
        self.book, self.page, self.look = book, page, page.look
        self.summary, self.front = summary, front
        self.row = 0
        self.body, self.quiet = self.look("", **SMALL), self.look("", **SMALL, font_color=GREY)
        self.strong = self.look("", **SMALL, bold=True)
        self.number = self.look("", **SMALL, align="center", num_format="#,##0;-0;–;@")
        self.head = self.look("", bold=True, font_size=8, font_color=SLATE, valign="bottom", bottom=1,
                              bottom_color=SLATE)  # fmt: skip
        self.head_centre = self.look("", bold=True, font_size=8, font_color=SLATE, valign="bottom", bottom=1,
                                     bottom_color=SLATE, align="center")  # fmt: skip

    def put(self, first: int, last: int, text: str | float | None, style: Any, size: float = 8.0) -> None:
        """A text or a number over some columns of the current row; ``size`` is its letters', in points."""
        if last > first:
            self.page.sheet.merge_range(self.row, first, self.row, last, "", style)
        if isinstance(text, str) or text is None:
            room = (last - first + 1) * COLUMN_POINTS - 3.0
            self.page.text(self.row, first, clipped(text or "", room, size), style)
        else:
            self.page.value(self.row, first, text, style)

    def scored(self, first: int, last: int, score: Score) -> None:
        """A rating and its band's word on its band's colour."""
        style = self.look.filled("", score.colour, **{**SMALL, **EDGE}, align="center") if score.colour else self.number
        self.put(first, last, score.words, style)

    def next(self, points: float = LINE) -> None:
        """Close the current row."""
        self.page.height(self.row, points)
        self.row += 1

    def gap(self) -> None:
        """A little room."""
        self.next(GAP)

    def heading(self, panels: Sequence[tuple[int, int, str]]) -> None:
        """Titles of panels side by side."""
        for first, last, text in panels:
            style = self.look(
                "", bold=True, font_size=10, font_color=NAVY, bottom=2, bottom_color=NAVY, valign="bottom"
            )
            self.put(first, last, text, style)
        self.next(15)

    def prose(self, text: str, style: Any, size: float) -> None:
        """A text over the whole page, on as many lines as it needs."""
        lines = lines_of(text, COLUMNS * COLUMN_POINTS - 6.0, size)
        self.page.sheet.merge_range(self.row, 0, self.row, LAST, "", style)
        self.page.text(self.row, 0, text, style)
        self.next(lines * size * 1.25 + 3)
