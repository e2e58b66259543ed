"""What the owners list says of the owner that a cell names."""

from __future__ import annotations

import datetime as dt
import re

from rapidfuzz import fuzz

from regsheet.model.owners_list import Owner, OwnersList
from regsheet.rules.base import Context
from regsheet.values.owners import owner_key, split_owners
from regsheet.values.text import clean, one_line

NO_OWNERS_LIST = "no owners list was given (--owners, or owners in regsheet.toml)"

BRACKETS = re.compile(r"\(([^()]*)\)")


def lacks_owners_list(context: Context) -> str | None:
    """Why owners cannot be looked up; None where they can."""
    return NO_OWNERS_LIST if context.owners is None else None


def listed(text: str, owners: OwnersList, day: dt.date) -> Owner | None:
    """The line of the list that a text names: as a whole, without brackets, or by a part (``Jane Marsh, Head of IT``).

    Of several lines for one post or person the one in office on that day counts, else the last to leave.
    """
    bare = BRACKETS.sub(" ", text)
    parts = [*BRACKETS.findall(text), *re.split(r"\s*[,;\n]\s*|\s+[-–—]\s+", bare)]
    for form in (text, bare, *parts):
        if len(owner_key(form)) > 1 and owners.find(form) is not None:
            return in_office(form, owners, day)
    return None


def in_office(text: str, owners: OwnersList, day: dt.date) -> Owner | None:
    """The line of the list for exactly this text; of several the one in office on that day, else the last to leave."""
    key = owner_key(text)
    lines = [
        owner
        for owner in owners.owners
        if key in {owner_key(name) for name in (owner.role, owner.name, owner.email, *owner.aliases) if name}
    ]
    current = [owner for owner in lines if not owner.has_left(day)]
    return current[0] if current else max(lines, key=lambda owner: owner.end or dt.date.min, default=None)


def owners_named(text: str, owners: OwnersList, day: dt.date) -> list[tuple[str, Owner | None]]:
    """Each owner that a cell names, with its line on the list.

    A cell that the list knows as a whole is one owner, be it ``Head of Law/ Monitoring Officer``.
    """
    whole = listed(clean(text), owners, day)
    names = split_owners(text)
    if whole is not None and (len(names) < 2 or owners.find(text) is not None):
        return [(one_line(text), whole)]
    return [(name, listed(name, owners, day)) for name in names]


def closest_name(text: str, owners: OwnersList) -> str | None:
    """How the list writes what a misspelt text most likely means; None where it is not close to one line only."""
    owner = owners.closest(text)
    if owner is None:
        return None
    names = [name for name in (owner.role, *owner.aliases, owner.name) if name]
    return max(names, key=lambda name: fuzz.ratio(owner_key(text), owner_key(name)))


def successor_of(owner: Owner, owners: OwnersList, day: dt.date) -> str | None:
    """Who follows somebody who has left: the successor, or the successor's own where that one left too; else None."""
    seen = {owner.role}
    current = owner
    while current.successor:
        following = in_office(current.successor, owners, day)
        if following is None or not following.has_left(day):
            return current.successor
        if following.role in seen:
            return None
        seen.add(following.role)
        current = following
    return None
