"""OW007: one owner for a large share of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.holdings import first_named, holdings
from regsheet.rules.listed_owners import owners_named
from regsheet.rules.table_places import heading_cell
from regsheet.values.owners import owner_key

FEWEST = 5
"""Nobody is overloaded with fewer risks."""


class OwnerOverloaded(RegisterRule):
    """One owner holds a large share of the register's risks.

    ## What it does
    Counts the open risks of each owner and reports one who holds more than the configured share of them (two in five,
    unless regsheet.toml says otherwise) and at least five. The first owner that a cell names counts, and a risk with
    several rows counts once. A register that belongs to one owner altogether is left out. In a run over many workbooks
    it counts the risks of all of them as well, and says so once, in the workbook with most of that owner's risks.

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
    reads = frozenset({"owner", "status"})
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
        found = holdings(register, lambda text: _first(text, context))
        cell, field = heading_cell(register, "owner")
        limit = context.config.limits.owner_share
        reported = set()
        for key, held in found.held.items() if len(found.held) > 1 else ():
            if is_too_much(len(held), found.total, limit):
                reported.add(key)
                message = f"“{found.names[key]}” owns {len(held)} of {found.total} risks, more than {limit:.0%}."
                refs = ", ".join(register.label(index) for index in held)
                finding = self.table_finding(register, cell, field, message, f"Share them out. They are: {refs}.",
                                             value=found.names[key])  # fmt: skip
                yield replace(finding, owner=found.names[key])
        if register is next(iter(context.book.registers), None):
            yield from self._in_all(register, cell, field, context, reported)

    def _in_all(
        self, register: Register, cell: str | None, field: str | None, context: Context, reported: Collection[str]
    ) -> Iterator[Finding]:
        """Owners with too large a share of all the risks of a run."""
        limit = context.config.limits.owner_share
        for share in context.elsewhere.overloaded if context.elsewhere else ():
            if owner_key(share.owner) not in reported:
                message = (
                    f"“{share.owner}” owns {share.held} of {share.total} risks in the registers that were checked "
                    f"together, more than {limit:.0%}."
                )
                finding = self.table_finding(register, cell, field, message, "Share them out.", value=share.owner)
                yield replace(finding, owner=share.owner)


def is_too_much(held: int, total: int, limit: float) -> bool:
    """Whether so many risks of so many are too many for one owner."""
    return held >= FEWEST and held > limit * total


def _first(text: str, context: Context) -> str:
    """The owner who is accountable: the first of a cell, as the owners list calls the post where there is one."""
    if context.owners is not None:
        named = owners_named(text, context.owners, context.as_of)
        if named and named[0][1] is not None:
            return named[0][1].role
    return first_named(text)
