"""TX010: one item twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import listed, texts
from regsheet.rules.whole_columns import START, Piece, pieces
from regsheet.rules.words import says_nothing

FIELDS = ("cause", "consequence", "controls", "actions")

SHORTEST = 6
"""Letters and figures; shorter items are too slight to count."""

NUMBERED = re.compile(r"^[ \t]*\(?\d{1,2}[.)][ \t]*(\S[^\n]*)$", re.MULTILINE)
SIGNS = re.compile(r"[\W_]+")
PLAIN_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
"""The same signs of plain texts, which are taken out far quicker."""

BESIDE_TEXTS = {code: None for code in PLAIN_SIGNS if chr(code) != START}
"""The same but what parts the texts of a column."""

BESIDE_LINES = {code: None for code in BESIDE_TEXTS if chr(code) != "\n"}
"""The same but line ends."""

OPENINGS = re.compile(r"\n[^a-z0-9\n\0]{0,8}+(?:[0-9]{1,2}[.)]|[a-z]{1,4}\)|[^a-z0-9\n\0])")
"""How a line opens with what is no part of its item: a number, ``a)``; or with so many signs that it cannot be told."""

FEWEST_NUMBERED = 2
"""Numbered lines that make a list of their own."""


class RepeatedItem(RegisterRule):
    """The same item stands twice in a cell, or among both controls and actions.

    ## What it does
    Compares the items of each list with each other, and the actions of a risk with its controls, capitals, spaces and
    punctuation aside.

    ## Why it matters
    A list that repeats itself looks longer than it is; and what is in place cannot be still to do.

    ## When it is legitimate
    Where a control is to be extended: say what the action adds.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX010"
    name = "repeated-item"
    severity = Severity.WARNING
    reads = frozenset(FIELDS)
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "controls": "• Weekly checks\n• Monthly checks",
                   "actions": "• Extend weekly checks to stores"},),
            why="alike, not the same",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "controls": "• Weekly checks\n• Training\n• weekly checks."},
                {"ref": "R2", "title": "B", "controls": "• Weekly checks", "actions": "• Weekly checks\n• Fit alarms"},
            ),
            finds=((0, "controls"), (1, "actions")),
            why="twice in a cell, and in both",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a list of some kind."""
        if any(register.has(field) for field in FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for causes, consequences, controls or actions"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every item that is there already."""
        columns = {field: texts(register, field) for field in FIELDS}
        in_both = may_repeat(columns["controls"], columns["actions"])
        for field, column in columns.items():
            for index in in_both if field in {"controls", "actions"} else may_repeat(column):
                again = first_repeated(column[index])
                if again:
                    yield self.finding(register, index, field, f"“{shorten(again, 80)}” stands twice in "
                                       f"the {register.field_name(field)}.", "Take one of them out.")  # fmt: skip
        for index in in_both:
            actions = columns["actions"][index]
            in_place = {key_of(item) for item in listed(columns["controls"][index])}
            both = next((item for item in listed(actions) if key_of(item) in in_place and counts(item)), None)
            if both:
                yield self.finding(register, index, "actions", f"“{shorten(both, 80)}” is listed as a control and as "
                                   "an action.", "Keep it where it belongs: in place, or still to do.")  # fmt: skip


def may_repeat(*columns: Sequence[str]) -> list[int]:
    """Where the texts of columns, those of a risk taken together, may have two items that say the same.

    Of two such items one begins with all that the first line of the other says, as far as both are looked at; where a
    line has an opening that is no part of its item, that cannot be told.
    """
    found: set[int] = set()
    for together in zip(*map(pieces, columns), strict=True):
        found.update(*(piece.having("1.", "1)") for piece in together))
        if len(together) == 1 and not together[0].has_lines:
            continue
        found.update(*(piece.opening(OPENINGS) for piece in together))
        for place, texts_of_one in enumerate(zip(*map(openings, together), strict=True), start=together[0].first):
            ordered = sorted("".join(texts_of_one).split())
            if any(map(str.startswith, ordered[1:], ordered)):
                found.add(place)
    return sorted(found)


def openings(piece: Piece) -> list[str]:
    """The letters and figures with which the lines of each text open, one line under another."""
    return piece.heads.translate(BESIDE_LINES).split(START)[1:]


def own_items(text: str) -> Sequence[str]:
    """The items of a cell; under numbered ones only these, for the lines between say more about each of them."""
    numbered = NUMBERED.findall(text)
    return numbered if len(numbered) >= FEWEST_NUMBERED else listed(text)


def first_repeated(text: str) -> str | None:
    """The first item of a cell that an earlier one says already."""
    given = own_items(text)
    if len(given) < 2:
        return None
    seen: set[str] = set()
    for item in given:
        key = key_of(item)
        if key in seen and counts(item):
            return item
        seen.add(key)
    return None


def keys_of(column: Sequence[str]) -> list[str]:
    """The letters and figures of each text of a column, in lower case."""
    keys: list[str] = []
    for piece in pieces(column):
        keys += piece.text.translate(BESIDE_TEXTS).split(START)[1:]
        for place in piece.odd:
            keys[place] = key_of(column[place])
    return keys


def key_of(item: str) -> str:
    """An item's letters and figures, in lower case."""
    folded = item.casefold()
    return folded.translate(PLAIN_SIGNS) if folded.isascii() else SIGNS.sub("", folded)


def counts(item: str) -> bool:
    """Whether an item says enough to count as repeated."""
    return len(key_of(item)) >= SHORTEST and not says_nothing(item)
