"""A column of texts taken together: one search tells in which few of them anything can be found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain

from regsheet.remembered import forgotten_with_texts
from regsheet.values.lists import bullets

TOGETHER = 500
"""Texts that are taken together: far quicker than each alone, and far smaller than all at once."""

MOST_HELD = 2_500_000
"""Characters of joined texts that are held for the next rule that asks of the same: what is more is joined anew."""

START = "\0"
"""What stands on a line of its own before each text: cleaning takes it out of every cell."""

BULLET = "\1"
"""What stands for a bullet: a sign that cleaning takes out of every cell too."""

HEAD = 40
"""Characters of a line that are its head."""

SIGNS = "’‘“”–—−‑‐″′„«»‹›£€¥¢§©®™°×÷±≤≥≠≈→←↑↓⇒‰¶¬¦"
"""Signs that registers use beside plain letters, figures and bullets. None of them is part of a word."""

_LETTER_AS_BULLET = tuple(re.compile(f"{before}o(?=[A-Z ])") for before in ("\n", BULLET))
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != START}


class Piece:
    """Some texts of a column as one, in plain letters and lower case.

    ``START`` stands before each text, ``BULLET`` for each bullet, a space for each other sign that is not plain.
    ``first`` is the place of the first of the texts in the column. ``odd`` are the places of those that cannot be
    written so, for a letter (``é``). They are left blank: of them nothing is told. ``has_lines`` says whether any text
    has more than one line, or a bullet.
    """

    def __init__(self, texts: list[str], first: int) -> None:
        self.texts, self.first = texts, first
        self.odd: frozenset[int] = frozenset()
        self._found: dict[re.Pattern[str] | tuple[str, ...], list[int]] = {}
        if not self._written.isascii() or self._written.count(START) != len(texts):
            self.odd = frozenset(place for place, one in enumerate(texts, first)
                                 if START in one or not _plain(one).isascii())  # fmt: skip
            self.let_go()
        self.has_lines = BULLET in self._written or self._written.count("\n") > 2 * len(texts)

    @cached_property
    def _written(self) -> str:
        """The texts as one in plain letters: in small ones and in capitals."""
        if not self.odd:
            return _plain(_joined(self.texts))
        return _plain(_joined("" if place in self.odd else one for place, one in enumerate(self.texts, self.first)))

    @cached_property
    def text(self) -> str:
        """The texts as one."""
        return self._written.lower()

    @property
    def size(self) -> int:
        """The characters of the texts as one that it holds."""
        return sum(len(self.__dict__.get(name, "")) for name in ("_written", "text"))

    def spare(self) -> None:
        """Hold them only once where that will do."""
        if self.__dict__.keys() >= {"text", "heads", "_lettered"}:
            self.__dict__.pop("_written", None)

    def let_go(self) -> None:
        """Make them anew when they are asked for; what was found, and how lines begin, takes far less and is kept."""
        for name in ("_written", "text"):
            self.__dict__.pop(name, None)

    @cached_property
    def heads(self) -> str:
        """The first characters of each line, bullets on lines of their own: they tell how it opens at far less cost."""
        written = self._written
        if self.has_lines or not all(map(str.isascii, self.texts)):
            heads = _heads(written)
        else:
            heads = _joined([line[:HEAD] for line in self.texts])
        if self.has_lines and written.count(BULLET) != heads.count(f"\n{BULLET}"):
            heads = _heads(written.replace(f"\n{BULLET}", BULLET).replace(BULLET, f"\n{BULLET}"))
        if "_lettered" not in self.__dict__:
            self._lettered = self._with_letter(heads)
        return heads.lower()

    @cached_property
    def _lettered(self) -> frozenset[int]:
        """The places of the texts in which a line opens with a letter that may be a bullet."""
        return self._with_letter(self._written)

    def _with_letter(self, text: str) -> frozenset[int]:
        """The same as told by the texts as one, or by their heads."""
        patterns = _LETTER_AS_BULLET if self.has_lines else _LETTER_AS_BULLET[:1]  # there are no bullets
        starts = (map(re.Match.start, pattern.finditer(text)) for pattern in patterns)
        return frozenset(chain.from_iterable(self._places(text, found) for found in starts))

    @property
    def words(self) -> str:
        """The same with a space for each sign and line end, and before each text: made anew, for it is as large."""
        return self.text.translate(_SPACES)

    def having(self, *words: str) -> list[int]:
        """The places of the texts that have any of these words, and of the odd ones, in order."""
        if words not in self._found:
            places = set(self.odd)
            for word in words:
                places.update(self._places(self.text, self._beginnings(word)))
            self._found[words] = sorted(places)
        return self._found[words]

    def opening(self, pattern: re.Pattern[str]) -> list[int]:
        """The places of the texts in whose heads a pattern is found, and of the odd ones, in order.

        With them come those where a letter may be a bullet (``oTraining``): neither how their lines open nor what their
        words are can be told. The pattern must not match across ``START``.
        """
        if pattern not in self._found:
            self._found[pattern] = self._matching(self.heads, pattern)
        return self._found[pattern]

    def worded(self, pattern: re.Pattern[str]) -> list[int]:
        """The same for a pattern that is found among the words; see ``whole``."""
        if pattern not in self._found:
            self._found[pattern] = self._matching(self.words, pattern)
        return self._found[pattern]

    def still_worded(self, pattern: re.Pattern[str], among: Iterable[int]) -> list[int]:
        """Those of these places, none of them odd, where the words of the text have a pattern."""
        texts = self.words.split(START)
        return [place for place in among if pattern.search(texts[place - self.first + 1])]

    def _matching(self, text: str, pattern: re.Pattern[str]) -> list[int]:
        found = self._places(text, map(re.Match.start, pattern.finditer(text)))
        return sorted(self.odd.union(self._lettered, found))

    def _beginnings(self, word: str) -> Iterator[int]:
        """Where a word begins, once for each text that has it."""
        text = self.text
        if word[0] not in text:
            return  # one character is looked for many times as fast as two
        start = text.find(word)
        while start >= 0:
            yield start
            end = text.find(START, start)
            start = -1 if end < 0 else text.find(word, end)

    def _places(self, text: str, starts: Iterable[int]) -> Iterator[int]:
        """The place of the text in which each of these characters stands. They come in order."""
        place, counted = self.first - 1, 0
        for start in starts:
            place += text.count(START, counted, start + 1)
            counted = start + 1
            yield place


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds, among ``words``, any of these phrases of plain letters as whole words."""
    return re.compile(f" {any_of(phrases, ' +')}(?![a-z0-9])")


def may_have(text: str, phrases: re.Pattern[str]) -> bool:
    """Whether a single text may have any of some whole phrases."""
    return not text.isascii() or phrases.search(f" {text.lower().translate(_SPACES)}") is not None


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
        piece = _held.piece(list(texts[first : first + TOGETHER]), first)
        yield piece
        _held.keep(piece)


class _Held:
    """Pieces that rules share: many ask of the same columns, and joining them costs more than to search them.

    A piece is found by how its texts begin and end, and given out only where all of them are the same.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, str], list[Piece]] = {}
        self._sizes: dict[Piece, int] = {}
        self._characters = 0

    def piece(self, texts: list[str], first: int) -> Piece:
        """The piece of these texts, made where it is not held."""
        alike = self._known.setdefault((first, texts[0], texts[-1]), [])
        for known in alike:
            if known.texts == texts:
                return known
        made = Piece(texts, first)
        alike.append(made)
        return made

    def keep(self, piece: Piece) -> None:
        """Hold a piece that a rule has done with: with its texts as one where there is room for them."""
        before = self._sizes.get(piece, 0)
        piece.spare()
        if piece.size == before:
            return
        others = self._characters - before
        if others + piece.size > MOST_HELD:
            piece.let_go()
        size = self._sizes[piece] = piece.size
        self._characters = others + size

    def forget(self) -> None:
        """Let go of all."""
        self._known.clear()
        self._sizes.clear()
        self._characters = 0


_held = _Held()
forgotten_with_texts(_held.forget)


def _joined(texts: Iterable[str]) -> str:
    return f"{START}\n" + f"\n{START}\n".join(texts) + "\n"


def _heads(text: str) -> str:
    return "\n".join([line[:HEAD] for line in text.split("\n")])


def _plain(text: str) -> str:
    """A text with plain signs for those that registers commonly use beside them."""
    for sign, plain in _plain_signs():
        if text.isascii():
            break
        text = text.replace(sign, plain)
    return text


@cache
def _plain_signs() -> tuple[tuple[str, str], ...]:
    return (*((sign, BULLET) for sign in bullets()), ("…", "."), *((sign, " ") for sign in SIGNS))
