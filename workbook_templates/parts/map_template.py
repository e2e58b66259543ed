"""The blank assurance map: a risk a row, a cell for each line of defence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parts.styles import Styles, add_guidance, height_for, new_workbook, print_set_up, wording

SHEET, TABLE = "Assurance map", "Assurance_map"
HEADING_ROW = 4
"""The row of the headings, from 1."""


def write(path: Path, rows: Sequence[Sequence[str]] = ()) -> None:
    """Write the workbook, blank or with ``rows`` (the texts of a row's cells) filled in."""
    texts = wording()["map"]
    book = new_workbook(path, "Assurance map")
    styles = Styles(book)
    add_guidance(book, styles, wording()["guidance_map"])
    sheet = book.add_worksheet(SHEET)
    styles.write_title(sheet, texts["title"])
    sheet.write_string(1, 0, texts["help"], styles.get())
    columns, last = texts["column"], HEADING_ROW - 1 + texts["rows"]
    sheet.add_table(HEADING_ROW - 1, 0, last, len(columns) - 1, {
        "name": TABLE, "style": None,
        "columns": [{"header": column["heading"], "header_format": styles.heading()} for column in columns],
    })  # fmt: skip
    sheet.set_row(1, 20)
    sheet.set_row(HEADING_ROW - 1, 24)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column["width"])
        if "message" in column:
            title, message = column["message"]
            sheet.data_validation(HEADING_ROW, index, last, index, {
                "validate": "any", "input_title": title, "input_message": message,
            })  # fmt: skip
    for offset in range(texts["rows"]):
        values = rows[offset] if offset < len(rows) else ()
        if values:
            cells = [(text, column["width"]) for text, column in zip(values, columns, strict=False)]
            sheet.set_row(HEADING_ROW + offset, height_for(cells))
        for index in range(len(columns)):
            form = styles.body(bold=index in (1, 2))
            if index < len(values) and values[index]:
                sheet.write_string(HEADING_ROW + offset, index, values[index], form)
            else:
                sheet.write_blank(HEADING_ROW + offset, index, None, form)
    sheet.freeze_panes(HEADING_ROW, 3)
    print_set_up(sheet, heading_row=HEADING_ROW - 1)
    sheet.set_selection(HEADING_ROW, 0, HEADING_ROW, 0)
    book.close()
