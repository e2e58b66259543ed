"""Rows that are spelled before it is known which numbers their cells' formats will have.

In such rows each format's number is replaced by a mark: its position in a list, between two characters that no XML has.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

MARK = "\x00"
"""Stands before and behind a position; no text of a workbook can have it."""


HELD = 4_000_000
"""Bytes of a sheet's rows that are held as they are; what comes behind them is packed."""


def pack(piece: bytes) -> bytes:
    """A piece of the rows, which is markup, in a form that takes a tenth of the room."""
    return zlib.compress(piece, 1)


def unpack(piece: bytes) -> bytes:
    """A piece as it was, whether it was packed or not: what is packed never begins as markup does."""
    return piece if piece.startswith(b"<") else zlib.decompress(piece)


def mark(position: int) -> str:
    """What stands for the number of a format."""
    return f"{MARK}{position}{MARK}"


class Numbering:
    """The numbers that formats have in the end, asked for in the order in which rows first need them."""

    def __init__(self, number: Callable[[int], int]) -> None:
        """``number`` gives the number of the format at a position; it is asked once a position."""
        self._number = number
        self._text: dict[str, str] = {}
        self._bytes: dict[bytes, bytes] = {}

    def settle(self, rows: str) -> str:
        """Rows with numbers in place of the marks."""
        pieces = rows.split(MARK)
        marks = pieces[1::2]
        for one in dict.fromkeys(marks):
            if one not in self._text:
                self._text[one] = str(self._number(int(one)))
        pieces[1::2] = map(self._text.__getitem__, marks)
        return "".join(pieces)

    def settle_bytes(self, rows: bytes) -> bytes:
        """The same for rows in UTF-8."""
        pieces = rows.split(b"\x00")
        marks = pieces[1::2]
        for one in dict.fromkeys(marks):
            if one not in self._bytes:
                self._bytes[one] = b"%d" % self._number(int(one))
        pieces[1::2] = map(self._bytes.__getitem__, marks)
        return b"".join(pieces)
