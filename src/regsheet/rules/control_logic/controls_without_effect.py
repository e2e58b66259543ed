"""CL005: controls that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, controls_counted, of_both, texts, unchanged


class ControlsWithoutEffect(RegisterRule):
    """Controls are listed, and the residual score equals the inherent one.

    ## What it does
    Reports a risk with at least one control whose likelihood, impact and rating are the same with controls as without.

    ## Why it matters
    Either the controls do nothing and cost money for it, or one of the two scores was copied from the other.

    ## When it is legitimate
    Where controls only keep a risk from growing, or are too new to count. Say so in the commentary.

    ## Correction
    None: the scores are the owner's judgement.
    """

    code = "CL005"
    name = "controls-without-effect"
    severity = Severity.WARNING
    reads = frozenset({"controls", "status", "inherent_settled", "residual_settled"})
    needs = ("controls",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                 "controls": "Dual sign-off", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8},
                {"ref": "R2", "title": "B", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                 "controls": "None", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16},
            ),
            why="an effect; and no controls, no effect",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                   "controls": "Dual sign-off", "residual_likelihood": 4, "residual_impact": 4,
                   "residual_rating": 16},),
            finds=((0, "controls"),),
            why="16 with the control as without",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """Both stages and the controls must be there."""
        if {"inherent", "residual"} <= set(register.stages):
            return super().lacks(register, context)
        return f"sheet {register.sheet_name!r} does not have both inherent and residual scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every score that its controls leave as it was."""
        rows = zip(of_both(register, "inherent", "residual", unchanged), closed(register), strict=True)
        stood = [(index, same) for index, (same, off) in enumerate(rows) if same and not off]
        counts = controls_counted(texts(register, "controls"), [index for index, _ in stood])
        for (index, same), count in zip(stood, counts, strict=True):
            if count:
                what = "a control is" if count == 1 else f"{count} controls are"
                was, now = register.field_name("inherent_score"), register.field_name("residual_score")
                yield self.finding(
                    register, index, "controls", f"{what} listed, but the {now} is still the {was} ({same}).",
                    "Check both scores, or ask what the controls are for.",
                )  # fmt: skip
