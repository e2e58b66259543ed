"""The formula that a column of a register uses, for a row that should have it too."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from openpyxl.formula.translate import Translator

from regsheet.grid.cells import Cell
from regsheet.model.register import Register

FEWEST = 2
"""One formula in a column may be an accident; two of one pattern are the column's own."""

REFERENCE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')*'!)|(?P<column>\$?[A-Z]{1,3})(?P<fixed>\$?)(?P<row>[0-9]{1,7})(?![\w(])""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ColumnFormula:
    """The formula that all formula cells of a column share, as it stands in one of them."""

    cell: Cell
    count: int

    def at(self, where: str) -> str:
        """The formula, without ``=``, as it reads in another cell of the column."""
        return str(Translator(f"={self.cell.formula}", origin=self.cell.address).translate_formula(where))[1:]


def column_formula(register: Register, field: str) -> ColumnFormula | None:
    """The one formula of a column, row numbers aside; None where it has fewer than two, or several kinds."""
    cells = formula_cells(register, field)
    if len(cells) < FEWEST:
        return None
    patterns = Counter(relative(cell.formula or "", cell.row) for cell in cells)
    return ColumnFormula(cells[0], len(cells)) if len(patterns) == 1 else None


def formula_cells(register: Register, field: str) -> list[Cell]:
    """The cells of a field's column that hold a formula, in the rows that are risks."""
    column = register.table.column(field)
    if column is None:
        return []
    found = (register.sheet.cells.get((row, column.index)) for row in register.table.rows)
    return [cell for cell in found if cell is not None and cell.formula]


def relative(formula: str, row: int) -> str:
    """A formula with every relative row written as its distance: ``F5*G5`` in row 5 → ``F[0]*G[0]``."""

    def distance(found: re.Match[str]) -> str:
        if found["row"] is None or found["fixed"]:
            return found[0]
        return f"{found['column']}[{int(found['row']) - row}]"

    return REFERENCE.sub(distance, formula).replace(" ", "").upper()


def formula_at(register: Register, field: str, cell: str) -> str | None:
    """The column's own formula as it should stand in ``cell``; None where the column has none."""
    found = column_formula(register, field)
    return None if found is None else found.at(cell)


def cell_formula(register: Register, index: int, field: str) -> str | None:
    """The formula in the cell of one field of one risk."""
    where = register.position(index, field)
    return None if where is None else register.sheet.formula(*where)


