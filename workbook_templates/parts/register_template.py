"""The blank register: an Excel table whose ratings and bands work themselves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from parts import scales_sheet
from parts.styles import DARK, GROUP_COLOURS, Styles, add_guidance, height_for, new_workbook, print_set_up, wording

SHEET, TABLE = "Register", "Register"
HEADING_ROW = 4
"""The row of the headings, from 1; the first risk stands below it."""

Row = Mapping[str, object]


@dataclass(frozen=True)
class Column:
    """A column: its field, heading, width, what kind of value it takes, and the list it chooses from."""

    index: int
    field: str
    heading: str
    width: float
    kind: str = "text"
    choices: str | None = None

    @property
    def stage(self) -> str:
        """``inherent`` of ``inherent_rating``."""
        return self.field.partition("_")[0]

    @property
    def colour(self) -> str:
        """The colour of its heading."""
        return GROUP_COLOURS.get(self.stage, DARK)


def columns() -> tuple[Column, ...]:
    """The columns in order."""
    return tuple(Column(index, **entry) for index, entry in enumerate(wording()["register"]["column"]))


def write(path: Path, rows: Sequence[Row] = (), lists: Mapping[str, Sequence[str]] | None = None) -> None:
    """Write the workbook: blank, or with ``rows`` (field to value) and ``lists`` (name to entries) filled in."""
    book = new_workbook(path, "Risk register")
    styles = Styles(book)
    add_guidance(book, styles, wording()["guidance_register"])
    sheet = book.add_worksheet(SHEET)
    scales_sheet.add(book, styles)
    add_lists(book, styles, {**wording()["lists"], **(lists or {})})
    add_table(sheet, styles)
    for offset in range(wording()["register"]["rows"]):
        add_row(sheet, styles, HEADING_ROW + offset, rows[offset] if offset < len(rows) else {})
    add_validation(sheet)
    add_colours(sheet, styles)
    add_summary(book, styles, rows)
    sheet.freeze_panes(HEADING_ROW, 2)
    print_set_up(sheet, heading_row=HEADING_ROW - 1, pages_wide=2)
    sheet.repeat_columns(0, 1)
    sheet.set_selection(HEADING_ROW, 0, HEADING_ROW, 0)
    book.close()


def last_row() -> int:
    """The last row of the table, from 1."""
    return HEADING_ROW + int(wording()["register"]["rows"])


def add_table(sheet: Any, styles: Styles) -> None:
    """Title, help line and the Excel table with its headings."""
    texts = wording()["register"]
    styles.write_title(sheet, texts["title"])
    sheet.write_string(1, 0, texts["help"], styles.get())
    sheet.set_row(1, 20)
    sheet.set_row(HEADING_ROW - 1, 36)
    described = []
    for column in columns():
        sheet.set_column(column.index, column.index, column.width)
        entry: dict[str, Any] = {"header": column.heading, "header_format": styles.heading(column.colour)}
        if column.kind in ("rating", "band"):
            entry["formula"] = formula(column)
        described.append(entry)
    sheet.add_table(
        HEADING_ROW - 1, 0, last_row() - 1, len(described) - 1, {"name": TABLE, "columns": described, "style": None}
    )


def formula(column: Column) -> str:
    """The formula of a rating or a band; blank as long as a score is missing."""
    stage = column.stage.capitalize()
    if column.kind == "band":
        return f'=IF([@[{stage} rating]]="","",LOOKUP([@[{stage} rating]],Band_lowest,Band_names))'
    return (f'=IF(OR([@[{stage} likelihood]]="",[@[{stage} impact]]=""),"",'
            f"[@[{stage} likelihood]]*[@[{stage} impact]])")  # fmt: skip


def as_stored(formula_text: str) -> str:
    """A formula as the file holds it: ``[@[x]]`` is Excel's short way of writing ``Register[[#This Row],[x]]``."""
    return formula_text.replace("[@[", f"{TABLE}[[#This Row],[")


def worked_out(column: Column, row: Row) -> object:
    """What the formula of a rating or a band gives."""
    likelihood, impact = row.get(f"{column.stage}_likelihood", ""), row.get(f"{column.stage}_impact", "")
    if not isinstance(likelihood, int) or not isinstance(impact, int):
        return ""
    rating = likelihood * impact
    return rating if column.kind == "rating" else scales_sheet.band_of(rating)["name"]


def add_row(sheet: Any, styles: Styles, row: int, values: Row) -> None:
    """One row of the table; a blank one has no fixed height, so that Excel makes it grow with what is typed."""
    if values:
        sheet.set_row(row, height_for([(str(values.get(c.field, "")), c.width) for c in columns()]))
    for column in columns():
        value = values.get(column.field, "")
        if column.kind in ("rating", "band"):
            sheet.write_formula(
                row, column.index, as_stored(formula(column)), styles.worked_out(), worked_out(column, values)
            )
        elif value in ("", None):
            sheet.write_blank(row, column.index, None, style_of(styles, column))
        elif isinstance(value, dt.date):
            moment = dt.datetime(value.year, value.month, value.day)
            sheet.write_datetime(row, column.index, moment, style_of(styles, column))
        elif isinstance(value, int | float):
            sheet.write_number(row, column.index, value, style_of(styles, column))
        else:
            sheet.write_string(row, column.index, str(value), style_of(styles, column))


def style_of(styles: Styles, column: Column) -> Any:
    """The format of a cell to be filled in."""
    if column.kind == "date":
        return styles.body(num_format="dd/mm/yyyy", align="center")
    if column.kind in ("score", "previous"):
        return styles.body(align="center")
    return styles.body(bold=column.field in ("ref", "title"))


def add_validation(sheet: Any) -> None:
    """The drop-down lists, and what else may be typed where."""
    messages = wording()["register"]["messages"]
    for column in columns():
        rule: dict[str, Any] | None = None
        if column.kind == "score":
            axis = column.field.rpartition("_")[2].capitalize()
            rule = {"validate": "list", "source": f"={axis}_scores", **error(messages["score_error"], "stop"),
                    "input_title": messages["score"][0], "input_message": messages["score"][1]}  # fmt: skip
        elif column.kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1),
                    **error(messages["date_error"], "warning")}  # fmt: skip
        elif column.kind == "previous":
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100,
                    **error(messages["previous_error"], "stop")}  # fmt: skip
        elif column.choices:
            rule = {"validate": "list", "source": f"={column.choices}", **error(messages["choice_error"], "warning")}
        if rule:
            sheet.data_validation(HEADING_ROW, column.index, last_row() - 1, column.index, rule)


def error(texts: Sequence[str], kind: str) -> dict[str, str]:
    """The message for what does not fit; a warning lets it stand, a stop does not."""
    return {"error_title": texts[0], "error_message": texts[1], "error_type": kind}


def add_colours(sheet: Any, styles: Styles) -> None:
    """Colour ratings and band words by band; the word stands there too, so colour is never alone."""
    for rating in (column for column in columns() if column.kind == "rating"):
        word = f"${xlsxwriter.utility.xl_col_to_name(rating.index + 1)}{HEADING_ROW + 1}"
        for place, band in enumerate(wording()["scales"]["band"], start=1):
            sheet.conditional_format(HEADING_ROW, rating.index, last_row() - 1, rating.index + 1, {
                "type": "formula", "criteria": f'=AND({word}<>"",{word}=INDEX(Band_names,{place}))',
                "format": styles.book.add_format({"bg_color": f"#{band['colour']}", "bold": True}),
            })  # fmt: skip


def add_lists(book: xlsxwriter.Workbook, styles: Styles, lists: Mapping[str, Any]) -> None:
    """The Lists sheet, and a name for each list."""
    sheet = book.add_worksheet("Lists")
    sheet.hide_gridlines(2)
    styles.write_title(sheet, lists["title"])
    sheet.write_string(1, 0, lists["help"], styles.get())
    for index, name in enumerate(("Objectives", "Owners", "Directions", "Statuses")):
        entries = lists[name]
        rows = lists["rows"] if name in ("Objectives", "Owners") else len(entries)
        sheet.set_column(index, index, 44 if index < 2 else 18)
        sheet.write_string(3, index, name, styles.heading())
        for offset in range(rows):
            if offset < len(entries):
                sheet.write_string(4 + offset, index, entries[offset], styles.body())
            else:
                sheet.write_blank(4 + offset, index, None, styles.body())
        letter = xlsxwriter.utility.xl_col_to_name(index)
        book.define_name(name, f"=Lists!${letter}$5:${letter}${4 + rows}")
    sheet.freeze_panes(4, 0)
    print_set_up(sheet, paper=9, landscape=False, heading_row=3)


def add_summary(book: xlsxwriter.Workbook, styles: Styles, rows: Sequence[Row]) -> None:
    """Risks by band and stage, counted by formulas, and as a chart."""
    texts = wording()["summary"]
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 3, 14)
    styles.write_title(sheet, texts["title"])
    sheet.write_string(1, 0, texts["help"], styles.get())
    sheet.write_string(3, 0, "Band", styles.heading())
    bands = [column for column in columns() if column.kind == "band"]
    names = [band["name"] for band in reversed(wording()["scales"]["band"])]
    chart = book.add_chart({"type": "column"})
    for place, column in enumerate(bands, start=1):
        sheet.write_string(3, place, column.stage.capitalize(), styles.heading(column.colour))
        for offset, name in enumerate(names, start=4):
            sheet.write_string(offset, 0, name, styles.body(bold=True))
            counted = f'=COUNTIFS({TABLE}[{column.heading}],$A{offset + 1},{TABLE}[Status],"<>Closed")'
            count = sum(worked_out(column, row) == name and row.get("status") != "Closed" for row in rows)
            sheet.write_formula(offset, place, counted, styles.worked_out(), count)
        chart.add_series({
            "name": ["Summary", 3, place], "categories": ["Summary", 4, 0, 3 + len(names), 0],
            "values": ["Summary", 4, place, 3 + len(names), place], "fill": {"color": column.colour},
            "data_labels": {"value": True},
        })  # fmt: skip
    chart.set_title({"name": texts["chart"], "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"min": 0, "name": "Risks", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    sheet.insert_chart("A10", chart, {"description": texts["alternative_text"]})
    print_set_up(sheet, paper=9, landscape=False)
