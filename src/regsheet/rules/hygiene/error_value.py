"""HY002: a cell that shows an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regsheet.grid.cells import Cell, CellError, Value
from regsheet.layout.tables import Column
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity

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
        if not any(_may_err(held(register, column)) for column in register.table.columns):
            return
        found = {row: rows[row] for row in register.table.rows if row in rows}
        for index, number in enumerate(register.table.rows):
            for column in register.table.columns if number in found else ():
                if is_error(found[number].get(column.index)):
                    yield self._finding(register, index, column, found[number].cell(number, column.index))

    def _finding(self, register: Register, index: int, column: Column, cell: Cell) -> Finding:
        error = str(cell.value).strip()
        name = register.field_name(column.field) if column.field else f"“{' '.join(column.heading.split())}”"
        why = WHY.get(error, "") if cell.formula else ""
        return self.finding(register, index, column.field or "", f"{name} shows the error {error}.",
                            f"{why} Mend the formula or type the value.".strip(), cell=cell.address,
                            value=cell.value)  # fmt: skip


def held(register: Register, column: Column) -> Sequence[Value]:
    """What the cells of a column hold in the register's rows."""
    sourced = register.sources.get(column.field or "")
    values = None if sourced is None else sourced.held_in(column.letter)
    if values is not None:
        return values
    rows = register.sheet.cells.rows
    return [rows[number].get(column.index) for number in register.table.rows if number in rows]


def _may_err(values: Sequence[Value]) -> bool:
    """Whether any of some values may be an error."""
    kinds = set(map(type, values))
    texts = [value for value in values if isinstance(value, str) and "#" in value] if str in kinds else ()
    return CellError in kinds or any(map(is_error, texts))


def is_error(value: Value) -> bool:
    """Whether a value is an error value, or its text."""
    if not isinstance(value, str):
        return False
    return isinstance(value, CellError) or ("#" in value and TYPED_ERROR.fullmatch(value) is not None)
