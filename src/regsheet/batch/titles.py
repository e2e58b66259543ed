"""Finds titles that are alike among very many, without comparing each with all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

TELLING_WORDS = 3
"""A title is compared with those that share one of its rarest words: so many of them."""

GROUPS = 16
"""Letters are counted in so many groups: more would take longer and tell little more."""


class TitleIndex:
    """Titles by the words in them.

    Titles are alike as ``model.previous.likeness`` has it: whatever the order of their words and their case. Two that
    share none of the three rarest words of the one that is looked for are never compared.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(dict.fromkeys(title for title in titles if title))
        self._sorted = [_sorted_words(title) for title in self.titles]
        found: dict[str, list[int]] = {}
        for place, words in enumerate(self._sorted):
            for word in set(words.split()):
                found.setdefault(word, []).append(place)
        by_rarity = sorted(found, key=lambda word: (len(found[word]), found[word]))
        self._rarity = {word: rank for rank, word in enumerate(by_rarity)}
        self._bearers = {word: np.array(places) for word, places in found.items()}
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
        if not telling:
            return ()
        candidates = self._near(words, np.concatenate([self._bearers[word] for word in telling]), least)
        found = process.extract(words, [self._sorted[place] for place in candidates], scorer=fuzz.ratio,
                                score_cutoff=least, limit=None)  # fmt: skip
        return tuple(self.titles[place] for place in sorted(candidates[at] for _, _, at in found))

    def _near(self, words: str, places: NDArray[np.intp], least: float) -> list[int]:
        """Of the titles at these places those whose letters are such that they may be alike."""
        # A likeness is the part of the letters of both that need not be struck out or added to make one of the other.
        # At least those must be that the one has and the other has not.
        most = (len(words) + self._lengths[places]) * (1 - least / 100) + 1
        differing = np.abs(self._letters.take(places, axis=1) - _letters(words)[:, None]).sum(axis=0, dtype=np.int32)
        return list(set(places[differing <= most].tolist()))

    @cached_property
    def _letters(self) -> NDArray[np.int16]:
        """For each group of letters, how many of them are in each title."""
        return np.ascontiguousarray(np.array([_letters(words) for words in self._sorted]).T)

    @cached_property
    def _lengths(self) -> NDArray[np.intp]:
        return np.array([len(words) for words in self._sorted])


def _sorted_words(title: str) -> str:
    return " ".join(sorted(title.casefold().split()))


def _letters(words: str) -> NDArray[np.int16]:
    """How often letters of each group are in a text."""
    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.bincount(codes % GROUPS, minlength=GROUPS).astype(np.int16)
