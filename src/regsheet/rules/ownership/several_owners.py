"""OW004: more than one owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.listed_owners import owners_named
from regsheet.rules.risks import closed, joined, texts
from regsheet.values.owners import is_group, owner_key, split_owners


class SeveralOwners(RegisterRule):
    """A risk has more than one accountable owner.

    ## What it does
    Reports a risk whose owner cell names several people, posts or groups. Two posts with a slash between them count as
    one person's where the column has the pair more than once and never the two apart, and so does anything that the
    owners list knows as a whole.

    ## Why it matters
    Where two answer for a risk, each may think that the other does.

    ## When it is legitimate
    Where two posts are held by one person, or a policy asks for a lead and a deputy. Put the lead first and say so.

    ## Correction
    None: who is accountable is management's decision.
    """

    code = "OW004"
    name = "several-owners"
    severity = Severity.WARNING
    needs = ("owner",)
    reads = frozenset({"owner", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Head of Law/ Monitoring Officer"},
                {"ref": "R2", "title": "B", "owner": "Head of Law/ Monitoring Officer"},
                {"ref": "R3", "title": "C", "owner": "Head of Finance and Property"},
                {"ref": "R4", "title": "D", "owner": "Jane Marsh\nHead of Housing"},
            ),
            why="one person's two posts, one post with a long name, and a name with its title",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "owner": "Head of Law/ Monitoring Officer"},),
            owners=({"role": "Head of Law", "aliases": "Head of Law/ Monitoring Officer"},),
            why="the owners list knows the two posts as one",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "owner": "Project Manager / Environment Lead"},
                {"ref": "R2", "title": "B", "owner": "Chief Executive; Head of Housing"},
                {"ref": "R3", "title": "C", "owner": "AF / MK"},
            ),
            finds=((0, "owner"), (1, "owner"), (2, "owner")),
            why="two posts, two posts, two people",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk with several owners."""
        owners = texts(register, "owner")
        split = {owner: split_owners(owner) for owner in set(owners)}
        if max(map(len, split.values()), default=0) < 2:
            return
        whole = Counter(of_alike(owners, owner_key))
        alone = {owner_key(names[0]) for names in split.values() if len(names) == 1}
        for index, (owner, off) in enumerate(zip(owners, closed(register), strict=True)):
            names = split[owner]
            if off or len(names) < 2 or _is_one_line(owner, context):
                continue
            apart = any(owner_key(name) in alone for name in names)
            if "/" in owner and whole[owner_key(owner)] > 1 and not apart and not any(map(is_group, names)):
                continue
            shown = joined([f"“{name}”" for name in names])
            yield self.finding(register, index, "owner", f"{len(names)} owners are named: {shown}.",
                               "Name the one who is accountable.")  # fmt: skip


def _is_one_line(owner: str, context: Context) -> bool:
    """Whether the owners list knows the cell as a whole: then its posts are one person's."""
    return context.owners is not None and len(owners_named(owner, context.owners, context.as_of)) == 1
