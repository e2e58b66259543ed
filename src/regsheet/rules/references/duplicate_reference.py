"""RF002: one reference for two risks."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import row_at, texts
from regsheet.rules.words import says_nothing


class DuplicateReference(RegisterRule):
    """Two risks have the same reference.

    ## What it does
    Reports a reference that an earlier risk of the same table has already, capitals and spaces aside. Rows that go on
    with one risk (the same title, or no title, directly below) count as that risk.

    ## Why it matters
    A minute that names the reference could mean either risk, and so could a link from the assurance map.

    ## When it is legitimate
    Where the column holds something shared, such as the number of an objective; then it is not a reference.

    ## Correction
    None: only whoever keeps the register knows which risk was there first.
    """

    code = "RF002"
    name = "duplicate-reference"
    severity = Severity.ERROR
    needs = ("ref",)
    reads = frozenset({"ref", "title", "description"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "actions": "Buy pumps"},
                {"ref": "R1", "title": "Flood", "actions": "Train staff"},
                {"ref": "R2", "title": "Fire", "actions": "Fit alarms"},
            ),
            why="one risk over two rows, an action on each",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Flood"}, {"ref": "R2", "title": "Fire"}, {"ref": "r 1", "title": "Fraud"}),
            finds=((2, "ref"),),
            why="flood and fraud have one reference",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every reference that an earlier risk has already."""
        seen: dict[str, int] = {}
        refs = texts(register, "ref")
        keys = of_alike(refs, key_of)
        if len(set(keys) - {""}) == len(keys) - keys.count(""):
            return
        names = names_of(register)
        previous = ""
        for index, (ref, key) in enumerate(zip(refs, keys, strict=True)):
            first = seen.setdefault(key, index)
            goes_on = key == previous and (not names[index] or names[index] == names[index - 1])
            if key and first != index and not goes_on:
                yield self._finding(register, index, ref, first)
            previous = key

    def _finding(self, register: Register, index: int, ref: str, first: int) -> Finding:
        title = register.text(first, "title") or register.text(first, "description")
        where = register.address(first, "ref") or f"row {row_at(register, first)}"
        other = f"the risk in {where}" + (f", “{shorten(title)}”" if title else "")
        return self.finding(register, index, "ref", f"the reference {ref} also belongs to {other}.",
                            "Give one of the two its own reference.")  # fmt: skip


def key_of(ref: str) -> str:
    """A reference for comparing, case and spaces aside; empty where there is none."""
    return "" if says_nothing(ref) else "".join(ref.split()).casefold()


def names_of(register: Register) -> list[str]:
    """What tells risks apart besides the reference: the title, or where there is none the description."""
    titles, descriptions = texts(register, "title"), texts(register, "description")
    return [" ".join((title or description).casefold().split()) for title, description in
            zip(titles, descriptions, strict=True)]  # fmt: skip
