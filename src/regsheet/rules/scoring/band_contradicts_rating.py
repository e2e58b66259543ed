"""SC004: the band's word and the rating's number disagree."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.layout.tables import Band
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.correcting import own_cells
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import Scores, known_band, scores, texts, typed, typed_at
from regsheet.rules.scoring.wrong_overall_rating import WORKED_OUT, expected_rating, same

TOO_MANY = 1 / 3
"""Above this share of contradictions the words follow other bands than those assumed, and nothing is reported."""

FEW = 3
"""Contradictions that are reported whatever their share."""

BANDS = (Band("Low", 1, 6), Band("Medium", 7, 14), Band("High", 15, 25))


class BandContradictsRating(RegisterRule):
    """The word for the band is not the band of the rating.

    ## What it does
    Looks up the band of each rating, in the register's own bands, and reports a band word (red, High …) that names
    another one. Where no bands are known by these words, or where so many differ that the register plainly uses
    other bands, nothing is reported.

    ## Why it matters
    Readers look at the word or the colour, not at the number. A 16 that is called amber is not escalated.

    ## When it is legitimate
    Where management has escalated a risk above its score on purpose and the policy allows it.

    ## Correction
    Derived where the rating agrees with its likelihood and impact: the word is replaced by the right one and logged.
    Where the rating itself is in doubt, the word is left alone.
    """

    code = "SC004"
    name = "band-contradicts-rating"
    severity = Severity.ERROR
    correction = "derived"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "residual_band": "HIGH"},
                {"ref": "R2", "title": "B", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8,
                 "residual_band": "Medium"},
            ),
            bands=BANDS,
            why="each word is the band of its number",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                   "residual_band": "Tolerable"},),
            bands=BANDS,
            why="the word is none of this register's bands",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16,
                 "residual_band": "Medium"},
                {"ref": "R2", "title": "B", "residual_likelihood": 2, "residual_impact": 4, "residual_rating": 8,
                 "residual_band": "Medium"},
            ),
            bands=BANDS,
            finds=((0, "residual_band"),),
            why="4 × 4 shown as medium",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """A stage must have a rating and a band word, and the bands must be known."""
        if not any(register.has(f"{stage}_band", f"{stage}_rating") for stage in register.stages):
            return f"sheet {register.sheet_name!r} has no column with a word for the band beside the rating"
        if not register.scoring.bands:
            return f"the bands of sheet {register.sheet_name!r} are not known"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every band word that is not the band of its rating."""
        for stage in register.stages:
            if not register.has(f"{stage}_band", f"{stage}_rating"):
                continue
            found: list[Finding] = []
            cells = own_cells(register, f"{stage}_band")
            compared = 0
            rows = zip(scores(register, stage), texts(register, f"{stage}_band"), strict=True)
            for index, (score, word) in enumerate(rows):
                shown = known_band(register, word)
                right = register.scoring.band(score.rating, score.likelihood, score.impact)
                if score.rating is None or shown is None or right is None:
                    continue
                compared += 1
                if shown.name != right.name:
                    found.append(self._finding(register, index, stage, score, word, right, cells[index]))
            if len(found) <= max(FEW, compared * TOO_MANY):
                yield from found

    def _finding(self, register: Register, index: int, stage: str, score: Scores, word: str, right: Band,
                 cell: str | None) -> Finding:  # fmt: skip
        field = f"{stage}_band"
        expected = expected_rating(register, stage, score)
        agrees = register.scoring.rule_of(stage) in WORKED_OUT and expected is not None and same(score, expected.rating)
        working = f"{expected.working} = {plain(expected.rating)}" if agrees and expected else plain(score.rating or 0)
        correction = None
        if agrees and cell is not None:
            after = in_the_register_s_words(register, field, right, word)
            correction = Correction(
                register.sheet_name, cell, typed_at(register, index, field), after, "derived", f"{working} is {after}"
            )
        advice = "Confirm the likelihood and impact." if agrees else "Confirm the rating, then the word."
        message = f"{register.field_name(field)} is “{word}”, but {working} is {right.name}."
        return self.finding(register, index, field, message, advice, correction=correction)


def in_the_register_s_words(register: Register, field: str, band: Band, instead_of: str) -> str:
    """How this column writes a band: as another row writes it, else the band's name in the case of the old word."""
    for value in typed(register, field):
        if isinstance(value, str) and (known := known_band(register, value)) and known.name == band.name:
            return value.strip()
    if instead_of.isupper():
        return band.name.upper()
    return band.name.capitalize() if instead_of[:1].isupper() else band.name
