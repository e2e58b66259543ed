"""How a register turns scores into ratings, inferred from its formulas first and then from its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regsheet.layout.columns import Meaning
from regsheet.layout.matching import quick_field
from regsheet.layout.score_cells import numbers_of, scores_of
from regsheet.layout.tables import STAGES, RatingRule
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key
from regsheet.values.levels import is_level, places
from regsheet.values.scores import Score, read_score
from regsheet.values.text import clean

_CLEARLY = 0.6
_USUAL_STEPS = 5
_MOST_ROWS = 1000
_IN_WORDS = {
    "product": "likelihood × impact",
    "sum": "likelihood + impact",
    "lookup": "the workbook's matrix",
}
_CLOSE = 0.051
_PRODUCT_NAMES = {
    "ev",
    "emv",
    "expected value",
    "expected monetary value",
    "rpn",
    "risk priority number",
    "risk exposure",
    "p x i",
    "l x i",
    "pxi",
    "lxi",
    "i x l",
    "i x p",
    "s x l",
    "l x s",
}


Triple = tuple[float, float, float]
"""Likelihood, impact and rating of one row."""


@dataclass(frozen=True, slots=True)
class StageRule:
    """The rule of one stage, the third factor's column if it has one, and the reason in words."""

    rule: RatingRule
    factor: int | None
    reason: str


def infer_rules(
    view: SheetView, meaning: Meaning, rows: Sequence[int], lookup: Mapping[tuple[float, float], float]
) -> dict[str, StageRule]:
    """The rule of each stage that has a rating column."""
    return {
        stage: _stage_rule(view, meaning, rows, lookup, stage, rating)
        for stage in STAGES
        if (rating := meaning.index(f"{stage}_rating")) is not None
    }


def overall(rules: Mapping[str, StageRule]) -> StageRule:
    """The rule of the register: the first stage's that says something."""
    for wanted in (("product", "sum", "three-factor", "lookup"), ("words", "rank"), ("typed-unknown",)):
        found = next((rule for rule in rules.values() if rule.rule in wanted), None)
        if found is not None:
            return found
    return StageRule("none", None, "no rating column holds ratings")


def _stage_rule(
    view: SheetView,
    meaning: Meaning,
    rows: Sequence[int],
    lookup: Mapping[tuple[float, float], float],
    stage: str,
    rating: int,
) -> StageRule:
    by_formula = _from_formula(meaning, stage, rating)
    if by_formula is not None:
        return by_formula
    likelihood, impact = meaning.index(f"{stage}_likelihood"), meaning.index(f"{stage}_impact")
    rows = rows[:_MOST_ROWS]
    rated = scores_of(view, rows, rating)
    scores = _scores(view, rows, likelihood, impact, rated)
    numbers = [score.number for score in rated if score.number is not None]
    words = [score.word for score in rated if score.word is not None and score.number is None]
    if not numbers and not words:
        return StageRule("none", None, "the rating column is empty")
    if len(words) > len(numbers):
        return StageRule("words", None, "ratings are words")
    if any(scores):
        fitted = _fitted(view, meaning, rows, scores, lookup, rating)
        if fitted is not None:
            return fitted
    heading = heading_key(meaning.readings[rating].heading.text)
    if heading in _PRODUCT_NAMES or _is_product_name(heading):
        return StageRule("product", None, f'"{meaning.readings[rating].heading.text}" names a product')
    if _is_ranking(heading, numbers):
        return StageRule("rank", None, "each number comes once, counting from 1")
    return StageRule("typed-unknown", None, "the typed ratings follow no rule that explains most rows")


def _from_formula(meaning: Meaning, stage: str, rating: int) -> StageRule | None:
    sense = meaning.readings[rating].sense
    if sense is None or sense.kind not in {"product", "sum", "lookup"}:
        return None
    pair = {meaning.index(f"{stage}_likelihood"), meaning.index(f"{stage}_impact")} - {None}
    columns = [column for column in sense.columns if column in meaning.readings]
    if sense.kind == "lookup":
        return StageRule("lookup", None, "the rating's formula looks it up") if pair & set(columns) else None
    if len(columns) == 3 and sense.kind == "product":
        factor = next((column for column in columns if column not in pair), None)
        return StageRule("three-factor", factor, "the rating's formula multiplies three columns")
    if len(columns) == 2 and (pair & set(columns) or not pair):
        rule: RatingRule = "product" if sense.kind == "product" else "sum"
        verb = "multiplies" if rule == "product" else "adds"
        return StageRule(rule, None, f"the rating's formula {verb} likelihood and impact")
    return None


def _scores(
    view: SheetView, rows: Sequence[int], likelihood: int | None, impact: int | None, rated: Sequence[Score]
) -> list[Triple | None]:
    """Likelihood, impact and rating of every row that has all three; level names by their place in their family."""
    first: Sequence[float | None] = [score.likelihood for score in rated]  # of a working in the rating's cell
    second: Sequence[float | None] = [score.impact for score in rated]
    if likelihood is not None:
        first = numbers_of(view, rows, likelihood, _ranks(view, rows, likelihood))
    if impact is not None:
        second = numbers_of(view, rows, impact, _ranks(view, rows, impact))
    return [
        None if one is None or two is None or score.number is None else (one, two, score.number)
        for one, two, score in zip(first, second, rated, strict=True)
    ]


def _ranks(view: SheetView, rows: Sequence[int], column: int) -> dict[str, float]:
    """What the level names of a column count for: 1 for the lowest of their family, and so on."""
    texts = [value for value in dict.fromkeys(view.column(rows, column)) if isinstance(value, str)]
    different = dict.fromkeys(map(clean, texts))
    words = [word for text in different if (word := read_score(text).word) and is_level(word)]
    common = Counter((place.family, place.of) for word in words for place in places(word))
    if not common or len(words) < 2:
        return {}
    family = max(common, key=lambda key: (common[key], -abs(key[1] - _USUAL_STEPS)))
    return {word: float(place.rank) for word in words for place in places(word) if (place.family, place.of) == family}


def _fitted(
    view: SheetView,
    meaning: Meaning,
    rows: Sequence[int],
    scores: Sequence[Triple | None],
    lookup: Mapping[tuple[float, float], float],
    rating: int,
) -> StageRule | None:
    counts = Counter(one for one in scores if one is not None)
    product = _share(counts, lambda one, two: one * two)
    shares = {
        "product": max(product, _share(counts, lambda one, two: one * two / 100)),
        "sum": _share(counts, lambda one, two: one + two),
        "lookup": _share(counts, lambda one, two: lookup.get((one, two))) if lookup else 0.0,
    }
    name = max(shares, key=lambda rule: shares[rule])
    if shares[name] >= _CLEARLY:
        rule: RatingRule = "sum" if name == "sum" else "lookup" if name == "lookup" else "product"
        return StageRule(rule, None, f"{_IN_WORDS[name]} gives {shares[name]:.0%} of the typed ratings")
    return _third_factor(view, meaning, rows, scores, rating) or _weak_product(shares, counts.total())


def _share(counts: Counter[Triple], expected: Callable[[float, float], float | None]) -> float:
    """The part of the rows whose rating is what is expected of their likelihood and impact."""
    fits = sum(count for (one, two, rated), count in counts.items() if _near(expected(one, two), rated))
    return fits / counts.total() if counts else 0.0


def _weak_product(shares: Mapping[str, float], rows: int) -> StageRule | None:
    # Few rows with mistakes among them: a product that explains half of them,
    # and far more than a sum does, still rules.
    if shares["product"] >= 0.45 and shares["product"] >= 2 * shares["sum"] and rows >= 4:
        return StageRule("product", None, f"likelihood × impact gives {shares['product']:.0%} of the typed ratings")
    return None


def _third_factor(
    view: SheetView, meaning: Meaning, rows: Sequence[int], scores: Sequence[Triple | None], rating: int
) -> StageRule | None:
    for column in meaning.columns:
        found = meaning.readings[column.index].profile
        if column.field is not None or column.index == rating or found.share("integer", "number", "fraction") < 0.6:
            continue
        fits = [
            _near(one[0] * one[1] * factor, one[2])
            for one, factor in zip(scores, numbers_of(view, rows, column.index), strict=True)
            if one is not None and factor is not None
        ]
        if len(fits) >= 3 and sum(fits) / len(fits) >= _CLEARLY:
            return StageRule(
                "three-factor", column.index, f'likelihood × impact × "{column.heading}" gives the ratings'
            )
    return None


def _near(expected: float | None, rating: float) -> bool:
    return expected is not None and abs(expected - rating) <= max(_CLOSE, 0.005 * abs(expected))


def _is_product_name(heading: str) -> bool:
    if " x " not in f" {heading} ":
        return False
    fields = {quick_field(part) for part in heading.split(" x ") if part}
    return bool(fields & {"likelihood", "impact"})


def _is_ranking(heading: str, numbers: Sequence[float]) -> bool:
    named = bool({"rank", "ranking", "order"} & set(heading.split()))
    whole = sorted(numbers)
    return (
        len(whole) >= 3
        and len(set(whole)) == len(whole)
        and whole == [float(n) for n in range(1, len(whole) + 1)]
        and (named or len(whole) >= 6)
    )
