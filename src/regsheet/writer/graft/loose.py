"""New sheets whose rows are handed over beside them, so that they are spelled once only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from regsheet.writer.graft.later_rows import LaterRows
from regsheet.writer.graft.marked_rows import Numbering, unpack

EMPTY_ROWS, EMPTY_MERGES, EMPTY_LINKS = b"<sheetData/>", b"<mergeCells/>", b"<hyperlinks/>"
"""What a sheet has in place of what is handed over apart, in the order in which they stand in it."""


Piece = bytes | LaterRows
"""A piece of a sheet as it is, or packed, or of rows that are yet to be put together."""


@dataclass(frozen=True, slots=True)
class LooseRows:
    """A sheet's rows in pieces, with a mark for each format (``marked_rows``), and the formats' numbers by position.

    ``merges`` and ``links`` are the pieces of whole elements, in place of which the sheet has empty ones; or are empty.
    """

    pieces: list[Piece]
    formats: tuple[int, ...]
    merges: list[Piece]
    links: list[Piece]

    def settled(self, number: Callable[[int], int]) -> Iterator[bytes]:
        """The rows with numbers in place of the marks; ``number`` is asked for each format that is met."""
        return used_up(self.pieces, Numbering(lambda position: number(self.formats[position])).settle)


def used_up(pieces: list[Piece], settle: Callable[[bytes], bytes] = bytes) -> Iterator[bytes]:
    """The pieces spelled, one by one, what has marks settled; none is held once it was given out."""
    pieces.reverse()
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, LaterRows):
            yield from piece.spelled(settle)
        else:
            yield settle(unpack(piece))


def put_back(sheet: bytes, rows: Iterable[bytes], merges: list[Piece], links: list[Piece]) -> Iterator[bytes]:
    """A sheet with its rows, merges and links, in pieces; these are used up."""
    before, _, sheet = _parted(sheet, EMPTY_ROWS)
    yield before
    yield b"<sheetData>"
    yield from rows
    yield b"</sheetData>"
    for place, content in (EMPTY_MERGES, merges), (EMPTY_LINKS, links):
        if content:
            before, _, sheet = _parted(sheet, place)
            yield before
            yield from used_up(content)
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
