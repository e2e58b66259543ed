"""Finds titles that are alike among very many, without comparing each with all."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

TELLING_WORDS = 3
"""A title is compared with those that share one of its rarest words: so many of them."""


class _Bearers(NamedTuple):
    """The titles with a word, the shortest first: how long each is, its words in order, its place."""

    lengths: list[int]
    words: list[str]
    places: list[int]


class TitleIndex:
    """Titles by the words in them.

    Titles are alike as ``model.previous.likeness`` has it: whatever the order of their words and their case. Two that
    share none of the three rarest words of the one that is looked for are never compared.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(dict.fromkeys(title for title in titles if title))
        self._sorted = [_sorted_words(title) for title in self.titles]
        places: dict[str, list[int]] = {}
        for place, words in enumerate(self._sorted):
            for word in set(words.split()):
                places.setdefault(word, []).append(place)
        self._places = {
            word: places[word] for word in sorted(places, key=lambda word: (len(places[word]), places[word]))
        }
        self._rarity = {word: rank for rank, word in enumerate(self._places)}
        self._bearers: dict[str, _Bearers] = {}
        self._known: dict[tuple[str, float], tuple[str, ...]] = {}

    def alike(self, title: str, least: float) -> tuple[str, ...]:
        """The titles at least so like one (0 to 100), in the order in which they were given."""
        words = _sorted_words(title)
        key = words, least
        if key not in self._known:
            self._known[key] = self._find(words, least)
        return self._known[key]

    def _find(self, words: str, least: float) -> tuple[str, ...]:
        telling = sorted(self._rarity.keys() & words.split(), key=self._rarity.__getitem__)[:TELLING_WORDS]
        shortest, longest = _lengths_alike(len(words), least)
        found: set[int] = set()
        for word in telling:
            bearers = self._bearers_of(word)
            first, end = bisect_left(bearers.lengths, shortest), bisect_right(bearers.lengths, longest)
            alike = process.extract(words, bearers.words[first:end], scorer=fuzz.ratio, score_cutoff=least, limit=None)
            found.update(bearers.places[first + at] for _, _, at in alike)
        return tuple(self.titles[place] for place in sorted(found))

    def _bearers_of(self, word: str) -> _Bearers:
        if word not in self._bearers:
            places = sorted(self._places[word], key=lambda place: len(self._sorted[place]))
            texts = [self._sorted[place] for place in places]
            self._bearers[word] = _Bearers(list(map(len, texts)), texts, places)
        return self._bearers[word]


def _sorted_words(title: str) -> str:
    return " ".join(sorted(title.casefold().split()))


def _lengths_alike(length: int, least: float) -> tuple[float, float]:
    """The shortest and the longest that a text may be to be so like one of this length."""
    # At best all of the shorter one is in the longer: a likeness of 200 * shorter / (shorter + longer).
    return length * least / (200 - least) - 1, length * (200 - least) / least + 1 if least else math.inf
