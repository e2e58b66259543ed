"""TX012: one commentary for many risks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, texts
from regsheet.rules.text.repeated_item import keys_of
from regsheet.rules.words import says_nothing

FEWEST = 3
"""Risks that must share a commentary for it to be boilerplate."""

FEWEST_WORDS = 2
"""A single word ("Stable") is chosen from a list rather than written."""


class UnchangedBoilerplate(RegisterRule):
    """The same commentary stands on three or more risks.

    ## What it does
    Compares the commentaries of all open risks, capitals, spaces and punctuation aside, and reports one of two words or
    more that three or more risks share.

    ## Why it matters
    A commentary that fits every risk says nothing about any. It shows that the risks were gone through, not reviewed.

    ## When it is legitimate
    Where one event touched all of these risks. Say what it meant for each.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX012"
    name = "unchanged-boilerplate"
    severity = Severity.NOTE
    needs = ("commentary",)
    reads = frozenset({"commentary", "status"})
    valid = (
        Example(
            rows=(
                *({"ref": f"R{n}", "title": "A", "commentary": "Controls updated"} for n in (1, 2)),
                *({"ref": f"R{n}", "title": "A", "commentary": "None"} for n in (3, 4, 5)),
            ),
            why="two risks share it; and a cell that says nothing",
        ),
    )
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "commentary": text}
                       for n, text in enumerate(("Controls updated", "controls updated.", "Controls  updated", "New"))),
            finds=((0, "commentary"), (1, "commentary"), (2, "commentary")),
            why="three risks, one sentence",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every commentary that three or more risks share."""
        commentaries = texts(register, "commentary")
        keys = keys_of(commentaries)
        shared = {key for key, count in Counter(keys).items() if count >= FEWEST}
        rows = enumerate(zip(commentaries, keys, closed(register), strict=True))
        found = [
            (index, text, key) for index, (text, key, off) in rows
            if key in shared and not off and len(text.split()) >= FEWEST_WORDS and not says_nothing(text)
        ]  # fmt: skip
        counts = Counter(key for _, _, key in found)
        for index, text, key in found:
            if key and counts[key] >= FEWEST:
                yield self.finding(
                    register, index, "commentary", f"“{shorten(text, 80)}” stands on {counts[key]} risks.",
                    "Say what changed for this risk.",
                )  # fmt: skip
