"""CL003: a risk in the top band that nobody is doing anything about."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import (
    closed,
    current_stage,
    has_open_actions,
    in_top_band,
    settled_scores,
    shown_score,
    texts,
)
from regsheet.rules.words import says_nothing


class RedWithoutAction(RegisterRule):
    """A risk is in the top band and has no open action.

    ## What it does
    Reports a risk whose residual rating (the inherent one where the sheet has no other) is in the worst band, and
    whose actions are blank, say "None", or are all marked as done.

    ## Why it matters
    Risks that are red require action to bring them down. Without one the register says that the organisation accepts
    its worst risks as they are.

    ## When it is legitimate
    Where the risk is formally tolerated at this level and members have agreed to that. Waive it with the minute.

    ## Correction
    None: what to do about a risk is management's decision.
    """

    code = "CL003"
    name = "red-without-action"
    severity = Severity.ERROR
    needs = ("actions",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 5, "residual_rating": 20,
                 "actions": "Procure a second supplier"},
                {"ref": "R2", "title": "B", "residual_likelihood": 2, "residual_impact": 2, "residual_rating": 4,
                 "actions": None},
            ),
            why="the red risk has an action, the other is not red",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 5, "residual_rating": 20,
                 "actions": None, "action_status": None},
                {"ref": "R2", "title": "B", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "actions": "Procure a second supplier", "action_status": "Completed"},
                {"ref": "R3", "title": "C", "residual_likelihood": 5, "residual_impact": 5, "residual_rating": 25,
                 "actions": "None", "action_status": None},
            ),
            finds=((0, "actions"), (1, "actions"), (2, "actions")),
            why="no action, a finished one, and a cell that says none",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be actions, a current score, and bands."""
        if current_stage(register) is None:
            return f"sheet {register.sheet_name!r} has no score that says how a risk stands today"
        if len(register.scoring.bands) < 2:
            return f"the bands of sheet {register.sheet_name!r} are not known, so nothing can be called red"
        return super().lacks(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk in the top band without an open action."""
        stage = current_stage(register) or "residual"
        top = register.scoring.top_band
        rows = zip(in_top_band(register, stage), has_open_actions(register), closed(register),
                   settled_scores(register, stage), texts(register, "actions"), strict=True)  # fmt: skip
        for index, (red, actions, off, score, typed) in enumerate(rows):
            if not red or actions or off or top is None:
                continue
            why = "no action is listed" if says_nothing(typed) else "every action listed is marked as done"
            yield self.finding(
                register, index, "actions",
                f"{register.stage_name(stage).lower()} risk is {top.name}{shown_score(score)}, and {why}.",
                "Agree an action that brings it down, or record who accepts it as it is.",
            )  # fmt: skip
