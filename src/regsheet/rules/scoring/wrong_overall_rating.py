"""SC001: a rating that is not what its likelihood and impact make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from regsheet.layout.tables import RatingRule
from regsheet.model.recurring import Coded
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import RatingCorrector
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import Scores, band_name, stage_scores, typed, with_band
from regsheet.values.scores import read_score

WORKED_OUT: frozenset[RatingRule] = frozenset({"product", "sum", "three-factor", "lookup"})
"""The scoring rules under which likelihood and impact settle the rating."""

FEWEST_SCALED = 8
"""Ratings that must agree on one multiple of likelihood × impact before the others count as wrong."""

SCALED_SHARE = 0.55
"""The share of ratings that must agree on it: rather more than half."""


class Expected(NamedTuple):
    """What a rating should be, and the working in words."""

    rating: float
    working: str


class Said(NamedTuple):
    """What a wrong rating should be, how that is worked out, and what is said about it."""

    rating: float
    basis: str
    message: str
    advice: str


class WrongOverallRating(RegisterRule):
    """The overall rating differs from what its likelihood and impact make.

    ## What it does
    Works out each overall rating from the likelihood and impact beside it, by the register's own rule (product, sum,
    three factors, or the matrix on its scoring sheet), and reports a rating that differs. It does so for each stage
    that the sheet has. Where nobody has written the rule down but most ratings are the same multiple of likelihood
    × impact, the ratings that are not are reported.

    ## Why it matters
    The rating decides the colour, the order in which risks are discussed, and who must act. A risk that scores 16 and
    is shown as 6 is a red risk that the committee never sees.

    ## When it is legitimate
    When management has overridden the score on purpose, and a policy allows it. Then say so in the commentary and
    waive the finding with that reason.

    ## Correction
    Derived: the rating is worked out again and logged, with the column's own formula where the column has one.
    Likelihood and impact are never touched; please confirm them, for the slip may be there. A rating on a rule that
    is only inferred from the other rows, or typed together with words in one cell, is reported and left alone.
    """

    code = "SC001"
    name = "wrong-overall-rating"
    severity = Severity.ERROR
    correction = "derived"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Loss of a key supplier", "residual_likelihood": 4, "residual_impact": 4,
                 "residual_rating": 16},
                {"ref": "R2", "title": "Flooding of the depot", "residual_likelihood": 2, "residual_impact": 5,
                 "residual_rating": 10},
            ),
            why="each rating is likelihood × impact",
        ),
        Example(
            rows=({"ref": "R1", "title": "Loss of a key supplier", "residual_likelihood": 4, "residual_impact": 3,
                   "residual_rating": 7},),
            rating_rule="sum",
            why="this register adds its scores",
        ),
        Example(
            rows=({"ref": "R1", "title": "Loss of a key supplier", "residual_likelihood": 0.35, "residual_impact": 3,
                   "residual_rating": 1.1},),
            scale={"likelihood": (0, 1), "impact": (1, 5)},
            why="1.05 shown to one decimal place",
        ),
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A risk", "residual_likelihood": n, "residual_impact": 4,
                        "residual_rating": 9} for n in (1, 2, 3)),
            rating_rule="typed-unknown",
            why="ratings typed by a rule that nobody has written down",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Loss of a key supplier", "residual_likelihood": 4, "residual_impact": 4,
                   "residual_rating": 6},),
            finds=((0, "residual_rating"),),
            why="4 × 4 is 16",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4,
                 "residual_rating": ("=C2*D2", 16)},
                {"ref": "R2", "title": "B", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 1},
                {"ref": "R3", "title": "C", "residual_likelihood": 2, "residual_impact": 2,
                 "residual_rating": ("=C4*D4", 4)},
            ),
            finds=((1, "residual_rating"),),
            why="a number typed amid formulas: it gets the column's formula back",
        ),
        Example(
            rows=(
                *({"ref": f"R{n}", "title": "A risk", "residual_likelihood": 3, "residual_impact": n / 2,
                   "residual_rating": 0.6 * n} for n in range(1, 10)),
                {"ref": "R10", "title": "Odd one out", "residual_likelihood": 2, "residual_impact": 4,
                 "residual_rating": 5},
            ),
            rating_rule="typed-unknown",
            finds=((9, "residual_rating"),),
            why="every other rating is 0.4 × likelihood × impact",
        ),
        Example(
            rows=({"ref": "R1", "title": "Loss of data", "inherent_likelihood": "50% to 75%", "inherent_impact": 20000,
                   "inherent_rating": 150},),
            scale={},
            finds=((0, "inherent_rating"),),
            why="at least 10,000 by its own figures",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """Ratings in words, or ratings alone, have nothing to be checked against."""
        if any(self._checkable(register, stage) for stage in register.stages):
            return None
        if register.scoring.rule in WORKED_OUT | {"typed-unknown"}:
            return f"sheet {register.sheet_name!r} has no likelihood, impact and overall rating side by side"
        return f"sheet {register.sheet_name!r} has no rule by which likelihood and impact make a number"

    def _checkable(self, register: Register, stage: str) -> bool:
        ruled = register.scoring.rule_of(stage) in WORKED_OUT | {"typed-unknown"}
        return ruled and register.has(*(f"{stage}_{score}" for score in ("likelihood", "impact", "rating")))

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every rating that differs from what its likelihood and impact make."""
        for stage in register.stages:
            if not self._checkable(register, stage):
                continue
            found = stage_scores(register, stage)
            known = register.scoring.rule_of(stage) in WORKED_OUT
            multiple = None if known else common_multiple(found.each())
            if not known and multiple is None:
                continue
            wrong = list(map(partial(said_of, register, stage, multiple), found.different))
            corrector = RatingCorrector(register, f"{stage}_rating") if known and any(wrong) else None
            for index, said in enumerate(found.spread(wrong) if any(wrong) else ()):
                if said is not None:
                    yield self._finding(register, index, f"{stage}_rating", said, corrector)
            if register.scoring.rule_of(stage) == "product":
                yield from self._outside_ranges(register, stage, found)

    def _outside_ranges(self, register: Register, stage: str, found: Coded[Scores]) -> Iterator[Finding]:
        """Ratings that no likelihood within a range such as "50% to 75%" makes."""
        if not any(map(is_half, found.different)):
            return
        cells = typed(register, f"{stage}_likelihood")
        for index, score in enumerate(found.each()):
            if not is_half(score) or score.impact is None or score.rating is None:
                continue
            read = read_score(cells[index])
            if not read.is_range or len(read.numbers) != 2:
                continue
            low, high = sorted(end * score.impact for end in read.numbers)
            if not low - 1e-9 <= score.rating <= high + 1e-9:
                message = (
                    f"{register.field_name(f'{stage}_rating')} is {plain(score.rating)}, but {read.text} × "
                    f"{plain(score.impact)} lies between {plain(low)} and {plain(high)}."
                )
                yield self.finding(register, index, f"{stage}_rating", message, "Confirm the likelihood and impact.")

    def _finding(self, register: Register, index: int, field: str, said: Said,
                 corrector: RatingCorrector | None) -> Finding:  # fmt: skip
        correction = corrector.correction(index, said.rating, said.basis) if corrector else None
        return self.finding(register, index, field, said.message, said.advice, correction=correction)


def is_half(score: Scores) -> bool:
    """Whether a rating stands beside an impact alone."""
    return score.likelihood is None and score.impact is not None and score.rating is not None


def said_of(register: Register, stage: str, multiple: float | None, score: Scores) -> Said | None:
    """What is said of all risks with these scores; None where the rating is right, or nothing says what it should be.

    ``multiple`` is that of the column where only its other rows show the rule.
    """
    if score.rating is None or agrees(register, stage, score, multiple):
        return None
    expected = expected_rating(register, stage, score, multiple)
    if expected is None:
        return None
    right = band_name(register, expected.rating, score.likelihood, score.impact)
    wrong = band_name(register, score.rating)
    basis = f"{expected.working} = {plain(expected.rating)}"
    name = register.field_name(f"{stage}_rating")
    message = f"{name} is {plain(score.rating)}, but {with_band(basis, right)}."
    if multiple is not None:
        message += " Most other ratings in this column are worked out that way."
    advice = "Confirm the likelihood and impact."
    if right and wrong and right != wrong:
        advice = f"Confirm the likelihood and impact: the band changes from {wrong} to {right}."
    return Said(expected.rating, basis, message, advice)


def expected_rating(register: Register, stage: str, score: Scores, multiple: float | None = None) -> Expected | None:
    """What a rating should be; None where a score is missing or off the matrix."""
    rating = _made(register, stage, score, multiple)
    if rating is None or score.likelihood is None or score.impact is None:
        return None
    if multiple is not None:
        return Expected(rating, f"{plain(multiple)} × {plain(score.likelihood)} × {plain(score.impact)}")
    return Expected(rating, register.scoring.sentence(score.likelihood, score.impact, score.factor))


def _made(register: Register, stage: str, score: Scores, multiple: float | None) -> float | None:
    if multiple is None:
        return register.scoring.rating(score.likelihood, score.impact, score.factor, stage)
    if score.likelihood is None or score.impact is None:
        return None
    return round(score.likelihood * score.impact * multiple, 6)


def agrees(register: Register, stage: str, score: Scores, multiple: float | None = None) -> bool:
    """Whether a rating is what it should be, or nothing says what it should be."""
    made = None if score.rating is None else _made(register, stage, score, multiple)
    return made is None or same(score, made)


def same(score: Scores, expected: float) -> bool:
    """Whether a rating is the expected one, as exactly as it is written: 1.05 may be typed as 1.1, 16 never as 15."""
    rating = score.rating or 0.0
    if abs(rating - expected) <= 1e-6 * max(1.0, abs(expected)):
        return True
    if all(part is None or float(part).is_integer() for part in score[:2]):
        return False
    _, _, decimals = f"{rating:.6f}".rstrip("0").partition(".")
    half_a_step: float = 0.5 * 10 ** -len(decimals)
    return abs(rating - expected) <= half_a_step + 1e-9


def common_multiple(found: list[Scores]) -> float | None:
    """The multiple of likelihood × impact that most ratings are; None where they share none."""
    ratios = [round(score.rating / (score.likelihood * score.impact), 3) for score in found
              if score.rating and score.likelihood and score.impact]  # fmt: skip
    if len(ratios) < FEWEST_SCALED:
        return None
    multiple, count = Counter(ratios).most_common(1)[0]
    return multiple if count >= SCALED_SHARE * len(ratios) else None
