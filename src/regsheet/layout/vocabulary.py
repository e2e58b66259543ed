"""The words of registers, read once from ``vocabulary.toml`` into lookups."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from regsheet.values.cleaning import has_figure

OTHER = "other"
"""The field of headings that are known and mean nothing to us."""

SCORING = ("likelihood", "impact", "rating", "band")
"""Fields that exist once a stage."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][A-Za-z])")
_TIMES = re.compile(r"\b([A-Za-z])\s?[xX×*]\s?([A-Za-z])\b")
_WRAP = re.compile(r"(?<=\w)-\s+(?=[a-z])")
_SCALE = re.compile(
    r"[(\[]?\s*\b\d+(?:[.,]\d+)?\s*%?\s*(?:[(=]\s*\w+\s*\)?|low(?:est)?)?\s*(?:-|–|—|to|/)\s*\d+(?:[.,]\d+)?\s*%?"
    r"(?:\s*(?:[(=]\s*\w+\s*\)?|high(?:est)?\b))?\s*[)\]]?"
)
_SCALE_WORDS = re.compile(
    r"\(\s*(?:(?:very\s+)?(?:low|med(?:ium)?|high|l|m|h|vh|vl|yes|no|y|n|rag|red|amber|green|r|a|g|0|1)\s*(?:[,/\-–]|or)?\s*){2,}\)"
)
_SIGNS = re.compile(r"[^0-9a-z×%]+")
_RANGE_END = re.compile(r"(?<=[a-z]) \d+ \d+$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A field that a heading's words point to when no whole heading is known."""

    field: str
    weight: float
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        """Whether these words call for the field."""
        return self.all <= words and (not self.any or bool(self.any & words)) and not self.none & words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that ``vocabulary.toml`` holds, ready for lookups."""

    headings: dict[str, dict[str, float]]
    keywords: tuple[Keyword, ...]
    questions: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    after_current: frozenset[str]
    after_action: frozenset[str]
    kinds: dict[str, frozenset[str]]
    slipped: dict[str, dict[str, list[str]]]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package."""
    data = tomllib.loads(files("regsheet.layout").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        headings=_headings(data["fields"]),
        keywords=tuple(_keyword(entry) for entry in data["keywords"]),
        questions=_questions(data["questions"]),
        stages=_stages(data["stages"]),
        after_current=frozenset(data["stages"]["after_current"]),
        after_action=frozenset(data["stages"]["after_action"]),
        kinds={name: frozenset(words) for name, words in data["kinds"].items()},
        slipped=data["slipped"],
    )


def _headings(fields: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, float]]:
    lookup: dict[str, dict[str, float]] = {}
    for field, weights in fields.items():
        for weight, phrases in weights.items():
            for phrase in phrases:
                entry = lookup.setdefault(phrase, {})
                entry[field] = max(float(weight), entry.get(field, 0.0))
    return lookup


def _keyword(entry: dict[str, Any]) -> Keyword:
    return Keyword(
        entry["field"],
        float(entry["weight"]),
        frozenset(entry.get("all", ())),
        frozenset(entry.get("any", ())),
        frozenset(entry.get("none", ())),
    )


def _questions(entries: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    pairs = [(start, entry["field"]) for entry in entries for start in entry["starts"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _stages(data: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    # "target" outweighs the rest: "Target score with further controls" speaks of controls too. "Unmitigated" and
    # "pre mitigation" come before "mitigated".
    return tuple(
        (phrase, stage)
        for stage in ("target", "inherent", "residual")
        for phrase in sorted(data[stage], key=len, reverse=True)
    )


@lru_cache(maxsize=20_000)
def heading_key(text: str) -> str:
    """A heading as it is compared: lower case, words only, without its scale: ``"Impact (1-5)"`` → ``"impact"``."""
    # Each step is taken only where its first sign is there: in most texts it is not.
    odd = not text.isascii()
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "") if odd else text
    plain = plain.replace("#", " no ")
    if odd or "x" in plain or "X" in plain or "*" in plain:
        plain = _TIMES.sub(r"\1 x \2", plain)
    plain = plain.replace("_", " ")
    if odd or not plain[1:].islower():
        plain = _CAMEL.sub(" ", plain)
    plain = plain.casefold()
    if odd or "-" in plain:
        plain = _WRAP.sub("", plain)
    if odd or "(" in plain:
        plain = _SCALE_WORDS.sub(" ", plain)
    if odd or has_figure(plain):
        plain = _SCALE.sub(" ", plain)
    words = " ".join(_SIGNS.sub(" ", plain.replace("×", " x ").replace("%", " percent ")).split())
    return _RANGE_END.sub("", words) if words[-1:].isdigit() else words


@lru_cache(maxsize=20_000)
def bare_key(text: str) -> str:
    """The same without what stands in brackets: ``"Impact (monetary)"`` → ``"impact"``."""
    bare, nested = _BRACKETS.subn(" ", text)
    while nested:
        bare, nested = _BRACKETS.subn(" ", bare)
    return heading_key(bare)


@cache
def _stage_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase, _ in vocabulary().stages)


@cache
def _keywords_by_word() -> dict[str, tuple[int, ...]]:
    """Which keywords can fit at all where a word occurs."""
    places: dict[str, list[int]] = {}
    for place, keyword in enumerate(vocabulary().keywords):
        for word in keyword.all or keyword.any:
            places.setdefault(word, []).append(place)
    return {word: tuple(found) for word, found in places.items()}


def keywords_for(words: frozenset[str]) -> list[Keyword]:
    """The keywords that fit these words, in the vocabulary's order."""
    places = {place for word in words for place in _keywords_by_word().get(word, ())}
    known = vocabulary().keywords
    return [known[place] for place in sorted(places) if known[place].fits(words)]


@lru_cache(maxsize=20_000)
def find_stage(text: str) -> tuple[str, str] | None:
    """The stage that words name, and which words: ``"Mitigated Risk Score"`` → ``("residual", "mitigated")``."""
    key = heading_key(text)
    if not _stage_words() & frozenset(key.split()):
        return None
    padded = f" {key} "
    found = [(stage, phrase) for phrase, stage in vocabulary().stages if f" {phrase} " in padded]
    if not found:
        return None
    # Of one stage's words the first counts, the longer of two that start together: it is what people call the stage.
    return min(
        (pair for pair in found if pair[0] == found[0][0]), key=lambda pair: (padded.index(pair[1]), -len(pair[1]))
    )


def is_one_of(kind: str, text: str) -> bool:
    """Whether a text is one of the words of a kind (``response_words``, ``status_words`` …)."""
    return heading_key(text) in vocabulary().kinds[kind]


def speaks_of_risk(text: str) -> bool:
    """Whether words speak of risks."""
    return bool(vocabulary().kinds["risk_words"] & frozenset(heading_key(text).split()))
