"""New sheets whose rows are handed over beside them, so that they are spelled once only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LooseRows:
    """A sheet's rows in pieces, with a mark for each format (``marked_rows``), and the formats' numbers by position."""

    pieces: list[bytes]
    formats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LooseSheets:
    """A side workbook in which no sheet has rows, and the rows of each of its sheets, by the sheet's name.

    Grafting uses up the rows.
    """

    book: bytes
    rows: dict[str, LooseRows]
