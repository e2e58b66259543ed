"""Rows that are spelled before it is known which numbers their cells' formats will have.

In such rows each format's number is replaced by a mark: its position in a list, between two characters that no XML has.
"""

from __future__ import annotations

from collections.abc import Callable

from regsheet.package import fast

MARK = "\x00"
"""Stands before and behind a position; no text of a workbook can have it."""


def unpack(piece: bytes) -> bytes:
    """A piece as it was, whether it was packed or not: what is packed never begins as markup does."""
    return piece if piece.startswith(b"<") else fast.unpack(piece)


def mark(position: int) -> str:
    """What stands for the number of a format."""
    return f"{MARK}{position}{MARK}"


class Numbering:
    """The numbers that formats have in the end, asked for in the order in which rows first need them."""

    def __init__(self, number: Callable[[int], int]) -> None:
        """``number`` gives the number of the format at a position; it is asked once a position."""
        self._number = number
        self._known: dict[bytes, bytes] = {}

    def settle(self, rows: bytes) -> bytes:
        """Rows with numbers in place of the marks."""
        pieces = rows.split(MARK.encode())
        marks = pieces[1::2]
        for one in dict.fromkeys(marks):
            if one not in self._known:
                self._known[one] = b"%d" % self._number(int(one))
        pieces[1::2] = map(self._known.__getitem__, marks)
        return b"".join(pieces)
