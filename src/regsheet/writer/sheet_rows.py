"""The rows of a worksheet part in their text, some hundred at a time; those of a large sheet are held compressed."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from regsheet.grid.addresses import COLUMNS, Area, letters
from regsheet.limits import MAX_COLUMNS, MAX_ROWS
from regsheet.package.fast import pack, unpack
from regsheet.writer.sheet_shape import ATTRIBUTE, ATTRIBUTES, cut, formula_blocks, holds, rows_of

CELL_CLOSE = b"</c>"
RESULT = rb'<v(?: xml:space="preserve")?+>[^<]*+</v>|<v/>'
"""A pattern for the value of a cell."""
_USUAL_CELL = (
    rb'<c r="[A-Z]{1,3}+\1"(?: s="[0-9]++")?+(?:/>|(?: t="[A-Za-z]++")?+>(?:<f>[^<]*+</f>)?+<v>[^<]*+</v></c>)'
)
_PLAIN_CELL = (
    rb'<c r="[A-Z]{1,3}\1"(?: (?!xmlns)[a-z]+="[A-Za-z0-9]*")*+ ?'
    rb'(?:/>|>(?:<f%s ?(?:/>|>[^<]*+</f>))?+(?:%s)?+(?:<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>)?+</c>)'
) % (ATTRIBUTES, RESULT)
# Nearly all cells are usual ones, and looking for these first takes half the time.
_PLAIN_ROW = re.compile(rb'<row r="([0-9]+)"%s ?/?>(?:%s|\s*+%s)*+\s*+' % (ATTRIBUTES, _USUAL_CELL, _PLAIN_CELL))
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
MOST_OPEN = 40
"""So many blocks are held as text; the rest, which small sheets do not have, are held compressed."""
_LOOKS = (b' hidden="', b' ht="')


class Cell(NamedTuple):
    """A cell as it is in the file: where its tag begins, its content begins, and it ends; ``said`` are its attributes.

    Those behind its address, that is.
    """

    start: int
    inner: int
    end: int
    said: bytes


class Block:
    """Some rows in their text. Of rows that are not plain nothing else is to be asked.

    ``places`` says for each row where its tag begins, where its cells begin, and where they end.
    """

    __slots__ = ("cells", "places", "text")

    def __init__(self, text: bytes, rows: array[int]) -> None:
        self.text = text
        self.places = dict(zip(rows[::4], zip(rows[1::4], rows[2::4], rows[3::4], strict=True), strict=True))
        self.cells: dict[tuple[int, int], Cell | None] = {}

    def is_plain(self, row: int) -> bool:
        """Whether all cells of a row are spelled the one plain way."""
        place = self.places.get(row)
        return place is None or _PLAIN_ROW.fullmatch(self.text, place[0], place[2]) is not None

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell; None where there is none."""
        place = row, column
        try:
            return self.cells[place]  # of one cell several things are asked
        except KeyError:
            cell = self.cells[place] = self._found(row, column)
            return cell

    def _found(self, row: int, column: int) -> Cell | None:
        place = self.places.get(row)
        if place is None:
            return None
        text, begun = self.text, cell_begun(row, column)
        at = text.find(begun, place[1], place[2])
        if at < 0:
            return None
        # In a plain row nothing but a cell looks like this, and its tag ends with the next such sign.
        inner = text.find(b">", at) + 1
        said = text[at + len(begun) : inner - 1]
        if said.endswith(b"/"):
            return Cell(at, inner, inner, said[:-1].removesuffix(b" "))
        return Cell(at, inner, text.find(CELL_CLOSE, inner) + len(CELL_CLOSE), said.removesuffix(b" "))

    def content(self, row: int, column: int) -> bytes:
        """What a cell holds; nothing where there is none."""
        cell = self.cell(row, column)
        return b"" if cell is None or cell.end == cell.inner else self.text[cell.inner : cell.end - len(CELL_CLOSE)]

    def tag(self, row: int) -> bytes:
        """The tag of a row; nothing where there is none."""
        start, inner, _ = self.places.get(row, (0, 0, 0))
        return self.text[start:inner]

    def attributes(self, row: int) -> dict[bytes, bytes]:
        """The attributes of a row."""
        return dict(ATTRIBUTE.findall(self.tag(row)))

    def place_of_row(self, row: int) -> int:
        """Where a row that is missing is to stand."""
        return next((start for number, (start, _, _) in self.places.items() if number > row), len(self.text))

    def place_of_cell(self, row: int, column: int) -> int:
        """Where a cell that is missing is to stand in its row: before the first of a greater column."""
        _, inner, close = self.places[row]
        for found in _COLUMN.finditer(self.text, inner, close):
            if COLUMNS.get(found[1].decode(), MAX_COLUMNS + 1) > column:
                return found.start()
        return close


def cell_begun(row: int, column: int) -> bytes:
    """How a cell begins, up to behind its address."""
    return f'<c r="{letters(column)}{row}"'.encode()


class _Known(NamedTuple):
    """What is known of a block that is held compressed: its rows, and whether one says how it looks."""

    rows: array[int]
    has_looks: bool


class SheetRows:
    """All rows of a sheet in their text; ``head`` and ``tail`` are what stands around them.

    Blocks are best asked for in the order of their rows: few are open at a time.
    """

    def __init__(self, stretches: Iterable[bytes]) -> None:
        """Read a worksheet part. Raises ``UnusualError`` where it is not spelled the way most programs spell theirs."""
        self.formula_blocks: list[Area] = []
        self._known: list[_Known] = []
        self._lasts: list[int] = []
        self._packed: dict[int, bytes] = {}
        self._open: dict[int, Block] = {}
        pieces = cut(stretches)
        self.head, self.tail = next(pieces), next(pieces)
        for piece in pieces:
            self._add(self.tail)
            self.tail = piece
        self._first, self._last, self._at = 1, 0, next(iter(self._open.values()))

    def _add(self, text: bytes) -> None:
        rows = rows_of(text, self.last)
        self.formula_blocks += formula_blocks(text)
        self._lasts.append(rows[-4] if rows else self.last)
        self._known.append(_Known(rows, any(holds(text, name, b"h") for name in _LOOKS)))
        self._keep(len(self._known) - 1, Block(text, rows))

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self._lasts[-1] if self._lasts else 0

    def at(self, row: int) -> Block:
        """The block in which a row stands, or is to stand."""
        if not self._first <= row <= self._last:
            number = min(bisect_left(self._lasts, row), len(self._lasts) - 1)
            self._at = self._opened(number)
            self._first = self._lasts[number - 1] + 1 if number else 0
            self._last = self._lasts[number] if number + 1 < len(self._lasts) else MAX_ROWS
        return self._at

    def blocks(self) -> Iterator[tuple[int, Block]]:
        """All blocks in order, each with the last row that stands, or is to stand, in it."""
        for number in range(len(self._lasts)):
            yield self._lasts[number] if number + 1 < len(self._lasts) else MAX_ROWS, self._opened(number)

    def looks(self) -> Iterator[tuple[int, dict[bytes, bytes]]]:
        """The rows that may say something of how they look, with their attributes."""
        for number, known in enumerate(self._known):
            if known.has_looks:
                block = self._opened(number)
                for row in block.places:
                    yield row, block.attributes(row)

    # -- opening and closing ---------------------------------------------------------------------------------------

    def _opened(self, number: int) -> Block:
        block = self._open.pop(number, None) or Block(unpack(self._packed[number]), self._known[number].rows)
        self._keep(number, block)
        return block

    def _keep(self, number: int, block: Block) -> None:
        """Have a block open; the one that was asked for longest ago is closed where they are too many."""
        self._open[number] = block
        if len(self._open) > MOST_OPEN:
            closed = next(iter(self._open))
            text = self._open.pop(closed).text
            if closed not in self._packed:
                self._packed[closed] = pack(text)
