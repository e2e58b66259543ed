"""SC008: a higher score in a lower band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from regsheet.layout.tables import Axis
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import known_band, scores, texts
from regsheet.rules.scoring.missing_overall_rating import rating_field

COMPARED = frozenset({"lookup", "words", "typed-unknown", "none"})
"""Scoring rules under which bands are compared with each other; else each is compared with its own rating."""

FEW = 3
"""Breaks that are reported whatever their share."""

TOO_MANY = 1 / 3
"""Above this share of breaks the ratings follow something besides likelihood and impact, and nothing is reported."""

LEVELS = ("Low", "Medium", "High")
WORDS: dict[Axis, tuple[float | str, ...]] = {"likelihood": LEVELS, "impact": LEVELS}


class Placed(NamedTuple):
    """A risk with its likelihood, impact and the place of its band among the bands."""

    likelihood: float
    impact: float
    place: int
    risk: int


class RatingOrderBroken(RegisterRule):
    """A risk with likelihood and impact both no lower than another's is rated in a lower band.

    ## What it does
    Where ratings are words, or follow a matrix or a rule that is not written down, it compares the risks with each
    other: one that is at least as likely and at least as serious as another must not be in a lower band.

    ## Why it matters
    Whatever the rule is, it cannot rank a likelier and worse risk below a milder one. One of the two ratings is wrong,
    or the matrix is.

    ## When it is legitimate
    Where the rating weighs something else as well, such as how near the risk is; then say so on the scoring sheet.

    ## Correction
    None: it cannot be told which of the two is wrong.
    """

    code = "SC008"
    name = "rating-order-broken"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "inherent_likelihood": "High", "inherent_impact": "Low",
                 "inherent_rating": "Low"},
                {"ref": "R2", "title": "B", "inherent_likelihood": "Low", "inherent_impact": "High",
                 "inherent_rating": "High"},
            ),
            rating_rule="words",
            scale=WORDS,
            why="likelier but milder",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "inherent_likelihood": "Low", "inherent_impact": "Medium",
                 "inherent_rating": "High"},
                {"ref": "R2", "title": "B", "inherent_likelihood": "High", "inherent_impact": "Medium",
                 "inherent_rating": "Medium"},
            ),
            rating_rule="words",
            scale=WORDS,
            finds=((1, "inherent_rating"),),
            why="likelier and just as serious, yet rated lower",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """A stage must have likelihood, impact and a rating in words or numbers with bands."""
        if not any(rating_field(register, stage) for stage in register.stages):
            return f"sheet {register.sheet_name!r} has no likelihood, impact and overall rating side by side"
        if not any(register.scoring.rule_of(stage) in COMPARED for stage in register.stages):
            return f"ratings on sheet {register.sheet_name!r} are worked out, so each is checked by itself"
        if len(register.scoring.bands) < 2:
            return f"the bands of sheet {register.sheet_name!r} are not known"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk that is banded below a milder one."""
        for stage in register.stages:
            field = rating_field(register, stage)
            if field is None or register.scoring.rule_of(stage) not in COMPARED:
                continue
            placed = placed_risks(register, stage)
            broken = list(breaks(placed))
            if len(broken) <= max(FEW, len(placed) * TOO_MANY):
                for one, milder in broken:
                    yield self._finding(register, field, one, milder)

    def _finding(self, register: Register, field: str, one: Placed, milder: Placed) -> Finding:
        bands = register.scoring.bands
        message = (
            f"likelihood {plain(one.likelihood)} and impact {plain(one.impact)} are rated {bands[one.place].name}, but "
            f"{register.label(milder.risk)} with {plain(milder.likelihood)} and {plain(milder.impact)} is rated "
            f"{bands[milder.place].name}."
        )
        return self.finding(register, one.risk, field, message, "Check the ratings of both risks.")


def placed_risks(register: Register, stage: str) -> list[Placed]:
    """The risks of a stage that have likelihood, impact and a known band: the word's, else the typed rating's."""
    found: list[Placed] = []
    for index, (score, word) in enumerate(zip(scores(register, stage), texts(register, f"{stage}_band"), strict=True)):
        band = known_band(register, word)
        if band is None and score.rating is not None and register.scoring.rule_of(stage) in {"lookup", "typed-unknown"}:
            band = register.scoring.band(score.rating)
        if band is not None and score.likelihood is not None and score.impact is not None:
            found.append(Placed(score.likelihood, score.impact, register.scoring.position_of(band), index))
    return found


def breaks(placed: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Each risk that is banded below a milder one, with the worst banded of those."""
    worst: dict[float, Placed] = {}
    by_likelihood: dict[float, list[Placed]] = defaultdict(list)
    for one in placed:
        by_likelihood[one.likelihood].append(one)
    for likelihood in sorted(by_likelihood):
        for one in by_likelihood[likelihood]:
            if one.impact not in worst or one.place > worst[one.impact].place:
                worst[one.impact] = one
        for one in by_likelihood[likelihood]:
            milder = [other for impact, other in worst.items() if impact <= one.impact and other.place > one.place]
            if milder:
                yield one, max(milder, key=lambda other: other.place)
