"""The cells of a worksheet part in its text: what changes is spliced in, and all else is copied as it stands.

The tree of a large sheet takes twenty times the room of its text, and longer to make and to write out again than all
else that annotating does to the sheet. So a part that is spelled the way most programs spell theirs is not parsed: only
what surrounds its rows is. Anything else raises ``UnusualError``, and the sheet is changed in its tree. Both ways give
the same sheet; the tests hold them to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from regsheet.grid.addresses import Area
from regsheet.limits import MAX_COLUMNS
from regsheet.package import Package
from regsheet.package.xml import parse, serialise
from regsheet.writer.cell_content import CellContent, spelled_text
from regsheet.writer.delta import ChangedPart, Piece, RecipeWriter, Splice, spliced
from regsheet.writer.sheet_rows import RESULT, Block, SheetRows, cell_begun
from regsheet.writer.sheet_shape import ROWS_CLOSE, ROWS_OPEN

_NO_ROWS = b"<sheetData/>"
_STYLE, _KIND = re.compile(rb' s="([A-Za-z0-9]*)"'), re.compile(rb' t="[A-Za-z0-9]*"')
_LINKED = re.compile(rb' [cv]m="[^"]')
_RESULT = re.compile(RESULT)
_SHARED = re.compile(rb'<f (?=[^>]* ?t="shared")(?=[^>]* ?ref=")')
_SPANS = re.compile(rb' spans="([0-9]+):([0-9]+)"')
_WIDTH = MAX_COLUMNS + 1
"""Cells that change are noted by one number each, which takes little room: the row's by this, and the column's."""


class SheetText:
    """Cells by row and column. ``frame`` is the sheet's root, without its rows. Raises ``UnusualError``.

    Of rows that are not ``is_plain`` nothing else is to be asked. What is to change is noted, and done from front to
    back when the sheet is put down.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._is_original = not package.is_changed(part)
        self._sheet = SheetRows(package.stretches(part))
        self.frame = parse(self._sheet.head + self._sheet.tail, package.file, part)
        self.moved: set[tuple[int, int]] = set()
        self._frame_touched = False
        self._known = bytearray(self._sheet.last + 1)
        # The styles of cells of which nothing else changes. Of others what the tag is to say behind the address, and
        # what they are to hold; None of one that is to go.
        self._styles: dict[int, int] = {}
        self._cells: dict[int, tuple[bytes, bytes] | None] = {}
        self._row_tags: dict[int, bytes] = {}

    def touch(self) -> None:
        """Say that the frame was changed."""
        self._frame_touched = True

    def is_plain(self, row: int) -> bool:
        """Whether all cells of a row are spelled the one plain way."""
        known = self._known
        if row >= len(known) or known[row]:
            return True
        known[row] = is_plain = self._sheet.at(row).is_plain(row)
        return is_plain

    def put_down(self, tell: bool) -> ChangedPart | None:
        """Give the package the part as it is to be. Tells, if it may, what became of a part that was as in the file."""
        if not self._cells and not self._styles and not self._frame_touched:
            return None
        if not tell or not self._is_original:
            self._package.replace_packed(self._part, (piece.present for piece in self._pieces()))
            return None
        recipe = RecipeWriter()
        self._package.replace_packed(self._part, recipe.following(self._pieces()))
        return recipe.written(self._part, self._package.sha256(self._part).hex())

    # -- looking -----------------------------------------------------------------------------------------------

    def has(self, row: int, column: int) -> bool:
        """Whether the sheet has such a cell."""
        return self._cell(row, column) is not None

    def is_addressed(self, row: int, column: int) -> bool:
        """Whether the file says where a cell is: here always."""
        return self.has(row, column)

    def is_linked(self, row: int, column: int) -> bool:
        """Whether a cell's value stands elsewhere: a linked data type, a picture, a dynamic array."""
        said = self._cell(row, column)
        return said is not None and _LINKED.search(said) is not None

    def has_shared_formula(self, row: int, column: int) -> bool:
        """Whether a cell holds the text of a formula that others may share."""
        return self.has(row, column) and _SHARED.match(self._content(row, column)) is not None

    def style(self, row: int, column: int) -> int | None:
        """The style position that a cell names; None where there is no such cell."""
        said = self._cell(row, column)
        return None if said is None else _style(said)

    def row_style(self, row: int) -> int | None:
        """The style of the cells that a row does not have; None where it has none of its own."""
        said = self._sheet.at(row).attributes(row)
        return _position(said.get(b"s")) if said.get(b"customFormat") in {b"1", b"true"} else None

    def row_looks(self) -> Iterator[tuple[int, str | None, str | None]]:
        """The rows that say something of being hidden or of their height, and what they say."""
        for row, said in self._sheet.looks():
            hidden, height = said.get(b"hidden"), said.get(b"ht")
            if hidden is not None or height is not None:
                yield row, None if hidden is None else hidden.decode(), None if height is None else height.decode()

    def formula_blocks(self) -> list[Area]:
        """The ranges of array formulas and data tables."""
        return self._sheet.formula_blocks

    # -- changing ----------------------------------------------------------------------------------------------

    def make(self, row: int, column: int, style: int) -> None:
        """Make a cell in its place, without content."""
        place = row * _WIDTH + column
        if place not in self._cells:
            self._extend_spans(row, column)
        self._cells[place] = b' s="%d"' % style if style else b"", b""

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell that is there another style position."""
        place = row * _WIDTH + column
        changed = self._cells.get(place)
        if changed is None:
            self._styles[place] = style
        else:
            self._cells[place] = _restyled(changed[0], style), changed[1]

    def put(self, row: int, column: int, content: CellContent) -> bool:
        """Give a cell that is there another content. Returns whether a formula was there."""
        had_formula = self._content(row, column).startswith(b"<f")
        self._change(row, column, (_retyped(self._there(row, column), content.kind), content.spelled().encode()))
        return had_formula

    def set_result(self, row: int, column: int, content: CellContent) -> None:
        """Give a formula's cell another cached result, where it has one."""
        said = self._cell(row, column)
        if said is None or not _RESULT.search(self._content(row, column)):
            return
        result = spelled_text("v", content.text or "").encode()
        present = _RESULT.sub(lambda _: result, self._content(row, column), count=1)
        self._change(row, column, (_retyped(said, content.kind), present))

    def remove_empty(self, row: int, column: int) -> None:
        """Take a cell out where it holds nothing."""
        if self.has(row, column) and not self._content(row, column):
            self._change(row, column, None)

    def _change(self, row: int, column: int, cell: tuple[bytes, bytes] | None) -> None:
        place = row * _WIDTH + column
        self._styles.pop(place, None)
        self._cells[place] = cell

    # -- within ------------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> bytes | None:
        """What the tag of a cell is to say behind the address; None where there is no such cell."""
        place = row * _WIDTH + column
        if place in self._cells:
            changed = self._cells[place]
            return None if changed is None else changed[0]
        cell = self._sheet.at(row).cell(row, column)
        if cell is None or place not in self._styles:
            return None if cell is None else cell.said
        return _restyled(cell.said, self._styles[place])

    def _there(self, row: int, column: int) -> bytes:
        """The same of a cell that is there."""
        said = self._cell(row, column)
        assert said is not None  # noqa: S101 - the caller made sure
        return said

    def _content(self, row: int, column: int) -> bytes:
        """What a cell that is there is to hold."""
        changed = self._cells.get(row * _WIDTH + column)
        return self._sheet.at(row).content(row, column) if changed is None else changed[1]

    def _extend_spans(self, row: int, column: int) -> None:
        tag = self._row_tags.get(row) or self._sheet.at(row).tag(row)
        found = _SPANS.search(tag)
        if found and not int(found[1]) <= column <= int(found[2]):
            spans = b' spans="%d:%d"' % (min(int(found[1]), column), max(int(found[2]), column))
            self._row_tags[row] = tag[: found.start()] + spans + tag[found.end() :]

    # -- spelling ----------------------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[Piece]:
        """The part as it is to be, and as it was, a piece at a time."""
        sheet, places, at = self._sheet, sorted([*self._cells, *self._styles]), 0
        head, tail = self._spelled_frame() if self._frame_touched else (sheet.head, sheet.tail)
        yield Piece(head, sheet.head)
        for last, block in sheet.blocks():
            start, at = at, bisect_left(places, (last + 1) * _WIDTH)
            splices = self._splices(block, places[start:at])
            yield Piece(spliced(block.text, splices), block.text, splices)
        yield Piece(tail, sheet.tail)

    def _splices(self, block: Block, places: Sequence[int]) -> list[Splice]:
        """All that changes in a block, from front to back."""
        found: list[tuple[int, int, int, int, bytes]] = []
        for row, changed in groupby(places, lambda place: place // _WIDTH):
            tag = self._row_tags.get(row) or block.tag(row)
            start, inner, _ = block.places.get(row) or (block.place_of_row(row),) * 3
            if not tag or tag.endswith(b"/>"):
                found.append((start, inner, row, 0, self._opened_row(row, tag, changed)))
                continue
            if row in self._row_tags:
                found.append((start, inner, row, 0, tag))
            found += [self._changed_cell(block, row, place) for place in changed]
        found.sort()  # what is to stand at one place goes in by row and column
        return [(start, end, new) for start, end, _, _, new in found]

    def _opened_row(self, row: int, tag: bytes, places: Iterable[int]) -> bytes:
        """A row that had no end tag, or was not there, with the cells that were made in it."""
        cells = b"".join([self._spelled_cell(row, place) for place in places])
        return b"%s>%s</row>" % (tag.removesuffix(b"/>").rstrip() or b'<row r="%d"' % row, cells)

    def _changed_cell(self, block: Block, row: int, place: int) -> tuple[int, int, int, int, bytes]:
        """A cell that changes: the stretch that goes, its row and column, and what comes there."""
        column = place - row * _WIDTH
        cell = block.cell(row, column)
        if cell is None:
            at = block.place_of_cell(row, column)
            return at, at, row, column, self._spelled_cell(row, place)
        if place in self._cells:
            return cell.start, cell.end, row, column, self._spelled_cell(row, place)
        said = cell_begun(row, column) + _restyled(cell.said, self._styles[place])
        return cell.start, cell.inner, row, column, said + (b">" if cell.end > cell.inner else b"/>")

    def _spelled_cell(self, row: int, place: int) -> bytes:
        """A cell of which more than the style changes."""
        changed = self._cells[place]
        if changed is None:
            return b""
        said, content = changed
        return cell_begun(row, place - row * _WIDTH) + said + (b">%s</c>" % content if content else b"/>")

    def _spelled_frame(self) -> tuple[bytes, bytes]:
        """What stands before the rows and behind them."""
        head, _, tail = serialise(self.frame, self._sheet.head).partition(_NO_ROWS)
        return head + ROWS_OPEN, ROWS_CLOSE + tail


def _position(text: bytes | None) -> int:
    """A style position; 0 where it is none."""
    return int(text) if text and text.isdigit() and len(text) <= 9 else 0


@lru_cache(maxsize=4_000)
def _style(said: bytes) -> int:
    found = _STYLE.search(said)
    return 0 if found is None else _position(found[1])


@lru_cache(maxsize=4_000)
def _restyled(said: bytes, style: int) -> bytes:
    """A cell's attributes with another style."""
    new = b' s="%d"' % style
    return _STYLE.sub(new, said, count=1) if _STYLE.search(said) else said + new


@lru_cache(maxsize=4_000)
def _retyped(said: bytes, kind: str | None) -> bytes:
    """A cell's attributes with another type of value, or none."""
    new = b"" if kind is None else b' t="%s"' % kind.encode()
    return _KIND.sub(new, said, count=1) if _KIND.search(said) else said + new
