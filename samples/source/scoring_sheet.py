"""The Scoring Matrix sheet: both scales, the matrix in its colours, the bands and the policy."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from source.content import Record, band_of
from source.formats import PALE, Formats

NAME = "Scoring Matrix"
IMPACT_ROW, LIKELIHOOD_ROW, MATRIX_ROW = 2, 10, 18
"""The first rows (from 1) of the two scales and of the matrix."""


def add(book: xlsxwriter.Workbook, formats: Formats, council: Record) -> None:
    """Add the sheet."""
    sheet = book.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 11)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 7, 11)
    sheet.write_string(0, 0, f"{council['name']}: how risks are scored", formats.get(bold=True, font_size=14))
    add_scale(sheet, formats, IMPACT_ROW, "Impact", council["impact"])
    add_scale(sheet, formats, LIKELIHOOD_ROW, "Likelihood", council["likelihood"])
    add_matrix(sheet, formats)
    add_bands(sheet, formats, council)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&LOfficial&CPage &P of &N")


def add_scale(sheet: Any, formats: Formats, top: int, axis: str, levels: list[Record]) -> None:
    """One scale: its name, a heading row, a row a level."""
    sheet.write_string(top - 1, 0, axis.upper(), formats.get(bold=True, font_size=11))
    sheet.write_string(top, 0, "Level", formats.heading())
    sheet.write_string(top, 1, "Score", formats.heading())
    sheet.merge_range(top, 2, top, 7, "Description", formats.heading())
    for offset, level in enumerate(levels, start=1):
        sheet.write_string(top + offset, 0, level["name"], formats.body(bold=True))
        sheet.write_number(top + offset, 1, level["score"], formats.body(align="center"))
        sheet.merge_range(top + offset, 2, top + offset, 7, "; ".join(level["description"]), formats.body())
        sheet.set_row(top + offset, 28 if len("; ".join(level["description"])) > 85 else 18)


def add_matrix(sheet: Any, formats: Formats) -> None:
    """The matrix, likelihood upwards and impact to the right, each cell in its band's colour."""
    top = MATRIX_ROW - 1
    sheet.merge_range(top, 3, top, 7, "Impact", formats.heading())
    sheet.merge_range(top + 2, 1, top + 6, 1, "Likelihood", formats.heading(rotation=90))
    for step in range(5):
        sheet.write_number(top + 1, 3 + step, step + 1, formats.heading(bg_color=PALE, font_color="#000000"))
        sheet.write_number(top + 2 + step, 2, 5 - step, formats.heading(bg_color=PALE, font_color="#000000"))
        sheet.set_row(top + 2 + step, 24)
        for impact in range(1, 6):
            rating = (5 - step) * impact
            sheet.write_number(
                top + 2 + step, 2 + impact, rating, formats.score(band_of(rating)["colour"], valign="vcenter")
            )


def add_bands(sheet: Any, formats: Formats, council: Record) -> None:
    """What each colour asks for, and the council's rule about red risks."""
    row = MATRIX_ROW + 7
    for band in reversed(council["band"]):
        sheet.write_string(row, 0, f"{band['name']} {band['low']}–{band['high']}", formats.score(band["colour"]))
        sheet.merge_range(row, 1, row, 7, band["meaning"], formats.body())
        row += 1
    sheet.write_string(row + 1, 0, council["policy"], formats.get(bold=True))
