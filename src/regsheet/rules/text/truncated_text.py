"""TX011: a text that breaks off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from regsheet.limits import MAX_TEXT_LENGTH
from regsheet.model.register import TEXT_FIELDS, Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import texts, typed

FIELDS = ("title", "description", "cause", "consequence", "controls", "actions", "commentary")

WORD = re.compile(r"[^\W\d_]+")
BROKEN_OFF = re.compile(r"(?:\b(?:and|or|of|the|to|for|with|an|by|from|into|between|including)|,)\s*$", re.IGNORECASE)

ENDINGS = frozenset((
    "s", "es", "d", "ed", "r", "rs", "er", "ers", "or", "ors", "ing", "ings", "ly", "al", "ally", "ment", "ments",
    "ion", "ions", "able", "ful", "less", "ness", "y", "ity", "ise", "ised", "ising", "isation", "ize", "ized",
    "ization", "ation", "ations", "ive", "ship", "hood", "ern", "ist", "ists", "ary", "ance", "ence", "ant", "ent",
    "man", "men", "based",
))  # fmt: skip
"""What words grow by: a word that another only inflects is whole."""

WHOLE = ".;:!?)”\"'0123456789"
"""No text that ends in one of these is broken off."""

TOGETHER = 500
"""Texts that are taken apart at a time: quicker than each alone, and far smaller than all at once."""

SHORTEST = 4
"""Letters of a broken word; shorter ones are as likely to be abbreviations."""

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
    reads = frozenset(TEXT_FIELDS)
    valid = (
        Example(
            rows=(
                {
                    "ref": "R1",
                    "title": "Loss of key staff",
                    "cause": "Pay is lower than in neighbouring councils, and few people train for the work locally",
                },
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
                {"ref": "R2", "title": "No answers to advertisements",
                 "cause": "Pay is lower than in neighbouring councils, so that few people answer our advertisem"},
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
        words = KnownWords(register)
        for field in FIELDS:
            column = texts(register, field)
            longest = {index for index, raw in enumerate(typed(register, field))
                       if isinstance(raw, str) and len(raw) >= MAX_TEXT_LENGTH}  # fmt: skip
            for index in sorted(longest.union(may_be_cut(column))):
                said = why_cut(column[index], words)
                if index in longest:
                    said = f"is as long as a cell can be ({MAX_TEXT_LENGTH:,} characters)"
                if said:
                    yield self.finding(register, index, field, f"the cell of the {register.field_name(field)} {said}.",
                                       "Look up how the text goes on.")  # fmt: skip


class KnownWords:
    """The words of a register's texts in lower case, gathered when the first text asks for them."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each word occurs."""
        pieces: Counter[str] = Counter()
        for field in TEXT_FIELDS:
            if self.register.has(field):
                column = texts(self.register, field)
                for start in range(0, len(column), TOGETHER):
                    pieces.update("\n".join(column[start : start + TOGETHER]).casefold().split())
        known: Counter[str] = Counter()
        # Few of the words between spaces differ, so that taking their signs off costs little.
        for piece, count in pieces.items():
            for word in WORD.findall(piece):
                known[word] += count
        return known

    @cached_property
    def ordered(self) -> Sequence[str]:
        """The words in order."""
        return sorted(self.counts)


def may_be_cut(column: Sequence[str]) -> list[int]:
    """Where in a column texts stand that are long enough, and do not end as whole ones do."""
    if {text[-1:] for text in column}.issubset((*WHOLE, "")):
        return []
    return [index for index, text in enumerate(column) if len(text) >= LONG and text[-1] not in WHOLE]


def why_cut(text: str, words: KnownWords) -> str | None:
    """Why a text seems cut, as the end of a sentence; None where it does not."""
    if len(text) < LONG:
        return None
    if text[-1] in WHOLE:
        return None
    tail = text.rsplit(None, 1)[-1]
    end = text[-40:].split("\n")[-1]
    if BROKEN_OFF.search(tail):
        return f"ends with “…{' '.join(end.split()[-3:])}”"
    last = WORD.findall(tail.casefold())[-1:] if text[-1].isalpha() else []
    if last and words.counts[last[0]] == 1 and is_broken(last[0], words.ordered):
        return f"ends within a word: “…{' '.join(end.split()[-3:])}”"
    return None


def is_broken(word: str, ordered: Sequence[str]) -> bool:
    """Whether a word is only the beginning of others that are known, and of none that is merely its inflection."""
    longer: list[str] = []
    for known in islice(ordered, bisect_right(ordered, word), None):
        if not known.startswith(word):
            break
        longer.append(known[len(word) :])
    return len(word) >= SHORTEST and bool(longer) and not any(is_inflection(word, rest) for rest in longer)


def is_inflection(word: str, rest: str) -> bool:
    """Whether a whole word grows by these letters: ``depend`` by ``ent``, but no word ``procurem`` does."""
    return rest in ENDINGS and not (word.endswith("m") and rest in {"ent", "ents"})
