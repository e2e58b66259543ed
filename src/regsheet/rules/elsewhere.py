"""What the other workbooks of a large run hold, as small facts: a workbook is checked against them without them.

Where a few workbooks are checked together, rules look into the others themselves (``Context.others``). A run over a
whole council hands on, of each workbook, only its ``Facts``; what of those concerns one workbook is its ``Elsewhere``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regsheet.model.book import Book
from regsheet.model.history import risk_title
from regsheet.rules.holdings import holdings
from regsheet.rules.responses import fold
from regsheet.rules.risks import texts
from regsheet.rules.words import says_nothing


@dataclass(frozen=True, slots=True)
class OwnedRisk:
    """A risk with its owner as another register names them. ``sheet`` is that register's, ``file`` its workbook's."""

    file: str
    sheet: str
    ref: str
    title: str
    owner: str


@dataclass(frozen=True, slots=True)
class Called:
    """A word by which so many other workbooks call a rating, and the first of them."""

    word: str
    file: str
    workbooks: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many open risks an owner has."""

    owner: str
    held: int
    total: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks of other workbooks need to know of one.

    ``owned``: the risks that have an owner. ``shares``: how many open ones each owner has,
    ``open_risks`` how many there are. ``titles``: what every risk is called. ``names``: the references and
    titles on registers and maps, case and spaces aside.
    """

    owned: tuple[OwnedRisk, ...] = ()
    shares: tuple[Share, ...] = ()
    open_risks: int = 0
    titles: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What of all other workbooks of the run concerns one workbook.

    ``called``: by rating, the words that others have for it, in the order of their files. ``owned``: by a risk's title,
    the risks of other workbooks with the same title or nearly. ``titles``: which of last quarter's risks now stand in
    another workbook. ``names``: which references and titles that waivers name stand in another workbook, as ``fold``
    writes them. ``overloaded``: the owners with too large a share of all risks of the run who have most of theirs here,
    with what they hold in all. ``has_owners``: whether any other workbook has a register with owners.
    """

    called: Mapping[float, tuple[Called, ...]] = field(default_factory=dict)
    owned: Mapping[str, tuple[OwnedRisk, ...]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    overloaded: tuple[Share, ...] = ()
    has_owners: bool = False


def facts_of(book: Book) -> Facts:
    """What the checks of other workbooks need to know of this one."""
    owned: list[OwnedRisk] = []
    titles: dict[str, None] = {}
    names: set[str] = set()
    shares: list[Share] = []
    open_risks = 0
    for register in book.registers:
        owners, refs = texts(register, "owner"), texts(register, "ref")
        found = holdings(register)
        shares += [Share(found.names[key], len(held), found.total) for key, held in found.held.items()]
        open_risks += found.total
        for index, (owner, ref) in enumerate(zip(owners, refs, strict=True)):
            title = risk_title(register, index)
            titles.setdefault(title)
            names |= {fold(ref), fold(register.text(index, "title"))}
            if title and not says_nothing(owner):
                owned.append(OwnedRisk(book.path.name, register.sheet_name, ref, title, owner))
    for one in book.maps:
        for name in ("risk_ref", "risk_title"):
            names |= {fold(text) for text in one.risks[name].dropna().tolist()}
    titles.pop("", None)
    return Facts(tuple(owned), tuple(shares), open_risks, tuple(titles), frozenset(names - {""}))
