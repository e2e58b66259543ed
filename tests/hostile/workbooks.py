"""Registers to spoil: the parts of a small one that is in order, and how to put parts together again."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

HEADINGS = (
    "Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
    "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "Further Actions", "Target Date",
    "Risk Owner", "Review Date",
)  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Row = list[object]


def good_row(number: int) -> Row:
    """A risk that is in order."""
    return [
        f"R{number}", f"Loss of building {number}", "An ageing boiler fails", "Services stop for a week", 4, 4, 16,
        "Yearly inspection of every boiler", 2, 3, 6, None, None, "Head of Property", dt.datetime(2024, 12, 10),
    ]  # fmt: skip


def faulty_row(number: int) -> Row:
    """A risk whose rating is wrong, so that annotating it corrects, colours and notes."""
    return [*good_row(number)[:10], 5, *good_row(number)[11:]]


def rows_with(changes: Mapping[str, object], count: int = 6) -> list[Row]:
    """Risks, every fifth of them faulty; in every one ``changes`` by heading."""
    rows = [(faulty_row if number % 5 == 2 else good_row)(number) for number in range(1, count + 1)]
    for row in rows:
        for heading, value in changes.items():
            row[HEADINGS.index(heading)] = value
    return rows


def register_bytes(
    rows: Sequence[Row] | None = None,
    sheet_name: str = "Register",
    more: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> bytes:
    """A register as a workbook file. Texts are written as texts. ``more`` may add to the workbook."""
    stream = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_formulas": False,
               "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(sheet_name)
        sheet.write_row(0, 0, HEADINGS)
        for place, row in enumerate(rows if rows is not None else rows_with({}), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                elif value is not None:
                    sheet.write(place, column, value)
        if more:
            more(book)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def register_parts(rows: Sequence[Row] | None = None) -> dict[str, bytes]:
    """The parts of a register."""
    return parts_of(register_bytes(rows))


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def insert(parts: dict[str, bytes], part: str, before: bytes, new: bytes) -> dict[str, bytes]:
    """The parts with ``new`` put before the first ``before`` of a part."""
    assert before in parts[part]
    return {**parts, part: parts[part].replace(before, new + before, 1)}
