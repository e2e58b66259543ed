"""Workbooks for the writer's tests, and checks that were finished on them."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from lxml import etree

from regsheet.corrections.log import Change, Settled
from regsheet.grid import read_grid
from regsheet.grid.cells import Grid, Value
from regsheet.layout.tables import Layout
from regsheet.model.book import Book
from regsheet.package import Package
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.report import Report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"


Filler = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]


def made(fill: Filler, name: str = "Register") -> Package:
    """A package that XlsxWriter made: one sheet, filled by the caller, who may add more."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2024, 1, 1)})
        fill(book, book.add_worksheet(name))
    return Package(buffer.getvalue(), "register.xlsx")


def plain(rows: int = 4) -> Package:
    """A small sheet: reference, title, likelihood, impact, rating; a heading and so many rows."""

    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["Ref", "Title", "L", "I", "Rating"])
        for number in range(1, rows + 1):
            title = f"Risk number {number} of the council, told at length"
            sheet.write_row(number, 0, [f"R{number}", title, 4, number, 4 * number])

    return made(fill)


def with_parts(package: Package, **blobs: str | bytes) -> Package:
    """The package with the text of some parts replaced; ``sheet`` and ``styles`` are short for the usual names."""
    names = {"sheet": SHEET, "styles": "xl/styles.xml", "workbook": "xl/workbook.xml"}
    for name, blob in blobs.items():
        package.replace(names.get(name, name), blob.encode() if isinstance(blob, str) else blob)
    return Package(package.to_bytes(), package.file)


def with_rows(rows: str, **more: str) -> Package:
    """A one-sheet workbook whose ``sheetData`` is given as XML, with more XML ``before`` and ``after`` it."""
    package = plain(1)
    text = (
        f'<worksheet xmlns="{MAIN[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"{more.get('before', '')}<sheetData>{rows}</sheetData>{more.get('after', '')}</worksheet>"
    )
    return with_parts(package, sheet=text)


@contextmanager
def patched(package: Package, part: str = SHEET, date_1904: bool = False) -> Iterator[SheetPatch]:
    """A sheet open for changes, which are in the package afterwards."""
    patch = SheetPatch(package, part, date_1904)
    yield patch
    patch.put_down()


def saved(package: Package) -> Package:
    """The package as another program would find it."""
    return Package(package.to_bytes(), package.file)


def values(package: Package) -> dict[tuple[str, str], tuple[Value, str | None]]:
    """Every cell that holds something: (sheet, address) to value and formula."""
    return {
        (sheet.name, cell.address): (cell.value, cell.formula)
        for sheet in read_grid(package).sheets
        for cell in sheet.filled()
    }


def finding(
    cell: str,
    *,
    sheet: str = "Register",
    after: Value = None,
    formula: str | None = None,
    before: Value = None,
    code: str = "SC001",
    ref: str = "R1",
    message: str = "R1: the rating is 4, but 4 × 4 = 16.",
) -> Finding:
    """A finding, corrected where ``after`` is given."""
    correction = None
    if after is not None:
        correction = Correction(sheet, cell, before, after, "derived", "4 × 4 = 16", formula=formula)
    return Finding(
        code=code, name="wrong-overall-rating", severity=Severity.ERROR, sheet=sheet, cell=cell, message=message,
        advice="Confirm the scores.", ref=ref, correction=correction,
        status="open" if correction is None else "corrected",
    )  # fmt: skip


def report(grid: Grid, *findings: Finding) -> Report:
    """A finished check of a workbook in which no register was found, with these findings."""
    book = Book(Path("register.xlsx"), "0" * 64, grid, Layout(()), (), ())
    changes = tuple(
        Change(item.correction, item.code, item.name, item.ref, "residual_rating")
        for item in findings
        if item.correction is not None and item.status == "corrected"
    )
    settled = Settled(book, tuple(findings), (), changes)
    return Report(settled, dt.date(2024, 12, 31), "0.1.0", "built-in defaults", "1" * 64, "register.xlsx", "2" * 64)


def rows_of(package: Package, part: str = SHEET) -> list[etree._Element]:
    """The row elements of a sheet."""
    return list(package.tree(part).iter(f"{MAIN}row"))
