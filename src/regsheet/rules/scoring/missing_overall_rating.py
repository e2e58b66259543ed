"""SC002: likelihood and impact are there, the rating is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import or_

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.column_formulas import cell_formula
from regsheet.rules.correcting import RatingCorrector
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import Scores, band_name, closed, nothing_typed, scores, texts, with_band


class MissingOverallRating(RegisterRule):
    """Likelihood and impact are given, and the overall rating is blank.

    ## What it does
    Reports a blank overall rating beside a likelihood and an impact, stage by stage, and says what it would be.

    ## Why it matters
    A risk without a rating drops out of every sorted list, heatmap and count by colour, however high it scores.

    ## When it is legitimate
    Hardly ever. If a stage does not apply to a risk, leave its likelihood and impact blank too.

    ## Correction
    Derived: the rating is worked out and logged, with the column's own formula where the column has one. Where the
    register rates in words, or by a rule that is not known, the finding asks for the rating instead.
    """

    code = "SC002"
    name = "missing-overall-rating"
    severity = Severity.ERROR
    correction = "derived"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Cyber attack", "inherent_likelihood": 4, "inherent_impact": 5,
                 "inherent_rating": 20},
                {"ref": "R2", "title": "Data loss", "inherent_likelihood": None, "inherent_impact": 3,
                 "inherent_rating": None},
            ),
            why="the second risk has no likelihood, which is another finding",
        ),
        Example(
            rows=({"ref": "R1", "title": "Cyber attack", "inherent_likelihood": 4, "inherent_impact": 5,
                   "inherent_rating": "=C2*D2"},),
            why="a formula that Excel has not calculated yet is not a blank",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Cyber attack", "inherent_likelihood": 4, "inherent_impact": 5,
                   "inherent_rating": None, "target_likelihood": 2, "target_impact": 3, "target_rating": 6},),
            finds=((0, "inherent_rating"),),
            why="4 × 5 would be 20",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Cyber attack", "residual_likelihood": 3, "residual_impact": 3,
                 "residual_rating": None, "residual_band": "Amber"},
                {"ref": "R2", "title": "Data loss", "residual_likelihood": 3, "residual_impact": 4,
                 "residual_rating": 12, "residual_band": "Amber"},
            ),
            finds=((0, "residual_rating"),),
            why="the word for the band is there, the number is not",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Cyber attack", "inherent_likelihood": "High", "inherent_impact": "Low",
                 "inherent_rating": "Medium"},
                {"ref": "R2", "title": "Data loss", "inherent_likelihood": "High", "inherent_impact": "High",
                 "inherent_rating": None},
            ),
            rating_rule="words",
            scale={"likelihood": ("Low", "Medium", "High"), "impact": ("Low", "Medium", "High")},
            finds=((1, "inherent_rating"),),
            why="a rating in words is missing too",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """A stage must have likelihood, impact and a rating or band."""
        if any(rating_field(register, stage) for stage in register.stages):
            return None
        return f"sheet {register.sheet_name!r} has no likelihood, impact and overall rating side by side"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every blank rating beside a likelihood and an impact."""
        off = closed(register)
        for stage in register.stages:
            field = rating_field(register, stage)
            if field is None:
                continue
            blank = nothing_typed(register, field)
            if not any(blank):
                continue
            corrector = RatingCorrector(register, field) if field.endswith("_rating") else None
            halves = list(map(or_, *(nothing_typed(register, f"{stage}_{part}") for part in ("likelihood", "impact"))))
            bands, found = texts(register, f"{stage}_band"), scores(register, stage)
            unused = all(blank)  # a register that rates by its band words alone
            for index in compress(range(register.count), blank):
                if off[index] or halves[index] or (bands[index] and unused) or cell_formula(register, index, field):
                    continue
                yield self._finding(register, index, stage, field, found[index], corrector)

    def _finding(self, register: Register, index: int, stage: str, field: str, score: Scores,
                 corrector: RatingCorrector | None) -> Finding:  # fmt: skip
        expected = register.scoring.rating(score.likelihood, score.impact, score.factor, stage)
        name = register.field_name(field)
        if expected is None or score.likelihood is None or score.impact is None:
            return self.finding(register, index, field, f"{name} is blank, though likelihood and impact are given.",
                                "Fill in the rating.")  # fmt: skip
        working = f"{register.scoring.sentence(score.likelihood, score.impact, score.factor)} = {plain(expected)}"
        band = band_name(register, expected, score.likelihood, score.impact)
        correction = corrector.correction(index, expected, working) if corrector else None
        return self.finding(
            register, index, field, f"{name} is blank; {with_band(working, band)}.",
            "Confirm the likelihood and impact.", correction=correction,
        )  # fmt: skip


def rating_field(register: Register, stage: str) -> str | None:
    """The column that holds a stage's overall rating: a number, else a band; None unless L and I are there too."""
    if not register.has(f"{stage}_likelihood", f"{stage}_impact"):
        return None
    return next((field for field in (f"{stage}_rating", f"{stage}_band") if register.has(field)), None)
