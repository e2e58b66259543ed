"""HY006: a rating in another band's colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from regsheet.layout.tables import Band
from regsheet.model.colours import colour_name
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.cell_colours import SeenColours, is_rag
from regsheet.rules.findings import Correction, Finding, Severity
from regsheet.rules.risks import Scores, known_band, scores, texts
from regsheet.rules.scoring.wrong_overall_rating import agrees

FEW = 3
"""Contradictions that are reported whatever their share."""

TOO_MANY = 1 / 3
"""Above this share of contradictions the colours follow other bands than those known, and nothing is reported."""

BANDS = (Band("green", 1, 6, "00B050"), Band("amber", 7, 14, "FFC000"), Band("red", 15, 25, "FF0000"))


class Painted(NamedTuple):
    """A rating's cell with the band that it should have and the band whose colour it has."""

    risk: int
    field: str
    position: tuple[int, int]
    rating: float | None
    right: Band
    shown: Band
    by_format: bool


class ColourContradictsRating(RegisterRule):
    """A rating is filled in another band's colour.

    ## What it does
    Compares the fill of each rating and band word with the colour of its band, in the register's own bands or its
    matrix. A conditional format counts as the fill it gives. White, grey and header colours say nothing about a band
    and are left alone; so is a register whose colours mostly follow other bands. Where the bands are only assumed, a
    colour is reported only when other cells of the register contradict it too.

    ## Why it matters
    People read the colour. A 16 in amber is passed over by a committee that asks about the reds.

    ## When it is legitimate
    Where the colour of that column stands for something else, such as progress.

    ## Correction
    Derived: the cell gets the colour of its band. Where a conditional format paints it, the format must be mended by
    hand.
    """

    code = "HY006"
    name = "colour-contradicts-rating"
    severity = Severity.ERROR
    correction = "derived"
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16},
                {"ref": "R2", "title": "B", "residual_likelihood": 2, "residual_impact": 2, "residual_rating": 4},
                {"ref": "R3", "title": "C", "residual_likelihood": 3, "residual_impact": 3, "residual_rating": 9},
            ),
            bands=BANDS,
            fills={(0, "residual_rating"): "FE0000", (1, "residual_rating"): "D9D9D9"},
            why="a shade of red, a grey stripe, and no fill",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "residual_likelihood": 4, "residual_impact": 4, "residual_rating": 16},
                {"ref": "R2", "title": "B", "residual_likelihood": 3, "residual_impact": 5, "residual_rating": 15},
            ),
            bands=BANDS,
            fills={(0, "residual_rating"): "FFC000", (1, "residual_rating"): "FF0000"},
            finds=((0, "residual_rating"),),
            why="4 × 4 in amber",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be ratings and coloured bands, in a file that holds colours."""
        if context.book.grid.format not in {"xlsx", "xlsm"}:
            return f"the colours of a .{context.book.grid.format} file are not read"
        if not any(register.has(f"{stage}_{part}") for stage in register.stages for part in ("rating", "band")):
            return f"sheet {register.sheet_name!r} has no column for the rating"
        if not any(band.colour for band in register.scoring.bands):
            return f"the colours of the bands of sheet {register.sheet_name!r} are not known"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every rating in another band's colour."""
        seen = SeenColours(register.sheet)
        painted = [one for stage in register.stages for one in painted_cells(register, stage, seen)]
        wrong = [one for one in painted if one.right.name != one.shown.name]
        if len(wrong) > max(FEW, len(painted) * TOO_MANY):
            return
        place = register.scoring.position_of
        shown = {(one.rating, place(one.shown)) for one in painted if one.rating is not None}
        for one in wrong:
            if register.scoring.source != "default" or contradicted(one.rating, place(one.shown), shown):
                yield self._finding(register, one)

    def _finding(self, register: Register, one: Painted) -> Finding:
        sheet, (row, column) = register.sheet, one.position
        rating = "" if one.rating is None else f" {plain(one.rating)}"
        message = (f"{register.field_name(one.field)}{rating} is filled {colour_of(one.shown)}, "
                   f"but {one.right.name} is its band.")  # fmt: skip
        if one.by_format:
            return self.finding(register, one.risk, one.field, message, "Mend the conditional format of this column.")
        correction = None
        if one.right.colour is not None:
            value = sheet.value(row, column)
            correction = Correction(register.sheet_name, register.address(one.risk, one.field) or "", value, value,
                                    "derived", f"the colour of {one.right.name}", fill=one.right.colour)  # fmt: skip
        return self.finding(register, one.risk, one.field, message, "Confirm the rating.", correction=correction)


def painted_cells(register: Register, stage: str, seen: SeenColours) -> Iterator[Painted]:
    """The cells of a stage's rating and band that are filled in some band's colour."""
    words = texts(register, f"{stage}_band")
    rights: dict[tuple[Scores, str], Band | None] = {}  # few scores and few colours differ
    fills: dict[str | None, Band | None] = {}
    for field in (f"{stage}_rating", f"{stage}_band"):
        if not register.has(field):
            continue
        for index, score in enumerate(scores(register, stage)):
            key = (score, words[index])
            if key not in rights:
                rights[key] = right_band(register, stage, *key)
            right = rights[key]
            position = None if right is None else register.position(index, field)
            if right is None or position is None:
                continue
            colour = seen.at(*position)
            if colour is not None and colour[0] not in fills:
                fills[colour[0]] = band_of_fill(register, colour[0])
            shown = None if colour is None else fills[colour[0]]
            if colour is not None and shown is not None:
                yield Painted(index, field, position, score.rating, right, shown, colour[1])


def right_band(register: Register, stage: str, score: Scores, word: str) -> Band | None:
    """The band that a cell should be coloured as; None where its rating is wrong, or in no band."""
    if not agrees(register, stage, score):
        return None
    return register.scoring.band(score.rating, score.likelihood, score.impact) or known_band(register, word)


def band_of_fill(register: Register, fill: str | None) -> Band | None:
    """The band whose colour a fill is: exactly, else the only one of its hue; None for no RAG colour."""
    if fill is None or not is_rag(fill):
        return None
    coloured = [band for band in register.scoring.bands if band.colour and is_rag(band.colour)]
    exact = [band for band in coloured if band.colour and band.colour.upper() == fill.upper()]
    if exact:
        return exact[0]
    alike = [band for band in coloured if band.colour and colour_name(band.colour) == colour_name(fill)]
    return alike[0] if len(alike) == 1 else None


def contradicted(rating: float | None, place: int, shown: set[tuple[float, int]]) -> bool:
    """Whether another cell, rated no higher in a worse colour or no lower in a better one, speaks against this one.

    ``shown`` holds what the register's cells pair: rating, and place of the colour among the bands.
    """
    if rating is None:
        return False
    return any((other <= rating and colour > place) or (other >= rating and colour < place) for other, colour in shown)


def colour_of(band: Band) -> str:
    """What to call a band's colour: its hue, and its name where the two differ."""
    hue = colour_name(band.colour) if band.colour else band.name
    return hue if hue.casefold() == band.name.casefold() else f"{hue} ({band.name})"
