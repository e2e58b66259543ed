"""The registers of the services as files, each in a layout of its own, as departments keep them."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from source import map_workbook, scoring_sheet
from source.content import MapRisk, Record, band_of, load
from source.formats import PALE, Formats, height_for, new_workbook
from source.services import (
    BODY_ROW,
    FOLDERS,
    QUARTERS,
    REGISTERS,
    Place,
    ServiceRegister,
    assurance,
    path_in,
    service_register,
    shown,
)

CENTRED = ("likelihood", "impact", "rating", "band", "status", "date")
LOOKS = {
    "grouped": {"bg_color": "#1D4E5F", "font_color": "#FFFFFF"},
    "plain": {"bg_color": "#44546A", "font_color": "#FFFFFF"},
    "sections": {"bg_color": "#5B3A6B", "font_color": "#FFFFFF"},
    "actions": {"bg_color": "#D9D9D9", "font_color": "#000000"},
}
"""How each department colours its headings."""

CONTACTS = "Emergency contacts.xlsx"


def write_all(folder: Path, council: Record) -> None:
    """Write both quarters into ``folder``."""
    for quarter, name in FOLDERS.items():
        for register_name in REGISTERS:
            register = service_register(register_name, quarter)
            path = folder / name / register.path
            path.parent.mkdir(parents=True, exist_ok=True)
            if register.source["layout"] == "csv":
                write_csv(path, register)
            else:
                write_workbook(path, register, council)
        source = load("services/assurance")
        risks = [MapRisk(risk["ref"], risk["title"], risk["cluster"],
                         tuple(tuple(risk[line]) for line in ("first", "second", "third")))
                 for risk in assurance(quarter)]  # fmt: skip
        map_workbook.write(folder / name / path_in(source, quarter), council, risks, QUARTERS[quarter], "corporate")
        write_contacts(folder / name / CONTACTS, council)


def write_csv(path: Path, register: ServiceRegister) -> None:
    """An export as an old database writes it: Windows letters and line ends, dates as text."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(place.heading for place in register.columns)
        for record in register.records:
            writer.writerow(shown(record.get(place.field, ""), "; ") for place in register.columns)


def write_workbook(path: Path, register: ServiceRegister, council: Record) -> None:
    """A register as an Excel workbook."""
    layout = register.source["layout"]
    book = new_workbook(path, register.source["title"], council["author"], council["name"])
    formats = Formats(book)
    sheet = book.add_worksheet(register.source["sheet"])
    head = BODY_ROW[layout] - 1
    _headings(sheet, formats, register, council, head)
    section = ""
    for record, row in zip(register.records, register.rows, strict=True):
        if record.get("section", "") != section:
            section = record["section"]
            sheet.merge_range(row - 2, 0, row - 2, len(register.columns) - 1, section,
                              formats.body(bold=True, bg_color="#E6DDEB"))  # fmt: skip
        if layout == "actions":
            _risk_of_several_rows(sheet, formats, register, record, row)
        else:
            _risk(sheet, formats, register, record, row)
    _print(sheet, register, council, head)
    if layout == "grouped":
        scoring_sheet.add(book, formats, council)
    book.close()


def _headings(sheet: Any, formats: Formats, register: ServiceRegister, council: Record, head: int) -> None:
    """The title, where the layout has one, and one or two rows of headings."""
    layout, columns = register.source["layout"], register.columns
    look = LOOKS[layout]
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    if layout != "plain":
        sheet.write_string(0, 0, f"{council['name']}: {register.source['title']}"
                           if layout != "actions" else register.source["title"],
                           formats.get(bold=True, font_size=14))  # fmt: skip
    if layout in ("grouped", "sections"):
        day = register.as_of
        sheet.write_string(1, 0, f"Position at {day.day} {day:%B %Y}", formats.get(italic=True))
    if register.source.get("legend"):
        for place, band in zip((2, 3, 4), council["band"], strict=True):
            text, form = f"{band['name']} {band['low']}–{band['high']}", formats.score(band["colour"], font_size=10)
            if place < 4:
                sheet.write_string(1, place, text, form)
            else:
                sheet.merge_range(1, place, 1, place + 2, text, form)
    for index, column in enumerate(columns):
        pale = {"bg_color": PALE, "font_color": "#000000"} if column.group else {}
        if layout == "grouped" and not column.group:
            sheet.merge_range(head - 2, index, head - 1, index, column.heading, formats.heading(**look))
        else:
            sheet.write_string(head - 1, index, column.heading, formats.heading(**(look | pale)))
    for group in dict.fromkeys(column.group for column in columns if column.group):
        members = [index for index, column in enumerate(columns) if column.group == group]
        sheet.merge_range(head - 2, members[0], head - 2, members[-1], group, formats.heading(**look))
    sheet.set_row(head - 1, 30)


def _risk(sheet: Any, formats: Formats, register: ServiceRegister, record: Record, row: int) -> None:
    texts = [(shown(record.get(column.field, "")), column.width) for column in register.columns]
    sheet.set_row(row - 1, height_for([(text, width) for text, width in texts if width > 12]))
    for index, column in enumerate(register.columns):
        formula = f"={chr(63 + index + 1)}{row}*{chr(64 + index + 1)}{row}" if _is_product(register, column) else ""
        _cell(sheet, formats, register, column, record.get(column.field, ""), (row - 1, index), formula)


def _risk_of_several_rows(sheet: Any, formats: Formats, register: ServiceRegister, record: Record, row: int) -> None:
    """A row an action; the cells that are the risk's own go over all of them."""
    actions = record["action"]
    own = {"actions": "text", "action_owner": "owner", "action_date": "due"}
    for offset, action in enumerate(actions):
        texts = [(action["text"], 40.0), (shown(record["controls"]), 40.0 * len(actions)), (record["title"], 28.0)]
        sheet.set_row(row - 1 + offset, height_for(texts))
        for index, column in enumerate(register.columns):
            if column.field in own:
                _cell(sheet, formats, register, column, action[own[column.field]], (row - 1 + offset, index))
    for index, column in enumerate(register.columns):
        if column.field not in own:
            place = (row - 1, index)
            if len(actions) > 1:
                last = row - 2 + len(actions)
                sheet.merge_range(*place, last, index, "", _format(formats, register, column, ""))
            _cell(sheet, formats, register, column, record.get(column.field, ""), place)


def _is_product(register: ServiceRegister, column: Place) -> bool:
    return register.source["layout"] == "grouped" and column.field.endswith("_rating")


def _cell(sheet: Any, formats: Formats, register: ServiceRegister, column: Place, value: Any, place: tuple[int, int],
          formula: str = "") -> None:  # fmt: skip
    form = _format(formats, register, column, value)
    if value in ("", []):
        sheet.write_blank(*place, None, form)
    elif formula:
        sheet.write_formula(*place, formula, form, value)
    elif column.levels and isinstance(value, int):
        scale = load("council")[column.field.partition("_")[2]]
        sheet.write_string(*place, f"{value} - {scale[value - 1]['name']}", form)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, dt.datetime(value.year, value.month, value.day), form)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, form)
    else:
        sheet.write_string(*place, shown(value), form)


def _format(formats: Formats, register: ServiceRegister, column: Place, value: Any) -> Any:
    if column.field.endswith("_rating") and isinstance(value, int) and register.source["layout"] != "plain":
        return formats.score(band_of(value)["colour"], font_size=10)
    if column.field.endswith("_band") and value:
        colour = next(band["colour"] for band in load("council")["band"] if band["name"] == value)
        return formats.score(colour, font_size=10)
    if isinstance(value, dt.date):
        return formats.body(
            align="center", valign="vcenter", num_format="dd/mm/yyyy" if column.field == "review_date" else "dd mmm yy"
        )
    centred = column.field.rpartition("_")[2] in CENTRED
    return formats.body(
        bold=column.field in ("ref", "title"), **({"align": "center", "valign": "vcenter"} if centred else {})
    )


def _print(sheet: Any, register: ServiceRegister, council: Record, head: int) -> None:
    last = register.rows[-1] - 1
    if register.source["layout"] in ("plain", "grouped"):
        sheet.autofilter(head - 1, 0, last, len(register.columns) - 1)
    sheet.freeze_panes(head, 2)
    sheet.repeat_rows(0, head - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&LOfficial&CPage &P of &N&R{council['name']}")


def write_contacts(path: Path, council: Record) -> None:
    """A workbook that is no register: whom to call out of hours."""
    book: xlsxwriter.Workbook = new_workbook(path, "Emergency contacts", council["author"], council["name"])
    formats = Formats(book)
    sheet = book.add_worksheet("Contacts")
    sheet.write_string(0, 0, "Whom to call out of hours", formats.get(bold=True, font_size=14))
    for row, line in enumerate(load("services/contacts")["line"], start=2):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, formats.heading() if row == 2 else formats.body())
    for column, width in enumerate((26, 24, 16)):
        sheet.set_column(column, column, width)
    book.close()
