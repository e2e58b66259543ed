"""SL002: a score between two levels."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.grid.cells import Value
from regsheet.layout.tables import Level
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import different, numbers, typed
from regsheet.rules.stated_scale import AXES, AXIS_FIELDS, is_stated, scale_of, score_fields
from regsheet.values.scores import read_score

USUAL_SHARE = 0.75
"""The share of a column's scores that must be levels for the rest to be slips, where no scale is stated."""


class ScoreNotALevel(RegisterRule):
    """A likelihood or impact is a fraction or a range where the scale has whole levels.

    ## What it does
    Reports a score that lies between two levels of the scale (3.5) or names several at once ("3–4"). Without a scale
    on any sheet, a register whose own scores are mostly such fractions or ranges is taken to mean them.

    ## Why it matters
    A range hides the decision that the score is there to record, and cannot be multiplied, coloured or placed on the
    heatmap.

    ## When it is legitimate
    Where scores are averages over several assessors and the policy says so.

    ## Correction
    None: which level is meant is the owner's judgement.
    """

    code = "SL002"
    name = "score-not-a-level"
    severity = Severity.ERROR
    reads = AXIS_FIELDS
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "inherent_likelihood": 0.1 * n, "inherent_impact": 3}
                       for n in range(1, 6)),
            scale={"likelihood": (0, 1), "impact": (1, 5)},
            why="probabilities, not levels",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                *({"ref": f"R{n}", "title": "A", "residual_likelihood": 3, "residual_impact": 4} for n in range(1, 7)),
                {"ref": "R7", "title": "B", "residual_likelihood": 3.5, "residual_impact": "3–4"},
            ),
            finds=((6, "residual_impact"), (6, "residual_likelihood")),
            why="half a level, and two at once",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be scores, and a scale to hold them against."""
        if not list(score_fields(register)):
            return f"sheet {register.sheet_name!r} has no columns for likelihood and impact"
        if not any(scale_of(register, axis) for axis in AXES):
            return f"the scale of sheet {register.sheet_name!r} is not known"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every fraction and every range."""
        for field, axis in score_fields(register):
            levels = scale_of(register, axis)
            if not levels:
                continue
            cells, column = typed(register, field), numbers(register, field)
            has_words = any(isinstance(value, str) for value in different(register, field))
            if not has_words and not any(is_between(score, levels) for score in set(column)):
                continue
            no_level = {(cell, score) for cell, score in set(zip(cells, column, strict=True))
                        if is_between(score, levels) or is_range(cell, score, levels)}  # fmt: skip
            if not no_level:
                continue
            wrong = [index for index, one in enumerate(zip(cells, column, strict=True)) if one in no_level]
            given = len(cells) - cells.count(None)
            stated = is_stated(register, axis, context)
            if len(wrong) < given * (1 if stated else 1 - USUAL_SHARE):
                for index in wrong:
                    yield self._finding(register, index, field, cells[index], levels)

    def _finding(self, register: Register, index: int, field: str, value: Value, levels: tuple[Level, ...]) -> Finding:
        shown = plain(value) if isinstance(value, int | float) else f"“{value}”"
        message = f"{register.field_name(field)} is {shown}, which is not one level of the scale ({in_words(levels)})."
        return self.finding(register, index, field, message, "Choose one level.")


def is_between(score: float | None, levels: tuple[Level, ...]) -> bool:
    """Whether a number lies within a scale but on none of its levels."""
    if score is None or not levels[0].score <= score <= levels[-1].score:
        return False
    return all(abs(score - level.score) > 1e-9 for level in levels)


def is_range(value: Value, score: float | None, levels: tuple[Level, ...]) -> bool:
    """Whether a cell names several levels at once; a level that is itself called ``5% to 10%`` is one level."""
    if score is not None or not isinstance(value, str) or not read_score(value).is_range:
        return False
    return "".join(value.split()).casefold() not in {"".join(level.name.split()).casefold() for level in levels}


def in_words(levels: tuple[Level, ...]) -> str:
    """``1, 2, 3, 4, 5``."""
    return ", ".join(plain(level.score) for level in levels)
