"""A workbook as it was read, packed to travel between the processes of one run."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import replace

from regsheet.grid.cells import CellRows, Sheet
from regsheet.model.book import Book
from regsheet.model.register import Register


def pack(book: Book) -> bytes:
    """A workbook as bytes. They are read by ``unpack`` alone, within the run, and are never kept."""
    return zlib.compress(pickle.dumps(book, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes) -> Book:
    """The workbook that was packed. Only for what a process of the same run packed: these bytes are trusted."""
    book = pickle.loads(zlib.decompress(data))  # noqa: S301
    if not isinstance(book, Book):
        raise TypeError("not a packed workbook")
    return book


def unpack_partner(data: bytes) -> Book:
    """A packed workbook without what only its own check looks at: the cells, as far as its scores do not need them."""
    book = unpack(data)
    sheets = {sheet.name: _bare(sheet, book) for sheet in book.grid.sheets}
    return replace(
        book,
        grid=replace(book.grid, sheets=list(sheets.values())),
        registers=tuple(replace(register, sheet=sheets[register.sheet_name]) for register in book.registers),
        maps=tuple(replace(one, sheet=sheets[one.sheet_name]) for one in book.maps),
    )


def _bare(sheet: Sheet, book: Book) -> Sheet:
    """A sheet with no other cells than the third factors of ratings."""
    columns = {_factor_column(register) for register in book.registers if register.sheet_name == sheet.name} - {None}
    cells = {place: cell for place, cell in sheet.cells.items() if place[1] in columns} if columns else {}
    return Sheet(sheet.name, sheet.position, sheet.state, sheet.part, CellRows(cells),
                 merges=sheet.merges if columns else [], kind=sheet.kind)  # fmt: skip


def _factor_column(register: Register) -> int | None:
    return register.table.factor_column
