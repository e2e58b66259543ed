"""TX004: no control is listed."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.missing_text import blanks


class MissingControls(RegisterRule):
    """A risk has no controls.

    ## What it does
    Reports an open risk whose controls are blank, though the sheet has a column for controls. A cell that says "None"
    is an answer and is left alone.

    ## Why it matters
    A blank may mean that there is no control, or that nobody asked. The two need different answers.

    ## When it is legitimate
    For a new risk that nothing has been done about. Then say "None".

    ## Correction
    None: which controls exist is for the owner to say.
    """

    code = "TX004"
    name = "missing-controls"
    severity = Severity.WARNING
    needs = ("controls",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "controls": "Dual sign-off", "status": "Open"},
                {"ref": "R2", "title": "B", "controls": "None", "status": "Open"},
                {"ref": "R3", "title": "C", "controls": None, "status": "Closed"},
            ),
            why="a control; an honest answer; and a closed risk",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "controls": "Dual sign-off"}, {"ref": "R2", "title": "B"}),
            finds=((1, "controls"),),
            why="a blank",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk without controls."""
        for index in blanks(register, "controls"):
            yield self.finding(register, index, "controls", "no controls are listed.",
                               "List what is in place, or say that nothing is.")  # fmt: skip
