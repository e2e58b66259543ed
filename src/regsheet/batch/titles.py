"""Finds titles that are alike among very many, without comparing each with all."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

TELLING_WORDS = 3
"""A title is compared with those that share one of its rarest words: so many of them."""


class TitleIndex:
    """Titles by the words in them.

    Titles are alike as ``model.previous.likeness`` has it: whatever the order of their words and their case. Two that
    share none of the three rarest words of the one that is looked for are never compared.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(dict.fromkeys(title for title in titles if title))
        self._sorted = [_sorted_words(title) for title in self.titles]
        self._bearers: dict[str, list[int]] = {}
        for place, words in enumerate(self._sorted):
            for word in set(words.split()):
                self._bearers.setdefault(word, []).append(place)
        self._known: dict[tuple[str, float], tuple[str, ...]] = {}

    def alike(self, title: str, least: float) -> tuple[str, ...]:
        """The titles at least so like one (0 to 100), in the order in which they were given."""
        words = _sorted_words(title)
        key = words, least
        if key not in self._known:
            self._known[key] = self._find(words, least)
        return self._known[key]

    def _find(self, words: str, least: float) -> tuple[str, ...]:
        lists = sorted((self._bearers[word] for word in set(words.split()) if word in self._bearers),
                       key=lambda bearers: (len(bearers), bearers))  # fmt: skip
        candidates = sorted({place for bearers in lists[:TELLING_WORDS] for place in bearers})
        found = process.extract(words, [self._sorted[place] for place in candidates], scorer=fuzz.ratio,
                                score_cutoff=least, limit=None)  # fmt: skip
        return tuple(self.titles[candidates[at]] for at in sorted(at for _, _, at in found))


def _sorted_words(title: str) -> str:
    return " ".join(sorted(title.casefold().split()))
