"""A column of texts taken together: one search tells in which few of them anything can be found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from regsheet.remembered import forgotten_by
from regsheet.values.data import word_list

TOGETHER = 500
"""Texts that are taken together: far quicker than each alone, and far smaller than all at once."""

MOST_HELD = 4_000_000
"""Characters of pieces that are held for the next rule that asks of the same texts: a large column is joined anew."""

END = "\0"
"""What stands between two texts: cleaning takes it out of every cell."""

SIGNS = "’‘“”–—−‑‐″′„«»‹›£€¥¢§©®™°×÷±≤≥≠≈→←↑↓⇒‰¶¬¦"
"""Signs that registers use beside plain letters, figures and bullets. None of them is part of a word."""

_LETTER_AS_BULLET = re.compile("\no(?=[A-Z ])")
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != END}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some texts of a column as one, in plain letters.

    A line end stands before each text and for each bullet, a space for each other sign that is not plain; ``END``
    stands between two texts. ``first`` is the place of the first of them in the column. ``odd`` are the places of those
    that cannot be written so, for a letter (``é``) or for a bullet that is a letter (``o Training``). They are left
    blank: of them nothing is told.
    """

    text: str
    first: int
    odd: frozenset[int]

    @property
    def has_lines(self) -> bool:
        """Whether any of its texts has more than one line, or a bullet."""
        return self.text.count("\n") > self.text.count(END) + 1

    def lower(self) -> Piece:
        """The same in lower case."""
        return replace(self, text=self.text.lower())

    def words(self) -> Piece:
        """The same in lower case with a space for each sign, and a space before each text."""
        return replace(self, text=self.text.lower().translate(_SPACES))

    def having(self, *words: str) -> list[int]:
        """The places of the texts that have any of these words, and of the odd ones, in order."""
        found = set(self.odd)
        for word in words:
            found.update(self._places(self._beginnings(word)))
        return sorted(found)

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The places of the texts in which a pattern is found, and of the odd ones, in order.

        The pattern must not match across ``END``.
        """
        return sorted(self.odd.union(self._places(found.start() for found in pattern.finditer(self.text))))

    def _beginnings(self, word: str) -> Iterator[int]:
        """Where a word begins, once for each text that has it."""
        if word[0] not in self.text:
            return  # one character is looked for many times as fast as two
        start = self.text.find(word)
        while start >= 0:
            yield start
            end = self.text.find(END, start)
            start = -1 if end < 0 else self.text.find(word, end)

    def _places(self, starts: Iterable[int]) -> Iterator[int]:
        """The place of the text in which each of these characters stands. They come in order."""
        place, counted = self.first, 0
        for start in starts:
            place += self.text.count(END, counted, start)
            counted = start
            yield place


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds, among ``words``, any of these phrases of plain letters as whole words."""
    return re.compile(f" {any_of(phrases, ' +')}(?![a-z0-9])")


def any_of(phrases: Iterable[str], space: str) -> str:
    """A pattern for any of some phrases. What they begin with is tried once for all of them, which is far quicker."""
    rest: dict[str, set[str]] = {}
    for phrase in phrases:
        rest.setdefault(phrase[:1], set()).add(phrase[1:])
    ways = [(space if first == " " else re.escape(first)) + any_of(further, space) if first else ""
            for first, further in sorted(rest.items(), reverse=True)]  # fmt: skip
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def pieces(texts: Sequence[str]) -> Iterator[Piece]:
    """A column of cleaned texts, some at a time."""
    for first in range(0, len(texts), TOGETHER):
        yield _held.piece(list(texts[first : first + TOGETHER]), first)


class _Held:
    """Pieces that rules share: many ask of the same columns, and joining them costs more than to search them.

    A piece is found by how its texts begin and end, and given out only where all of them are the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, str], list[tuple[list[str], Piece]]] = {}
        self._characters = 0

    def piece(self, texts: list[str], first: int) -> Piece:
        """The piece of these texts, made where it is not held."""
        alike = self._known.setdefault((first, texts[0], texts[-1]), [])
        for known, piece in alike:
            if known == texts:
                return piece
        made = _piece(texts, first)
        if self._characters + len(made.text) <= MOST_HELD:
            self._characters += len(made.text)
            alike.append((texts, made))
        return made

    def forget(self) -> None:
        """Let go of all."""
        self._known.clear()
        self._characters = 0


_held = _Held()
forgotten_by(_held.forget)


def _piece(texts: Sequence[str], first: int) -> Piece:
    text = "\n" + f"{END}\n".join(texts)
    if text.count(END) != len(texts) - 1:
        return Piece("", first, frozenset(range(first, first + len(texts))))
    text = _plain(text)
    if _is_even(text):
        return Piece(text, first, frozenset())
    even = [one if _is_even(one) else "" for one in text.split(END)]
    odd = frozenset(place for place, one in enumerate(even, start=first) if not one)
    return Piece(END.join(even), first, odd)


def _is_even(text: str) -> bool:
    """Whether a text, or several, are written in plain letters."""
    return text.isascii() and not _LETTER_AS_BULLET.search(text)


def _plain(text: str) -> str:
    """A text with plain signs for those that registers commonly use beside them."""
    for sign, plain in _plain_signs():
        if text.isascii():
            break
        text = text.replace(sign, plain)
    return text


@cache
def _plain_signs() -> tuple[tuple[str, str], ...]:
    bullets = [(sign, "\n") for sign in word_list("text")["bullets"]]
    return (*bullets, ("…", "."), *((sign, " ") for sign in SIGNS))
