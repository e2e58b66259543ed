"""What may be written into a cell, and how: never over anything else that the cell says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import overload

from regsheet.grid.cells import Value
from regsheet.model.register import Register
from regsheet.rules.column_formulas import column_formula, relative
from regsheet.rules.findings import Correction
from regsheet.rules.risks import typed_at
from regsheet.values.text import is_blank, is_dash


class RatingCorrector:
    """Corrects the ratings of one column: the number, with the column's own formula where the column has one."""

    def __init__(self, register: Register, field: str) -> None:
        self.register, self.field = register, field
        self.cells = own_cells(register, field)
        self.column = column_formula(register, field)

    def correction(self, index: int, after: float, basis: str) -> Correction | None:
        """The derived correction of one risk's rating; None where the cell holds more than the rating.

        A cell that says more than a number (``20 (Critical)``, ``4x4=16``), or that has a formula other than its
        column's, is not overwritten: what else it says would be lost.
        """
        cell, where = self.cells[index], self.register.position(index, self.field)
        before = typed_at(self.register, index, self.field)
        if cell is None or where is None or not is_bare(before):
            return None
        row = where[0]
        formula = None if self.column is None else self.column.at(row)
        own = self.register.sheet.formula(*where)
        if own is not None and (formula is None or relative(own, row) != relative(formula, row)):
            return None
        return Correction(self.register.sheet_name, cell, before, whole(after), "derived", basis, formula=formula)


class OwnCells(Sequence["str | None"]):
    """The address of each risk's cell for a field, where the cell is that field's alone; see ``own_cells``."""

    def __init__(self, register: Register, field: str) -> None:
        self._register, self._field = register, field

    def __len__(self) -> int:
        return self._register.count

    @overload
    def __getitem__(self, index: int) -> str | None: ...

    @overload
    def __getitem__(self, index: slice) -> list[str | None]: ...

    def __getitem__(self, index: int | slice) -> str | list[str | None] | None:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        register, field = self._register, self._field
        if (register.table.rows[index], field) in register.table.readings:
            return None
        address = register.address(index, field)
        return None if address in register.shared_cells else address


def own_cells(register: Register, field: str) -> OwnCells:
    """The address of each risk's cell for a field, where the cell is that field's alone.

    None where it also holds another field (``4x4=16``), or where the value was read out of a longer text. Each is
    worked out when it is asked for: few cells are found to be wrong.
    """
    return OwnCells(register, field)


PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
"""Figures that a workbook holds to the last digit; not what only a computer calls a number (``1E400``, ``nan``)."""


def is_bare(value: Value) -> bool:
    """Whether a cell holds a number, a number typed as text, or nothing."""
    if not isinstance(value, str):
        return not isinstance(value, bool)
    return is_blank(value) or is_dash(value) or is_number(value)


def is_number(text: str) -> bool:
    """``16``, ``16.0``, ``1,000``; spaces aside."""
    try:
        as_number(text)
    except ValueError:
        return False
    return True


def as_number(text: str) -> int | float:
    """The number that a text is. Raises ``ValueError`` where it is none."""
    digits = text.strip().replace("\xa0", "").replace(",", "")
    if not PLAIN_NUMBER.fullmatch(digits):
        raise ValueError(f"no number as people type one: {digits[:20]!r}")
    return whole(float(digits))


def whole(value: float) -> int | float:
    """A whole number as ``int``, as the workbook would hold it."""
    return int(value) if float(value).is_integer() else value
