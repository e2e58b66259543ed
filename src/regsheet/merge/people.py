"""Who returned a copy, and whose risk a row is.

A copy's owner is known from, in this order: what the command line says; the file's name, where it holds the role, name
or alias of just one owner; the names on answers that are new on its Findings sheet; and the name of who saved it last,
where that has changed since it was sent. It is not guessed from whose rows were edited: that is what is being checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from regsheet.errors import PackageError
from regsheet.model.owners_list import Owner, OwnersList
from regsheet.package import Package
from regsheet.values.owners import owner_key, split_owners

SHORTEST_KEY = 5
"""Letters that a name needs to be looked for inside a file's name; shorter ones must be a word of it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may return a copy. ``keys`` are the roles, names and aliases under which a register knows them."""

    name: str
    keys: frozenset[str]


class People:
    """Everybody who may return a copy: those on the owners list, and those the registers name as owners."""

    def __init__(self, owners: OwnersList | None, named: Iterable[str]) -> None:
        self._list = owners
        listed = owners.owners if owners is not None else ()
        self._persons = [_person(owner) for owner in listed]
        known = {key for person in self._persons for key in person.keys}
        for text in sorted({one for each in named for one in split_owners(each)}):
            if owner_key(text) not in known:
                known.add(owner_key(text))
                self._persons.append(Person(text, frozenset({owner_key(text)})))

    def find(self, text: str) -> Person | None:
        """The one person that a text names."""
        wanted = owner_key(text)
        return next((person for person in self._persons if wanted and wanted in person.keys), None)

    def told(self, text: str) -> Person:
        """The person that the command line names; somebody nobody knows owns no risk."""
        return self.find(text) or Person(text, frozenset({owner_key(text)}))

    def in_file_name(self, stem: str) -> Person | None:
        """The person whose role, name or alias the name of a file holds; None where it holds several persons'."""
        whole, words = owner_key(stem), {owner_key(word) for word in re.split(r"[^\w']+|_", stem)}
        found: dict[str, Person] = {}
        for person in self._persons:
            for key in person.keys:
                if (len(key) >= SHORTEST_KEY and key in whole) or (2 <= len(key) < SHORTEST_KEY and key in words):
                    found[key] = person
        longest = {key for key in found if not any(key != other and key in other for other in found)}
        persons = {found[key].name: found[key] for key in longest}
        return next(iter(persons.values())) if len(persons) == 1 else None

    def only(self, texts: Iterable[str]) -> Person | None:
        """The person that all of these texts name that name anybody; None where they name several."""
        persons = {person.name: person for text in texts if (person := self.find(text)) is not None}
        return next(iter(persons.values())) if len(persons) == 1 else None

    def owns(self, person: Person, owner: str) -> bool:
        """Whether a risk is this person's: as its owner, one of several, the owner's deputy or successor."""
        owners = split_owners(owner)
        return not owners or any(self._is(person, one) for one in (*owners, owner))

    def _is(self, person: Person, owner: str) -> bool:
        if owner_key(owner) in person.keys:
            return True
        listed = self._list.find(owner) if self._list is not None else None
        if listed is None:
            return False
        others = (listed.role, listed.deputy, listed.successor)
        return any(owner_key(text) in person.keys for text in others if text)


def _person(owner: Owner) -> Person:
    texts = (owner.role, owner.name, owner.email, *owner.aliases)
    name = f"{owner.name}, {owner.role}" if owner.name else owner.role
    return Person(name, frozenset(owner_key(text) for text in texts if text))


def last_saved_by(package: Package) -> str:
    """Who saved a workbook last, as its properties say; empty where they do not."""
    for relationship in package.relationships():
        if relationship.kind.casefold().endswith("core-properties") and relationship.target in package:
            try:
                root = package.tree(relationship.target)
            except PackageError:
                return ""
            for element in root:
                if isinstance(element.tag, str) and element.tag.endswith("}lastModifiedBy"):
                    return (element.text or "").strip()
    return ""
