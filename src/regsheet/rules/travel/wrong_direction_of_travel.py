"""TR001: an arrow that points the wrong way."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.directions import FIELD, IN_WORDS, DirectionColumn, Travel, lacks_travel, travels
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import current_stage
from regsheet.values.text import one_line

ARROWS = ({"ref": "R1", "title": "Flood", "residual_likelihood": 3, "residual_impact": 4, "residual_rating": 12,
           "direction_of_travel": "→"},
          {"ref": "R2", "title": "Fraud", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8,
           "direction_of_travel": "↓"})  # fmt: skip
"""A register of which the arrows are right if both risks were rated 12 last quarter."""


class WrongDirectionOfTravel(RegisterRule):
    """The direction of travel contradicts the ratings of last quarter and now.

    ## What it does
    Compares each risk's rating with last quarter's: as last quarter's workbook has it, where that is given, else as
    the register's own column for the previous score does. Reports an arrow or a word that says otherwise. A direction
    that says the risk improves means that the rating fell. Letters of symbol fonts are read as the arrows they show.

    ## Why it matters
    The arrow is often all that members look at. One that points the wrong way hides that a risk has grown.

    ## When it is legitimate
    Where the arrow is meant to foretell, not to look back. Then say so in its heading, and give it a column of its own.

    ## Correction
    The right direction, in the notation that the register itself uses. Nothing is written where the cell says more than
    a direction, or the register's way of writing it is not known.
    """

    code = "TR001"
    name = "wrong-direction-of-travel"
    severity = Severity.ERROR
    correction = "derived"
    valid = (
        Example(
            rows=ARROWS,
            previous_rows=tuple({**row, "residual_likelihood": 3, "residual_rating": 12} for row in ARROWS),
            why="unchanged, and fallen from 12 to 8",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 12, "previous_rating": 16,
                 "direction_of_travel": "Improving"},
                {"ref": "R2", "title": "Fraud", "residual_rating": 12, "previous_rating": None,
                 "direction_of_travel": "New"},
            ),
            why="what improves is lower; and a risk that is new",
        ),
        Example(
            rows=({"ref": "R1", "title": "Flood", "residual_rating": 16, "previous_rating": 12,
                   "direction_of_travel": "é"},),
            fonts={(0, "direction_of_travel"): "Wingdings"},
            why="in the Wingdings font this letter is an arrow that points up",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=ARROWS,
            previous_rows=tuple({**row, "residual_likelihood": 2, "residual_rating": 8} for row in ARROWS),
            finds=((0, FIELD), (1, FIELD)),
            why="the one rose from 8 to 12, the other stayed at 8",
        ),
        Example(
            rows=(
                {"ref": "R1", "title": "Flood", "residual_rating": 16, "previous_rating": 12,
                 "direction_of_travel": "Static"},
                {"ref": "R2", "title": "Fraud", "residual_rating": 9, "previous_rating": 6,
                 "direction_of_travel": "Increasing"},
                {"ref": "R3", "title": "Fire", "residual_rating": 4, "previous_rating": 6,
                 "direction_of_travel": "Increasing"},
            ),
            finds=((0, FIELD), (2, FIELD)),
            why="words, checked against the sheet's own column for the previous score",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a direction, a rating, and a rating to compare it with."""
        return lacks_travel(register, context)

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every direction that the ratings contradict."""
        column = DirectionColumn(register)
        for index, travel in enumerate(travels(register, context)):
            said = column.direction(index)
            if travel is None or travel.before is None or said is None or said in travel.ways:
                continue
            if said == "new" and not travel.from_workbook:
                continue  # a new risk may be given its first score as the previous one
            yield self._finding(register, index, travel, column)

    def _finding(self, register: Register, index: int, travel: Travel, column: DirectionColumn) -> Finding:
        rating = register.field_name(f"{current_stage(register)}_rating")
        before = f"was {plain(travel.before or 0)} last quarter" if travel.from_workbook else (
            f"the previous score is {plain(travel.before or 0)}")  # fmt: skip
        message = (f"the direction of travel says “{one_line(column.values[index])}”, but the {rating} is "
                   f"{plain(travel.now)} and {before}.")  # fmt: skip
        return self.finding(register, index, FIELD, message, f"Let it say: {IN_WORDS[travel.way]}.",
                            correction=column.correction(index, travel))  # fmt: skip
