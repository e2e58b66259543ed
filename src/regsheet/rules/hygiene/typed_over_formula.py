"""HY001: a number typed where a formula stood."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.column_formulas import column_formula
from regsheet.rules.correcting import RatingCorrector
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import scores
from regsheet.rules.scoring.wrong_overall_rating import expected_rating, same

FEWEST = 3
"""Formulas that a column must have for the rest of it to count as typed over."""


class TypedOverFormula(RegisterRule):
    """A rating is typed in a column that otherwise works it out by formula.

    ## What it does
    Reports a number typed amid a column of formulas that are all alike, where formulas are the majority. A number that
    is wrong besides is the finding wrong-overall-rating.

    ## Why it matters
    The number is right today. When the owner changes the likelihood, every other rating follows and this one does not.

    ## When it is legitimate
    Where management has fixed a rating on purpose. Say so in a note.

    ## Correction
    Derived: the column's own formula, with the value that it gives.
    """

    code = "HY001"
    name = "typed-over-formula"
    severity = Severity.WARNING
    correction = "derived"
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "residual_likelihood": 2, "residual_impact": 3,
                        "residual_rating": (f"=C{n + 1}*D{n + 1}", 6)} for n in (1, 2, 3)),
            why="formulas throughout",
        ),
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "residual_likelihood": 2, "residual_impact": 3,
                        "residual_rating": 6} for n in (1, 2, 3)),
            why="numbers throughout",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "residual_likelihood": 2, "residual_impact": 3,
                        "residual_rating": 6 if n == 2 else (f"=C{n + 1}*D{n + 1}", 6)} for n in (1, 2, 3, 4)),
            finds=((1, "residual_rating"),),
            why="one number amid three formulas",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a rating, in a file that holds formulas."""
        if context.book.grid.format not in {"xlsx", "xlsm"}:
            return f"the formulas of a .{context.book.grid.format} file are not read"
        if any(register.has(f"{stage}_rating") for stage in register.stages):
            return None
        return f"sheet {register.sheet_name!r} has no column for the rating"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every number amid formulas."""
        for stage in register.stages:
            field = f"{stage}_rating"
            own = column_formula(register, field) if register.has(field) else None
            if own is None or own.count < FEWEST:
                continue
            found = scores(register, stage)
            typed_over = [index for index, score in enumerate(found)
                          if score.rating is not None and not self._is_formula(register, index, field)]  # fmt: skip
            if len(typed_over) >= own.count:
                continue
            corrector = RatingCorrector(register, field)
            for index in typed_over:
                score = found[index]
                expected = expected_rating(register, stage, score)
                if expected is None or not same(score, expected.rating):
                    continue
                basis = f"{expected.working} = {plain(expected.rating)}, by the column's own formula"
                yield self.finding(
                    register, index, field,
                    f"{register.field_name(field)} {plain(score.rating or 0)} is typed, where {own.count} others "
                    "are formulas.",
                    "Let the formula work it out, so that it follows when a score changes.",
                    correction=corrector.correction(index, expected.rating, basis),
                )  # fmt: skip

    def _is_formula(self, register: Register, index: int, field: str) -> bool:
        where = register.position(index, field)
        return where is not None and register.sheet.formula(*where) is not None
