"""The assurance map as a workbook: a risk a row, a bulleted cell for each line of defence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from source.content import MapRisk, Record
from source.formats import Formats, height_for, new_workbook

SHEET = "Assurance Map"
FIRST_ROW = 4
HEADINGS = (
    ("Cluster", 14), ("Ref", 7), ("Risk", 28),
    ("First Line of Defence\n(those who run the service)", 44),
    ("Second Line of Defence\n(those who oversee and challenge)", 44),
    ("Third Line of Defence\n(independent assurance)", 52),
)  # fmt: skip


def write(path: Path, council: Record, risks: list[MapRisk], as_of: dt.date = dt.date(2024, 12, 31),
          kind: str = "strategic") -> None:  # fmt: skip
    """Write the workbook; ``kind`` is the kind of risks that it maps."""
    book = new_workbook(path, "Assurance Map", council["author"], council["name"])
    formats = Formats(book)
    sheet = book.add_worksheet(SHEET)
    title = f"{council['name']}: Assurance Map for the {kind} risks"
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title, formats.get(bold=True, font_size=16))
    sheet.write_string(1, 0, f"Position at {as_of.day} {as_of:%B %Y}", formats.get(italic=True))
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, formats.heading())
    sheet.set_row(2, 34)
    for row, risk in enumerate(risks, start=FIRST_ROW - 1):
        cells = (risk.cluster, risk.ref, risk.title, *("\n".join(f"• {item}" for item in line) for line in risk.lines))
        sheet.set_row(row, height_for([(text, HEADINGS[column][1]) for column, text in enumerate(cells)], 36))
        for column, text in enumerate(cells):
            form = formats.body(bold=column in (1, 2))
            if text:
                sheet.write_string(row, column, text, form)
            else:
                sheet.write_blank(row, column, None, form)
    sheet.autofilter(2, 0, FIRST_ROW - 2 + len(risks), len(HEADINGS) - 1)
    sheet.freeze_panes(FIRST_ROW - 1, 3)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&LOfficial&CPage &P of &N&R{council['name']}")
    book.close()
