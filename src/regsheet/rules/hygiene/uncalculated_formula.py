"""HY008: a formula that nobody has calculated."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.column_formulas import cell_formula
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import typed

FIELDS = (*SCORE_FIELDS, *DATE_FIELDS)


class UncalculatedFormula(RegisterRule):
    """A formula has no result in the file.

    ## What it does
    Reports a score or date whose formula was saved without its result, as some programs do that write workbooks but do
    not calculate.

    ## Why it matters
    This program reads results and does not calculate. A cell without one cannot be checked, and looks blank in a
    preview or on a telephone.

    ## When it is legitimate
    Hardly ever: open the file in Excel and save it.

    ## Correction
    None: Excel works it out as soon as the file is opened there.
    """

    code = "HY008"
    name = "uncalculated-formula"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 2, "residual_impact": 3,
                   "residual_rating": ("=C2*D2", 6)},),
            why="a formula with its result",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 2, "residual_impact": 3,
                   "residual_rating": "=C2*D2"},),
            finds=((0, "residual_rating"),),
            why="a formula without one",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be scores or dates, in a file that holds formulas."""
        if context.book.grid.format not in {"xlsx", "xlsm"}:
            return f"the formulas of a .{context.book.grid.format} file are not read"
        if any(register.has(field) for field in FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no scores and no dates"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every score or date that is a formula without a result."""
        for field in FIELDS:
            cells = typed(register, field) if register.has(field) else ()
            for index in [place for place, value in enumerate(cells) if value is None] if None in cells else ():
                if cell_formula(register, index, field):
                    yield self.finding(
                        register, index, field, f"{register.field_name(field)} is a formula that was never calculated.",
                        "Open the workbook in Excel, save it, and check it again.",
                    )  # fmt: skip
