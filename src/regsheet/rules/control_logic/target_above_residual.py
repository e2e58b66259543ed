"""CL002: a target above where the risk stands."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import current_stage
from regsheet.rules.stage_order import comparable, rises


class TargetAboveResidual(RegisterRule):
    """A risk's target is higher than where it stands today.

    ## What it does
    Compares the likelihood, impact and rating of the target with those of the residual stage (the inherent stage where
    the sheet has no residual one) and reports any that is higher. Closed risks are left out.

    ## Why it matters
    Further action is meant to bring a risk down. A target above today's score means that one of them is out of date.

    ## When it is legitimate
    Where the organisation means to take more risk and to loosen controls. Say so in the commentary and waive it.

    ## Correction
    None: which of the two scores is wrong is the owner's judgement.
    """

    code = "CL002"
    name = "target-above-residual"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12,
                   "target_likelihood": 3, "target_impact": 4, "target_rating": 12},),
            why="the target has been reached",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 2, "residual_impact": 3, "residual_rating": 6,
                   "target_likelihood": 3, "target_impact": 3, "target_rating": 9},),
            finds=((0, "target_rating"),),
            why="a target of 9 for a risk that is down to 6",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """A target and a current score must be there."""
        stage = current_stage(register)
        if stage is not None and comparable(register, stage, "target"):
            return None
        return f"sheet {register.sheet_name!r} does not have both current and target scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk whose target is above where it stands."""
        stage = current_stage(register) or "residual"
        advice = "Check both scores: bring the target down, or the current score up to date."
        for rise in rises(register, stage, "target"):
            yield self.finding(register, rise.risk, rise.field, rise.message, advice)
