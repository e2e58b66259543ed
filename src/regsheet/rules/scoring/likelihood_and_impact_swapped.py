"""SC006: likelihood and impact in each other's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.layout.tables import Level
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import Scores, stage_scores


class LikelihoodAndImpactSwapped(RegisterRule):
    """Likelihood and impact seem to stand in each other's place.

    ## What it does
    Reports a score that fits only with the two exchanged: a likelihood beyond its own scale that the scale of impact
    has, beside an impact that the scale of likelihood has; or a rating that the matrix gives only the other way round.

    ## Why it matters
    A likely nuisance and an unlikely disaster need different answers, even where their product is the same.

    ## When it is legitimate
    Hardly ever.

    ## Correction
    None: likelihood and impact are the owner's judgement.
    """

    code = "SC006"
    name = "likelihood-and-impact-swapped"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 5, "residual_rating": 15},),
            scale={"likelihood": (1, 3), "impact": (1, 5)},
            why="each on its own scale",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 5, "residual_impact": 2, "residual_rating": 10},),
            scale={"likelihood": (1, 3), "impact": (1, 5)},
            finds=((0, "residual_likelihood"),),
            why="likelihood goes to 3 only, impact to 5",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """The two must be told apart: by scales of different lengths, or by a matrix."""
        if not any(register.has(f"{stage}_likelihood", f"{stage}_impact") for stage in register.stages):
            return f"sheet {register.sheet_name!r} has no likelihood and impact"
        if register.scoring.lookup or ends(register.scoring.likelihood) != ends(register.scoring.impact):
            return None
        return f"likelihood and impact have one scale on sheet {register.sheet_name!r}, so an exchange does not show"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every score that fits only when exchanged."""
        for stage in register.stages:
            found = stage_scores(register, stage)
            swapped = [self._swapped(register, stage, score) for score in found.different]
            rows = zip(found.spread(swapped), found.each(), strict=True) if any(swapped) else ()
            for index, (exchanged, score) in enumerate(rows):
                if not exchanged or score.likelihood is None or score.impact is None:
                    continue
                message = (
                    f"likelihood {plain(score.likelihood)} and impact {plain(score.impact)} fit only the other way "
                    "round."
                )
                yield self.finding(register, index, f"{stage}_likelihood", message,
                                   "Check whether the two were exchanged.")  # fmt: skip

    def _swapped(self, register: Register, stage: str, score: Scores) -> bool:
        if score.likelihood is None or score.impact is None:
            return False
        likelihood, impact = register.scoring.likelihood, register.scoring.impact
        if likelihood and impact:
            as_is = on_scale(score.likelihood, likelihood) and on_scale(score.impact, impact)
            exchanged = on_scale(score.impact, likelihood) and on_scale(score.likelihood, impact)
            if exchanged and not as_is:
                return True
        if register.scoring.rule_of(stage) != "lookup" or score.rating is None:
            return False
        straight = register.scoring.rating(score.likelihood, score.impact, stage=stage)
        other = register.scoring.rating(score.impact, score.likelihood, stage=stage)
        return straight != score.rating and other == score.rating


def on_scale(score: float | None, levels: Sequence[Level]) -> bool:
    """Whether a score lies between the lowest and the highest level."""
    return score is not None and levels[0].score <= score <= levels[-1].score


def ends(levels: Sequence[Level]) -> tuple[float, float] | None:
    """The lowest and highest score of a scale."""
    return (levels[0].score, levels[-1].score) if levels else None
