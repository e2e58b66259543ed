"""The Scales sheet: levels with their scores and descriptions, bands, and the matrix in numbers, words and colours."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from parts.styles import DARK, Styles, print_set_up, wording

NAME = "Scales"
IMPACT_ROW, LIKELIHOOD_ROW, MATRIX_ROW, BAND_ROW = 5, 13, 21, 30
"""The heading rows (from 1) of the two scales, the matrix and the bands."""


def band_of(rating: float) -> dict[str, Any]:
    """The band of a rating."""
    bands: list[dict[str, Any]] = wording()["scales"]["band"]
    return next(band for band in reversed(bands) if rating >= band["low"])


def add(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Add the sheet, and the names by which drop-down lists and formulas know its ranges."""
    texts = wording()["scales"]
    sheet = book.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 6, 16)
    styles.write_title(sheet, texts["title"])
    sheet.write_string(1, 0, texts["rule"], styles.get())
    for top, axis in ((IMPACT_ROW, "impact"), (LIKELIHOOD_ROW, "likelihood")):
        add_scale(sheet, styles, top, axis, texts[axis])
        book.define_name(f"{axis.capitalize()}_scores", f"={NAME}!$B${top + 1}:$B${top + 5}")
    add_matrix(sheet, styles, texts)
    add_bands(sheet, styles, texts["band"])
    book.define_name("Band_lowest", f"={NAME}!$B${BAND_ROW + 1}:$B${BAND_ROW + 3}")
    book.define_name("Band_names", f"={NAME}!$A${BAND_ROW + 1}:$A${BAND_ROW + 3}")
    print_set_up(sheet, paper=9, landscape=False)


def add_scale(sheet: Any, styles: Styles, top: int, axis: str, levels: list[dict[str, Any]]) -> None:
    """One scale: a name, a heading row, five levels."""
    sheet.write_string(top - 2, 0, axis.capitalize(), styles.get(bold=True, font_size=13))
    for column, text in enumerate(("Level", "Score", "Description")):
        sheet.write_string(top - 1, column, text, styles.heading())
    fill_heading(sheet, styles, top - 1, 3)
    for offset, level in enumerate(levels):
        sheet.write_string(top + offset, 0, level["name"], styles.body(bold=True))
        sheet.write_number(top + offset, 1, level["score"], styles.body(align="center"))
        sheet.write_string(top + offset, 2, level["description"], styles.get())


def add_matrix(sheet: Any, styles: Styles, texts: dict[str, Any]) -> None:
    """The matrix: each cell holds the rating, shows the band's word beside it, and has its colour."""
    top = MATRIX_ROW - 1
    sheet.write_string(top - 1, 0, "Scoring matrix", styles.get(bold=True, font_size=13))
    sheet.write_string(top, 2, "Impact", styles.heading())
    fill_heading(sheet, styles, top, 3)
    sheet.write_string(top + 1, 0, "Likelihood", styles.heading())
    sheet.write_blank(top + 1, 1, None, styles.heading())
    for impact in texts["impact"]:
        sheet.write_number(
            top + 1,
            1 + impact["score"],
            impact["score"],
            styles.body(bold=True, align="center", num_format=f'0" {impact["name"]}"'),
        )
    for offset, likelihood in enumerate(reversed(texts["likelihood"]), start=2):
        sheet.set_row(top + offset, 24)
        sheet.write_string(top + offset, 0, likelihood["name"], styles.body(bold=True, valign="vcenter"))
        sheet.write_number(
            top + offset, 1, likelihood["score"], styles.body(bold=True, align="center", valign="vcenter")
        )
        for impact in range(1, 6):
            rating = likelihood["score"] * impact
            band = band_of(rating)
            form = styles.body(
                align="center",
                valign="vcenter",
                bold=True,
                bg_color=f"#{band['colour']}",
                num_format=f'0" {band["name"]}"',
            )
            sheet.write_number(top + offset, 1 + impact, rating, form)


def fill_heading(sheet: Any, styles: Styles, row: int, column: int) -> None:
    """Carry a heading's colour on to the last column, over which the text below it runs."""
    for further in range(column, 7):
        sheet.write_blank(row, further, None, styles.get(bg_color=DARK))


def add_bands(sheet: Any, styles: Styles, bands: list[dict[str, Any]]) -> None:
    """The bands, lowest first; the Register sheet's formulas read the first two columns."""
    sheet.write_string(BAND_ROW - 2, 0, "Bands", styles.get(bold=True, font_size=13))
    for column, text in enumerate(("Band", "Lowest rating", "Highest rating", "What it asks for")):
        sheet.write_string(BAND_ROW - 1, column, text, styles.heading())
    fill_heading(sheet, styles, BAND_ROW - 1, 4)
    for offset, band in enumerate(bands):
        colour = f"#{band['colour']}"
        sheet.write_string(BAND_ROW + offset, 0, band["name"], styles.body(bold=True, bg_color=colour))
        sheet.write_number(BAND_ROW + offset, 1, band["low"], styles.body(align="center"))
        sheet.write_number(BAND_ROW + offset, 2, band["high"], styles.body(align="center"))
        sheet.write_string(BAND_ROW + offset, 3, band["meaning"], styles.get())
