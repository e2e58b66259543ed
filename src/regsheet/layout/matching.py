"""Which fields a heading may mean, from its words alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from regsheet.layout.vocabulary import OTHER, SCORING, bare_key, find_stage, heading_key, keywords_for, vocabulary

LONGEST_HEADING = 400
"""Longer texts are prose, not headings."""

_LONGEST_FUZZY = 40
_CLOSE = 88.0
_SURE = 0.7
_MANY_WORDS = 8
_WITH_STAGE = {"": {"rating": 0.6}, "risk": {"rating": 0.93, "band": 0.6}, "risks": {"rating": 0.8}}
_FILLERS = (
    "risk",
    "the",
    "overall",
    "assessed",
    "of",
    "no",
    "rate",
    "level",
    "score",
    "rating",
    "value",
    "details",
    "or",
    "and",
)


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a heading may mean. ``how`` is the reason in words; ``stage`` what the heading itself says."""

    field: str
    weight: float
    how: str


@lru_cache(maxsize=20_000)
def match_heading(text: str) -> tuple[Match, ...]:
    """Every field that a heading may mean, best first; none for prose, numbers and unknown words."""
    if not text or len(text) > LONGEST_HEADING:
        return ()
    found: dict[str, Match] = {}
    for match in (*_staged(text), *_whole(text), *_question(text), *_by_words(text)):
        if match.field not in found or found[match.field].weight < match.weight:
            found[match.field] = match
    if max((match.weight for match in found.values()), default=0.0) < _SURE and OTHER not in found:
        for match in _fuzzy(text):
            if match.field not in found or found[match.field].weight < match.weight:
                found[match.field] = match
    return tuple(sorted(_without_other(found), key=lambda match: -match.weight))


@lru_cache(maxsize=20_000)
def quick_field(text: str) -> str | None:
    """The likeliest field of a short heading without looking for near matches; ``other`` counts."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    matches = (*_whole(text), *_staged(text), *_question(text))
    if not matches and len(heading_key(text).split()) <= 8:
        matches = _by_words(text)
    best = max(matches, key=lambda match: match.weight, default=None)
    return None if best is None else best.field


def _without_other(found: dict[str, Match]) -> list[Match]:
    # A heading that is known to be none of ours keeps only fields that also know it whole, and less surely.
    if OTHER not in found:
        return list(found.values())
    if found[OTHER].weight < 0.7:
        return [match for match in found.values() if match.field != OTHER and match.weight > found[OTHER].weight + 0.2]
    return [
        Match(match.field, match.weight * 0.6, match.how)
        for match in found.values()
        if match.field != OTHER and match.how.startswith("heading says")
    ]


def _whole(text: str) -> tuple[Match, ...]:
    known = vocabulary().headings
    for key, loss in ((heading_key(text), 1.0), (bare_key(text), 0.97), (_first_line(text), 0.9)):
        if key and key in known:
            return tuple(Match(f, w * loss, f'heading says "{_shown(text)}"') for f, w in known[key].items())
    return ()


def _first_line(text: str) -> str:
    line, _, rest = text.strip().partition("\n")
    return bare_key(line) if rest else ""


def _staged(text: str) -> tuple[Match, ...]:
    stage = find_stage(text)
    if stage is None:
        return ()
    for key in (heading_key(text), bare_key(text)):
        rest = " ".join(f" {key} ".replace(f" {stage[1]} ", " ", 1).split())
        weights = vocabulary().headings.get(rest) or _WITH_STAGE.get(rest) or _less_fillers(rest, stage[0])
        scoring = {field: weight for field, weight in weights.items() if field in SCORING}
        if scoring:
            return tuple(Match(f, w * 0.98, f'heading says "{_shown(text)}"') for f, w in scoring.items())
    return ()


def _less_fillers(key: str, stage: str) -> dict[str, float]:
    names = {phrase for phrase, named in vocabulary().stages if named == stage}
    words = [word for word in key.split() if word not in _FILLERS and word not in names]
    if not words and "risk" in key.split():
        return _WITH_STAGE["risk"]
    return {} if len(words) != 1 else vocabulary().headings.get(words[0], {})


def _question(text: str) -> tuple[Match, ...]:
    key = heading_key(text)
    if key.partition(" ")[0] not in _question_words():
        return ()
    for start, field in vocabulary().questions:
        if key.startswith(start):
            return (Match(field, 0.8, f'heading asks "{_shown(text)}"'),)
    return ()


@cache
def _question_words() -> frozenset[str]:
    return frozenset(start.split()[0] for start, _ in vocabulary().questions)


def _by_words(text: str) -> tuple[Match, ...]:
    words = frozenset(heading_key(text).split())
    if len(words) > _MANY_WORDS:
        # What stands in brackets explains a heading; it does not name the field.
        words = frozenset(bare_key(text).split()) or words
    if not words or len(words) > 24:
        return ()
    loss = 1.0 if len(words) <= 6 else 0.85
    return tuple(
        Match(keyword.field, keyword.weight * loss, f'words of the heading "{_shown(text)}"')
        for keyword in keywords_for(words)
    )


def _fuzzy(text: str) -> tuple[Match, ...]:
    key = bare_key(text)
    if not 5 <= len(key) <= _LONGEST_FUZZY:
        return ()
    from rapidfuzz import fuzz, process

    close = process.extractOne(key, _long_headings(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if close is None:
        return ()
    phrase, score, _ = close
    if len(phrase.split()) != len(key.split()) and phrase.replace(" ", "") != key.replace(" ", ""):
        return ()  # A slip of the pen changes letters; another word is another heading.
    return tuple(
        Match(field, weight * score / 100 * 0.92, f'heading "{_shown(text)}" is close to "{phrase}"')
        for field, weight in vocabulary().headings[phrase].items()
    )


@cache
def _long_headings() -> tuple[str, ...]:
    return tuple(phrase for phrase in vocabulary().headings if len(phrase) >= 5)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
