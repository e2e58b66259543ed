"""TX011: a text that breaks off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.model.register import TEXT_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import texts, typed

FIELDS = ("title", "description", "cause", "consequence", "controls", "actions", "commentary")

WORD = re.compile(r"[^\W\d_]+")
BROKEN_OFF = re.compile(r"(?:\b(?:and|or|of|the|to|for|with|an|by|from|into|between|including)|,)\s*$", re.IGNORECASE)

LONG = 60
"""Characters: a shorter text is a label, and labels end as they like."""


class TruncatedText(RegisterRule):
    """A text seems to be cut off.

    ## What it does
    Reports a cell at the length that Excel cannot exceed, a longer text that ends on a word such as "and" or a comma,
    and one that ends within a word which the register elsewhere writes whole.

    ## Why it matters
    What was cut off is lost to whoever reads the register, and often lost for good.

    ## When it is legitimate
    Where the text goes on in the next row. Better to merge it.

    ## Correction
    None: the missing words must come from their source.
    """

    code = "TX011"
    name = "truncated-text"
    severity = Severity.NOTE
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Loss of key staff",
                 "cause": "Pay is lower than in neighbouring councils, and few people train for the work locally"},
                {"ref": "R2", "title": "Research and", "cause": "Pay"},
            ),
            why="a whole sentence; and a short label",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Loss of key staff",
                 "cause": "Pay is lower than in neighbouring councils, and few people train for the work and"},
                {"ref": "R2", "title": "Delay of recruitment",
                 "cause": "Pay is lower than in neighbouring councils, so that few people answer our recruitm"},
            ),
            finds=((0, "cause"), (1, "cause")),
            why="cut after a word, and within one",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be prose."""
        if any(register.has(field) for field in FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for prose"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every text that breaks off."""
        known: Counter[str] = Counter()
        for field in TEXT_FIELDS:
            for text in texts(register, field):
                known.update(WORD.findall(text.casefold()))
        stems = {word[:length] for word in known for length in range(3, len(word))}
        for field in FIELDS:
            for index, (text, raw) in enumerate(zip(texts(register, field), typed(register, field), strict=True)):
                said = why_cut(text, known, stems)
                if isinstance(raw, str) and len(raw) >= MAX_TEXT_LENGTH:
                    said = f"is as long as a cell can be ({MAX_TEXT_LENGTH:,} characters)"
                if said:
                    yield self.finding(register, index, field, f"{register.field_name(field)} {said}.",
                                       "Look up how the text goes on.")  # fmt: skip


def why_cut(text: str, known: Counter[str], stems: set[str]) -> str | None:
    """Why a text seems cut, as the end of a sentence; None where it does not."""
    if len(text) < LONG:
        return None
    end = text[-40:].split("\n")[-1]
    if BROKEN_OFF.search(text):
        return f"ends with “…{' '.join(end.split()[-3:])}”"
    last = WORD.findall(text.casefold())[-1:] if text[-1].isalpha() else []
    if last and len(last[0]) >= 3 and known[last[0]] == 1 and last[0] in stems:
        return f"ends within a word: “…{' '.join(end.split()[-3:])}”"
    return None
