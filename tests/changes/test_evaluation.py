"""Real registers: beside themselves they have not changed, and words put into them are what changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from regsheet.changes.books import compare_books
from regsheet.config import Config
from regsheet.errors import LayoutError
from regsheet.grid.cells import Grid
from regsheet.model.book import Book
from regsheet.model.build import build_book
from regsheet.model.register import Register
from regsheet.pipeline import read

FIELDS = ("cause", "consequence", "controls", "actions", "owner", "commentary", "category")
MORE = " and then something more"


def _books(folder: Path) -> list[Book]:
    found = []
    for path in sorted([*(folder / "real").glob("*.xlsx"), *(folder / "data").glob("*.xlsx")]):
        try:
            found.append(read(path))
        except LayoutError:
            continue
    return found


@pytest.mark.evaluation
def test_real_workbooks_beside_themselves_and_with_a_word_more(evaluation: Path) -> None:
    books = _books(evaluation)
    assert len(books) > 30
    edits = 0
    for book in books:
        assert compare_books(book, book).is_empty, book.path.name
        edited, expected = _edited(book)
        changes = compare_books(book, edited).changed
        assert {(field.field, field.new_cell) for change in changes for field in change.changes} == expected
        edits += len(expected)
    assert edits > 40


def _edited(book: Book) -> tuple[Book, set[tuple[str, str]]]:
    """The book with a few words more in one cell of each field of its first register that has more than three risks."""
    register = next((register for register in book.registers if len(register.frame) > 3), None)
    if register is None:
        return book, set()
    cells = dict(register.sheet.cells)
    expected = set()
    for number, field in enumerate(FIELDS):
        index = (number * 5) % len(register.frame)
        place, address = register.position(index, field), register.address(index, field)
        cell = None if place is None else cells.get(place)
        if place and address and cell and isinstance(cell.value, str) and _is_plain(register, index, field, address):
            cells[place] = cell._replace(value=cell.value + MORE)
            expected.add((field, address))
    sheets = [replace(sheet, cells=cells) if sheet is register.sheet else sheet for sheet in book.grid.sheets]
    grid: Grid = replace(book.grid, sheets=sheets)
    return build_book(grid, book.layout, Config(), book.path, "edited"), expected


def _is_plain(register: Register, index: int, field: str, address: str) -> bool:
    """Whether a cell is one risk's and one field's, and was read as a whole."""
    alone = register.addresses(field).count(address) == 1 and address not in register.shared_cells
    return alone and (register.table.rows[index], field) not in register.table.readings
