"""HY003: a score typed as text."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import SCORE_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.column_formulas import cell_formula
from regsheet.rules.correcting import as_number, is_number, own_cells
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import typed


class NumberAsText(RegisterRule):
    """A score is typed as text.

    ## What it does
    Reports a likelihood, impact or rating that is a number to the eye and a text to Excel.

    ## Why it matters
    Excel leaves texts out of sums, averages, sorting and conditional formats: the risk keeps its old colour and sinks
    to the bottom of the list.

    ## When it is legitimate
    Where another system writes the sheet and insists on text. A CSV file has no types and is not checked.

    ## Correction
    Derived: the same number, as a number.
    """

    code = "HY003"
    name = "number-as-text"
    severity = Severity.WARNING
    correction = "derived"
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": "4 - Major",
                   "residual_rating": "High"},),
            why="a number, a level with its name, and a word",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": "4", "residual_impact": 4,
                   "residual_rating": " 16"},),
            finds=((0, "residual_likelihood"), (0, "residual_rating")),
            why="digits between quotation marks, so to speak",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be scores, in a file that tells numbers from texts."""
        if context.book.grid.format == "csv":
            return "a CSV file does not tell numbers from text"
        if any(register.has(field) for field in SCORE_FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no columns for scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every score that is a number typed as text."""
        for field in SCORE_FIELDS:
            if not register.has(field):
                continue
            cells, own = typed(register, field), own_cells(register, field)
            numbers = {value for value in set(cells) if isinstance(value, str) and is_number(value)}
            for index, value in enumerate(cells) if numbers else ():
                if isinstance(value, str) and value in numbers and (cell := own[index]) is not None:
                    yield self._finding(register, index, field, value, cell)

    def _finding(self, register: Register, index: int, field: str, value: str, cell: str) -> Finding:
        after = as_number(value)
        correction = None
        if cell_formula(register, index, field) is None:
            basis = f"the text “{value.strip()}” as a number"
            correction = Correction(register.sheet_name, cell, value, after, "derived", basis)
        return self.finding(
            register, index, field, f"{register.field_name(field)} {after} is typed as text.",
            "Keep it as a number, so that Excel counts it.", correction=correction,
        )  # fmt: skip
