"""SC003: half a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import or_

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import Scores, closed, joined, nothing_typed, scores, stage_is_scored, texts

PARTS = ("likelihood", "impact")


class MissingLikelihoodOrImpact(RegisterRule):
    """A likelihood or an impact is blank where the rest of the score is given.

    ## What it does
    Reports a blank likelihood or impact in a stage that has a rating or the other score. Where the rating divides by
    the score that is there, it says what the missing one would have to be. It also reports a risk that is scored in
    another stage but not at all in an inherent or residual stage that most risks of the register have.

    ## Why it matters
    A rating without its likelihood and impact cannot be checked or argued with, and half a score cannot be placed on
    the heatmap.

    ## When it is legitimate
    Where a policy scores some risks, such as opportunities, by rating alone.

    ## Correction
    None: likelihood and impact are the owner's judgement, even where only one number would fit.
    """

    code = "SC003"
    name = "missing-likelihood-or-impact"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 3, "residual_impact": 2, "residual_rating": 6},
                {"ref": "R2", "title": "B", "residual_likelihood": None, "residual_impact": None,
                 "residual_rating": ("=C3*D3", 0)},
            ),
            why="a formula's 0 beside two blanks is no score at all, which is another finding",
        ),
        Example(
            rows=tuple(
                {"ref": f"R{n}", "title": "A", "residual_likelihood": 3, "residual_impact": 2, "residual_rating": 6,
                 "target_likelihood": None, "target_impact": None, "target_rating": None} for n in (1, 2)
            ),
            why="a target may be left out",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": None, "residual_impact": 3,
                   "residual_rating": 6},),
            finds=((0, "residual_likelihood"),),
            why="6 ÷ 3 would be 2",
        ),
        Example(
            rows=(
                *({"ref": f"R{n}", "title": "A", "inherent_likelihood": 4, "inherent_impact": 4, "inherent_rating": 16,
                   "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8} for n in (1, 2)),
                {"ref": "R3", "title": "B", "inherent_likelihood": 5, "inherent_impact": 4, "inherent_rating": 20,
                 "residual_likelihood": None, "residual_impact": None, "residual_rating": None},
            ),
            finds=((2, "residual_likelihood"),),
            why="every other risk has a residual score",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """A stage must have both scores."""
        if any(register.has(f"{stage}_likelihood", f"{stage}_impact") for stage in register.stages):
            return None
        return f"sheet {register.sheet_name!r} has no likelihood and impact"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every half score, stage by stage."""
        off = closed(register)
        scored = {stage: stage_is_scored(register, stage) for stage in register.stages}
        for stage in register.stages:
            if not register.has(f"{stage}_likelihood", f"{stage}_impact"):
                continue
            blanks = [nothing_typed(register, f"{stage}_{part}") for part in PARTS]
            if not any(map(any, blanks)):
                continue
            numbers = scores(register, stage)
            bands = texts(register, f"{stage}_band")
            said: dict[tuple[bool, bool, Scores], str] = {}
            expected_of_all = stage != "target" and sum(scored[stage]) * 2 > len(off)
            for index in [place for place, lacks in enumerate(map(or_, *blanks)) if lacks and not off[place]]:
                missing = [part for part, blank in zip(PARTS, blanks, strict=True) if blank[index]]
                score = numbers[index]
                if len(missing) == 1 or score.rating or bands[index]:
                    key = (blanks[0][index], blanks[1][index], score)
                    if key not in said:
                        said[key] = half_said(register, stage, missing, score)
                    yield self.finding(register, index, f"{stage}_{missing[0]}", said[key],
                                       f"Fill in the {' and '.join(missing)}.")  # fmt: skip
                elif expected_of_all and any(found[index] for found in scored.values()):
                    yield self._whole(register, index, stage)

    def _whole(self, register: Register, index: int, stage: str) -> Finding:
        name = register.field_name(f"{stage}_score")
        return self.finding(register, index, f"{stage}_likelihood", f"the {name} is blank.",
                            "Fill in the likelihood and impact.")  # fmt: skip


def half_said(register: Register, stage: str, missing: Sequence[str], score: Scores) -> str:
    """What is said of a risk of which likelihood, impact or both are missing in a stage."""
    names = joined([register.field_name(f"{stage}_{part}") for part in missing])
    verb = "is" if len(missing) == 1 else "are"
    if not score.rating:
        return f"{names} {verb} blank."
    if len(missing) == 1:
        return f"{names} is blank{_would_be(register, stage, missing[0], score, score.rating)}"
    return f"{names} {verb} blank, though the rating is {plain(score.rating)}."


def _would_be(register: Register, stage: str, part: str, score: Scores, rating: float) -> str:
    """``; a rating of 6 with impact 3 would make it 2.``, where the division gives a level of the scale."""
    given, known = ("impact", score.impact) if part == "likelihood" else ("likelihood", score.likelihood)
    scale = register.scoring.likelihood if part == "likelihood" else register.scoring.impact
    if register.scoring.rule_of(stage) == "product" and known:
        would = rating / known
        if would in {level.score for level in scale}:
            return f"; a rating of {plain(rating)} with {given} {plain(known)} would make it {plain(would)}."
        return f", and no {part} makes a rating of {plain(rating)} with {given} {plain(known)}."
    return f", though the rating is {plain(rating)}."
