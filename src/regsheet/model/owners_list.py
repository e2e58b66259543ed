"""The owners list: who holds which post, since when, until when, and who follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from regsheet.errors import ConfigurationError
from regsheet.grid.cells import Grid, Sheet, Value
from regsheet.values.dates import read_periods
from regsheet.values.owners import owner_key
from regsheet.values.text import clean, is_blank, one_line

HEADINGS = {
    "role": "role", "post": "role", "jobtitle": "role", "position": "role", "title": "role",
    "name": "name", "person": "name", "officer": "name", "holder": "name",
    "email": "email", "emailaddress": "email", "mail": "email",
    "aliases": "aliases", "alias": "aliases", "alsoknownas": "aliases", "othernames": "aliases",
    "deputy": "deputy",
    "from": "start", "start": "start", "since": "start", "startdate": "start",
    "until": "end", "to": "end", "end": "end", "enddate": "end", "leavingdate": "end",
    "successor": "successor", "replacedby": "successor",
}  # fmt: skip
"""Headings of an owners list, letters only and in lower case, to what they mean."""

CLOSE = 88.0
"""From this likeness (0 to 100) on, a misspelt owner may be meant; below it nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One line of the list. ``start`` and ``end`` are the first and the last day in post, None where open."""

    role: str
    name: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    deputy: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    successor: str = ""

    def has_left(self, day: dt.date) -> bool:
        """Whether the post had ended before that day."""
        return self.end is not None and self.end < day


@dataclass(frozen=True)
class OwnersList:
    """Owners by role, name, e-mail address and alias. Case, spaces and line-wrap breaks do not matter."""

    owners: tuple[Owner, ...]
    _by_key: dict[str, Owner] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for owner in self.owners:
            for text in (owner.role, *owner.aliases, owner.name, owner.email):
                if text:
                    self._by_key.setdefault(owner_key(text), owner)

    def find(self, text: str) -> Owner | None:
        """The owner that a text names, whole or by an alias."""
        return self._by_key.get(owner_key(text))

    def closest(self, text: str) -> Owner | None:
        """The one owner that a misspelt text most likely means; None when there is none, or more than one."""
        found = process.extract(owner_key(text), list(self._by_key), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=5)
        owners = list(dict.fromkeys(id(self._by_key[key]) for key, _, _ in found))
        return self._by_key[found[0][0]] if len(owners) == 1 else None


def read_owners(grid: Grid, source: str) -> OwnersList:
    """An owners list from the first sheet (or CSV) that has a heading for the role.

    Columns: role, name, e-mail, aliases (parted by semicolons), deputy, from, until, successor; the role is needed.
    ``source`` names the file in messages. Raises ``ConfigurationError`` where there is no such heading.
    """
    for sheet in grid.sheets:
        for row in sorted({cell.row for cell in sheet.filled()})[:10]:
            columns = _columns(sheet, row)
            if "role" in columns:
                return OwnersList(tuple(_owners(sheet, row, columns)))
    raise ConfigurationError(
        f"The owners list {source} has no heading “role”; its first row should read role, name, email, aliases, "
        "deputy, from, until, successor ('regsheet template owners' writes one)."
    )


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in sheet.filled():
        if cell.row == row and isinstance(cell.value, str):
            meaning = HEADINGS.get("".join(filter(str.isalpha, cell.value)).lower())
            if meaning:
                found.setdefault(meaning, cell.column)
    return found


def _owners(sheet: Sheet, heading: int, columns: dict[str, int]) -> Iterable[Owner]:
    for row in sorted({cell.row for cell in sheet.filled() if cell.row > heading}):
        values = {meaning: sheet.value(row, column) for meaning, column in columns.items()}
        if is_blank(values.get("role")):
            continue
        texts = {name: one_line(values.get(name)) for name in ("role", "name", "email", "deputy", "successor")}
        aliases = tuple(alias.strip() for alias in clean(values.get("aliases")).replace("\n", ";").split(";"))
        yield Owner(
            **texts,
            aliases=tuple(alias for alias in aliases if alias),
            start=_day(values.get("start"), last=False),
            end=_day(values.get("end"), last=True),
        )


def _day(value: Value, *, last: bool) -> dt.date | None:
    periods = [] if is_blank(value) else read_periods(value)
    return next((period.end if last else period.start for period in periods if period.start), None)
