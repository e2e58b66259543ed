"""What the values below a heading say about it: how many are small numbers, level names, dates, prose, posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice

from regsheet.grid.cells import CellError, Value
from regsheet.layout.vocabulary import heading_key, vocabulary
from regsheet.values.cleaning import cleaned_together, has_figure
from regsheet.values.dates import looks_like_date
from regsheet.values.levels import begins_as_level, is_level
from regsheet.values.scores import read_score
from regsheet.values.text import clean

MOST_SAMPLED = 400
"""Rows looked at to tell what a column holds."""

_MOST_FORMULAS = 40
_NUMERIC = frozenset({bool, int, float})
_WORDS = frozenset({"level", "colour", "letter", "short", "composite"})
"""Kinds of which it counts what the cells say."""
_LONG = 60
_LARGEST = 1e15
_OPENING = re.compile(r"((?:very |almost )?[a-z]+)\s*(?::|[-–—](?=\s))\s*\S.{12}", re.IGNORECASE | re.DOTALL)
_PERCENT = re.compile(r"^\s*[<>≤≥~]?\s*\d+(?:\.\d+)?\s*%?(?:\s*(?:-|–|to)\s*\d+(?:\.\d+)?)?\s*%\s*$")
_TIMES = re.compile(
    r"^\W*(?:ongoing|on-going|tbc|tba|tbd|now|immediate(?:ly)?|n/?a|daily|weekly|fortnightly|bi-?weekly|monthly|quarterly|yearly|annual(?:ly)?|continuous)\b",
    re.I,
)
_IDENTIFIER = re.compile(r"^[A-Za-z]{0,12}[\s._/#-]{0,2}(?:[A-Za-z]{1,6}[._/-])?\d{1,6}(?:[._/-]\d+)*[a-z]?$")
_LED_BY = re.compile(r"^([A-Za-z ]{3,18}?)\s*(?::|\s[-–—]\s|\n)\s*\S")
_LABELLED = re.compile(r"^[lipsc]\s?\d{1,2}$", re.I)
_ARROW = re.compile(r"^[\s↑↓→←↔⬆⬇➡⇧⇩⇨⇑⇓⇒▲▼►◄△▽↗↘⬌🡅🡇🡆🡡🡣—–=-]+$")
_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_TREND = re.compile(
    r"^(?:up|down|same|new|static|stable|increas\w*|decreas\w*|unchanged|no change|improv\w*|"
    r"worse\w*|stayed.*|reduc\w*)$",
    re.I,
)


KindRead = tuple[str, float | None]
"""The kind of a value, and its number where it is one."""


@dataclass(slots=True)
class Profile:
    """What a column holds. ``kinds`` counts cells a kind; ``formulas`` are a few of its formulas."""

    filled: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    numbers: list[float] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    formulas: list[tuple[int, str]] = field(default_factory=list)
    distinct: int = 0

    def share(self, *kinds: str) -> float:
        """Which part of the filled cells is of these kinds."""
        return sum(self.kinds[kind] for kind in kinds) / self.filled if self.filled else 0.0

    @property
    def seen(self) -> str:
        """The values in words, for the reason that a user reads."""
        if not self.filled:
            return "no values yet"
        kind, count = self.kinds.most_common(1)[0]
        if kind in {"integer", "number", "fraction"} and self.numbers:
            low, high = min(self.numbers), max(self.numbers)
            return f"values {low:g}–{high:g}" if low != high else f"values {low:g}"
        words = _IN_WORDS.get(kind, kind)
        return words if count == self.filled else f"mostly {words}"


_IN_WORDS = {
    "level": "level names",
    "colour": "colours",
    "status": "states such as open and closed",
    "date": "dates",
    "time": "dates in words",
    "response": "treatments such as accept and mitigate",
    "long": "long text",
    "short": "short text",
    "phrase": "short text",
    "money": "sums of money",
    "identifier": "references",
    "composite": "scores with words",
    "percent": "percentages",
    "arrow": "arrows",
    "role": "posts and names",
    "kind": "kinds of entry",
    "error": "error values",
    "letter": "letters",
}


def profile(values: Sequence[Value], formulas: Iterable[tuple[int, str]] = ()) -> Profile:
    """The profile of a column: what its cells hold, row by row, and its formulas with their rows.

    What recurs is looked at once; what counts for telling is how often each comes.
    """
    keys: Sequence[object] = values
    different = list(dict.fromkeys(values))
    kept = set(map(type, values))
    if CellError in kept or len(kept & _NUMERIC) > 1:
        typed = list(zip(map(type, values), values, strict=True))  # True is no 1, nor an error the text of its name
        keys, different = typed, [value for _, value in dict.fromkeys(typed)]
    counts = Counter(keys) if len(different) < len(values) else dict.fromkeys(keys, 1)
    texts = cleaned_together(different)
    read = list(map(kind_of, different, texts))
    kinds = _kinds(read, counts.values())
    numbers = {key: number for key, (_, number) in zip(counts, read, strict=True) if number is not None}
    return Profile(
        filled=kinds.total(),
        kinds=kinds,
        numbers=[numbers[key] for key in keys if key in numbers] if numbers else [],
        words=Counter() if _WORDS.isdisjoint(kinds) else _words(texts, read, counts.values()),
        formulas=list(islice(formulas, _MOST_FORMULAS)),
        distinct=len({*texts} - {""}),
    )


def _kinds(read: Sequence[KindRead], counts: Collection[int]) -> Counter[str]:
    """How many cells are of each kind, blank ones aside."""
    found = [kind for kind, _ in read]
    if len(found) == sum(counts):
        kinds = Counter(found)
    else:
        kinds = Counter()
        for kind, count in zip(found, counts, strict=True):
            kinds[kind] += count
    del kinds["blank"]
    return kinds


def _words(texts: Sequence[str], read: Sequence[KindRead], counts: Collection[int]) -> Counter[str]:
    """How often the texts come whose kind is told by single words."""
    words: Counter[str] = Counter()
    for text, (kind, _), count in zip(texts, read, counts, strict=True):
        if kind in _WORDS:
            words[text.casefold()] += count
    return words


def kind_of(value: Value, text: str | None = None) -> KindRead:
    """The kind of one value, and its number where it is one. ``text`` is the value cleaned, where that is known."""
    if isinstance(value, str):
        text = clean(value) if text is None else text
        if not text:
            return "blank", None
        if isinstance(value, CellError):
            return "error", None
        return _prose_kind(text) if len(text) > _LONG else _text_kind(text)
    if value is None:
        return "blank", None
    if isinstance(value, bool):
        return "status", None
    if isinstance(value, int | float):
        # No number of a register is this large; what is not finite says nothing.
        return (_number_kind(float(value)), float(value)) if abs(value) < _LARGEST else ("number", None)
    return "date", None


def _number_kind(number: float) -> str:
    if number == int(number) and abs(number) <= 1e6:
        return "integer" if 0 <= number <= 125 else "number"
    return "fraction" if 0 < number < 1 else "number"


def _prose_kind(text: str) -> KindRead:
    """The kind of a long text."""
    if text[0].isalpha() and begins_as_level(text) and _is_level_with_reason(text):
        return "composite", None
    return ("date", None) if has_figure(text) and looks_like_date(text) else ("long", None)


@lru_cache(maxsize=20_000)
def _text_kind(text: str) -> KindRead:
    if text.count("\n") > 2:
        return _prose_kind(text)
    if begins_as_level(text) and _is_level_with_reason(text):
        return "composite", None
    if _NUMBER.match(text):
        number = float(text.replace(",", "."))
        return _number_kind(number), number
    return _word_kind(text), None


def _is_level_with_reason(text: str) -> bool:
    """Whether a text is a score with its reason: ``High: the model could mislead``."""
    led = _LED_BY.match(text)
    if led and is_level(led[1]):
        return True
    opening = _OPENING.match(text)
    return opening is not None and is_level(opening[1])


def _word_kind(text: str) -> str:
    folded = text.casefold()
    key = heading_key(text) or folded
    listed = _listed_kinds()
    places = [place for word in (key, folded) if (place := listed.get(word)) is not None]
    if places:
        return _LISTED[min(places)][0]
    for kind, test in _TESTS_OF_WORDS if text.isascii() and not has_figure(text) else _TESTS:
        if test(text):
            return kind
    return "short" if vocabulary().kinds["role_words"].isdisjoint(key.split()) else "role"


def _is_identifier(text: str) -> bool:
    return bool(_IDENTIFIER.match(text)) and not _LABELLED.match(text)


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()


def _is_scored(text: str) -> bool:
    score = read_score(text)
    if score.is_range or score.likelihood is not None:
        return True
    return score.number is not None and score.word is not None and is_level(score.word)


_TESTS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("percent", _PERCENT.match), ("arrow", _ARROW.match), ("arrow", _TREND.match), ("date", looks_like_date),
    ("time", _TIMES.match), ("identifier", _is_identifier), ("composite", _is_scored), ("level", is_level),
    ("identifier", _IDENTIFIER.match), ("letter", _is_letter),
)  # fmt: skip
_TESTS_OF_WORDS = tuple((kind, test) for kind, test in _TESTS if kind in {"arrow", "time", "level", "letter"})
"""Those of the same that a text without figures can pass."""


_LISTED = (
    ("level", "level_words"),
    ("colour", "colour_words"),
    ("response", "response_words"),
    ("status", "status_words"),
    ("kind", "kind_words"),
)
"""Kinds whose words are listed in the vocabulary, the likelier first."""


@cache
def _listed_kinds() -> dict[str, int]:
    """Every word listed for a kind, with the place of the first kind that has it."""
    kinds = vocabulary().kinds
    listed = reversed(list(enumerate(_LISTED)))
    return {word: place for place, (_, name) in listed for word in kinds[name]}
