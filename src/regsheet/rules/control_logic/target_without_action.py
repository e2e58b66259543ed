"""CL007: a target that nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.control_logic.effect_without_controls import fall_between
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import SETTLED, closed, current_stage, has_open_actions, of_both, texts
from regsheet.rules.words import says_nothing


class TargetWithoutAction(RegisterRule):
    """The target is below today's score, and there is no open action.

    ## What it does
    Reports a risk whose target is lower than its residual score (the inherent one where the sheet has no other) while
    its actions are blank, say "None", or are all marked as done.

    ## Why it matters
    A target is a promise. Without an action nobody is doing anything to keep it.

    ## When it is legitimate
    Where the risk is expected to fall by itself, as when a contract ends. Say so in the commentary.

    ## Correction
    None: what to do about a risk is management's decision.
    """

    code = "CL007"
    name = "target-without-action"
    severity = Severity.WARNING
    reads = frozenset({"actions", "action_date", "action_status", "status", *SETTLED.values()})
    needs = ("actions",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_rating": 12, "actions": "Fit alarms", "target_rating": 6},
                {"ref": "R2", "title": "B", "residual_rating": 6, "actions": None, "target_rating": 6},
            ),
            why="an action; and a target that is reached",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_rating": 12, "actions": "-", "target_rating": 6},),
            finds=((0, "actions"),),
            why="from 12 to 6 by nothing",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """A target, a current score and actions must be there."""
        if "target" in register.stages and current_stage(register):
            return super().lacks(register, context)
        return f"sheet {register.sheet_name!r} does not have both current and target scores"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every target that nothing leads to."""
        stage = current_stage(register) or "residual"
        rows = zip(of_both(register, stage, "target", fall_between), has_open_actions(register),
                   texts(register, "actions"), closed(register), strict=True)  # fmt: skip
        for index, (fall, open_action, typed, off) in enumerate(rows):
            if fall and not off and not open_action:
                why = "no action is listed" if says_nothing(typed) else "every action listed is marked as done"
                yield self.finding(
                    register, index, "actions", f"the score is to come down from {fall}, but {why}.",
                    "Agree the action that is to bring it down, or set the target to today's score.",
                )  # fmt: skip
