"""OW001: nobody owns the risk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, texts
from regsheet.rules.words import says_nothing

CROSSES = re.compile(r"[Xx]{2,4}")
PROSE = ("title", "description", "cause", "consequence", "controls", "actions", "commentary")


class MissingOwner(RegisterRule):
    """A risk has no owner.

    ## What it does
    Reports a risk whose owner is blank, or is a stand-in such as "TBC", "None" or a dash. Where the sheet has no
    column for the risk's owner, the action owner is looked at instead. "XX" is somebody where the row's own text calls
    a party so.

    ## Why it matters
    A risk that belongs to nobody is managed by nobody. An owner is the first thing that an auditor asks for.

    ## When it is legitimate
    For a risk that is closed, which is not reported. For a post that is vacant, name who covers it.

    ## Correction
    None: who owns a risk is management's decision.
    """

    code = "OW001"
    name = "missing-owner"
    severity = Severity.ERROR
    reads = frozenset({"owner", "action_owner", "status", *PROSE})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Loss of funding", "owner": "Head of Finance", "status": "Open"},
                {"ref": "R2", "title": "Old depot lease", "owner": None, "status": "Closed"},
            ),
            why="a closed risk needs no owner any more",
        ),
        Example(
            rows=({"ref": "R1", "title": "Late steel", "owner": "XX", "actions": "XX must bring in a second crane"},),
            why="XX is what the register calls one of the parties",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Loss of funding", "owner": None},
                {"ref": "R2", "title": "Cyber attack", "owner": "TBC"},
                {"ref": "R3", "title": "Flood", "owner": "Head of Property"},
            ),
            finds=((0, "owner"), (1, "owner")),
            why="blank, and a stand-in for a name",
        ),
        Example(
            rows=({"ref": "1", "title": "Unpatched servers", "actions": "Patch monthly", "action_owner": None},),
            finds=((0, "action_owner"),),
            why="an action list whose only owner column is blank",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a column for an owner of some kind."""
        if register.has("owner") or register.has("action_owner"):
            return None
        return f"sheet {register.sheet_name!r} has no column for the owner"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk without an owner."""
        field = "owner" if register.has("owner") else "action_owner"
        owners, off = texts(register, field), closed(register)
        name = register.field_name(field)
        for index, nobody in enumerate(of_alike(owners, says_nothing)):
            owner = owners[index]
            if not nobody or off[index] or is_party(register, index, owner):
                continue
            message = f"the {name} is only “{owner}”." if owner else f"no {name} is named."
            yield self.finding(register, index, field, message, "Name the post that answers for it.")


def is_party(register: Register, index: int, owner: str) -> bool:
    """Whether ``XX`` is somebody: the letters by which the row's own prose calls one of the parties."""
    if not CROSSES.fullmatch(owner):
        return False
    word = re.compile(rf"(?<!\w){owner}(?!\w)")
    return any(word.search(register.text(index, field)) for field in PROSE)
