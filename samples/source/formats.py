"""Cell formats by what they are for, and row heights that fit the text."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import xlsxwriter

DARK, PALE, GRID = "#1D4E5F", "#DCEBEF", "#8A9BA0"
MADE = dt.datetime(2024, 12, 31, 9, 0)  # a fixed moment, so that the same sources give the same bytes


class Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "Arial", "font_size": 10, **properties})
        return self.made[key]

    def body(self, **properties: object) -> Any:
        """A cell of the table's body."""
        return self.get(**{"border": 1, "border_color": GRID, "text_wrap": True, "valign": "top", **properties})

    def score(self, colour: str | None = None, **properties: object) -> Any:
        """A score or a rating, in its band's colour where it has one."""
        fill = {"bg_color": f"#{colour}"} if colour else {}
        look = {"align": "center", "font_size": 12, "valign": "vcenter", "bold": bool(colour)}
        return self.body(**{**look, **fill, **properties})

    def heading(self, **properties: object) -> Any:
        """A heading cell."""
        return self.get(
            **{
                "border": 1,
                "border_color": GRID,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "bold": True,
                "bg_color": DARK,
                "font_color": "#FFFFFF",
                **properties,
            }
        )


def new_workbook(path: Path, title: str, author: str, company: str) -> xlsxwriter.Workbook:
    """A workbook that turns no text into a formula, a number or a link, and that has a fixed date."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": author, "company": company, "created": MADE})
    return book


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width, in 10 point Arial."""
    return sum(max(1, math.ceil(len(line) / (width * 1.16))) for line in text.split("\n"))


def height_for(cells: list[tuple[str, float]], least: float = 30.0) -> float:
    """The row height in points for texts in columns of the given widths."""
    return min(409.0, max(least, 8 + 12.8 * max(lines_needed(text, width) for text, width in cells)))
