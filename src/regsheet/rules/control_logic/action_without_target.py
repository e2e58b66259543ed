"""CL008: an action that is to change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import current_stage, has_open_actions, of_both, unchanged


class ActionWithoutTarget(RegisterRule):
    """An open action is listed, and the target equals today's score.

    ## What it does
    Reports a risk with an open action whose target is the same as its residual score (the inherent one where the sheet
    has no other).

    ## Why it matters
    An action should change something. If it does not, the effort may be better spent elsewhere; if it does, the target
    is out of date.

    ## When it is legitimate
    Where actions only hold the risk where it is.

    ## Correction
    None: the target is management's judgement.
    """

    code = "CL008"
    name = "action-without-target"
    severity = Severity.NOTE
    needs = ("actions",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_rating": 12, "actions": "Fit alarms", "target_rating": 6},
                {"ref": "R2", "title": "B", "residual_rating": 6, "actions": "Fit alarms - done", "target_rating": 6},
            ),
            why="a lower target; and an action that is done",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": 12, "actions": "Fit alarms", "target_rating": 12},),
            finds=((0, "target_rating"),),
            why="12 today, 12 afterwards",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """A target, a current score and actions must be there."""
        if "target" in register.stages and current_stage(register):
            return super().lacks(register, context)
        return f"sheet {register.sheet_name!r} does not have both current and target scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open action beside an unchanged target."""
        stage = current_stage(register) or "residual"
        field = next(f"target_{part}" for part in ("rating", "likelihood", "impact", "band")
                     if register.has(f"target_{part}"))  # fmt: skip
        rows = zip(of_both(register, stage, "target", unchanged), has_open_actions(register), strict=True)
        for index, (same, open_action) in enumerate(rows):
            if same and open_action:
                yield self.finding(
                    register, index, field, f"actions are open, but the {register.stage_name('target').lower()} is the "
                    f"{register.stage_name(stage).lower()} score ({same}).",
                    "Lower the target to what the actions will bring, or ask what they are for.",
                )  # fmt: skip
