"""TX005: a cause that says the consequence again."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import texts
from regsheet.rules.words import says_nothing

ALIKE = 90.0
"""Texts at least this alike (0 to 100), the order of their words aside, say the same."""


class CauseRepeatsConsequence(RegisterRule):
    """The cause and the consequence say nearly the same.

    ## What it does
    Compares the words of the cause with those of the consequence and reports a risk where they are nearly the same.

    ## Why it matters
    One of the two has not been thought about. Controls are chosen by the cause, the impact is scored by the
    consequence.

    ## When it is legitimate
    Hardly ever.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX005"
    name = "cause-repeats-consequence"
    severity = Severity.WARNING
    needs = ("cause", "consequence")
    reads = frozenset({"cause", "consequence"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "cause": "Loss of staff", "consequence": "Loss of income"},
                {"ref": "R2", "title": "B", "cause": "None", "consequence": "None"},
            ),
            why="alike only in part; and two cells that say nothing",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "cause": "Loss of key staff and their knowledge",
                   "consequence": "Loss of key staff, and their knowledge."},),
            finds=((0, "consequence"),),
            why="the same words again",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every consequence that says the cause again."""
        for index, (cause, consequence) in enumerate(
            zip(texts(register, "cause"), texts(register, "consequence"), strict=True)
        ):
            if are_alike(cause, consequence) and not (says_nothing(cause) or says_nothing(consequence)):
                advice = "Say in the cause why it could happen, in the consequence what would follow."
                yield self.finding(register, index, "consequence", "the consequence says what the cause says.", advice)


def are_alike(one: str, other: str) -> bool:
    """Whether two texts have nearly the same words, case aside. Lengths tell of most that they have not."""
    if not (one.isascii() and other.isascii()):  # others are as long in lower case
        one, other = one.casefold(), other.casefold()
    length, other_length = len(one), len(other)
    if abs(length - other_length) * 100 > (length + other_length) * (100 - ALIKE) + 100:
        longer = one if length > other_length else other
        # Gaps between words may make it no longer than the other; in the shorter they make that shorter still.
        if "  " not in longer and ("\n" not in longer or "\n\n" not in longer):
            return False
    return fuzz.token_sort_ratio(one.casefold(), other.casefold(), score_cutoff=ALIKE) >= ALIKE
