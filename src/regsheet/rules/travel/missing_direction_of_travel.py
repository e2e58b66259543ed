"""TR002: no direction of travel, though it could be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.directions import FIELD, IN_WORDS, DirectionColumn, lacks_travel, travels
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed
from regsheet.values.text import is_blank


class MissingDirectionOfTravel(RegisterRule):
    """The direction of travel is blank, though the ratings of last quarter and now are known.

    ## What it does
    Reports an open risk without a direction of travel where last quarter's workbook, or the register's own column for
    the previous score, says what the rating was. A risk that last quarter's workbook does not have should be marked
    as new where the register marks others so. A cell that is blank but coloured counts as filled in.

    ## Why it matters
    A reader takes a blank for "no change".

    ## When it is legitimate
    Where the policy leaves unchanged risks blank. Writing the sign for no change is safer.

    ## Correction
    The direction, in the notation that the register itself uses: an arrow where the column is empty as yet, nothing
    where it uses signs that are not known.
    """

    code = "TR002"
    name = "missing-direction-of-travel"
    severity = Severity.WARNING
    correction = "derived"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, "previous_rating": None, FIELD: None},
                {"ref": "R2", "title": "Fire", "residual_rating": None, "previous_rating": 8, FIELD: None},
                {"ref": "R3", "title": "Fraud", "residual_rating": 8, "previous_rating": 9, FIELD: "▼"},
            ),
            why="nothing to work it out from; and one that is filled in",
        ),
        Example(
            rows=({"ref": "R1", "title": "Flood", "residual_rating": 12, "previous_rating": 9, FIELD: None},),
            fills={(0, FIELD): "FF0000"},
            why="the colour is the direction",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, "previous_rating": 9, FIELD: None},
                {"ref": "R2", "title": "Fraud", "residual_rating": 8, "previous_rating": 9, FIELD: "▼"},
            ),
            finds=((0, FIELD),),
            why="it rose from 9 to 12, and the register has arrows for that",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, FIELD: "No change"},
                {"ref": "R2", "title": "Fraud", "residual_rating": 8, FIELD: None},
                {"ref": "R3", "title": "Loss of the depot", "residual_rating": 6, FIELD: None},
                {"ref": "R4", "title": "Strike", "residual_rating": 6, FIELD: "NEW"},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, FIELD: "No change"},
                {"ref": "R2", "title": "Fraud", "residual_rating": 8, FIELD: "No change"},
            ),
            finds=((1, FIELD), (2, FIELD)),
            why="unchanged since last quarter, and not in last quarter's register at all",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a direction, a rating, and a rating to compare it with."""
        return lacks_travel(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every direction that is blank and could be worked out."""
        column = DirectionColumn(register)
        rows = zip(travels(register, context), closed(register), strict=True)
        for index, (travel, off) in enumerate(rows):
            if travel is None or off or not is_blank(column.values[index]) or column.is_coloured_only(index):
                continue
            correction = column.correction(index, travel)
            if travel.before is None and correction is None:
                continue  # the register marks no risk as new
            yield self.finding(register, index, FIELD, f"no direction of travel; {travel.basis}.",
                               f"Let it say: {IN_WORDS[travel.way]}.", correction=correction)  # fmt: skip
