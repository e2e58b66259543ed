"""How many open risks each owner has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regsheet.model.register import Register
from regsheet.rules.risks import closed, repeated, texts
from regsheet.rules.words import says_nothing
from regsheet.values.owners import owner_key, split_owners


@dataclass(frozen=True, slots=True)
class Holdings:
    """The open risks of a register by owner: ``held`` by the owner's key, as row indices, and what to call each.

    ``total`` counts all open risks, with an owner or without. A risk over several rows counts once.
    """

    held: dict[str, list[int]]
    names: dict[str, str]
    total: int


def holdings(register: Register, accountable: Callable[[str], str] | None = None) -> Holdings:
    """The holdings of a register; ``accountable`` says which owner of a cell counts, by default the first."""
    first = accountable or first_named
    held: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    off_the_books = [off or again for off, again in zip(closed(register), repeated(register), strict=True)]
    known: dict[str, tuple[str, str]] = {}  # the same few owners hold all the risks
    for index, (text, off) in enumerate(zip(texts(register, "owner"), off_the_books, strict=True)):
        if off:
            continue
        if text not in known:
            name = "" if says_nothing(text) else first(text)
            known[text] = (owner_key(name) if name else "", name)
        key, name = known[text]
        if name:
            held.setdefault(key, []).append(index)
            names.setdefault(key, name)
    return Holdings(held, names, off_the_books.count(False))


def first_named(text: str) -> str:
    """The first owner that a cell names."""
    return next(iter(split_owners(text)), "")
