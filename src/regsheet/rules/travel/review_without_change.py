"""TR005: a review of which nothing is to be seen but its date."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.comparing import FOLLOWING_FIELDS, REVIEW_FIELDS, changed_fields
from regsheet.rules.dates.stale_review import latest
from regsheet.rules.day_counts import period_in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import lacks_field_then, pairing_of
from regsheet.rules.risks import closed

FIELD = "review_date"

FEWEST = 3
"""Fewer columns in common besides the reference, title and review date cannot show that a review changed nothing."""


class ReviewWithoutChange(RegisterRule):
    """The review date has moved on and nothing else in the row has.

    ## What it does
    Compares each open risk with last quarter's workbook. Reports one whose review date is later than it was while
    every other cell that both registers have says the same. The previous score and the direction of travel are left
    out, because they follow from the scores.

    ## Why it matters
    A date that moves by itself looks like a review and proves none.

    ## When it is legitimate
    Where the risk was looked at and truly nothing has changed. Then the commentary should say so.

    ## Correction
    None: whether there was a review is for the owner to say.
    """

    code = "TR005"
    name = "review-without-change"
    severity = Severity.WARNING
    needs = (FIELD,)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 8, "controls": "Pumps", "actions": "Dredge",
                 "commentary": "Dredging has begun.", FIELD: "12/12/2024"},
                {"ref": "R2", "title": "Strike", "residual_rating": 8, "controls": "Talks", "actions": "Ballot",
                 "commentary": "Talks go on.", FIELD: "12/09/2024"},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 8, "controls": "Pumps", "actions": "Dredge",
                 "commentary": "Waiting for a permit.", FIELD: "12/09/2024"},
                {"ref": "R2", "title": "Strike", "residual_rating": 8, "controls": "Talks", "actions": "Ballot",
                 "commentary": "Talks go on.", FIELD: "12/09/2024"},
            ),
            why="a new commentary; and no new review",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Flood", "residual_rating": 8, "controls": "Pumps", "actions": "Dredge",
                   "commentary": "Waiting for a permit.", FIELD: "12/12/2024"},),
            previous_rows=({"ref": "R1", "title": "Flood", "residual_rating": 8, "controls": "Pumps",
                            "actions": "Dredge", "commentary": "Waiting for a  permit.", FIELD: "12/09/2024"},),
            finds=((0, FIELD),),
            why="three months on, and not a word is new",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a review date now and last quarter, and enough else to compare."""
        why = super().lacks(register, context) or lacks_field_then(register, context, FIELD)
        pairing = pairing_of(register, context)
        if why or pairing is None:
            return why
        common = [field for field in (*TEXT_FIELDS, *SCORE_FIELDS, *DATE_FIELDS)
                  if register.has(field) and pairing.then.has(field)
                  and field not in REVIEW_FIELDS | FOLLOWING_FIELDS | {"ref", "title"}]  # fmt: skip
        if len(common) < FEWEST:
            return f"sheet {register.sheet_name!r} and last quarter's have too few columns in common"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk whose review date alone has moved on."""
        pairing = pairing_of(register, context)
        if pairing is None:
            return
        off = closed(register)
        for index, there in sorted(pairing.pairs.items()):
            now = latest(register.periods[FIELD][index])
            then = latest(pairing.then.periods[FIELD][there])
            if off[index] or now is None or then is None or now.end is None or then.end is None:
                continue
            if now.end > then.end and set(changed_fields(pairing, index)) <= REVIEW_FIELDS:
                yield self.finding(
                    register, index, FIELD, f"the review date moved on from {period_in_words(then)} to "
                    f"{period_in_words(now)}, and nothing else in the row has changed.",
                    "Say in the commentary what the review found.",
                )  # fmt: skip
