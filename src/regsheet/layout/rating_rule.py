"""How a register turns scores into ratings, inferred from its formulas first and then from its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regsheet.grid.cells import Value
from regsheet.grid.rows import RowsHeld
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


class Scores(NamedTuple):
    """Likelihood, impact and rating of every row, None where it has none."""

    likelihoods: Sequence[float | None]
    impacts: Sequence[float | None]
    ratings: Sequence[float | None]

    def counted(self) -> Counter[Triple]:
        """How many rows that have all three have the same."""
        counts = Counter(zip(*self, strict=True))
        return Counter({
            (one, two, rated): count for (one, two, rated), count in counts.items()
            if one is not None and two is not None and rated is not None
        })  # fmt: skip


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
    held = view.held(rows[:_MOST_ROWS])
    return {
        stage: _stage_rule(held, meaning, lookup, stage, rating)
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
    held: RowsHeld,
    meaning: Meaning,
    lookup: Mapping[tuple[float, float], float],
    stage: str,
    rating: int,
) -> StageRule:
    by_formula = _from_formula(meaning, stage, rating)
    if by_formula is not None:
        return by_formula
    likelihood, impact = meaning.index(f"{stage}_likelihood"), meaning.index(f"{stage}_impact")
    rated = scores_of(held.column(rating))
    scores = _scores(held, likelihood, impact, rated)
    numbers = [number for number in scores.ratings if number is not None]
    words = [score.word for score in rated if score.number is None and score.word is not None]
    if not numbers and not words:
        return StageRule("none", None, "the rating column is empty")
    if len(words) > len(numbers):
        return StageRule("words", None, "ratings are words")
    counts = scores.counted()
    if counts:
        fitted = _fitted(counts, lookup) or _third_factor(held, meaning, scores, rating) or _weak_product(counts)
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


def _scores(held: RowsHeld, likelihood: int | None, impact: int | None, rated: Sequence[Score]) -> Scores:
    """Likelihood, impact and rating of every row; level names by their place in their family."""
    # Without columns of their own, both may stand in the working of a rating's cell.
    first = [score.likelihood for score in rated] if likelihood is None else _ranked(held.column(likelihood))
    second = [score.impact for score in rated] if impact is None else _ranked(held.column(impact))
    return Scores(first, second, [score.number for score in rated])


def _ranked(values: Sequence[Value]) -> list[float | None]:
    """The number that each cell says, level names by their place in their family."""
    return numbers_of(values, _ranks(values))


def _ranks(values: Sequence[Value]) -> dict[str, float]:
    """What the level names of a column count for: 1 for the lowest of their family, and so on."""
    different = dict.fromkeys(clean(value) for value in dict.fromkeys(values) if isinstance(value, str))
    words = [word for text in different if (word := read_score(text).word) and is_level(word)]
    common = Counter((place.family, place.of) for word in words for place in places(word))
    if not common or len(words) < 2:
        return {}
    family = max(common, key=lambda key: (common[key], -abs(key[1] - _USUAL_STEPS)))
    return {word: float(place.rank) for word in words for place in places(word) if (place.family, place.of) == family}


def _fitted(counts: Counter[Triple], lookup: Mapping[tuple[float, float], float]) -> StageRule | None:
    shares = {
        "product": _product_share(counts),
        "sum": _sum_share(counts),
        "lookup": _share(counts, lambda one, two: lookup.get((one, two))) if lookup else 0.0,
    }
    name = max(shares, key=lambda rule: shares[rule])
    if shares[name] < _CLEARLY:
        return None
    rule: RatingRule = "sum" if name == "sum" else "lookup" if name == "lookup" else "product"
    return StageRule(rule, None, f"{_IN_WORDS[name]} gives {shares[name]:.0%} of the typed ratings")


def _product_share(counts: Counter[Triple]) -> float:
    return max(_share(counts, lambda one, two: one * two), _share(counts, lambda one, two: one * two / 100))


def _sum_share(counts: Counter[Triple]) -> float:
    return _share(counts, lambda one, two: one + two)


def _share(counts: Counter[Triple], expected: Callable[[float, float], float | None]) -> float:
    """The part of the rows whose rating is what is expected of their likelihood and impact."""
    fits = sum(count for (one, two, rated), count in counts.items() if _near(expected(one, two), rated))
    return fits / counts.total() if counts else 0.0


def _weak_product(counts: Counter[Triple]) -> StageRule | None:
    # Few rows with mistakes among them: a product that explains half of them,
    # and far more than a sum does, still rules.
    product = _product_share(counts)
    if product >= 0.45 and product >= 2 * _sum_share(counts) and counts.total() >= 4:
        return StageRule("product", None, f"likelihood × impact gives {product:.0%} of the typed ratings")
    return None


def _third_factor(held: RowsHeld, meaning: Meaning, scores: Scores, rating: int) -> StageRule | None:
    for column in meaning.columns:
        found = meaning.readings[column.index].profile
        if column.field is not None or column.index == rating or found.share("integer", "number", "fraction") < 0.6:
            continue
        fits = [
            _near(one * two * factor, rated)
            for one, two, rated, factor in zip(*scores, numbers_of(held.column(column.index)), strict=True)
            if one is not None and two is not None and rated is not None and factor is not None
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
