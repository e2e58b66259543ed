"""OW003: an owner whose post has ended."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.listed_owners import lacks_owners_list, owners_named, successor_of
from regsheet.rules.risks import closed, texts, typed_at


class OwnerLeft(RegisterRule):
    """A risk's owner has left, or the post has ended.

    ## What it does
    Looks up each open risk's owner on the owners list and reports one whose last day lies before the as-of date. Where
    the list has a later line for the same post or person, that one counts.

    ## Why it matters
    The risk belongs to nobody from that day on, and the register hides it.

    ## When it is legitimate
    Hardly ever. Where the last day has moved, correct the owners list.

    ## Correction
    Suggested, where the list names a successor: the successor, or the successor's own where that post has ended too.
    """

    code = "OW003"
    name = "owner-left"
    severity = Severity.ERROR
    correction = "suggest"
    needs = ("owner",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Head of Finance"},
                {"ref": "R2", "title": "B", "owner": "Head of Housing"},
            ),
            owners=(
                {"role": "Head of Finance", "name": "A. Old", "until": "31/03/2024"},
                {"role": "Head of Finance", "name": "B. New", "from": "01/04/2024"},
                {"role": "Head of Housing", "until": "31/12/2024"},
            ),
            why="the post has a new holder; and a last day that is today",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Head of Human Resources"},
                {"ref": "R2", "title": "B", "owner": "Head of Property"},
            ),
            owners=(
                {"role": "Head of Human Resources", "until": "30/09/2024", "successor": "Head of People"},
                {"role": "Head of People", "until": ""},
                {"role": "Head of Property", "until": "May 2024"},
            ),
            finds=((0, "owner"), (1, "owner")),
            why="the one has a successor, the other has not",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be an owners list and an owner column."""
        return super().lacks(register, context) or lacks_owners_list(context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every owner who has left."""
        owners = context.owners
        if owners is None:
            return
        cells = own_cells(register, "owner")
        for index, (text, off) in enumerate(zip(texts(register, "owner"), closed(register), strict=True)):
            named = [] if off else owners_named(text, owners, context.as_of)
            left = [(name, owner) for name, owner in named if owner is not None and owner.has_left(context.as_of)]
            if not left:
                continue
            name, owner = left[0]
            successor = successor_of(owner, owners, context.as_of)
            cell = cells[index]
            correction = None
            if successor is not None and cell is not None and len(named) == 1:
                before = typed_at(register, index, "owner")
                correction = Correction(register.sheet_name, cell, before, successor, "suggest",
                                        "named as successor on the owners list")  # fmt: skip
            ended = f"left on {in_words(owner.end)}" if owner.end else "has left"
            advice = f"Ask whether “{successor}” has taken the risk over." if successor else "Name who took it over."
            yield self.finding(register, index, "owner", f"“{name}” {ended}, says the owners list.", advice,
                               correction=correction)  # fmt: skip
