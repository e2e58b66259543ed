"""What the registers of a run must know of one another: owners, words for ratings, risks that moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter

from regsheet.batch.survey import Seen
from regsheet.batch.titles import TitleIndex
from regsheet.config import Config
from regsheet.model.previous import SAME_TITLE
from regsheet.rules.elsewhere import Called, Elsewhere, OwnedRisk, Share
from regsheet.rules.ownership.owner_differs import SAME as SAME_RISK
from regsheet.rules.ownership.owner_overloaded import is_too_much
from regsheet.rules.responses import fold
from regsheet.values.levels import level_key
from regsheet.values.owners import owner_key

OWNERS = 10
"""Of risks with the same title, so many with different owners are handed on: a finding names the first."""

Bearer = tuple[int, OwnedRisk]


class Together:
    """All workbooks of a run. Each is known by its place among those that were given."""

    def __init__(self, seen: Sequence[Seen], config: Config) -> None:
        self._seen = seen
        self._owned: dict[str, list[Bearer]] = defaultdict(list)
        self._bearers: dict[str, list[int]] = defaultdict(list)
        self._words: dict[float, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for place, one in enumerate(seen):
            for risk in one.facts.owned:
                self._owned[risk.title].append((place, risk))
            for title in one.facts.titles:
                self._bearers[title].append(place)
            for rating, word in one.words.items():
                self._words[rating][level_key(word)].append((place, word))
        self._index = TitleIndex(self._bearers)
        self._with_owners = [place for place, one in enumerate(seen) if one.facts.owned]
        self._bearers_alike: dict[str, list[Bearer]] = {}
        self._owner_key = cache(owner_key)
        self._overloaded = _overloaded(seen, config.limits.owner_share)
        self._waived = {fold(waiver.ref) for waiver in config.waivers}

    def elsewhere(self, place: int, titles_then: Collection[str] = ()) -> Elsewhere:
        """What of the others concerns one workbook; ``titles_then`` are the risks it had last quarter."""
        own = self._seen[place]
        owned = ((title, self._owned_alike(title, place)) for title in {risk.title: None for risk in own.facts.owned})
        called = ((rating, self._called(rating, place)) for rating in sorted(own.words))
        gone = set(titles_then) - set(own.facts.titles)
        return Elsewhere(
            called={rating: words for rating, words in called if words},
            owned={title: risks for title, risks in owned if risks},
            titles=frozenset(title for title in gone if self._is_elsewhere(title, place)),
            names=frozenset(name for at, one in enumerate(self._seen) if at != place and self._waived
                            for name in self._waived & one.facts.names),
            overloaded=tuple(self._overloaded.get(place, ())),
            has_owners=any(at != place for at in self._with_owners[:2]),
        )  # fmt: skip

    def _owned_alike(self, title: str, place: int) -> tuple[OwnedRisk, ...]:
        """The risks of other workbooks with nearly that title, in the order of their files, one of each owner."""
        if title not in self._bearers_alike:
            alike = (bearer for other in self._index.alike(title, SAME_RISK) for bearer in self._owned.get(other, ()))
            self._bearers_alike[title] = list(self._two_of_each_owner(sorted(alike, key=itemgetter(0))))
        found: dict[str, OwnedRisk] = {}
        for at, risk in self._bearers_alike[title]:
            if at != place and len(found) < OWNERS:
                found.setdefault(self._owner_key(risk.owner), risk)
        return tuple(found.values())

    def _two_of_each_owner(self, bearers: Iterable[Bearer]) -> Iterator[Bearer]:
        """The first risk of each owner, and the first in another workbook: for that workbook itself it is the first."""
        firsts: dict[str, list[int]] = {}
        for at, risk in bearers:
            known = firsts.setdefault(self._owner_key(risk.owner), [])
            if len(known) < 2 and at not in known:
                known.append(at)
                yield at, risk

    def _called(self, rating: float, place: int) -> tuple[Called, ...]:
        """The words that others have for a rating; a workbook itself has one of them, and has it once.

        Where all others agree, it does not matter how many they are: a workbook more is no reason to check all again.
        """
        own = level_key(self._seen[place].words[rating])
        found = []
        for key, bearers in self._words[rating].items():
            others = [bearer for bearer in bearers[:2] if bearer[0] != place]
            if others:
                at, word = others[0]
                found.append((at, Called(word, _name(self._seen[at].file), len(bearers) - (key == own))))
        if len(found) == 1:
            return (replace(found[0][1], workbooks=1),)
        return tuple(called for _, called in sorted(found, key=lambda pair: pair[0]))

    def _is_elsewhere(self, title: str, place: int) -> bool:
        return any(at != place for other in self._index.alike(title, SAME_TITLE) for at in self._bearers[other][:2])


def _overloaded(seen: Sequence[Seen], limit: float) -> dict[int, list[Share]]:
    """Owners with too large a share of all open risks, spread over several workbooks: by the one with most of them."""
    held: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for place, one in enumerate(seen):
        for share in one.facts.shares:
            held[owner_key(share.owner)][place] += share.held
            names.setdefault(owner_key(share.owner), share.owner)
    total = sum(one.facts.open_risks for one in seen)
    found: dict[int, list[Share]] = defaultdict(list)
    for key, places in held.items():
        if len(held) > 1 and len(places) > 1 and is_too_much(sum(places.values()), total, limit):
            most = max(places, key=lambda place: (places[place], -place))
            found[most].append(Share(names[key], sum(places.values()), total))
    return found


def _name(file: str) -> str:
    return file.rpartition("/")[2]
