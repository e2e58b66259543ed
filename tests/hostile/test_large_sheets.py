"""Sheets that are, or claim to be, as large as sheets can be: through the whole line within bounds."""

import re

import pytest
from tests.hostile.conftest import Run
from tests.hostile.workbooks import (
    HEADINGS,
    SHEET,
    good_row,
    insert,
    pack,
    register_bytes,
    register_parts,
    rows_with,
)

from regsheet import limits, pipeline
from regsheet.grid import sheet_cells
from regsheet.grid.addresses import letters

PARTS = register_parts()


def with_markup(new: bytes, before: bytes = b"<pageMargins") -> bytes:
    return pack(insert(PARTS, SHEET, before, new))


def test_a_dimension_of_the_whole_sheet(run_whole: Run) -> None:
    sheet = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', PARTS[SHEET])
    assert sheet != PARTS[SHEET]
    assert run_whole(pack({**PARTS, SHEET: sheet})) == "annotated"


@pytest.mark.parametrize(
    "merges",
    [
        [b"A1:XFD1048576"],
        [b"N3:XFD1048576"],
        [b"A3:A1048576", b"B3:B900000"],
        [b"A2:XFD1001"] * 20_000,
        [b"A%d:XFD%d" % (row, row + 2000) for row in range(2, 20_000)],
        [b"A%d:B%d" % (row, row + 1) for row in range(20, 60_000)],
    ],
    ids=["whole sheet", "below the headings", "two columns", "one many times", "tall and overlapping", "many small"],
)
def test_merges_that_cover_everything(merges: list[bytes], run_whole: Run) -> None:
    listed = b"".join(b'<mergeCell ref="%s"/>' % area for area in merges)
    assert run_whole(with_markup(b"<mergeCells>" + listed + b"</mergeCells>")) == "annotated"


def test_conditional_formats_and_validations_of_whole_columns(run_whole: Run) -> None:
    formats = b"".join(
        b'<conditionalFormatting sqref="A1:XFD1048576 A:A 1:1048576"><cfRule type="cellIs" operator="greaterThan" '
        b'priority="%d"><formula>1</formula></cfRule></conditionalFormatting>' % number
        for number in range(1, 2000)
    )
    one = b'<dataValidation type="list" sqref="A:XFD"><formula1>$A$1:$XFD$1048576</formula1></dataValidation>'
    assert run_whole(with_markup(formats + b"<dataValidations>" + one * 2000 + b"</dataValidations>")) == "annotated"


def test_formulas_over_huge_ranges(run_whole: Run) -> None:
    wrong = b'<c r="K3"><v>5</v></c>'
    assert wrong in PARTS[SHEET]
    formula = b'<c r="K3"><f>SUM(A1:XFD1048576)+SUM(A:XFD)+SUM(1:1048576)</f><v>5</v></c>'
    arrays = b"".join(
        b'<row r="%d"><c r="A%d"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>' % (row, row)
        for row in range(20, 2000)
    )
    sheet = PARTS[SHEET].replace(wrong, formula).replace(b"</sheetData>", arrays + b"</sheetData>")
    assert run_whole(pack({**PARTS, SHEET: sheet})) == "annotated"


def test_a_long_formula_shared_by_many_cells(run_whole: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MAX_FORMULA_TEXT", 1_000_000)
    first = b'<row r="20"><c r="A20"><f t="shared" ref="A20:A900" si="0">' + b"B1+" * 2700 + b"1</f></c></row>"
    others = b"".join(b'<row r="%d"><c r="A%d"><f t="shared" si="0"/></c></row>' % (r, r) for r in range(21, 900))
    assert "more long formulas" in run_whole(with_markup(first + others, b"</sheetData>"))


def filled(rows: int, columns: int) -> bytes:
    names = [letters(column).encode() for column in range(1, columns + 1)]
    return b"".join(
        b'<row r="%d">' % row + b"".join(b'<c r="%s%d"><v>%d</v></c>' % (name, row, row) for name in names) + b"</row>"
        for row in range(20, 20 + rows)
    )


@pytest.mark.parametrize(("rows", "columns"), [(300, 1000), (10, 15_000), (100_000, 3)])
def test_hundreds_of_thousands_of_cells(rows: int, columns: int, run_whole: Run) -> None:
    """A third of a million here, to be quick; a million takes three times as long."""
    said = run_whole(with_markup(filled(rows, columns), b"</sheetData>"))
    assert said == "annotated" or "No risk register" in said or "are checked at a time" in said


def test_more_cells_than_are_read(run_whole: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MAX_CELLS", 5_000)
    assert "more than 5,000 filled cells" in run_whole(with_markup(filled(60, 100), b"</sheetData>"))


def test_more_risks_and_registers_than_are_checked(run_whole: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MAX_RISKS", 50)
    assert "at most" in run_whole(register_bytes(rows_with({}, 60)))
    monkeypatch.setattr(pipeline, "MAX_TABLES", 5)

    def registers(book) -> None:
        for number in range(8):
            sheet = book.add_worksheet(f"Service {number}")
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(1, 0, good_row(number)[:14])
            sheet.write_row(2, 0, good_row(number + 100)[:14])

    assert "registers and maps" in run_whole(register_bytes(more=registers))


def test_thousands_of_sheets(run_whole: Run) -> None:
    assert run_whole(register_bytes(more=lambda book: [book.add_worksheet() for _ in range(1500)])) == "annotated"


def test_thousands_of_columns_elements(run_whole: Run) -> None:
    columns = b'<col min="1" max="16384" width="1e300" style="0"/>' * 50_000 + b'<col min="inf" max="nan" width="-1"/>'
    data = insert(PARTS, SHEET, b"<sheetData>", b"<cols>" + columns + b"</cols>")
    data[SHEET] = data[SHEET].replace(b'<row r="2"', b'<row ht="inf" r="2"')
    assert run_whole(pack(data)) == "annotated"


def test_a_workbook_full_of_cell_formats_gets_no_more() -> None:
    from lxml import etree

    from regsheet.package import Package
    from regsheet.writer.styles import MAX_CELL_FORMATS, Change, Styles

    new = b"".join(
        b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"><alignment indent="%d" textRotation="%d"/></xf>'
        % (number % 250, number // 250 % 180)
        for number in range(MAX_CELL_FORMATS - 3)
    )
    styles = PARTS["xl/styles.xml"].replace(b"</cellXfs>", new + b"</cellXfs>")
    package = Package(pack({**PARTS, "xl/styles.xml": styles}))
    styles_of = Styles(package)
    for number in range(20):
        styles_of.variant(number, Change(fill=f"{number:06X}"))
        styles_of.append_format(etree.fromstring(f'<xf numFmtId="{number + 30}" fontId="0"/>'))
    root = package.tree(styles_of.part)
    formats = next(item for item in root if item.tag.endswith("}cellXfs"))
    assert len(formats) <= MAX_CELL_FORMATS
    assert formats.get("count") == str(len(formats))


def test_the_limits_are_in_one_place() -> None:
    assert limits.MAX_CELLS <= 5_000_000
    assert limits.MAX_RISKS * 20 < limits.MAX_CELLS
