"""Cells as a sheet part stores them, before they are understood: what both ways of reading a part hand on."""

from __future__ import annotations

from typing import NamedTuple

from regsheet.grid.texts import StoredText


class StoredFormula(NamedTuple):
    """A formula element that has attributes: its text and what kind of formula they make it."""

    text: str
    kind: str = "normal"
    shared_index: str = ""
    area: str = ""
    first_input: str = ""
    second_input: str = ""
    two_inputs: bool = False
    along_row: bool = False


StoredCell = tuple[int, str | None, str, str | None, StoredFormula | str | None, StoredText | None]
"""Column, style index, type, value text, formula (a mere text where it is of the plain kind), inline text.

A plain tuple: there are millions of them.
"""


class StoredRow(NamedTuple):
    """A row with its cells in file order. ``style`` is the style index for cells that are not there."""

    number: int
    hidden: bool
    style: str | None
    cells: list[StoredCell]
