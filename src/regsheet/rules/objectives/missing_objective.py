"""OB002: a risk to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, texts
from regsheet.rules.words import says_nothing


class MissingObjective(RegisterRule):
    """A risk has no objective.

    ## What it does
    Reports an open risk whose objective is blank or a stand-in, though the sheet has a column for objectives.

    ## Why it matters
    A risk is a risk to something. Without the objective nobody can tell whether it belongs in this register.

    ## When it is legitimate
    Where a risk touches all objectives: then say "all".

    ## Correction
    None: which objective is at risk is the owner's judgement.
    """

    code = "OB002"
    name = "missing-objective"
    severity = Severity.WARNING
    needs = ("objective",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "objective": "All", "status": "Open"},
                {"ref": "R2", "title": "B", "objective": None, "status": "Closed"},
            ),
            why="all of them; and a closed risk",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "objective": "Safe homes"},
                {"ref": "R2", "title": "B", "objective": "TBC"},
            ),
            finds=((1, "objective"),),
            why="still to come",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk without an objective."""
        objectives, off = texts(register, "objective"), closed(register)
        for index, nothing in enumerate(of_alike(objectives, says_nothing)):
            text = objectives[index]
            if nothing and not off[index]:
                message = f"the objective is only “{text}”." if text else "no objective is given."
                yield self.finding(register, index, "objective", message, "Say which objective is at risk.")
