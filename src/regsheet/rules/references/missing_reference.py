"""RF001: a risk without a reference."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import texts
from regsheet.rules.words import says_nothing


class MissingReference(RegisterRule):
    """A risk has no reference.

    ## What it does
    Reports a risk whose reference is blank, a dash or a stand-in such as "TBC".

    ## Why it matters
    Minutes, assurance maps and last quarter's register speak of a risk by its reference. Without one it cannot be
    followed from quarter to quarter.

    ## When it is legitimate
    For a risk that was raised this week and waits for its number.

    ## Correction
    None: numbers are given out by whoever keeps the register.
    """

    code = "RF001"
    name = "missing-reference"
    severity = Severity.ERROR
    needs = ("ref",)
    reads = frozenset({"ref"})
    valid = (Example(rows=({"ref": "CR1", "title": "A"}, {"ref": 2, "title": "B"}), why="a code or a number"),)
    invalid = (
        Example(
            rows=({"ref": "CR1", "title": "A"}, {"ref": None, "title": "B"}, {"ref": "TBC", "title": "C"}),
            finds=((1, "ref"), (2, "ref")),
            why="a blank, and a stand-in",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk without a reference."""
        refs = texts(register, "ref")
        missing = {ref for ref in set(refs) if says_nothing(ref)}
        for index, ref in enumerate(refs) if missing else ():
            if ref in missing:
                message = f"the reference is only “{ref}”." if ref else "the risk has no reference."
                yield self.finding(register, index, "ref", message, "Give it the next free reference.")
