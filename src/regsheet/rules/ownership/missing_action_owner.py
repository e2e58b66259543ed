"""OW008: an action that nobody carries out."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import has_open_actions, texts
from regsheet.rules.words import says_nothing


class MissingActionOwner(RegisterRule):
    """An open action has no owner.

    ## What it does
    Where the sheet has a column for the owners of actions, it reports an open action whose owner is blank or a stand-in
    such as "TBC".

    ## Why it matters
    An action that nobody was asked to do is not done.

    ## When it is legitimate
    Where the risk's owner does it: enter the owner there too, or leave the column out.

    ## Correction
    None: who does what is management's decision.
    """

    code = "OW008"
    name = "missing-action-owner"
    severity = Severity.WARNING
    needs = ("actions", "action_owner")
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Clerk", "actions": "Fit alarms", "action_owner": "Surveyor"},
                {"ref": "R2", "title": "B", "owner": "Clerk", "actions": "None", "action_owner": None},
                {"ref": "R3", "title": "C", "owner": "Clerk", "actions": "Completed: alarms", "action_owner": None},
            ),
            why="somebody; nothing to do; and done",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Clerk", "actions": "Fit alarms", "action_owner": None},
                {"ref": "R2", "title": "B", "owner": "Clerk", "actions": "Train staff", "action_owner": "TBC"},
            ),
            finds=((0, "action_owner"), (1, "action_owner")),
            why="blank, and a stand-in",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be actions with owners, and owners of risks besides: else the missing owner is found as that."""
        if register.has("action_owner") and not register.has("owner"):
            return f"sheet {register.sheet_name!r} has no owners but those of actions, which OW001 looks at"
        return super().lacks(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open action without an owner."""
        owners = texts(register, "action_owner")
        rows = zip(of_alike(owners, says_nothing), has_open_actions(register), owners, strict=True)
        for index, (nobody, open_action, owner) in enumerate(rows):
            if nobody and open_action:
                message = f"the action's owner is only “{owner}”." if owner else "the action has no owner."
                yield self.finding(register, index, "action_owner", message, "Name who carries it out.")
