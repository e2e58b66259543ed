"""SL003: a level's name where its number belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import is_number, own_cells, whole
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import different, numbers, typed
from regsheet.rules.stated_scale import AXIS_FIELDS, score_fields
from regsheet.rules.words import says_nothing

MOSTLY = 0.5
"""More than this share of a column must be numbers for names in it to be out of place."""


class LevelNameForScore(RegisterRule):
    """The name of a level stands where its number belongs.

    ## What it does
    Reports a likelihood or impact that is written as a level's name, or as "3 - Possible", in a column that otherwise
    holds numbers. A column that holds names throughout is left alone.

    ## Why it matters
    Excel cannot multiply a name: the rating beside it stays blank or wrong, and the risk drops out of charts.

    ## When it is legitimate
    Hardly ever within a column of numbers.

    ## Correction
    Derived where the name belongs to exactly one level: the level's number.
    """

    code = "SL003"
    name = "level-name-for-score"
    severity = Severity.WARNING
    reads = AXIS_FIELDS
    correction = "derived"
    valid = (
        Example(
            rows=tuple({"ref": f"R{n}", "title": "A", "residual_likelihood": "3 - Possible", "residual_impact": 4}
                       for n in (1, 2)),
            why="names throughout the column",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                *({"ref": f"R{n}", "title": "A", "residual_likelihood": 2, "residual_impact": 4} for n in (1, 2)),
                {"ref": "R3", "title": "B", "residual_likelihood": "3 - Possible", "residual_impact": 4},
            ),
            finds=((2, "residual_likelihood"),),
            why="the others are numbers",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be scores."""
        if list(score_fields(register)):
            return None
        return f"sheet {register.sheet_name!r} has no columns for likelihood and impact"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every name in a column of numbers."""
        for field, _ in score_fields(register):
            if not any(isinstance(value, str) for value in different(register, field)):
                continue
            cells = typed(register, field)
            given = Counter(cells)
            figures = {value for value in given if is_figure(value)}
            names = {value for value in given if isinstance(value, str) and value not in figures}
            said = sum(count for value, count in given.items() if not says_nothing(value))
            if not names or sum(given[value] for value in figures if not says_nothing(value)) <= MOSTLY * said:
                continue
            own = own_cells(register, field)
            for index, (value, score) in enumerate(zip(cells, numbers(register, field), strict=True)):
                if isinstance(value, str) and score is not None and value in names:
                    yield self._finding(register, index, field, value, score, own[index])

    def _finding(self, register: Register, index: int, field: str, value: str, score: float,
                 cell: str | None) -> Finding:  # fmt: skip
        name = " ".join(value.split())
        correction = None
        if cell is not None:
            correction = Correction(register.sheet_name, cell, value, whole(score), "derived",
                                    f"“{name}” is {whole(score)}")  # fmt: skip
        message = f"{register.field_name(field)} is written “{name}” in a column of numbers."
        return self.finding(register, index, field, message, f"Write {whole(score)}.", correction=correction)


def is_figure(value: object) -> bool:
    """Whether a cell holds a number, or a number typed as text."""
    return isinstance(value, int | float) or (isinstance(value, str) and (is_number(value) or is_percentage(value)))


def is_percentage(text: str) -> bool:
    """``10%``."""
    return text.strip().endswith("%") and is_number(text.strip()[:-1])
