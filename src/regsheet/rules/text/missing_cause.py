"""TX002: what makes the risk happen is not said."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.missing_text import blanks


class MissingCause(RegisterRule):
    """A risk has no cause.

    ## What it does
    Reports an open risk whose cause is blank, though the sheet has a column for causes.

    ## Why it matters
    Controls work on causes. Where no cause is named, nobody can say what a control is for.

    ## When it is legitimate
    Where the title says the cause too ("Fraud because of weak sign-off"). Better to write it in its place.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX002"
    name = "missing-cause"
    severity = Severity.WARNING
    needs = ("cause",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "cause": "Weak sign-off", "status": "Open"},
                {"ref": "R2", "title": "B", "cause": None, "status": "Closed"},
            ),
            why="filled in; closed",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "cause": "Weak sign-off"},
                {"ref": "R2", "title": "B", "cause": "  "},
            ),
            finds=((1, "cause"),),
            why="only spaces",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk without one."""
        for index in blanks(register, "cause"):
            yield self.finding(register, index, "cause", "no cause is given.",
                               "Say what could make it happen.")  # fmt: skip
