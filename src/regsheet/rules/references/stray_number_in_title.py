"""RF006: a number that got into the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import texts

STRAY = re.compile(r"\s*(\d{1,3})(?:[.)]\s+|\s*[-–:]\s+)(?=[A-Za-z])")

USUAL = 0.5
"""Where more than this share of the titles is numbered, the numbers are meant."""


class StrayNumberInTitle(RegisterRule):
    """A title begins with a number that does not belong to it.

    ## What it does
    Reports a title such as "19. Lone working" in a register that has a column for references, where most other titles
    carry no number.

    ## Why it matters
    The number is left over from another list. Readers take it for the reference, and it changes the order of titles.

    ## When it is legitimate
    Where the number is part of the name, such as "2030 strategy".

    ## Correction
    Suggested: the title without the number. It is only written when you ask for suggestions.
    """

    code = "RF006"
    name = "stray-number-in-title"
    severity = Severity.WARNING
    correction = "suggest"
    needs = ("ref", "title")
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "5G mast at the depot"},
                {"ref": "R2", "title": "2030 strategy falls behind"},
                {"ref": "R3", "title": "24-hour cover fails"},
            ),
            why="numbers that belong to the title",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "CR14", "title": "19. Lone working"}, {"ref": "CR15", "title": "Flooding"}),
            finds=((0, "title"),),
            why="19 of which list?",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every title with a number before it."""
        titles = texts(register, "title")
        stray = {index: found for index, title in enumerate(titles) if (found := STRAY.match(title))}
        if len(stray) > USUAL * len(titles):
            return
        cells = own_cells(register, "title")
        for index, found in stray.items():
            after = titles[index][found.end() :]
            cell = cells[index]
            correction = None
            if cell is not None:
                basis = f"the number {found[1]} taken off"
                correction = Correction(register.sheet_name, cell, titles[index], after, "suggest", basis)
            yield self.finding(
                register, index, "title", f"the title “{shorten(titles[index])}” begins with the number {found[1]}.",
                "Take the number off.", correction=correction,
            )  # fmt: skip
