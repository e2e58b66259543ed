"""Corrections of a rating: its number, with the column's own formula where the column has one."""

from __future__ import annotations

from regsheet.grid.addresses import position
from regsheet.grid.cells import Value
from regsheet.model.register import Register
from regsheet.rules.column_formulas import cell_formula, column_formula, relative
from regsheet.rules.findings import Correction
from regsheet.values.text import is_blank, is_dash


def rating_correction(register: Register, index: int, field: str, after: float, basis: str) -> Correction | None:
    """The derived correction of a rating; None where the cell holds more than the rating.

    A cell that says more than a number (``20 (Critical)``, ``4x4=16``), or that has a formula other than its
    column's, is not overwritten: what else it says would be lost.
    """
    cell = register.address(index, field)
    if cell is None or shared(register, index, field):
        return None
    before: Value = register.raw.at[index, field]
    if not replaceable(before):
        return None
    row = position(cell)[0]
    column = column_formula(register, field)
    formula = None if column is None else column.at(row)
    own = cell_formula(register, index, field)
    if own is not None and (formula is None or relative(own, row) != relative(formula, row)):
        return None
    return Correction(register.sheet_name, cell, before, number(after), "derived", basis, formula=formula)


def shared(register: Register, index: int, field: str) -> bool:
    """Whether the cell also holds another field of the risk, or the value was read out of a longer text."""
    row = int(register.frame.at[index, "row"])
    if (row, field) in register.table.readings:
        return True
    cell = register.cells.at[index, field]
    return sum(other == cell for other in register.cells.loc[index]) > 1


def replaceable(value: Value) -> bool:
    """Whether a cell holds a number, a number typed as text, or nothing."""
    if not isinstance(value, str):
        return not isinstance(value, bool)
    return is_blank(value) or is_dash(value) or is_number(value)


def is_number(text: str) -> bool:
    """``16``, ``16.0``, ``1,000``; spaces aside."""
    try:
        float(text.strip().replace("\xa0", "").replace(",", ""))
    except ValueError:
        return False
    return True


def number(value: float) -> int | float:
    """A whole number as ``int``, as the workbook would hold it."""
    return int(value) if float(value).is_integer() else value
