"""Names of levels and bands (Rare, Major, Very high, Amber): which axis they belong to, and their order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from regsheet.values.data import word_list, words
from regsheet.values.text import one_line

LevelAxis = Literal["likelihood", "impact", "band"]

_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEADING_FIGURE = re.compile(r"^\s*\(?[0-9]+(?:\.[0-9]+)?\)?(?:\s*[-–—:=.)]\s*|\s+)")
_TRAILING_FIGURE = re.compile(r"(?:\s*[-–—:=/]\s*|\s+)\(?[0-9]+(?:\.[0-9]+)?\)?\s*$")
_REFERENCE = re.compile(r"[^\W\d_]-?[0-9]")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_FIRST_WORD = re.compile(r"[A-Za-z]++(?![^\x00-\x7f])")
"""The first word of a text, where it opens with one that is plainly at its end."""
_ALTERNATIVES = re.compile(r"\s*(?:/|\bor\b|\|)\s*", re.IGNORECASE)

_HEAD = 3
"""How many of the first letters tell nearly every other word from those of names."""

LONGEST_NAME = 500
"""Characters; a longer text, parentheses and all, is no name of a level."""


@dataclass(frozen=True, slots=True)
class Family:
    """A set of level names that are used together, lowest first; each level goes by several names (as keys)."""

    name: str
    axis: LevelAxis
    levels: tuple[tuple[str, ...], ...]

    def rank(self, key: str) -> int | None:
        """1 for the lowest level; None for a name that is not of this family."""
        return next((number for number, names in enumerate(self.levels, 1) if key in names), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands in a family: ``rank`` of ``of``, 1 the lowest."""

    family: str
    axis: LevelAxis
    rank: int
    of: int


@cache
def families() -> tuple[Family, ...]:
    """Every family known, the commoner reading first."""
    return tuple(
        Family(listed["name"], listed["axis"], tuple(tuple(names) for names in listed["levels"]))
        for listed in word_list("levels")["family"]
    )


@lru_cache(maxsize=4096)
def level_key(name: str) -> str:
    """A name reduced to what it shares with its other spellings: ``V. High Risk (16-25)`` → ``very high``.

    Empty where nothing is left. Short and mistaken spellings of the word list are put right.
    """
    if len(name) > LONGEST_NAME:
        return ""
    text = _PARENTHESES.sub(" ", one_line(name).casefold())
    text = _TRAILING_FIGURE.sub("", _LEADING_FIGURE.sub("", text)).strip()
    if any(letter.isdigit() for letter in text):
        return ""  # a reference: R1, A.5
    letters: dict[str, str] = word_list("levels")["letters"]
    if text in letters:
        return "" if _REFERENCE.search(one_line(name)) else letters[text]
    spellings: dict[str, str] = word_list("levels")["spellings"]
    found = [spellings.get(word, word) for word in _WORD.findall(text)]
    kept = [word for word in found if word not in words("levels", "fillers")]
    return " ".join(kept)


@lru_cache(maxsize=4096)
def level_keys(name: str) -> tuple[str, ...]:
    """The known names in a text, as keys: both of ``Extreme / Catastrophic``; none where the text is no level name."""
    whole = level_key(name)
    if whole in _known():
        return (whole,)
    if len(name) > LONGEST_NAME:
        return ()
    parts = [level_key(part) for part in _ALTERNATIVES.split(one_line(name)) if part]
    one_letter = any(len(part) == 1 for part in _ALTERNATIVES.split(one_line(name)))
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 and not one_letter and _known().issuperset(parts) else ()


def is_level(name: object) -> bool:
    """Whether a text by itself is the name of a level or band.

    A lone letter is not: it may be a grade of any scale. Neither is an everyday word that other columns hold too
    (``None``, ``Limited``); ``order`` knows them all the same.
    """
    text = one_line(name) if isinstance(name, str) else ""
    return len(text) > 1 and begins_as_level(text) and not _everyday().issuperset(level_keys(text))


def begins_as_level(text: str) -> bool:
    """Whether a text on one line may be the name of a level, or begin with one, going by its first word."""
    head = text[:_HEAD].lower()
    if head not in _heads_of_names() and head.isascii() and head.isalpha():
        return False  # no word of a name begins so
    first = _FIRST_WORD.match(text)
    return first is None or first[0].lower() in _words_of_names()


def places(name: str) -> tuple[Place, ...]:
    """Every family in which a name stands, with its rank there."""
    return tuple(
        Place(family.name, family.axis, rank, len(family.levels))
        for family in families()
        if (rank := _rank_in(family, name)) is not None
    )


def rank(name: str, axis: LevelAxis | None = None) -> float | None:
    """How high a name usually stands, from 0 (lowest) to 1, on its axis or on the first that knows it.

    Good for comparing; where the workbook has a scale of its own, that counts instead.
    """
    found = next((place for place in places(name) if axis is None or place.axis == axis), None)
    return None if found is None else (found.rank - 1) / (found.of - 1)


def order(names: Iterable[str], axis: LevelAxis | None = None) -> tuple[str, ...] | None:
    """The names as given, lowest first, each once; None where one is unknown or two cannot be told apart.

    Spellings of one level (``Med``, ``Medium``) count as one: the first is kept.
    """
    distinct = {level_key(name): name for name in reversed(list(names)) if one_line(name)}
    given = list(reversed(distinct.values()))
    for family in families():
        if axis is not None and family.axis != axis:
            continue
        ranks = [_rank_in(family, name) for name in given]
        known = [found for found in ranks if found is not None]
        if len(known) == len(given) == len(set(known)):
            return tuple(name for _, name in sorted(zip(known, given, strict=True)))
    return None


def axis_of(names: Iterable[str]) -> LevelAxis | None:
    """The axis that a set of names belongs to; None where they are of several, of none, or of any (Low … High)."""
    given = [name for name in names if one_line(name)]
    known: tuple[LevelAxis, ...] = ("likelihood", "impact", "band")
    axes = {
        axis for axis in known if given and all(any(place.axis == axis for place in places(name)) for name in given)
    }
    own = sorted(axes - {"band"} if len(axes) > 1 else axes)
    return own[0] if len(own) == 1 else None


def same_level(first: str, second: str) -> bool:
    """Whether two texts name one level, spelling aside: ``V High`` and ``very high``."""
    key = level_key(first)
    return bool(key) and key == level_key(second)


def _rank_in(family: Family, name: str) -> int | None:
    """The rank of a name, or of the first of its alternatives that the family knows."""
    return next((found for key in level_keys(name) if (found := family.rank(key)) is not None), None)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(words("levels", "everyday"))


@cache
def _words_of_names() -> frozenset[str]:
    """Every word that is part of a level's name, in any spelling, or may stand before one."""
    listed = word_list("levels")
    known = {word for name in _known() for word in name.split()}
    return frozenset(known.union(listed["letters"], listed["spellings"], listed["fillers"]))


@cache
def _heads_of_names() -> frozenset[str]:
    """How those words begin."""
    return frozenset(word[:_HEAD] for word in _words_of_names())


@cache
def _known() -> frozenset[str]:
    unordered: dict[str, list[str]] = word_list("levels")["unordered"]
    listed = {name for family in families() for level in family.levels for name in level}
    return frozenset(listed | {name for names in unordered.values() for name in names})
