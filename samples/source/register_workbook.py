"""A register as a workbook: the layout that many councils use, with a heading of three rows and merged groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from source import scoring_sheet
from source.content import FIRST_ROW, Record, RegisterContent, band_of
from source.formats import PALE, Formats, height_for, new_workbook

SHEET = "Strategic Risk Register"
GROUPS = {
    "inherent": "Inherent Risk Score (no controls)",
    "residual": "Mitigated Risk Score (with controls)",
    "target": "Target Score (with further management actions)",
}


@dataclass(frozen=True)
class Column:
    """A column of the register: its field, heading, help line and width."""

    field: str
    heading: str
    width: float
    hint: str = ""

    @property
    def stage(self) -> str | None:
        """The stage whose group it stands in."""
        stage = self.field.partition("_")[0]
        return stage if stage in GROUPS else None


COLUMNS = (
    Column("ref", "Ref", 6), Column("title", "Risk Definition", 17, "What is the risk, in a few words?"),
    Column("objective", "", 16), Column("cause", "Root Cause", 26, "What could bring it about?"),
    Column("consequence", "Consequence / effect", 26, "What would follow, and for whom?"),
    Column("inherent_likelihood", "Likelihood", 5), Column("inherent_impact", "Impact", 5),
    Column("inherent_rating", "Overall risk rating", 5.5),
    Column("controls", "Existing Controls (sources of assurance)", 40, "What is in place and working today?"),
    Column("residual_likelihood", "Likelihood", 5), Column("residual_impact", "Impact", 5),
    Column("residual_rating", "Overall risk rating", 5.5), Column("residual_band", "RAG", 7.5),
    Column("actions", "Further management actions", 27, "What else is planned?"),
    Column("action_date", "Target implementation date for further actions", 13, "By when?"),
    Column("target_likelihood", "Likelihood", 5), Column("target_impact", "Impact", 5),
    Column("target_rating", "Overall risk rating", 5.5), Column("owner", "Risk Owner", 16, "One post"),
    Column("review_date", "Review Date", 11.5, "Last reviewed"),
    Column("commentary", "Review Commentary", 32, "What has changed since last quarter?"),
    Column("previous_rating", "Previous Risk Score (mitigated)", 10.5),
    Column("direction_of_travel", "Direction of Travel of mitigated risk score", 11.5, "↑ → ↓ or New"),
)  # fmt: skip
PLACE = {column.field: index for index, column in enumerate(COLUMNS)}
DATES = {"action_date": "mmm-yy", "review_date": "dd/mm/yyyy"}


def write(path: Path, council: Record, content: RegisterContent) -> None:
    """Write the workbook."""
    book = new_workbook(path, content.title, council["author"], council["name"])
    formats = Formats(book)
    scoring_sheet.add(book, formats, council)
    sheet = book.add_worksheet(SHEET)
    add_headings(sheet, formats, council, content)
    for index, record in enumerate(content.records):
        add_record(sheet, formats, FIRST_ROW - 1 + index, record)
    last = FIRST_ROW - 2 + len(content.records)
    add_notes(sheet, content)
    add_aids(sheet, formats, last)
    set_print(sheet, council)
    sheet.insert_textbox(last + 2, 1, council["policy"], {
        "width": 620, "height": 34, "font": {"name": "Arial", "size": 11, "bold": True},
        "align": {"vertical": "middle"}, "description": "The council's rule about red risks",
    })  # fmt: skip
    add_summary(book, formats, content, last)
    add_hidden_sheet(book, content)
    sheet.activate()
    book.define_name("Likelihood_scale", f"='{scoring_sheet.NAME}'!$B$12:$B$16")
    book.define_name("Impact_scale", f"='{scoring_sheet.NAME}'!$B$4:$B$8")
    book.close()


def add_headings(sheet: Any, formats: Formats, council: Record, content: RegisterContent) -> None:
    """The title row and the three heading rows, with a merged group over each set of scores."""
    title = f"{council['name']}: {content.title}, position at {content.as_of.day} {content.as_of:%B %Y}"
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, formats.get(bold=True, font_size=16, valign="vcenter"))
    sheet.set_row(0, 30)
    sheet.set_row(1, 58)
    sheet.set_row(2, 30)
    sheet.set_row(3, 92)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        if column.stage:
            sheet.write_string(
                3, index, column.heading, formats.heading(rotation=90, bg_color=PALE, font_color="#000000")
            )
        else:
            sheet.write_string(1, index, column.heading or content.objective_heading, formats.heading())
            sheet.merge_range(
                2,
                index,
                3,
                index,
                column.hint,
                formats.heading(bold=False, italic=True, bg_color=PALE, font_color="#000000"),
            )
    for stage, heading in GROUPS.items():
        members = [index for index, column in enumerate(COLUMNS) if column.stage == stage]
        sheet.merge_range(1, members[0], 2, members[-1], heading, formats.heading())


def add_record(sheet: Any, formats: Formats, row: int, record: Record) -> None:
    """One risk's row."""
    shown = {column.field: as_text(record.get(column.field, "")) for column in COLUMNS}
    sheet.set_row(row, height_for([(shown[c.field], c.width) for c in COLUMNS if c.width > 12]))
    for index, column in enumerate(COLUMNS):
        add_cell(sheet, formats, row, index, column.field, record)


def add_cell(sheet: Any, formats: Formats, row: int, index: int, name: str, record: Record) -> None:
    """One cell: blank, date, formula, number or text."""
    value, form = record.get(name, ""), format_for(formats, name, record)
    formula = record.get(f"formula_{name}", "=P{row}*Q{row}" if name == "target_rating" and value != "" else "")
    if value in ("", []):
        sheet.write_blank(row, index, None, form)
    elif formula:
        sheet.write_formula(row, index, formula.format(row=row + 1), form, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, index, dt.datetime(value.year, value.month, value.day), form)
    elif isinstance(value, int | float):
        sheet.write_number(row, index, value, form)
    else:
        sheet.write_string(row, index, as_text(value), form)


def format_for(formats: Formats, name: str, record: Record) -> Any:
    """The format of a cell: ratings in their band's colour, target ratings by conditional format instead."""
    rating = record.get("residual_rating" if name == "residual_band" else name, "")
    if name in DATES:
        return formats.body(align="center", valign="vcenter", num_format=DATES[name])
    if name in ("inherent_rating", "residual_rating", "residual_band"):
        coloured = band_of(rating)["colour"] if isinstance(rating, int | float) else None
        size = {"font_size": 10} if name == "residual_band" else {}
        return formats.score(record.get(f"fill_{name}", coloured), **size)
    if name.rpartition("_")[2] in ("likelihood", "impact", "rating", "travel"):
        return formats.score()
    return formats.body(bold=name in ("ref", "title"))


def as_text(value: object) -> str:
    """A value as the cell shows it; a list as one bullet a line."""
    if isinstance(value, list):
        return "\n".join(f"• {item}" for item in value)
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def add_notes(sheet: Any, content: RegisterContent) -> None:
    """The yellow notes that colleagues left."""
    for index, record in enumerate(content.records):
        for (risk, name), text in content.notes.items():
            if record["risk"] == risk:
                sheet.write_comment(
                    FIRST_ROW - 1 + index,
                    PLACE[name],
                    text,
                    {"author": "Corporate Assurance", "x_scale": 1.4, "y_scale": 0.7},
                )


def add_aids(sheet: Any, formats: Formats, last: int) -> None:
    """Drop-down lists, conditional formats and the filter, over exactly the rows of the table."""
    top = FIRST_ROW - 1
    for stage in GROUPS:
        for axis in ("likelihood", "impact"):
            column = PLACE[f"{stage}_{axis}"]
            sheet.data_validation(top, column, last, column, {
                "validate": "list", "source": f"={axis.capitalize()}_scale",
                "error_message": "Choose a score from 1 to 5: see the Scoring Matrix sheet.",
            })  # fmt: skip
    lists = {"residual_band": ["White", "Amber", "Red"], "direction_of_travel": ["↑", "→", "↓", "New"]}
    for name, choices in lists.items():
        sheet.data_validation(top, PLACE[name], last, PLACE[name], {"validate": "list", "source": choices})
    target = PLACE["target_rating"]
    for low, high in ((15, 25), (8, 14)):
        sheet.conditional_format(top, target, last, target, {
            "type": "cell", "criteria": "between", "minimum": low, "maximum": high,
            "format": formats.book.add_format({"bg_color": f"#{band_of(low)['colour']}", "bold": True}),
        })  # fmt: skip
    previous = PLACE["previous_rating"]
    sheet.conditional_format(top, previous, last, previous, {
        "type": "data_bar", "data_bar_2010": True, "bar_color": "#B7D3DB", "bar_solid": True,
        "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 25,
    })  # fmt: skip
    sheet.autofilter(3, 0, last, len(COLUMNS) - 1)


def set_print(sheet: Any, council: Record) -> None:
    """Freeze panes and print set-up: A3 landscape, one page wide, headings on each page."""
    sheet.freeze_panes(FIRST_ROW - 1, 2)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer(f"&LOfficial&CPage &P of &N&R{council['name']}")
    sheet.set_zoom(85)


def add_summary(book: xlsxwriter.Workbook, formats: Formats, content: RegisterContent, last: int) -> None:
    """Counts by band, and the mitigated ratings as a chart."""
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 1, 16)
    sheet.write_string(0, 0, "Mitigated risks by band", formats.get(bold=True, font_size=14))
    sheet.write_string(2, 0, "Band", formats.heading())
    sheet.write_string(2, 1, "Risks", formats.heading())
    words = [record["residual_band"] for record in content.records]
    letter = chr(ord("A") + PLACE["residual_band"])
    for offset, name in enumerate(("Red", "Amber", "White"), start=3):
        sheet.write_string(offset, 0, name, formats.body())
        sheet.write_formula(
            offset,
            1,
            f"=COUNTIF('{SHEET}'!${letter}${FIRST_ROW}:${letter}${last + 1},A{offset + 1})",
            formats.body(align="center"),
            words.count(name),
        )
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "name": "Mitigated rating", "fill": {"color": "#1D4E5F"}, "gap": 60,
        "categories": [SHEET, FIRST_ROW - 1, 0, last, 0],
        "values": [SHEET, FIRST_ROW - 1, PLACE["residual_rating"], last, PLACE["residual_rating"]],
        "data_labels": {"value": True},
    })  # fmt: skip
    chart.set_title({"name": "Mitigated rating of each risk", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 25,
            "major_unit": 5,
            "name": "Rating",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_size({"width": 760, "height": 340})
    sheet.insert_chart("D3", chart, {"description": "Column chart of the mitigated rating of each strategic risk"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def add_hidden_sheet(book: xlsxwriter.Workbook, content: RegisterContent) -> None:
    """A sheet that was hidden and forgotten."""
    if content.hidden_sheet:
        sheet = book.add_worksheet("Notes")
        for row, text in enumerate(content.hidden_sheet):
            sheet.write_string(row, 0, text)
        sheet.hide()
