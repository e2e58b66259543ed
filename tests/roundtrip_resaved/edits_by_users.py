"""What people do to a register in a spreadsheet, done with openpyxl."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet


@dataclass
class Place:
    """Where a register is: its sheet, the rows of its risks, its first column of scores."""

    sheet: str
    first_row: int
    last_row: int
    scores: int


def can_be_sorted(book: Workbook, place: Place) -> bool:
    """Spreadsheets sort no rows with merged cells."""
    merges = book[place.sheet].merged_cells.ranges
    return not any(merge.min_row <= place.last_row and merge.max_row >= place.first_row for merge in merges)


def sort_rows(book: Workbook, place: Place, order: Sequence[int]) -> None:
    """Put the rows in another order; ``order`` names, for each row from the first, the row that comes there."""
    sheet = book[place.sheet]
    columns = range(1, sheet.max_column + 1)
    rows = range(place.first_row, place.first_row + len(order))
    was = {(row, column): _taken(sheet, row, column) for row in rows for column in columns}
    for row, source in zip(rows, order, strict=True):
        for column in columns:
            _put(sheet, row, column, source, was[source, column])


def _taken(sheet: Worksheet, row: int, column: int) -> tuple[object, object, Comment | None]:
    cell = sheet.cell(row, column)
    taken = (cell.value, copy(cell._style), cell.comment)
    cell.comment = None
    return taken


def _put(sheet: Worksheet, row: int, column: int, source: int, content: tuple[object, object, Comment | None]) -> None:
    value, style, comment = content
    cell = sheet.cell(row, column)
    if isinstance(value, str) and value.startswith("="):
        value = Translator(value, f"{cell.column_letter}{source}").translate_formula(cell.coordinate)
    cell.value, cell._style = value, style
    if comment is not None:
        cell.comment = Comment(comment.text, comment.author, comment.height, comment.width)


def insert_row(book: Workbook, place: Place, at: int) -> None:
    book[place.sheet].insert_rows(at)
    _move_merges(book[place.sheet], row=at)
    _move_formulas(book[place.sheet], first_row=at + 1, rows=1)
    place.last_row += 1


def delete_row(book: Workbook, place: Place, at: int) -> None:
    book[place.sheet].delete_rows(at)
    _move_merges(book[place.sheet], row=at + 1, by=-1)
    _move_formulas(book[place.sheet], first_row=at, rows=-1)
    place.last_row -= 1


def insert_column(book: Workbook, place: Place) -> None:
    """A column before the scores."""
    book[place.sheet].insert_cols(place.scores)
    _move_merges(book[place.sheet], column=place.scores)
    _move_formulas(book[place.sheet], first_column=place.scores + 1, columns=1)
    place.scores += 1


def type_over(book: Workbook, place: Place, row: int, column: int, value: object) -> None:
    book[place.sheet].cell(row, column).value = value  # type: ignore[union-attr]


def _move_formulas(
    sheet: Worksheet, first_row: int = 1, first_column: int = 1, rows: int = 0, columns: int = 0
) -> None:
    """Have the formulas of cells that moved speak of cells that moved with them; openpyxl leaves them as they were."""
    for row in sheet.iter_rows(min_row=first_row, min_col=first_column):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                origin = sheet.cell(cell.row - rows, cell.column - columns).coordinate  # type: ignore[operator]
                cell.value = Translator(cell.value, origin).translate_formula(cell.coordinate)  # type: ignore[arg-type]


def _move_merges(sheet: Worksheet, row: int | None = None, column: int | None = None, by: int = 1) -> None:
    """Move merges as spreadsheets do; openpyxl leaves them where they were."""
    moved = set()
    for merge in sheet.merged_cells.ranges:
        first_row, last_row, first, last = merge.min_row, merge.max_row, merge.min_col, merge.max_col
        if row is not None:
            first_row, last_row = (end + by if end >= row else end for end in (first_row, last_row))
        if column is not None:
            first, last = (end + by if end >= column else end for end in (first, last))
        area = CellRange(min_col=first, min_row=first_row, max_col=last, max_row=last_row)
        moved.add(MergedCellRange(sheet, area.coord))
    sheet.merged_cells.ranges = moved


# -- our own sheets, which the original does not have ------------------------------------------------------------


def rename_sheets(book: Workbook, names: Sequence[str]) -> None:
    for name in names:
        book[name].title = f"Our {name}"[:31]


def delete_sheets(book: Workbook, names: Sequence[str]) -> None:
    for name in names:
        del book[name]


def move_sheets(book: Workbook, names: Sequence[str]) -> None:
    for name in names:
        book.move_sheet(name, -len(book.sheetnames) + 1)


def write_below_note(book: Workbook, sheet: str, cell: str, line: str) -> None:
    comment = book[sheet][cell].comment
    book[sheet][cell].comment = Comment(f"{comment.text}\n{line}", comment.author)
