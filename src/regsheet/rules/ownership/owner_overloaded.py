"""OW007: one owner for a large share of the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.listed_owners import owners_named
from regsheet.rules.risks import closed, repeated, texts
from regsheet.rules.table_places import heading_cell
from regsheet.rules.words import says_nothing
from regsheet.values.owners import owner_key, split_owners

FEWEST = 5
"""Nobody is overloaded with fewer risks."""


class OwnerOverloaded(RegisterRule):
    """One owner holds a large share of the register's risks.

    ## What it does
    Counts the open risks of each owner and reports one who holds more than the configured share of them (two in five,
    unless regsheet.toml says otherwise) and at least five. The first owner that a cell names counts, and a risk with
    several rows counts once. A register that belongs to one owner altogether is left out.

    ## Why it matters
    A risk needs time. Who owns half of them may own none in truth.

    ## When it is legitimate
    In the register of one service, or a small organisation. Raise `owner_share` in regsheet.toml.

    ## Correction
    None: who owns a risk is management's decision.
    """

    code = "OW007"
    name = "owner-overloaded"
    severity = Severity.NOTE
    needs = ("owner",)
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "owner": "Head of Housing"} for n in range(9)),
            why="the register of one service",
        ),
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "owner": f"Head of {name}"}
                       for n, name in enumerate(("Law", "Law", "Law", "Law", "IT", "Housing", "Finance"))),
            why="four of seven, which is more than the share, yet few",
        ),
        Example(
            rows=tuple({"ref": f"R{n // 2}", "title": f"Risk {n // 2}", "actions": f"Action {n}",
                        "owner": "Head of Law" if n < 6 else f"Head of {n // 2}"} for n in range(14)),
            why="six rows, but three risks of seven",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "owner": "Head of Law" if n < 6 else f"Director {n}"}
                       for n in range(14)),
            finds=((-1, "owner"),),
            why="6 of 14 risks",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every owner with too large a share."""
        risks: dict[str, list[int]] = defaultdict(list)
        names: dict[str, str] = {}
        off_the_books = [off or again for off, again in zip(closed(register), repeated(register), strict=True)]
        for index, (text, off) in enumerate(zip(texts(register, "owner"), off_the_books, strict=True)):
            name = "" if off or says_nothing(text) else _first(text, context)
            if name:
                risks[owner_key(name)].append(index)
                names.setdefault(owner_key(name), name)
        total = off_the_books.count(False)
        if len(risks) < 2:
            return
        cell, field = heading_cell(register, "owner")
        limit = context.config.limits.owner_share
        for key, held in risks.items():
            if len(held) >= FEWEST and len(held) > limit * total:
                message = f"“{names[key]}” owns {len(held)} of {total} risks, more than {limit:.0%}."
                refs = ", ".join(register.label(index) for index in held)
                finding = self.table_finding(register, cell, field, message, f"Share them out. They are: {refs}.",
                                             value=names[key])  # fmt: skip
                yield replace(finding, owner=names[key])


def _first(text: str, context: Context) -> str:
    """The owner who is accountable: the first of a cell, as the owners list calls the post where there is one."""
    if context.owners is not None:
        named = owners_named(text, context.owners, context.as_of)
        if named and named[0][1] is not None:
            return named[0][1].role
    return next(iter(split_owners(text)), "")
