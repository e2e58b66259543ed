"""CL006: a risk that came down with nothing to bring it down."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.plainly_said import plainly_said
from regsheet.rules.risks import Scores, any_control, closed, of_both, texts


class EffectWithoutControls(RegisterRule):
    """The residual score is below the inherent one, and no control is listed.

    ## What it does
    Reports a risk whose residual rating (or, without ratings, likelihood or impact) is lower than the inherent one
    while its controls are blank or say "None".

    ## Why it matters
    The difference between the two scores is what the controls are credited with. Without a control there is nothing
    to credit, and nothing that an auditor could test.

    ## When it is legitimate
    Hardly ever. If the controls stand in another document, name it in the cell.

    ## Correction
    None: which controls exist is for the owner to say.
    """

    code = "CL006"
    name = "effect-without-controls"
    severity = Severity.ERROR
    reads = frozenset({"controls", "status", "inherent_settled", "residual_settled"})
    needs = ("controls",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                 "controls": "Dual sign-off", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8},
                {"ref": "R2", "title": "B", "inherent_likelihood": 2, "inherent_impact": 2, "inherent_rating": 4,
                 "controls": None, "residual_likelihood": 2, "residual_impact": 2, "residual_rating": 4},
            ),
            why="the second risk has no controls and no effect",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                   "controls": "None", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8},),
            finds=((0, "controls"),),
            why="from 16 to 8 with no control",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """Both stages and the controls must be there."""
        if {"inherent", "residual"} <= set(register.stages):
            return super().lacks(register, context)
        return f"sheet {register.sheet_name!r} does not have both inherent and residual scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every fall without a control."""
        controls = texts(register, "controls")
        rows = zip(of_both(register, "inherent", "residual", fall_between), closed(register), controls,
                   plainly_said(controls), strict=True)  # fmt: skip
        for index, (fall, off, control, said) in enumerate(rows):
            if fall and not off and not said and not any_control(control):
                was, now = register.stage_name("inherent").lower(), register.stage_name("residual").lower()
                yield self.finding(
                    register, index, "controls",
                    f"the score falls from {fall} ({was} to {now}), but no control is listed.",
                    "List the controls that bring it down, or bring the two scores into line.",
                )  # fmt: skip


def fall_between(before: Scores, after: Scores) -> str | None:
    """``16 to 8``: how far a score falls from one stage to the next; None where it does not."""
    if before.rating is not None and after.rating is not None:
        return f"{plain(before.rating)} to {plain(after.rating)}" if after.rating < before.rating - 1e-9 else None
    for part, old, new in zip(("likelihood", "impact"), before[:2], after[:2], strict=True):
        if old is not None and new is not None and new < old - 1e-9:
            return f"{part} {plain(old)} to {plain(new)}"
    return None
