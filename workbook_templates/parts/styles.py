"""The look of the templates, and what both workbooks share."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

MADE = dt.datetime(2025, 1, 1)  # a fixed moment, so that the same wording gives the same bytes
DARK, GRID, PALE = "#1D4E5F", "#8A9BA0", "#EEF5F7"
GROUP_COLOURS = {"inherent": "#5B4A72", "residual": "#1F6650", "target": "#2F5D9B"}
"""Heading colours that tell the three stages apart; the words say it too."""


@cache
def wording() -> dict[str, Any]:
    """Every text of the templates."""
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


class Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": "Arial", "font_size": 10, "valign": "top", **properties}
            )
        return self.made[key]

    def write_title(self, sheet: Any, text: str) -> None:
        """Write a sheet's title into its first row."""
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, text, self.get(bold=True, font_size=18, font_color=DARK, valign="vcenter"))

    def heading(self, colour: str = DARK) -> Any:
        """A column heading."""
        return self.get(
            bold=True,
            font_color="#FFFFFF",
            bg_color=colour,
            text_wrap=True,
            border=1,
            border_color=GRID,
            valign="vcenter",
        )

    def body(self, **properties: object) -> Any:
        """A cell to be filled in."""
        return self.get(**{"text_wrap": True, "border": 1, "border_color": GRID, **properties})

    def worked_out(self, **properties: object) -> Any:
        """A cell that a formula fills: tinted, so that nobody types there."""
        return self.body(align="center", bg_color=PALE, **properties)


def height_for(cells: Sequence[tuple[str, float]]) -> float:
    """The height in points that texts need in columns of the given widths, in 10 point Arial."""
    lines = max(sum(1 + int(len(line) / (width * 1.16)) for line in text.split("\n")) for text, width in cells)
    return min(409.0, 8 + 12.8 * lines)


def new_workbook(path: Path, title: str) -> xlsxwriter.Workbook:
    """A workbook that turns no text into a formula, a number or a link."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "comments": wording()["made_for"], "created": MADE})
    return book


def add_guidance(book: xlsxwriter.Workbook, styles: Styles, guidance: dict[str, Any]) -> None:
    """The Guidance sheet: one column to read from top to bottom."""
    sheet = book.add_worksheet("Guidance")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 74)
    styles.write_title(sheet, guidance["title"])
    row = 2
    for section in guidance["section"]:
        sheet.write_string(row, 0, section["heading"], styles.get(bold=True, font_size=13, font_color=DARK))
        for text in section["text"]:
            row += 1
            sheet.set_row(row, 14 * (1 + len(text) // 84) + 3)
            sheet.write_string(row, 0, text, styles.get(text_wrap=True))
        row += 2
    print_set_up(sheet, paper=9, landscape=False)


def print_set_up(
    sheet: Any, *, paper: int = 8, landscape: bool = True, heading_row: int | None = None, pages_wide: int = 1
) -> None:
    """Fit the width, and repeat the heading row on each page. ``paper`` 8 is A3, 9 is A4; rows count from 0."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&F&C&A&RPage &P of &N")
    if heading_row is not None:
        sheet.repeat_rows(0, heading_row)
