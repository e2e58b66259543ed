"""The formula that a column of a register uses, for a row that should have it too."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.grid.cells import Cell
from regsheet.grid.formulas import translate
from regsheet.model.register import Register
from regsheet.rules.working_out import kept

FEWEST = 2
"""One formula in a column may be an accident; two of one pattern are the column's own."""

LOST = "#REF!"

COMMON_ROW = 500_000
"""Formulas are compared as they would read in this row: far enough down for every reference to stay on the sheet."""


@dataclass(frozen=True, slots=True)
class ColumnFormula:
    """The formula that all formula cells of a column share, as it stands in one of them."""

    cell: Cell
    count: int

    def at(self, row: int) -> str:
        """The formula, without ``=``, as it reads in another row of the column."""
        return translate(self.cell.formula or "", row - self.cell.row, 0)


def column_formula(register: Register, field: str) -> ColumnFormula | None:
    """The one formula of a column, row numbers aside; None where it has fewer than two, or several kinds.

    A formula that has lost its references (``#REF!``) is no kind of its own.
    """
    cells = [cell for cell in formula_cells(register, field) if LOST not in (cell.formula or "")]
    if len(cells) < FEWEST or len({relative(cell.formula or "", cell.row) for cell in cells}) > 1:
        return None
    return ColumnFormula(cells[0], len(cells))


def formula_cells(register: Register, field: str) -> list[Cell]:
    """The cells of a field's column that hold a formula, in the rows that are risks."""
    column = register.table.column(field)
    if column is None:
        return []
    rows = register.sheet.cells.rows
    return [rows[row].cell(row, column.index) for row in _rows_with_formulas(register, "")
            if rows[row].formulas.get(column.index)]  # fmt: skip


@kept
def _rows_with_formulas(register: Register, _: str) -> list[int]:
    """The rows of a register that have a formula anywhere: few sheets have one in all, and most have none."""
    rows = register.sheet.cells.rows
    return [row for row in register.table.rows if row in rows and rows[row].formulas]


def relative(formula: str, row: int) -> str:
    """A formula as it would read in one common row, so that ``F5*G5`` in row 5 equals ``F6*G6`` in row 6."""
    return translate(formula, COMMON_ROW - row, 0).replace(" ", "").upper()


def cell_formula(register: Register, index: int, field: str) -> str | None:
    """The formula in the cell of one field of one risk."""
    where = register.position(index, field)
    return None if where is None else register.sheet.formula(*where)
