"""Blank prose: which risks leave a column empty that the sheet asks them to fill."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.risks import closed, texts


def blanks(register: Register, field: str, *, with_closed: bool = False) -> Iterator[int]:
    """The risks whose cell is blank; closed ones are left out unless they are asked for.

    A cell that says "None" or "TBC" is not blank: what it says is for other rules to judge.
    """
    for index, (text, off) in enumerate(zip(texts(register, field), closed(register), strict=True)):
        if not text and (with_closed or not off):
            yield index
