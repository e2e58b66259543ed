"""OW002: an owner who is not on the owners list."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.listed_owners import closest_name, lacks_owners_list, owners_named
from regsheet.rules.risks import closed, joined, texts, typed_at
from regsheet.rules.words import says_nothing


class UnknownOwner(RegisterRule):
    """A risk's owner is not on the owners list.

    ## What it does
    Looks up each open risk's owner on the owners list: by post, name, e-mail address or alias, capitals and spaces
    aside. A name with its post is known where either is. Where a cell names several owners, each is looked up, unless
    the list knows the cell as a whole.

    ## Why it matters
    A post that is not in the structure cannot be held to account, and its holder gets no reminder.

    ## When it is legitimate
    Where the list is behind: add the post, or the spelling as an alias.

    ## Correction
    Suggested, where the owner is close to one line of the list only: as the list writes it.
    """

    code = "OW002"
    name = "unknown-owner"
    severity = Severity.ERROR
    correction = "suggest"
    needs = ("owner",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "head of  finance"},
                {"ref": "R2", "title": "B", "owner": "Jane Marsh (Head of Housing)"},
                {"ref": "R3", "title": "C", "owner": "Head of Law/ Monitoring Officer"},
                {"ref": "R4", "title": "D", "owner": None},
            ),
            owners=(
                {"role": "Head of Finance", "aliases": "Section 151 Officer"},
                {"role": "Head of Housing"},
                {"role": "Head of Law", "aliases": "Head of Law/ Monitoring Officer; Monitoring Officer"},
            ),
            why="a post, a name with its post, one person's two posts; a blank is another finding",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Head of Fiannce"},
                {"ref": "R2", "title": "B", "owner": "Director of Growth"},
                {"ref": "R3", "title": "C", "owner": "Head of Housing; Town Crier"},
            ),
            owners=({"role": "Head of Finance"}, {"role": "Head of Housing"}),
            finds=((0, "owner"), (1, "owner"), (2, "owner")),
            why="misspelt; not in the structure; and one of two is not",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be an owners list and an owner column."""
        return super().lacks(register, context) or lacks_owners_list(context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every owner that the list does not know."""
        owners = context.owners
        if owners is None:
            return
        cells = own_cells(register, "owner")
        for index, (text, off) in enumerate(zip(texts(register, "owner"), closed(register), strict=True)):
            if off or says_nothing(text):
                continue
            named = owners_named(text, owners, context.as_of)
            unknown = [name for name, owner in named if owner is None]
            if not unknown:
                continue
            meant = closest_name(unknown[0], owners) if len(named) == 1 else None
            cell = cells[index]
            correction = None
            if meant is not None and cell is not None:
                correction = Correction(register.sheet_name, cell, typed_at(register, index, "owner"), meant, "suggest",
                                        f"“{meant}” is the closest on the owners list")  # fmt: skip
            shown = joined([f"“{name}”" for name in unknown])
            advice = f"Is “{meant}” meant? Name a post that is on the list." if meant else (
                "Name a post that is on the list, or add it there.")  # fmt: skip
            verb = "are" if len(unknown) > 1 else "is"
            yield self.finding(register, index, "owner", f"{shown} {verb} not on the owners list.", advice,
                               correction=correction)  # fmt: skip
