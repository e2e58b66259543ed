"""OW006: one risk, other owners in another register."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.history import risk_title
from regsheet.model.previous import likeness
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.elsewhere import OwnedRisk
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.listed_owners import owners_named
from regsheet.rules.risks import closed, texts
from regsheet.rules.words import says_nothing
from regsheet.values.owners import owner_key, split_owners

SAME = 92.0
"""From this likeness (0 to 100) of their titles on, risks of two registers are the same risk."""

LONG_TITLE = 15
"""A shorter title (``Fraud``, ``Cyber attack``) is shared by risks that each service owns for itself."""


class OwnerDiffers(RegisterRule):
    """The same risk has another owner in another register.

    ## What it does
    Compares each open risk with those of the other registers that are checked in the same run, in this workbook or in
    others. Reports one whose title is the same, or nearly, while no owner is. Posts, names and aliases that the owners
    list knows as one are one owner.

    ## Why it matters
    Two registers that name two owners have none: each relies on the other.

    ## When it is legitimate
    Where each service bears the same kind of risk for itself. Titles that say whose risk it is make that plain.

    ## Correction
    None: who owns a risk is management's decision.
    """

    code = "OW006"
    name = "owner-differs"
    severity = Severity.WARNING
    needs = ("owner",)
    valid = (
        Example(
            rows=(
                {"ref": "C1", "title": "Flooding of the town centre", "owner": "Head of Property"},
                {"ref": "C2", "title": "Cyber attack", "owner": "Head of IT"},
                {"ref": "C3", "title": "Failure of a leisure contractor", "owner": "Head of Leisure"},
            ),
            other_rows=(
                {"ref": "H7", "title": "Flooding of the town centre", "owner": "head of property"},
                {"ref": "H2", "title": "Cyber attack", "owner": "Head of Housing"},
                {"ref": "H9", "title": "Failure of a waste contractor", "owner": "Head of Waste"},
            ),
            why="the same owner; a general title that each service has for itself; and another risk",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "C1", "title": "Flooding of the town centre", "owner": "Head of Property"},),
            other_rows=({"ref": "H7", "title": "Flooding of town centre", "owner": "Head of Streets"},),
            finds=((0, "owner"),),
            why="two registers, two owners",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be another register with owners."""
        why = super().lacks(register, context)
        if why or others(register, context) or (context.elsewhere and context.elsewhere.has_owners):
            return why
        return "no other register was checked in the same run"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk that has another owner elsewhere."""
        near, far = _at_hand(register, context), context.elsewhere.owned if context.elsewhere else {}
        for index, (text, off) in enumerate(zip(texts(register, "owner"), closed(register), strict=True)):
            title = risk_title(register, index)
            if off or says_nothing(text) or len(title) < LONG_TITLE:
                continue
            mine = _owners(text, context)
            for risk in (*near, *far.get(title, ())):
                if likeness(title, risk.title) < SAME or mine & _owners(risk.owner, context):
                    continue
                where = ", ".join(_shown(name) for name in (risk.file, risk.sheet, risk.ref) if name)
                yield self.finding(register, index, "owner", f"owned by “{_shown(text)}” here, by "
                                   f"“{_shown(risk.owner)}” in {where}.", "Agree on one owner.")  # fmt: skip
                break


def others(register: Register, context: Context) -> list[tuple[Register, str]]:
    """The other registers at hand that have owners, with the name of the file where it is another."""
    own = [(other, "") for other in context.book.registers if other is not register]
    books = () if context.elsewhere is not None else context.others
    foreign = [(other, book.path.name) for book in books for other in book.registers]
    return [(other, file) for other, file in (*own, *foreign) if other.has("owner")]


def _at_hand(register: Register, context: Context) -> list[OwnedRisk]:
    """The risks of the other registers at hand that have an owner."""
    return [OwnedRisk(file, other.sheet_name, other.text(place, "ref"), risk_title(other, place), owner)
            for other, file in others(register, context) for place, owner in enumerate(texts(other, "owner"))
            if not says_nothing(owner)]  # fmt: skip


def _owners(text: str, context: Context) -> set[str]:
    """Every owner that a cell names, as the owners list knows them where there is one."""
    if context.owners is None:
        return {owner_key(text), *(owner_key(name) for name in split_owners(text))}
    named = owners_named(text, context.owners, context.as_of)
    return {owner_key(owner.role if owner else name) for name, owner in named}


def _shown(text: str) -> str:
    return " ".join(text.split())
