"""HY002: a cell that shows an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from regsheet.grid.cell_rows import Row
from regsheet.grid.cells import Cell, CellError, Value
from regsheet.layout.tables import Column
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity

TOGETHER = 200
"""Rows that are looked at together."""

TYPED_ERROR = re.compile(r"\s*#(?:REF!|N/A|NAME\?|VALUE!|NUM!|NULL!|DIV/0!|SPILL!|CALC!|GETTING_DATA)\s*")

WHY = {
    "#REF!": "Its formula points at a cell that was deleted.",
    "#NAME?": "Its formula uses a name or function that this workbook does not have.",
    "#DIV/0!": "Its formula divides by nothing.",
    "#N/A": "Its formula looks up something that is not in the list.",
    "#VALUE!": "Its formula calculates with text.",
}


class ErrorValue(RegisterRule):
    """A cell of the register shows an Excel error.

    ## What it does
    Reports every cell in the rows of the register that holds an error such as #REF! or #N/A, as the result of a
    formula or typed, also in columns that mean nothing to this program.

    ## Why it matters
    An error hides the value that should stand there, and spreads into every total and chart that uses it.

    ## When it is legitimate
    Hardly ever: a formula may use IFERROR to show a blank instead.

    ## Correction
    None: what the formula was meant to say cannot be told from the error.
    """

    code = "HY002"
    name = "error-value"
    severity = Severity.ERROR
    follows_corrections = False
    valid = (
        Example(
            rows=({"ref": "R1", "title": "#1 priority: flood", "residual_rating": ("=C2*D2", 12)},),
            why="a number sign is not an error",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_rating": ("=C2*#REF!", CellError("#REF!"))},
                {"ref": "R2", "title": "B", "residual_rating": "#N/A"},
            ),
            finds=((0, "residual_rating"), (1, "residual_rating")),
            why="a formula's error, and a typed one",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every error in the register's rows."""
        rows = register.sheet.cells.rows
        found = {row: rows[row] for row in register.table.rows if row in rows}
        if not any(map(_may_err, batched(list(found.values())))):
            return
        for index, number in enumerate(register.table.rows):
            for column in register.table.columns if number in found else ():
                if is_error(found[number].values.get(column.index)):
                    yield self._finding(register, index, column, found[number].cell(number, column.index))

    def _finding(self, register: Register, index: int, column: Column, cell: Cell) -> Finding:
        error = str(cell.value).strip()
        name = register.field_name(column.field) if column.field else f"“{' '.join(column.heading.split())}”"
        why = WHY.get(error, "") if cell.formula else ""
        return self.finding(register, index, column.field or "", f"{name} shows the error {error}.",
                            f"{why} Mend the formula or type the value.".strip(), cell=cell.address,
                            value=cell.value)  # fmt: skip


def batched(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows, some hundreds at a time."""
    return (rows[first : first + TOGETHER] for first in range(0, len(rows), TOGETHER))


def _may_err(rows: Sequence[Row]) -> bool:
    """Whether any cell of some rows may hold an error."""
    cells = list(chain.from_iterable([row.values.values() for row in rows]))
    return any(map(is_error, [value for value in cells if isinstance(value, str) and "#" in value])) or (
        CellError in set(map(type, cells))
    )


def is_error(value: Value) -> bool:
    """Whether a value is an error value, or its text."""
    if not isinstance(value, str):
        return False
    return isinstance(value, CellError) or ("#" in value and TYPED_ERROR.fullmatch(value) is not None)
