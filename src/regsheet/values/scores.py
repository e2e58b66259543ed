"""Scores as cells hold them: a number, a number with its word, a working such as 4x4=16, a range, a word."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from regsheet.grid.cells import CellError
from regsheet.values.cleaning import has_figure
from regsheet.values.date_readings import month_pattern
from regsheet.values.dates import looks_like_date
from regsheet.values.levels import is_level, level_key
from regsheet.values.text import clean, is_dash, is_placeholder

_NUMBER = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_PLAIN = re.compile(rf"([+\-−]?)(?:£|\$|€)?((?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?)|{_NUMBER})\s?(%?)")
_ANY_NUMBER = re.compile(rf"(?<![0-9A-Za-z.])({_NUMBER})(?![0-9])\s?(%?)")
_RANGE = re.compile(rf"({_NUMBER})\s?(%?)\s*(?:-|–|—|−|\bto\b)\s*({_NUMBER})\s?(%?)", re.IGNORECASE)
_COMPARED = re.compile(
    rf"(?:[<>≤≥]=?|\b(?:over|under|above|below|up to|less than|more than)\b)\s*({_NUMBER})\s?(%?)"
    rf"|({_NUMBER})\s?(%?)\s*\+",
    re.IGNORECASE,
)
_WORKING = re.compile(rf"({_NUMBER})\s*[x×*✕✖+]\s*({_NUMBER})(?:\s*=\s*({_NUMBER})|\s*=?)(?![0-9.])", re.IGNORECASE)
_FACTORS = re.compile(rf"({_NUMBER})(?:\s*[x×*✕✖]\s*({_NUMBER})){{2,}}\s*=\s*({_NUMBER})", re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?<![A-Za-z])(likelihood|probability|impact|consequence|severity|rating|score|l|p|i|s|c|r)\s*[:=(]?\s*({_NUMBER})\)?(?![0-9A-Za-z]*[A-Za-z])",
    re.IGNORECASE,
)
_LABELS = {"l": "likelihood", "p": "likelihood", "likelihood": "likelihood", "probability": "likelihood",
           "r": "rating", "rating": "rating", "score": "rating"}  # fmt: skip
_TRIM = " \n\t-–—:;=/,()[]|*†↑↓→←↔⬆⬇➡▲▼►◄▶◀⇧⇩"
_MARKS = re.compile(r"[†‡↑↓→←↔⬆⬇➡▲▼►◄▶◀⇧⇩⇔]+|(?<![0-9 ])\*|\*+\s*$")
_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?")
_DAY_MONTH = re.compile(rf"[0-9]{{1,2}}\s?[-/ ]\s?{month_pattern()}", re.IGNORECASE)
"""``4-Mar``: what Excel makes of a typed 4-3."""
_AROUND = " \n:;=.,()[]|"
_LONGEST_WORD = 60
_LONGEST_CELL = 400
_MOST_REMEMBERED = 20_000
"""Different short cells whose reading is remembered: scores recur from row to row."""

_ENDLESS = re.compile(r"[0-9]{16}")
"""More digits than a number in a workbook has."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a score cell says.

    ``number`` is its value where the cell names exactly one, ``word`` its level or band name. A working gives
    ``likelihood``, ``impact`` and, where written, ``rating``, which then is the ``number`` too. ``is_range`` is
    ``3–4``. ``numbers`` are all numbers in reading order, also where no single one is meant (``4 20``). ``is_date`` is
    a date in a score cell, true or as text: what Excel makes of a typed 3-4. ``text`` is the cell, cleaned.
    """

    number: float | None = None
    word: str | None = None
    likelihood: float | None = None
    impact: float | None = None
    rating: float | None = None
    is_range: bool = False
    text: str = ""
    numbers: tuple[float, ...] = ()
    is_date: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the cell gives no score and claims none: nothing there, or a dash."""
        return not self.text or is_dash(self.text)

    @property
    def is_unread(self) -> bool:
        """Whether there is content from which no number, no range, no word and no working could be read."""
        read = (self.number, self.word, self.likelihood, self.impact)
        return not self.is_blank and not self.is_range and all(part is None for part in read)

    @property
    def is_composite(self) -> bool:
        """Whether the cell says more than a bare number or a bare word."""
        return self.likelihood is not None or (self.number is not None and self.word is not None)


def read_score(value: object, names: Mapping[str, float] | None = None) -> Score:
    """Read a score cell. ``names`` are the register's own level names with their scores, where they are known:

    a word among them gives its number too. Without them a word stays a word.
    """
    if names or not isinstance(value, str | int | float) or (isinstance(value, str) and len(value) > _LONGEST_WORD):
        return _read(value, names)
    return _read_alone(value)


@lru_cache(_MOST_REMEMBERED, typed=True)
def _read_alone(value: object) -> Score:
    return _read(value, None)


def _read(value: object, names: Mapping[str, float] | None) -> Score:
    text = clean(value)
    if not text:
        return Score()
    if isinstance(value, dt.date | dt.time):
        return Score(text=text, is_date=True)
    if isinstance(value, bool | CellError) or _ERROR.fullmatch(text):
        return Score(text=text)
    if isinstance(value, int | float):
        return _from_number(value, text)
    if not has_figure(text):
        return _read_words(text, names)
    if len(text) > _LONGEST_CELL:  # prose
        return Score(text=text, numbers=_numbers(text[:_LONGEST_CELL]))
    text = re.sub("(?<=[0-9])½", ".5", text)
    bare = _MARKS.sub(" ", text).strip()
    if _ENDLESS.search(bare):
        return Score(text=text)
    plain = _PLAIN.fullmatch(bare) or _PLAIN.fullmatch(bare.strip(_AROUND))
    if plain:
        number = _figure(plain[2].replace(",", ""), plain[3]) * (-1 if plain[1] in ("-", "−") else 1)
        return Score(number, text=text, numbers=(number,))
    if not bare or is_dash(bare) or is_placeholder(bare):
        return Score(text=text)
    if looks_like_date(bare) or _DAY_MONTH.fullmatch(bare):
        return Score(text=text, numbers=_numbers(bare), is_date=True)
    known = _known(names)
    return _labelled(bare, text) or _working(bare, text) or _range(bare, text) or _worded(bare, text, known)


def _read_words(text: str, names: Mapping[str, float] | None) -> Score:
    """The same of a text without figures, which can be the name of a level at most."""
    if len(text) > _LONGEST_CELL:
        return Score(text=text)
    bare = _MARKS.sub(" ", text).strip()
    word = None if is_dash(bare) or is_placeholder(bare) else _word(bare)
    return Score(_known(names).get(level_key(word)) if word and names else None, word, text=text)


def _known(names: Mapping[str, float] | None) -> dict[str, float]:
    return {key: float(score) for name, score in (names or {}).items() if (key := level_key(name))}


def _from_number(value: int | float, text: str) -> Score:
    try:
        number = float(value)
    except OverflowError:
        return Score(text=text)
    return Score(number, text=text, numbers=(number,)) if math.isfinite(number) else Score(text=text)


def _figure(digits: str, percent: str | None) -> float:
    number = float(digits)
    return number / 100 if percent else number


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(_figure(found[1], found[2]) for found in _ANY_NUMBER.finditer(text))


def _word(rest: str) -> str | None:
    """What is left beside the figures, where it can be a name."""
    rest = rest.strip(_TRIM)
    if rest.count("(") != rest.count(")") or rest.count("[") != rest.count("]"):
        rest = re.sub(r"[()\[\]]", " ", rest)
    word = " ".join(rest.split())
    return word if 0 < len(word) <= _LONGEST_WORD and any(letter.isalpha() for letter in word) else None


def _only_names_the_figure(word: str) -> bool:
    """Whether a word says just that the figure is a score: ``Score: 16``, ``Level 3``."""
    return not level_key(word)


def _labelled(bare: str, text: str) -> Score | None:
    """``L4 x I5``, ``L4/I5 = 20``, ``Likelihood 4, Impact 5``."""
    found: dict[str, float] = {}
    for label, digits in _LABELLED.findall(bare):
        axis = _LABELS.get(label.casefold(), "impact")
        if axis in found:
            return None
        found[axis] = float(digits)
    if not found.keys() & {"likelihood", "impact"}:
        return None
    rest = _LABELLED.sub(" ", bare)
    others = _numbers(rest)
    if len(others) > 1:
        return None
    word = _word(re.sub(rf"(?:{_NUMBER})|(?<![A-Za-z])[x×*](?![A-Za-z])|\band\b|=", " ", rest, flags=re.IGNORECASE))
    rating = found.get("rating", others[0] if others else None)
    number = rating if rating is not None or len(found) > 1 else next(iter(found.values()))
    return Score(number, word, found.get("likelihood"), found.get("impact"), rating, False, text, _all(found, others))


def _all(found: Mapping[str, float], others: tuple[float, ...]) -> tuple[float, ...]:
    return (*found.values(), *others)


def _working(bare: str, text: str) -> Score | None:
    """``4x4=16``, ``16 (4 × 4)``: likelihood first, as the field writes it. Three factors give their result."""
    factors = _FACTORS.fullmatch(bare)
    if factors:
        return Score(float(factors[3]), rating=float(factors[3]), text=text, numbers=_split_factors(bare))
    found = _WORKING.search(bare)
    if not found:
        return None
    rest = bare[: found.start()] + " " + bare[found.end() :]
    others = _numbers(rest)
    if len(others) > (0 if found[3] else 1):
        return None
    rating = float(found[3]) if found[3] else (others[0] if others else None)
    word = _word(_ANY_NUMBER.sub(" ", rest))
    first, second = float(found[1]), float(found[2])
    numbers = (first, second) if rating is None else (first, second, rating)
    return Score(rating, word, first, second, rating, False, text, numbers)


def _split_factors(bare: str) -> tuple[float, ...]:
    return tuple(float(digits) for digits in re.findall(_NUMBER, bare))


def _range(bare: str, text: str) -> Score | None:
    """``3–4``, ``50% to 75%``, ``Low (1-4)``, ``> 75%``."""
    found = _RANGE.search(bare)
    if found:
        percent = found[2] or found[4]
        numbers = (_figure(found[1], percent), _figure(found[3], percent))
    else:
        found = _COMPARED.search(bare)
        if not found:
            return None
        numbers = (_figure(found[1] or found[3], found[2] or found[4]),)  # type: ignore[assignment]
    rest = bare[: found.start()] + " " + bare[found.end() :]
    others = _numbers(rest)
    if len(others) > 1:
        return Score(text=text, numbers=_numbers(bare))
    word = _word(_ANY_NUMBER.sub(" ", rest))
    if others and not word:
        return Score(text=text, numbers=_numbers(bare))
    return Score(others[0] if others else None, word, is_range=not others, text=text, numbers=numbers)


def _worded(bare: str, text: str, known: Mapping[str, float]) -> Score:
    """``High``, ``20 (Critical)``, ``3 - Possible``, ``Possible/3``, ``V. Low`` over ``1``."""
    numbers = _numbers(bare)
    if len(numbers) > 1:
        return Score(text=text, numbers=numbers)
    if not numbers:
        word = _word(bare)
        return Score(known.get(level_key(word)) if word else None, word, text=text)
    found = _ANY_NUMBER.search(bare)
    assert found is not None  # noqa: S101 - there is one number
    word = _word(bare[: found.start()] + " " + bare[found.end() :])
    if word and _only_names_the_figure(word):
        return Score(numbers[0], text=text, numbers=numbers)
    if word is None or not (_set_apart(bare, found) or is_level(word) or level_key(word) in known):
        return Score(text=text, numbers=numbers)
    return Score(numbers[0], word, text=text, numbers=numbers)


def _set_apart(bare: str, found: re.Match[str]) -> bool:
    """Whether a sign stands between the figure and the word, so that the word is the figure's name, not prose.

    A name is short: prose that a page break ran into the cell is not taken for one.
    """
    before, after = bare[: found.start()].rstrip(" "), bare[found.end() :].lstrip(" ")
    signs = "-–—:=(/\n[|"
    if not before.strip(_TRIM) and before.strip():
        before = before.strip("([")  # "(3) Possible", but not "-25 Updated"
    beside = before[-1:] in tuple(signs) if before else after[:1] in tuple(signs + ")")
    if before in ("-", "–", "—"):
        return False
    name = (before + " " + after).strip(_TRIM)
    return beside and len(name.split()) <= 5 and not re.search(r"[□☐•▪●.;]", name)
