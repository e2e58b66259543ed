"""CL004: a target that is still red."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, in_top_band, settled_scores, shown_score


class RedTarget(RegisterRule):
    """The target is still in the top band.

    ## What it does
    Reports a risk whose target rating is in the worst band.

    ## Why it matters
    A target says where the organisation wants to be. A red one says that the planned actions are not enough, or that
    nobody has thought about the target.

    ## When it is legitimate
    Where most of the risk lies outside the organisation's reach and members know it.

    ## Correction
    None: the target is management's judgement.
    """

    code = "CL004"
    name = "red-target"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "target_likelihood": 2, "target_impact": 5, "target_rating": 10},),
            why="the target is amber",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "target_likelihood": 4, "target_impact": 5, "target_rating": 20},),
            finds=((0, "target_rating"),),
            why="20 is red",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a target, and bands."""
        if "target" not in register.stages:
            return f"sheet {register.sheet_name!r} has no target score"
        if len(register.scoring.bands) < 2:
            return f"the bands of sheet {register.sheet_name!r} are not known, so nothing can be called red"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every target in the top band."""
        top = register.scoring.top_band
        field = next(f"target_{part}" for part in ("rating", "band", "likelihood", "impact")
                     if register.has(f"target_{part}"))  # fmt: skip
        rows = zip(in_top_band(register, "target"), settled_scores(register, "target"), closed(register), strict=True)
        for index, (red, score, off) in enumerate(rows):
            if red and not off and top is not None:
                yield self.finding(
                    register, index, field, f"the {register.stage_name('target').lower()} is still {top.name}"
                    f"{shown_score(score)}.", "Plan actions that bring it lower, or explain why it cannot be lower.",
                )  # fmt: skip
