"""SC007: a risk that nobody has scored."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.layout.tables import STAGES
from regsheet.model.register import SCORES, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, stage_is_scored


class UnscoredRisk(RegisterRule):
    """A risk has no score in any stage.

    ## What it does
    Reports a risk with neither likelihood, impact, rating nor band in any stage, though the sheet has columns for
    them. A 0 that a formula shows beside blank scores is not a score.

    ## Why it matters
    An unscored risk is on no heatmap and in no ranking, so it is never chosen for action.

    ## When it is legitimate
    For a risk that was raised this week and is waiting for its first assessment. Closed risks are not reported.

    ## Correction
    None: likelihood and impact are the owner's judgement.
    """

    code = "SC007"
    name = "unscored-risk"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "status": "Open", "inherent_rating": 12, "residual_rating": None},
                {"ref": "R2", "title": "B", "status": "Closed", "inherent_rating": None, "residual_rating": None},
            ),
            why="one stage is scored; the other risk is closed",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 3,
                 "residual_rating": ("=C2*D2", 9)},
                {"ref": "R2", "title": "B", "residual_likelihood": None, "residual_impact": None,
                 "residual_rating": ("=C3*D3", 0)},
            ),
            finds=((1, "residual_likelihood"),),
            why="only the formula's 0 is there",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """The sheet must have a score of some stage."""
        return None if register.stages else f"sheet {register.sheet_name!r} has no columns for scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk without any score."""
        off = closed(register)
        stages = [stage_is_scored(register, stage) for stage in register.stages]
        first = next(f"{stage}_{score}" for stage in STAGES for score in (*SCORES, "band")
                     if register.has(f"{stage}_{score}"))  # fmt: skip
        for index, scored in enumerate(zip(*stages, strict=True)):
            if not off[index] and not any(scored):
                yield self.finding(register, index, first, "the risk has no score in any stage.",
                                   "Score its likelihood and impact.")  # fmt: skip
