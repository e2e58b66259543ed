"""TX006: words that only stand in for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regsheet.grid.cells import Value
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.plainly_said import may_say_nothing
from regsheet.rules.risks import closed, listed, texts, typed
from regsheet.values.text import is_placeholder

KEY_FIELDS = ("title", "description")
"""Where a stand-in leaves nobody knowing which risk is meant. References and owners have rules of their own."""

FIELDS = (
    *KEY_FIELDS, "objective", "category", "cause", "consequence", "controls", "actions", "action_owner", "commentary",
    "response", "appetite", "status", "action_status",
)  # fmt: skip

CHOSEN = frozenset({"objective", "category", "action_owner", "response", "appetite", "status", "action_status"})
"""Fields whose texts are mostly chosen from a few."""

BULLET = re.compile(r"[□☐•▪■●◦·]")
EMPTY_BULLET = re.compile(r"(?:^|\n)[ \t]*[□☐•▪■●◦][ \t]*(?=\n|$)")


def phrases(*wanted: str) -> tuple[dict[str, str], ...]:
    """A row for each phrase, as controls."""
    return tuple({"ref": f"R{number}", "title": f"Risk {number}", "controls": phrase}
                 for number, phrase in enumerate(wanted, start=1))  # fmt: skip


SILENT = phrases(
    "None", "N/A", "Test of the recovery plan", "Staff to be confirmed in post after six months' probation",
    "Pending cases are listed weekly", "• Policy\n• Procedure", "Example policies are on the intranet",
    "The unknown remains: suppliers' own suppliers", "XL sizes stocked", "To follow the code of conduct",
    "Dummy runs twice a year", "Awaiting trial: none",
)  # fmt: skip

FOUND = phrases(
    "TBC", "tba", "To be confirmed", "XX", "???", "[insert control]", "TBD.", "Lorem ipsum dolor sit amet",
    "To be completed", "• Policy\n•", "• Dual sign-off\n• TBC", "to follow",
)  # fmt: skip


class Placeholder(RegisterRule):
    """A cell holds words that only stand in for others.

    ## What it does
    Reports a text that is no more than a stand-in ("TBC", "XX", "insert text here"), an item of a list that is one,
    and a bullet with nothing behind it. References, owners and dates have findings of their own. In a title or
    description it counts as an error.

    ## Why it matters
    A stand-in looks like an entry, so nobody notices that it is missing.

    ## When it is legitimate
    In a draft that is not presented to anybody yet.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX006"
    name = "placeholder"
    severity = Severity.WARNING
    reads = frozenset(FIELDS)
    valid = (Example(rows=SILENT, why="words that are meant"),)
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "TBC"},), finds=((0, "title"),),
            why="a title that is still to come: an error",
        ),
        Example(rows=FOUND, finds=tuple((n, "controls") for n in range(len(FOUND))), why="words that only stand in"),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every stand-in."""
        off = closed(register)
        for field in FIELDS:
            if not register.has(field):
                continue
            severity = Severity.ERROR if field in KEY_FIELDS else self.severity
            column, raw = texts(register, field), typed(register, field)
            for index in of_different(column) if field in CHOSEN else may_say_nothing(column):
                text = column[index]
                said = None if off[index] or not text else stand_in(text, raw[index])
                if said:
                    yield self.finding(register, index, field, f"the cell of the {register.field_name(field)} {said}.",
                                       "Write what is meant, or take it out.", severity=severity)  # fmt: skip


def of_different(column: Sequence[str]) -> list[int]:
    """The same as ``may_say_nothing``, asked once of each text: of a column in which few differ."""
    different = list(set(column))
    found = {different[place] for place in may_say_nothing(different)}
    return [index for index, text in enumerate(column) if text in found] if found else []


def stand_in(text: str, raw: Value) -> str | None:
    """What stands in for words in a cell, as the end of a sentence; None where nothing does."""
    if is_placeholder(text):
        return f"is only “{' '.join(text.split())}”"
    if "\n" not in text and not BULLET.search(text):
        return None
    inside = next((item for item in listed(text) if is_placeholder(item)), None)
    if inside:
        return f"lists “{inside}”"
    if isinstance(raw, str) and EMPTY_BULLET.search(raw):
        return "has a bullet with nothing behind it"
    return None
