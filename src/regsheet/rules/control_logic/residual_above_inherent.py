"""CL001: controls that make a risk worse."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.stage_order import comparable, rises


class ResidualAboveInherent(RegisterRule):
    """A risk scores higher with its controls than without them.

    ## What it does
    Compares the likelihood, impact and rating of the residual stage with those of the inherent stage and reports any
    that is higher. Closed risks are left out.

    ## Why it matters
    Controls cannot make a risk likelier or worse. One of the two scores is wrong, or the two columns were exchanged.

    ## When it is legitimate
    Hardly ever. If the world has changed since the inherent score was given, the inherent score needs changing too.

    ## Correction
    None: which of the two scores is wrong is the owner's judgement.
    """

    code = "CL001"
    name = "residual-above-inherent"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                   "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8},),
            why="controls bring the likelihood down",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "inherent_likelihood": 3, "inherent_impact": 5, "inherent_rating": 15,
                 "residual_likelihood": 4, "residual_impact": 5, "residual_rating": 20},
                {"ref": "R2", "title": "B", "inherent_likelihood": 4, "inherent_impact": 2, "inherent_rating": 8,
                 "residual_likelihood": 1, "residual_impact": 3, "residual_rating": 3},
            ),
            finds=((0, "residual_rating"), (1, "residual_impact")),
            why="the second rating falls, but its impact rises",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """Both stages must be there."""
        if comparable(register, "inherent", "residual"):
            return None
        return f"sheet {register.sheet_name!r} does not have both inherent and residual scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk whose residual score is above the inherent one."""
        advice = "Check both scores: controls should not make a risk worse."
        for rise in rises(register, "inherent", "residual"):
            yield self.finding(register, rise.risk, rise.field, rise.message, advice)
