"""Taking our annotation off a copy that somebody edited or another program saved."""

import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from workbooks import MAIN, SHEET, finding, made, patched, report, saved, values

from regsheet.grid import read_grid
from regsheet.grid.addresses import address, position
from regsheet.package import Package
from regsheet.writer.annotate import annotate
from regsheet.writer.sheets import build_sheets
from regsheet.writer.strip import is_annotated, strip

FOUND = (
    finding("E3", before=5, after=12, ref="R2"), finding("E5", before=20, after=16, ref="R4"),
    finding("B4", code="TX001"), finding("C2", code="SC003"),
)  # fmt: skip


def register() -> Package:
    def fill(book: object, sheet: object) -> None:
        plain, amber = book.add_format({"border": 1}), book.add_format({"border": 1, "bg_color": "#FFC000"})
        sheet.write_row(0, 0, ["Ref", "Title", "L", "I", "Rating"])
        for number in range(1, 7):
            sheet.write_row(number, 0, [f"R{number}", f"Risk number {number}, told at length", 4, number], plain)
            sheet.write(number, 4, {2: 5, 4: 20}.get(number, 4 * number), amber if number == 2 else plain)
        sheet.write_comment("C2", "Agreed at the board.", {"author": "Chief"})
        book.add_worksheet("Notes").write_string("A1", "Findings of the board")

    return made(fill)


def annotated() -> Package:
    package = register()
    grid = read_grid(package)
    annotate(package, report(grid, *FOUND), grid, build_sheets)
    return saved(package)


def looks(package: Package) -> dict[tuple[str, str], tuple[str | None, tuple[str | None, ...]]]:
    """Fill and border of every cell that has them."""
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    found = {}
    for sheet, seen in zip(read_grid(package).sheets, book, strict=True):
        for cell in sheet.cells.values():
            border = seen.cell(cell.row, cell.column).border
            sides = tuple(side.style for side in (border.left, border.right, border.top, border.bottom))
            found[sheet.name, cell.address] = (sheet.style(cell.row, cell.column).fill, sides)
    return found


def through_openpyxl(package: Package, edit: Callable[[openpyxl.Workbook], object] = lambda book: None) -> Package:
    """The copy as openpyxl saves it, which drops our mark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
        edit(book)
        buffer = io.BytesIO()
        book.save(buffer)
    return Package(buffer.getvalue(), "copy.xlsx")


def without_record(book: openpyxl.Workbook) -> None:
    """What a program does that drops hidden columns."""
    book["Change log"]["AA1"].value = None


def notes(package: Package) -> dict[str, str]:
    return {address(*cell): note.text for cell, note in read_grid(package).sheets[0].notes.items()}


def move_rows(package: Package, moved: dict[int, int]) -> Package:
    """The copy after rows were sorted or inserted in a program that keeps our mark; notes follow their cells."""
    for part, pattern in ((SHEET, "row"), ("xl/comments1.xml", "comment")):
        root = package.tree(part)
        for item in list(root.iter(f"{MAIN}{pattern}")):
            if pattern == "comment":
                row, column = position(item.get("ref"))
                item.set("ref", address(moved.get(row, row), column))
                continue
            row = moved.get(int(item.get("r")), int(item.get("r")))
            item.set("r", str(row))
            for cell in item:
                cell.set("r", address(row, position(cell.get("r"))[1]))
        if pattern == "row":
            data = root.find(f"{MAIN}sheetData")
            data[:] = sorted(data, key=lambda row: int(row.get("r")))
        package.touch(part)
    return saved(package)


def test_an_edited_cell_stays_and_everything_else_comes_back() -> None:
    package = annotated()
    with patched(package) as patch:
        patch.set_value(7, 2, "A title that the owner changed")
    result = strip(saved(package))
    assert not result.exact
    assert result.remarks == ()
    expected = values(register()) | {("Register", "B7"): ("A title that the owner changed", None)}
    assert values(result.package) == expected
    assert looks(result.package) == looks(register())
    assert notes(result.package) == {"C2": "Agreed at the board."}
    assert not is_annotated(result.package)
    assert not [name for name in result.package.names if "table" in name or "chart" in name or "customXml" in name]


def test_a_corrected_cell_that_was_changed_since_is_kept_and_said() -> None:
    package = annotated()
    with patched(package) as patch:
        patch.set_value(3, 5, 9)
    result = strip(saved(package))
    assert values(result.package)["Register", "E3"] == (9, None)
    assert values(result.package)["Register", "E5"] == (20, None)
    assert len(result.remarks) == 1
    assert "E3" in result.remarks[0]


SWAPPED, REVERSED = {3: 5, 5: 3}, {row: 9 - row for row in range(2, 8)}
INSERTED = {row: row + 3 for row in range(4, 8)}


@pytest.mark.parametrize("moved", [SWAPPED, REVERSED, INSERTED])
def test_rows_that_were_sorted_or_inserted_are_known_again(moved: dict[int, int]) -> None:
    result = strip(move_rows(annotated(), moved))
    plain = move_rows(register(), moved)
    assert values(result.package) == values(plain)
    assert looks(result.package) == looks(plain)
    assert notes(result.package) == notes(plain)


def test_a_column_inserted_before_the_scores() -> None:
    def shifted(package: Package) -> Package:
        for cell in package.tree(SHEET).iter(f"{MAIN}c"):
            row, column = position(cell.get("r"))
            cell.set("r", address(row, column + (column > 2)))
        package.touch(SHEET)
        return saved(package)

    result = strip(shifted(annotated()))
    assert values(result.package) == values(shifted(register()))
    assert looks(result.package) == looks(shifted(register()))


def test_a_deleted_row_and_a_deleted_or_renamed_sheet() -> None:
    package = annotated()
    data = package.tree(SHEET).find(f"{MAIN}sheetData")
    data.remove(next(row for row in data if row.get("r") == "3"))
    package.touch(SHEET)
    for sheet in package.tree("xl/workbook.xml").iter(f"{MAIN}sheet"):
        if sheet.get("name") == "Findings":
            sheet.set("name", "Faults")
    package.touch("xl/workbook.xml")
    result = strip(saved(package))
    assert [sheet.name for sheet in read_grid(result.package).sheets] == ["Register", "Notes"]
    assert values(result.package)["Register", "E5"] == (20, None)
    assert any("E3" in remark for remark in result.remarks)


def test_a_sheet_of_the_user_with_one_of_our_names_stays() -> None:
    package = made(lambda book, sheet: [sheet.write("A1", "x"), book.add_worksheet("Findings").write("A1", "Findings")])
    grid = read_grid(package)
    assert annotate(package, report(grid, finding("A1")), grid, build_sheets).sheets[1] == "Findings 2"
    with patched(package) as patch:
        patch.set_value(9, 9, "edited")
    result = strip(saved(package))
    assert [sheet.name for sheet in read_grid(result.package).sheets] == ["Register", "Findings"]


def test_what_somebody_typed_into_our_note_stays() -> None:
    package = annotated()
    root = package.tree("xl/comments1.xml")
    for comment in root.iter(f"{MAIN}comment"):
        run = etree.SubElement(etree.SubElement(comment[0], f"{MAIN}r"), f"{MAIN}t")
        run.text = "\nI shall ask the owner. JS"
    package.touch("xl/comments1.xml")
    found = notes(strip(saved(package)).package)
    assert found["C2"] == "Agreed at the board.\nI shall ask the owner. JS"
    assert found["E3"] == "I shall ask the owner. JS"


def test_a_logged_cell_whose_risk_is_no_longer_in_its_row_is_kept() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        without_record(book)
        book["Register"]["A3"].value = "R9"

    package = through_openpyxl(annotated(), edit)
    result = strip(package)
    assert values(result.package)["Register", "E3"] == (12, None)
    assert values(result.package)["Register", "E5"] == (20, None)


def test_after_openpyxl_the_change_log_is_the_witness() -> None:
    package = through_openpyxl(annotated(), without_record)
    assert is_annotated(package)
    result = strip(package)
    assert len(result.remarks) == 1
    assert values(result.package) == values(register())
    assert {key: look for key, look in looks(result.package).items() if look != looks(register()).get(key)} == {}
    assert notes(result.package) == {"C2": "Agreed at the board."}
    assert not is_annotated(result.package)


@pytest.mark.libreoffice
def test_after_libreoffice_everything_comes_off(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "in" / "copy.xlsx"
    source.parent.mkdir()
    annotated().save(source)
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    result = strip(Package((tmp_path / "copy.xlsx").read_bytes(), "copy.xlsx"))
    assert values(result.package) == values(register())
    assert notes(result.package) == {"C2": "Agreed at the board."}
    fills = {key: look[0] for key, look in looks(result.package).items() if look[0]}
    assert fills == {key: look[0] for key, look in looks(register()).items() if look[0]}
    assert not is_annotated(result.package)


def test_the_register_sheet_renamed() -> None:
    result = strip(through_openpyxl(annotated(), lambda book: setattr(book["Register"], "title", "Register 2025")))
    assert result.remarks == ()
    assert values(result.package)["Register 2025", "E3"] == (5, None)


def test_all_our_sheets_deleted_and_the_mark_dropped_our_notes_tell_what_was() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name in ("Check summary", "Findings", "Change log"):
            del book[name]

    result = strip(through_openpyxl(annotated(), edit))
    assert values(result.package) == values(register())
    assert notes(result.package) == {"C2": "Agreed at the board."}
    assert len(result.remarks) == 1


def test_a_correction_that_nothing_tells_any_more_is_named() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name in ("Check summary", "Findings", "Change log"):
            del book[name]
        book["Register"]["E3"].value = 9

    result = strip(through_openpyxl(annotated(), edit))
    assert values(result.package)["Register", "E3"] == (9, None)
    assert any("E3" in remark for remark in result.remarks)


def test_a_row_that_was_deleted_with_its_colours_is_said() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Register"].delete_rows(4, 2)

    result = strip(through_openpyxl(annotated(), edit))
    assert any("E5" in remark for remark in result.remarks)
    assert any("coloured" in remark for remark in result.remarks)
