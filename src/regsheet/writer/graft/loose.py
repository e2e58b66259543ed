"""New sheets whose rows are handed over beside them, so that they are spelled once only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from regsheet.writer.graft.later_rows import LaterRows
from regsheet.writer.graft.marked_rows import Numbering, unpack

EMPTY_ROWS, EMPTY_MERGES, EMPTY_LINKS = b"<sheetData/>", b"<mergeCells/>", b"<hyperlinks/>"
"""What a sheet has in place of what is handed over apart, in the order in which they stand in it."""


@dataclass(frozen=True, slots=True)
class LooseRows:
    """A sheet's rows in pieces, with a mark for each format (``marked_rows``), and the formats' numbers by position.

    Pieces may be packed, or rows that are yet to be put together. ``merges`` and ``links`` are whole elements, in place
    of which the sheet has empty ones; or are empty.
    """

    pieces: list[bytes | LaterRows]
    formats: tuple[int, ...]
    merges: bytes = b""
    links: bytes = b""

    def settled(self, number: Callable[[int], int]) -> Iterator[bytes]:
        """The pieces with numbers in place of the marks; ``number`` is asked for each format that is met.

        They are used up: none is held once it was given out.
        """
        numbering = Numbering(lambda position: number(self.formats[position]))
        self.pieces.reverse()
        while self.pieces:
            piece = self.pieces.pop()
            if isinstance(piece, LaterRows):
                yield piece.spelled(numbering.settle)
            else:
                yield numbering.settle(unpack(piece))


def put_back(sheet: bytes, rows: Iterable[bytes], merges: bytes, links: bytes) -> Iterator[bytes]:
    """A sheet with its rows, merges and links, in pieces."""
    before, _, sheet = _parted(sheet, EMPTY_ROWS)
    yield before
    yield b"<sheetData>"
    yield from rows
    yield b"</sheetData>"
    for place, content in (EMPTY_MERGES, merges), (EMPTY_LINKS, links):
        if content:
            before, _, sheet = _parted(sheet, place)
            yield before
            yield content
    yield sheet


def _parted(sheet: bytes, place: bytes) -> tuple[bytes, bytes, bytes]:
    parts = sheet.partition(place)
    if not parts[1]:
        raise ValueError(f"the sheet has no {place.decode()}")
    return parts


@dataclass(frozen=True, slots=True)
class LooseSheets:
    """The parts of a side workbook in which no sheet has rows, and the rows of each of its sheets, by their names.

    Grafting uses up the rows.
    """

    book: Mapping[str, bytes]
    rows: dict[str, LooseRows]
