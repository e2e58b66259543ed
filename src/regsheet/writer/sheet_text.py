"""The cells of a worksheet part in its text: what changes is spliced in, and all else is copied as it stands.

The tree of a large sheet takes twenty times the room of its text, and longer to make and to write out again than all
else that annotating does to the sheet. So a part that is spelled the way most programs spell theirs is not parsed: only
what surrounds its rows is. Anything else raises ``UnusualError``, and the sheet is changed in its tree. Both ways give
the same sheet; the tests hold them to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from regsheet.grid.addresses import COLUMNS, Area, letters
from regsheet.limits import MAX_COLUMNS
from regsheet.package import Package
from regsheet.package.xml import parse, serialise
from regsheet.writer.cell_content import CellContent, spelled_text
from regsheet.writer.delta import ChangedPart, Splice, changed_part, found_moves, moved_by, moves_of, spliced
from regsheet.writer.sheet_shape import (
    ATTRIBUTE,
    ATTRIBUTES,
    ROW_CLOSE,
    ROWS_CLOSE,
    ROWS_OPEN,
    Row,
    borders,
    formula_blocks,
    holds,
    rows_of,
)

_CELL_CLOSE = b"</c>"
_NO_ROWS = b"<sheetData/>"
_VALUE = rb'<v(?: xml:space="preserve")?+>[^<]*+</v>|<v/>'
_USUAL_CELL = (
    rb'<c r="[A-Z]{1,3}+\1"(?: s="[0-9]++")?+(?:/>|(?: t="[A-Za-z]++")?+>(?:<f>[^<]*+</f>)?+<v>[^<]*+</v></c>)'
)
_PLAIN_CELL = (
    rb'<c r="[A-Z]{1,3}\1"(?: (?!xmlns)[a-z]+="[A-Za-z0-9]*")*+ ?'
    rb'(?:/>|>(?:<f%s ?(?:/>|>[^<]*+</f>))?+(?:%s)?+(?:<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>)?+</c>)'
) % (ATTRIBUTES, _VALUE)
# Nearly all cells are usual ones, and looking for these first takes half the time.
_PLAIN_ROW = re.compile(rb'<row r="([0-9]+)"%s ?/?>(?:%s|\s*+%s)*+\s*+' % (ATTRIBUTES, _USUAL_CELL, _PLAIN_CELL))
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_STYLE, _KIND = re.compile(rb' s="([A-Za-z0-9]*)"'), re.compile(rb' t="[A-Za-z0-9]*"')
_LINKED = re.compile(rb' [cv]m="[^"]')
_RESULT = re.compile(_VALUE)
_SHARED = re.compile(rb'<f (?=[^>]* ?t="shared")(?=[^>]* ?ref=")')
_SPANS = re.compile(rb' spans="([0-9]+):([0-9]+)"')


@dataclass(slots=True)
class _Cell:
    """A cell: where it stands, or is to stand, in the text, where its content begins, and what it is to say.

    ``said`` are its attributes behind the address; ``content`` is None where that stays as it is.
    """

    start: int
    inner: int
    end: int
    said: bytes
    content: bytes | None = None
    is_changed: bool = False
    is_made: bool = False
    is_gone: bool = False


class SheetText:
    """Cells by row and column. ``frame`` is the sheet's root, without its rows. Raises ``UnusualError``.

    Of rows that are not ``is_plain`` nothing else is to be asked; ``known`` are those that were found to be.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._is_original = not package.is_changed(part)
        self._text = text = package.blob(part)
        self._start, self._end = borders(text)
        self._rows = rows_of(text, self._start, self._end)
        self._numbers = list(self._rows)
        self._blocks = formula_blocks(text, self._start, self._end)
        self.frame = parse(text[: self._start] + text[self._end :], package.file, part)
        self.moved: set[tuple[int, int]] = set()
        self._frame_touched = False
        self.known: set[int] = set()
        self._cells: dict[tuple[int, int], _Cell | None] = {}
        self._row_tags: dict[int, bytes] = {}

    def touch(self) -> None:
        """Say that the frame was changed."""
        self._frame_touched = True

    def is_plain(self, row: int) -> bool:
        """Whether all cells of a row are spelled the one plain way."""
        place = self._rows.get(row)
        if place is not None and not _PLAIN_ROW.fullmatch(self._text, place.start, place.close):
            return False
        self.known.add(row)
        return True

    def put_down(self, tell: bool) -> ChangedPart | None:
        """Give the package the part as it is now. Tells, if it is to, what became of a part that was as in the file."""
        splices = self._splices()
        if not splices and not self._frame_touched:
            return None
        old_head, old_tail = self._text[: self._start], self._text[self._end :]
        head, tail = self._spelled_frame() if self._frame_touched else (old_head, old_tail)
        present = b"".join((head, spliced(self._text, splices, self._start, self._end), tail))
        self._package.replace(self._part, present)
        if not tell or not self._is_original:
            return None
        return changed_part(self._part, present, self._text, [
            *found_moves(head, old_head),
            *moves_of(self._text, splices, self._start, self._end, len(head)),
            *moved_by(len(present) - len(tail), found_moves(tail, old_tail)),
        ])  # fmt: skip

    # -- looking -----------------------------------------------------------------------------------------------

    def has(self, row: int, column: int) -> bool:
        """Whether the sheet has such a cell."""
        return self._cell(row, column) is not None

    def is_addressed(self, row: int, column: int) -> bool:
        """Whether the file says where a cell is: here always."""
        return self.has(row, column)

    def is_linked(self, row: int, column: int) -> bool:
        """Whether a cell's value stands elsewhere: a linked data type, a picture, a dynamic array."""
        cell = self._cell(row, column)
        return cell is not None and _LINKED.search(cell.said) is not None

    def has_shared_formula(self, row: int, column: int) -> bool:
        """Whether a cell holds the text of a formula that others may share."""
        cell = self._cell(row, column)
        return cell is not None and _SHARED.match(self._content(cell)) is not None

    def style(self, row: int, column: int) -> int | None:
        """The style position that a cell names; None where there is no such cell."""
        cell = self._cell(row, column)
        return None if cell is None else _style(cell.said)

    def styles(self, places: Iterable[tuple[int, int]]) -> list[int | None]:
        """The same of many cells."""
        cells = [self._cell(*place) for place in places]
        return [None if cell is None else _style(cell.said) for cell in cells]

    def row_style(self, row: int) -> int | None:
        """The style of the cells that a row does not have; None where it has none of its own."""
        said = self._row_attributes(row)
        return _position(said.get(b"s")) if said.get(b"customFormat") in {b"1", b"true"} else None

    def row_looks(self) -> Iterator[tuple[int, str | None, str | None]]:
        """The rows that say something of being hidden or of their height, and what they say."""
        if not any(holds(self._text, name, b"h", self._start, self._end) for name in (b' hidden="', b' ht="')):
            return
        for row in self._rows:
            said = self._row_attributes(row)
            hidden, height = said.get(b"hidden"), said.get(b"ht")
            if hidden is not None or height is not None:
                yield row, None if hidden is None else hidden.decode(), None if height is None else height.decode()

    def formula_blocks(self) -> tuple[Area, ...]:
        """The ranges of array formulas and data tables."""
        return self._blocks

    # -- changing ----------------------------------------------------------------------------------------------

    def make(self, row: int, column: int, style: int) -> None:
        """Make a cell in its place, without content."""
        said = b' s="%d"' % style if style else b""
        cell = self._cells.get((row, column))
        if cell is not None:  # one that was taken out
            cell.said, cell.content, cell.is_gone = said, b"", False
        else:
            place = self._rows.get(row)
            at = self._place_of_row(row) if place is None else self._place_of_cell(place, column)
            if place is not None:
                self._extend_spans(row, place, column)
            self._cells[row, column] = _Cell(at, at, at, said, b"", is_changed=True, is_made=True)

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell that is there another style position."""
        cell = self._there(row, column)
        cell.said = _restyled(cell.said, style)

    def put(self, row: int, column: int, content: CellContent) -> bool:
        """Give a cell that is there another content. Returns whether a formula was there."""
        cell = self._there(row, column)
        had_formula = self._content(cell).startswith(b"<f")
        cell.said = _retyped(cell.said, content.kind)
        cell.content = content.spelled().encode()
        return had_formula

    def set_result(self, row: int, column: int, content: CellContent) -> None:
        """Give a formula's cell another cached result, where it has one."""
        cell = self._cell(row, column)
        if cell is None or not _RESULT.search(self._content(cell)):
            return
        cell = self._there(row, column)
        result = spelled_text("v", content.text or "").encode()
        cell.content = _RESULT.sub(lambda _: result, self._content(cell), count=1)
        cell.said = _retyped(cell.said, content.kind)

    def remove_empty(self, row: int, column: int) -> None:
        """Take a cell out where it holds nothing."""
        cell = self._cell(row, column)
        if cell is not None and not self._content(cell):
            self._there(row, column).is_gone = True

    # -- within ------------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> _Cell | None:
        """A cell as it stands now. Whoever is to change it asks for it with ``_there``."""
        place = (row, column)
        try:
            cell = self._cells[place]  # of one cell several things are asked
        except KeyError:
            cell = self._cells[place] = self._found(row, column)
        return None if cell is None or cell.is_gone else cell

    def _there(self, row: int, column: int) -> _Cell:
        """A cell that is there, to be changed."""
        cell = self._cell(row, column)
        assert cell is not None  # noqa: S101 - the caller made sure
        cell.is_changed = True
        return cell

    def _found(self, row: int, column: int) -> _Cell | None:
        place = self._rows.get(row)
        if place is None:
            return None
        text, begun = self._text, _begun(row, column)
        at = text.find(begun, place.inner, place.close)
        if at < 0:
            return None
        # In a plain row nothing but a cell looks like this, and its tag ends with the next such sign.
        inner = text.find(b">", at) + 1
        said = text[at + len(begun) : inner - 1]
        if said.endswith(b"/"):
            return _Cell(at, inner, inner, said[:-1].removesuffix(b" "))
        return _Cell(at, inner, text.find(_CELL_CLOSE, inner) + len(_CELL_CLOSE), said.removesuffix(b" "))

    def _content(self, cell: _Cell) -> bytes:
        if cell.content is not None:
            return cell.content
        return self._text[cell.inner : cell.end - len(_CELL_CLOSE)] if cell.end > cell.inner else b""

    def _row_attributes(self, row: int) -> dict[bytes, bytes]:
        place = self._rows.get(row)
        return {} if place is None else dict(ATTRIBUTE.findall(self._text, place.start, place.inner))

    def _place_of_row(self, row: int) -> int:
        """Where a row that is missing is to stand."""
        behind = bisect_left(self._numbers, row)
        return self._end if behind == len(self._numbers) else self._rows[self._numbers[behind]].start

    def _place_of_cell(self, row: Row, column: int) -> int:
        """Where a cell that is missing is to stand: before the first of a greater column."""
        for found in _COLUMN.finditer(self._text, row.inner, row.close):
            if COLUMNS.get(found[1].decode(), MAX_COLUMNS + 1) > column:
                return found.start()
        return row.close

    def _extend_spans(self, row: int, place: Row, column: int) -> None:
        tag = self._row_tags.get(row) or self._text[place.start : place.inner]
        found = _SPANS.search(tag)
        if found and not int(found[1]) <= column <= int(found[2]):
            spans = b' spans="%d:%d"' % (min(int(found[1]), column), max(int(found[2]), column))
            self._row_tags[row] = tag[: found.start()] + spans + tag[found.end() :]

    # -- spelling ----------------------------------------------------------------------------------------------

    def _splices(self) -> list[Splice]:
        """All that changes, from front to back."""
        found: list[tuple[int, int, int, int, bytes]] = []
        within: dict[int, list[tuple[int, bytes]]] = {}
        for (row, column), cell in self._cells.items():
            if cell is None or not cell.is_changed:
                continue
            start, end, new = _spliced_cell(_begun(row, column), cell)
            if cell.is_made and self._is_without_end(row):
                within.setdefault(row, []).append((column, new))
            else:
                found.append((start, end, row, column, new))
        for row, cells in within.items():
            found.append(self._opened_row(row, b"".join([new for _, new in sorted(cells)])))
        for row, tag in self._row_tags.items():
            if row not in within:
                found.append((self._rows[row].start, self._rows[row].inner, row, 0, tag))
        found.sort()  # what is to stand at one place goes in by row and column
        return [(start, end, new) for start, end, _, _, new in found]

    def _is_without_end(self, row: int) -> bool:
        """Whether a row has no end tag yet: it is new, or was empty."""
        place = self._rows.get(row)
        return place is None or self._text.endswith(b"/>", place.start, place.inner)

    def _opened_row(self, row: int, cells: bytes) -> tuple[int, int, int, int, bytes]:
        """A row that had no end tag with the cells that were made in it."""
        place = self._rows.get(row)
        if place is None:
            at = self._place_of_row(row)
            return at, at, row, 0, b'<row r="%d">%s</row>' % (row, cells)
        tag = self._row_tags.get(row) or self._text[place.start : place.inner]
        return place.start, place.inner, row, 0, tag.removesuffix(b"/>").rstrip() + b">" + cells + ROW_CLOSE

    def _spelled_frame(self) -> tuple[bytes, bytes]:
        """What stands before the rows and behind them."""
        head, _, tail = serialise(self.frame, self._text[: self._start]).partition(_NO_ROWS)
        return head + ROWS_OPEN, ROWS_CLOSE + tail


def _spliced_cell(begun: bytes, cell: _Cell) -> Splice:
    if cell.is_gone:
        return cell.start, cell.end, b""
    tag = begun + cell.said
    if cell.content is None:
        return cell.start, cell.inner, tag + (b">" if cell.end > cell.inner else b"/>")
    return cell.start, cell.end, tag + (b">" + cell.content + _CELL_CLOSE if cell.content else b"/>")


def _begun(row: int, column: int) -> bytes:
    return f'<c r="{letters(column)}{row}"'.encode()


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
