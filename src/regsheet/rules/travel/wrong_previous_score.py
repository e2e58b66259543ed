"""TR003: a previous score that last quarter's workbook does not have."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register, shorten
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import RatingCorrector
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import lacks_pairing, pairing_of, ratings_then, same_number
from regsheet.rules.risks import current_stage, numbers

FIELD = "previous_rating"


class WrongPreviousScore(RegisterRule):
    """The previous score is not the one that last quarter's workbook has.

    ## What it does
    Compares the register's column for the previous score with the rating in last quarter's workbook. Risks are paired
    by reference and by the likeness of their titles. Where last quarter's rating was not what its likelihood and
    impact make, either of the two may stand in the column. A blank is left alone.

    ## Why it matters
    The movement of a risk is judged against this number. A wrong one makes a risk that rose look steady.

    ## When it is legitimate
    Where the column means another time than last quarter, such as the start of the year: give that workbook instead.

    ## Correction
    The rating that last quarter's workbook has. Nothing is written where the cell says more than the rating.
    """

    code = "TR003"
    name = "wrong-previous-score"
    severity = Severity.ERROR
    correction = "derived"
    needs = (FIELD,)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, FIELD: 9},
                {"ref": "R2", "title": "A risk that is new", "residual_rating": 6, FIELD: 4},
                {"ref": "R3", "title": "Strike", "residual_rating": 6, FIELD: None},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 9},
                {"ref": "R3", "title": "Strike", "residual_rating": 8},
            ),
            why="as it was; not there last quarter; and blank",
        ),
        Example(
            rows=({"ref": "R1", "title": "Flood", "residual_rating": 12, FIELD: 12},),
            previous_rows=({"ref": "R1", "title": "Flood", "residual_likelihood": 3, "residual_impact": 4,
                            "residual_rating": 9},),
            why="last quarter's 9 was a slip; 3 × 4 is 12",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flooding of the depot", "residual_rating": 12, FIELD: 6},
                {"ref": "R2", "title": "Strike", "residual_rating": 6, FIELD: 8},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood at the depot", "residual_rating": 3},
                {"ref": "R2", "title": "Strike", "residual_rating": 8},
            ),
            finds=((0, FIELD),),
            why="it should read 3, not 6",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be last quarter's workbook, and the column."""
        return super().lacks(register, context) or lacks_pairing(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every previous score that differs from last quarter's rating."""
        pairing = pairing_of(register, context)
        if pairing is None:
            return
        then = ratings_then(register, context)
        corrector = RatingCorrector(register, FIELD)
        sheet = pairing.then.sheet_name
        field = f"{current_stage(register)}_rating"
        for index, shown in enumerate(numbers(register, FIELD)):
            before = then.get(index, ())
            if shown is None or not before or any(same_number(shown, rating) for rating in before):
                continue
            there = pairing.then.address(pairing.pairs[index], field)
            where = f"sheet “{shorten(sheet)}”, {there}" if there else f"sheet “{shorten(sheet)}”"
            basis = f"last quarter's workbook, {where}: {plain(before[0])}"
            yield self.finding(
                register, index, FIELD, f"the previous score should read {plain(before[0])}, not {plain(shown)}: "
                f"so it stands in last quarter's workbook ({where}).", "Take over last quarter's rating.",
                correction=corrector.correction(index, before[0], basis),
            )  # fmt: skip
