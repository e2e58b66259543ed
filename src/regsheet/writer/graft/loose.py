"""New sheets whose rows are handed over beside them, so that they are spelled once only."""

from __future__ import annotations

from dataclasses import dataclass

EMPTY_ROWS, EMPTY_MERGES, EMPTY_LINKS = b"<sheetData/>", b"<mergeCells/>", b"<hyperlinks/>"
"""What a sheet has in place of what is handed over apart, in the order in which they stand in it."""


@dataclass(frozen=True, slots=True)
class LooseRows:
    """A sheet's rows in pieces, with a mark for each format (``marked_rows``), and the formats' numbers by position.

    Its ``merges`` and ``links`` are whole elements, in place of which the sheet has empty ones; or are empty.
    """

    pieces: list[bytes]
    formats: tuple[int, ...]
    merges: bytes = b""
    links: bytes = b""

    def put_back(self, sheet: bytes) -> list[bytes]:
        """A sheet with its rows, merges and links, in pieces."""
        found: list[bytes] = []
        rows = [b"<sheetData>", *self.pieces, b"</sheetData>"] if self.pieces else []
        for place, pieces in (EMPTY_ROWS, rows), (EMPTY_MERGES, [self.merges]), (EMPTY_LINKS, [self.links]):
            if any(pieces):
                before, place_found, sheet = sheet.partition(place)
                if not place_found:
                    raise ValueError(f"the sheet has no {place.decode()}")
                found += before, *pieces
        return [*found, sheet]


@dataclass(frozen=True, slots=True)
class LooseSheets:
    """A side workbook in which no sheet has rows, and the rows of each of its sheets, by the sheet's name.

    Grafting uses up the rows.
    """

    book: bytes
    rows: dict[str, LooseRows]
