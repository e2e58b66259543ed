"""TX003: what the risk would lead to is not said."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.missing_text import blanks


class MissingConsequence(RegisterRule):
    """A risk has no consequence.

    ## What it does
    Reports an open risk whose consequence is blank, though the sheet has a column for consequences.

    ## Why it matters
    The impact score rests on the consequence. Without one the score cannot be argued with.

    ## When it is legitimate
    Where the description says the consequence too. Better to write it in its place.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX003"
    name = "missing-consequence"
    severity = Severity.WARNING
    needs = ("consequence",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "consequence": "Homes without water", "status": "Open"},
                {"ref": "R2", "title": "B", "consequence": None, "status": "Closed"},
            ),
            why="filled in; closed",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "consequence": "Homes without water"},
                {"ref": "R2", "title": "B", "consequence": "  "},
            ),
            finds=((1, "consequence"),),
            why="only spaces",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk without one."""
        for index in blanks(register, "consequence"):
            yield self.finding(register, index, "consequence", "no consequence is given.",
                               "Say what would follow, in money, service or harm.")  # fmt: skip
