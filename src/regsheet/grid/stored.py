"""Cells as a sheet part stores them, before they are understood: what both ways of reading a part hand on."""

from __future__ import annotations

from typing import NamedTuple

from regsheet.grid.texts import StoredText


class StoredFormula(NamedTuple):
    """A formula element: its text, and the attributes that say what kind of formula it is."""

    text: str
    kind: str = "normal"
    shared_index: str = ""
    area: str = ""
    first_input: str = ""
    second_input: str = ""
    two_inputs: bool = False
    along_row: bool = False


StoredCell = tuple[int, str | None, str, str | None, StoredFormula | None, StoredText | None]
"""Column, style index, type, value text, formula, inline text. A plain tuple: there are millions of them."""


class StoredRow(NamedTuple):
    """A row with its cells in file order. ``style`` is the style index for cells that are not there."""

    number: int
    hidden: bool
    style: str | None
    cells: list[StoredCell]
