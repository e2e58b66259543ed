"""SL001: a score that the scale does not reach."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.layout.tables import Level
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import numbers, typed_at
from regsheet.rules.stated_scale import AXES, AXIS_FIELDS, fits, scale_of, score_fields
from regsheet.rules.words import says_nothing


class ScoreOutOfScale(RegisterRule):
    """A likelihood or impact lies outside the scale.

    ## What it does
    Compares each likelihood and impact with the lowest and highest level of its scale: the configured one, else the
    scale or matrix in the workbook, else what the column itself uses. A text that is none of the scale's levels is
    reported too.

    ## Why it matters
    A 6 on a scale of 1 to 5 makes ratings that no band and no cell of the matrix provides for.

    ## When it is legitimate
    Hardly ever. If the scale has grown, put the new one on the scale sheet or into regsheet.toml.

    ## Correction
    None: only the owner knows which level was meant.
    """

    code = "SL001"
    name = "score-out-of-scale"
    severity = Severity.ERROR
    reads = AXIS_FIELDS
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 5, "residual_impact": 1, "residual_rating": 5},),
            why="the ends of the scale belong to it",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": "TBC", "residual_impact": 1},),
            why="a blank or a stand-in is another finding",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 6, "residual_impact": 3, "residual_rating": 18},
                {"ref": "R2", "title": "B", "residual_likelihood": 2, "residual_impact": 0, "residual_rating": 0},
                {"ref": "R3", "title": "C", "residual_likelihood": 2, "residual_impact": 3, "residual_rating": 6},
                {"ref": "R4", "title": "D", "residual_likelihood": "often", "residual_impact": 3},
            ),
            finds=((0, "residual_likelihood"), (1, "residual_impact"), (3, "residual_likelihood")),
            why="6 and 0 on a scale of 1 to 5, and a word that is no level",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be scores, and a scale to hold them against."""
        if not list(score_fields(register)):
            return f"sheet {register.sheet_name!r} has no columns for likelihood and impact"
        if not any(scale_of(register, axis) for axis in AXES):
            return f"the scale of sheet {register.sheet_name!r} is not known"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every score below, above or beside the scale."""
        for field, axis in score_fields(register):
            levels = scale_of(register, axis)
            column = numbers(register, field)
            if not levels:
                continue
            low, high = levels[0].score, levels[-1].score
            on_scale = all(score is None or low <= score <= high for score in set(column))
            if (on_scale and field not in {unread for _, unread in register.unreadable}) or not fits(column, levels):
                continue
            for index, score in enumerate(column):
                if score is not None and not low <= score <= high:
                    yield self._finding(register, index, field, plain(score), levels)
                elif score is None and (index, field) in register.unreadable:
                    value = typed_at(register, index, field)
                    if is_a_word(value):
                        yield self._finding(register, index, field, f"“{value}”", levels)

    def _finding(self, register: Register, index: int, field: str, score: str, levels: tuple[Level, ...]) -> Finding:
        scale = f"{plain(levels[0].score)} to {plain(levels[-1].score)}"
        message = f"{register.field_name(field)} is {score}, and the scale is {scale}."
        return self.finding(register, index, field, message, "Choose a level of the scale.")


def is_a_word(value: object) -> bool:
    """Whether a cell holds words rather than figures or a stand-in for them."""
    return isinstance(value, str) and not says_nothing(value) and not any(map(str.isdigit, value))
