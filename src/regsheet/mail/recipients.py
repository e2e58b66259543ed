"""Who gets what: each finding to the one in office whom the register names, else to the assurance team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from regsheet.mail.addresses import usable_address
from regsheet.mail.contents import Contents, SheetFinding
from regsheet.model.owners_list import Owner, OwnersList
from regsheet.rules.listed_owners import owners_named, successor_of
from regsheet.values.owners import owner_key
from regsheet.values.text import one_line
from regsheet.writer.sheets.texts import date_words

NO_OWNER = "no owner named"
NOT_LISTED = "“{owner}” is not on the owners list"
NO_ADDRESS = "{owner} has no e-mail address on the owners list that can be used"
LEFT = "{owner} left on {day}"
NOT_YET = "{owner} takes up post on {day}"
STANDS_IN = "{why}; you follow or stand in"
"""What the letter says to the one who gets it."""
STANDS_IN_TOLD = "{why}; {who} follows or stands in"
"""What the list of mails says of them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gets mail. ``address`` is fit for a header; known again by it, case aside."""

    name: str
    role: str
    address: str

    @property
    def called(self) -> str:
        """What to call them: by name, else by their post."""
        return self.name or self.role or self.address


@dataclass(frozen=True, slots=True)
class OwnRisk:
    """A risk of theirs: its register's place in the book, and its row in that register's frame."""

    register: int
    index: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody gets what is not plainly theirs: in the words of the letter to them, and as others are told."""

    words: str
    told: str

    @classmethod
    def alike(cls, words: str) -> Reason:
        """One that reads the same to everybody."""
        return cls(words, words)


@dataclass(slots=True)
class Share:
    """What one person gets; ``person`` is None for the assurance team.

    ``owners`` are the owner texts of the Findings sheet that are theirs; ``reasons`` say why they get what names
    somebody else, or nobody, each with the number of findings.
    """

    person: Person | None
    findings: list[SheetFinding] = field(default_factory=list)
    risks: list[OwnRisk] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    reasons: dict[Reason, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where what names an owner goes: to a person, or to the assurance team (None); ``why`` where that is not plain."""

    person: Person | None
    why: Reason | None = None


def shares(contents: Contents, owners: OwnersList, *, everybody: bool = False) -> tuple[Share, ...]:
    """What each person gets, in the order of the owners list, the assurance team last.

    With ``everybody``, those on the list who are in post and have no finding are there too, with no findings.
    """
    work = _Work(owners, contents.as_of)
    for finding in contents.findings:
        for destination in work.destinations(finding.owner_text):
            work.give(destination, finding)
    for number, register in enumerate(contents.book.registers if contents.book else ()):
        for index in range(register.count):
            for destination in work.destinations(register.text(index, "owner")):
                work.own(destination, OwnRisk(number, index))
    return tuple(work.result(everybody))


class _Work:
    """The shares while they are being dealt out."""

    def __init__(self, owners: OwnersList, day: dt.date) -> None:
        self._owners = owners
        self._day = day
        self._shares: dict[str, Share] = {}
        self._known: dict[str, tuple[Destination, ...]] = {}
        self._order: list[Person] = [
            person for owner in owners.owners
            if not owner.has_left(day) and not _is_to_come(owner, day) and (person := person_of(owner)) is not None
        ]  # fmt: skip

    def destinations(self, text: str) -> tuple[Destination, ...]:
        """Where what names these owners goes, each person once."""
        if text not in self._known:
            named = owners_named(text, self._owners, self._day) if one_line(text) else []
            found = [destination_of(name, owner, self._owners, self._day) for name, owner in named]
            unique = {_key(one.person): one for one in reversed(found or [Destination(None, Reason.alike(NO_OWNER))])}
            self._known[text] = tuple(unique.values())
        return self._known[text]

    def give(self, destination: Destination, finding: SheetFinding) -> None:
        """Add a finding."""
        share = self._share(destination.person)
        share.findings.append(finding)
        if finding.owner_text not in share.owners:
            share.owners.append(finding.owner_text)
        if destination.why is not None:
            share.reasons[destination.why] = share.reasons.get(destination.why, 0) + 1

    def own(self, destination: Destination, risk: OwnRisk) -> None:
        """Note a risk as theirs."""
        self._share(destination.person).risks.append(risk)

    def _share(self, person: Person | None) -> Share:
        return self._shares.setdefault(_key(person), Share(person))

    def result(self, everybody: bool) -> Iterator[Share]:
        """Those who get something."""
        for person in {_key(person): person for person in self._order}.values():
            share = self._share(person)
            if everybody or _counts(share):
                yield share
        team = self._shares.get(_key(None))
        if team is not None and _counts(team):
            yield team


def _counts(share: Share) -> bool:
    return any(not finding.is_waived for finding in share.findings)


def _key(person: Person | None) -> str:
    return "" if person is None else person.address.casefold()


def destination_of(name: str, owner: Owner | None, owners: OwnersList, day: dt.date) -> Destination:
    """Where what names one owner goes: to them, their successor or deputy where they are not in post, else the team."""
    if owner is None:
        return Destination(None, Reason.alike(NOT_LISTED.format(owner=name)))
    absent = _absence(owner, day)
    if not absent:
        person = person_of(owner)
        return Destination(person) if person else Destination(None, Reason.alike(NO_ADDRESS.format(owner=owner.role)))
    for other in _others(owner, owners, day):
        person = person_of(other)
        if person is not None:
            told = STANDS_IN_TOLD.format(why=absent, who=person.called)
            return Destination(person, Reason(STANDS_IN.format(why=absent), told))
    return Destination(None, Reason.alike(absent))


def _absence(owner: Owner, day: dt.date) -> str:
    """Why somebody is not in post; empty where they are."""
    who = owner.role if not owner.name else f"{owner.name} ({owner.role})"
    if owner.has_left(day) and owner.end is not None:
        return LEFT.format(owner=who, day=date_words(owner.end))
    if _is_to_come(owner, day) and owner.start is not None:
        return NOT_YET.format(owner=who, day=date_words(owner.start))
    return ""


def _is_to_come(owner: Owner, day: dt.date) -> bool:
    return owner.start is not None and owner.start > day


def _others(owner: Owner, owners: OwnersList, day: dt.date) -> Iterator[Owner]:
    """Who is in post and may answer for somebody who is not: another holder of the post, successor, deputy."""
    named: tuple[Callable[[], str | None], ...] = (
        lambda: owner.role, lambda: successor_of(owner, owners, day), lambda: owner.deputy,
    )  # fmt: skip
    for ask in named:
        text = ask()
        yield from _in_post(text, owners, day) if text else ()


def _in_post(text: str, owners: OwnersList, day: dt.date) -> Iterable[Owner]:
    key = owner_key(text)
    for owner in owners.owners:
        names = (owner.role, owner.name, owner.email, *owner.aliases)
        if key in {owner_key(name) for name in names if name} and not _absence(owner, day):
            yield owner


def person_of(owner: Owner) -> Person | None:
    """Somebody on the list as one who can get mail; None without an address that can be used."""
    address = usable_address(owner.email)
    return None if address is None else Person(one_line(owner.name), one_line(owner.role), address)
