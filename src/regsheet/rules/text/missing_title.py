"""TX001: a risk that does not say what it is."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.missing_text import blanks


class MissingTitle(RegisterRule):
    """A risk has no title.

    ## What it does
    Reports a risk whose title is blank. Where the sheet has no column for a title, the description is looked at.

    ## Why it matters
    A score without a risk cannot be discussed, and a list of red risks with a gap in it is worse than none.

    ## When it is legitimate
    Hardly ever.

    ## Correction
    None: only the owner knows which risk is meant.
    """

    code = "TX001"
    name = "missing-title"
    severity = Severity.ERROR
    valid = (
        Example(rows=({"ref": "R1", "title": "Flood"},), why="a title"),
        Example(rows=({"ref": "R1", "description": "The depot may flood"},), why="a sheet that only has descriptions"),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": None, "residual_rating": 12}, {"ref": "R2", "title": "Flood"}),
            finds=((0, "title"),),
            why="a rating for nothing",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a title or a description."""
        if register.has("title") or register.has("description"):
            return None
        return f"sheet {register.sheet_name!r} has no column for title or description"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk without a title."""
        field = "title" if register.has("title") else "description"
        for index in blanks(register, field, with_closed=True):
            yield self.finding(register, index, field, f"the risk has no {field}.",
                               "Say in a few words what the risk is.")  # fmt: skip
