"""TR004: a score that changed without a word."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.comparing import same_text, score_moves
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import lacks_field_then, pairing_of
from regsheet.rules.risks import closed, texts

FIELD = "commentary"


class ScoreMovedSilently(RegisterRule):
    """A score has changed since last quarter and the commentary has not.

    ## What it does
    Compares each risk with last quarter's workbook. Reports a risk of which a likelihood, an impact or a rating moved
    while the commentary stayed the same, word for word, or stayed blank.

    ## Why it matters
    A committee cannot challenge a score that falls without a reason, and an owner cannot defend it.

    ## When it is legitimate
    Where the reason stands elsewhere, such as a covering report. The register is where it will be looked for.

    ## Correction
    None: only the owner knows the reason.
    """

    code = "TR004"
    name = "score-moved-silently"
    severity = Severity.WARNING
    needs = (FIELD,)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8,
                 FIELD: "The pumps are in, so likelihood falls to 2."},
                {"ref": "R2", "title": "Strike", "residual_likelihood": 2, "residual_impact": 3, "residual_rating": 6,
                 FIELD: "No change."},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12,
                 FIELD: "Waiting for the pumps."},
                {"ref": "R2", "title": "Strike", "residual_likelihood": 2, "residual_impact": 3, "residual_rating": 5,
                 FIELD: "No change."},
            ),
            why="explained; and only a slip in the rating was put right",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8,
                 FIELD: "Waiting for the pumps."},
                {"ref": "R2", "title": "Strike", "residual_likelihood": 4, "residual_impact": 3, "residual_rating": 12,
                 FIELD: None},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flood", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12,
                 FIELD: "Waiting for the  pumps."},
                {"ref": "R2", "title": "Strike", "residual_likelihood": 3, "residual_impact": 3, "residual_rating": 9,
                 FIELD: None},
            ),
            finds=((0, FIELD), (1, FIELD)),
            why="down from 12 to 8 and up from 9 to 12, with not a new word on either",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a commentary, now and last quarter."""
        return super().lacks(register, context) or lacks_field_then(register, context, FIELD)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk whose score moved without a new commentary."""
        pairing = pairing_of(register, context)
        if pairing is None:
            return
        moves, off = score_moves(pairing), closed(register)
        now, then = texts(register, FIELD), texts(pairing.then, FIELD)
        for index in sorted(moves):
            if not off[index] and same_text(now[index], then[pairing.pairs[index]]):
                state = "is word for word last quarter's" if now[index] else "is blank"
                yield self.finding(register, index, FIELD, f"{moves[index]}, but the commentary {state}.",
                                   "Say why the score moved.")  # fmt: skip
