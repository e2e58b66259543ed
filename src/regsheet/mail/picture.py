"""A person's own risks on the register's matrix: a picture, its alternative text, and the same as a table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from regsheet.mail.recipients import OwnRisk
from regsheet.model.book import Book
from regsheet.model.register import shorten
from regsheet.model.scoring import plain
from regsheet.writer.sheets.bands import band_colour, band_word
from regsheet.writer.sheets.heatmap.placement import Place, Plan, plan_of
from regsheet.writer.sheets.texts import count_words, one_line

SCALE = 2
"""Pixels to a point of the page: phones and new screens show it sharp."""

CELL_WIDTH, CELL_HEIGHT, LINE, MARGIN, TALLEST = 88, 48, 15, 6, 6
AXIS, TITLE = 122, 22
INK, QUIET, EDGE, NAVY, PAPER = "#1A1A1A", "#595959", "#8A8A8A", "#1F3864", "#FFFFFF"
DARK, LIGHT = "#111111", "#FFFFFF"
LONGEST_TITLE = 80
MOST_ALTERNATIVE = 1000


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk in words: what stands in the table beside the picture. ``colour`` is ``#RRGGBB``, empty without band."""

    ref: str
    title: str
    likelihood: str
    impact: str
    rating: str
    band: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class Heatmap:
    """One register's matrix with somebody's risks. ``png`` is empty where there is nothing to put on a matrix.

    ``width`` and ``height`` are those to show it at, half of its pixels.
    """

    title: str
    stage: str
    png: bytes
    width: int
    height: int
    alternative: str
    lines: tuple[RiskLine, ...]


def heatmaps(book: Book | None, risks: Sequence[OwnRisk]) -> tuple[Heatmap, ...]:
    """One for each register that has risks of theirs."""
    found: list[Heatmap] = []
    for number, register in enumerate(book.registers if book else ()):
        own = {risk.index for risk in risks if risk.register == number}
        if own and register.stages:
            found.append(_heatmap(plan_of(register), own))
    return tuple(found)


def _heatmap(plan: Plan, own: set[int]) -> Heatmap:
    register = plan.register
    stage = "residual" if "residual" in plan.stages else plan.stages[0]
    places = [place for place in plan.places[stage] if place.index in own]
    stage_name = register.stage_name(stage).lower()
    lines = tuple(_line(plan, stage, place) for place in places)
    png, width, height = b"", 0, 0
    if plan.has_matrix and any(place.placed for place in places):
        image = _Picture(plan, stage, places).image
        stream = io.BytesIO()
        image.save(stream, "PNG", optimize=True)
        png, width, height = stream.getvalue(), image.width // SCALE, image.height // SCALE
    return Heatmap(
        one_line(register.sheet_name), stage_name, png, width, height, _alternative(lines, stage_name), lines
    )


def _line(plan: Plan, stage: str, place: Place) -> RiskLine:
    register = plan.register
    scores = (register.number(place.index, f"{stage}_{score}") for score in ("likelihood", "impact"))
    likelihood, impact = ("" if score is None else plain(score) for score in scores)
    colour = band_colour(register.scoring, place.band) or ""
    return RiskLine(
        ref=place.label,
        title=shorten(register.text(place.index, "title"), LONGEST_TITLE),
        likelihood=likelihood,
        impact=impact,
        rating="" if place.rating is None else plain(place.rating),
        band=band_word(place.band) if place.band else "",
        colour=f"#{colour}" if colour else "",
        ink=_ink(colour or "FFFFFF"),
    )


def _alternative(lines: Sequence[RiskLine], stage: str) -> str:
    """The picture in words."""
    said: list[str] = []
    for line in lines:
        where = [
            f"{name} {score}" for name, score in (("likelihood", line.likelihood), ("impact", line.impact)) if score
        ]
        rated = " ".join(part for part in (line.rating, line.band) if part)
        said.append(f"{line.ref}: {', '.join(where) or 'not scored'}{f', rated {rated}' if rated else ''}")
    risks = "risk" if len(lines) == 1 else count_words(len(lines), "risk")
    text = f"Heatmap of your {risks} by {stage} likelihood and impact. {'; '.join(said)}."
    return text if len(text) <= MOST_ALTERNATIVE else text[: MOST_ALTERNATIVE - 1] + "…"


def _ink(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour."""

    def light(pair: str) -> float:
        part = int(pair, 16) / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (light(colour[start : start + 2]) for start in (0, 2, 4))
    shine = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return DARK if (shine + 0.05) / 0.055 >= 1.05 / (shine + 0.05) else LIGHT


class _Picture:
    """The drawing. Lengths are in points of the page; the image has ``SCALE`` pixels for each."""

    def __init__(self, plan: Plan, stage: str, places: Sequence[Place]) -> None:
        assert plan.likelihood is not None  # noqa: S101 - drawn only when there is a matrix
        assert plan.impact is not None  # noqa: S101
        self.plan, self.stage = plan, stage
        self.rows, self.columns = plan.likelihood.steps, plan.impact.steps
        self.small, self.bold, self.plain = (_font(size) for size in (10, 14, 11.5))
        self.refs = {
            (row, column): [one_line(p.label) for p in places if (p.likelihood, p.impact) == (row, column)]
            for row in range(len(self.rows))
            for column in range(len(self.columns))
        }
        self.texts = {cell: _wrapped(refs, self.bold, CELL_WIDTH - 8) for cell, refs in self.refs.items()}
        deepest = max((len(lines) for lines in self.texts.values()), default=1)
        self.height = max(CELL_HEIGHT, 24 + LINE * deepest)
        feet = [_wrapped_words(step.label, self.plain, CELL_WIDTH - 6) for step in self.columns]
        self.feet = feet
        foot = 6 + LINE * max(len(lines) for lines in feet)
        width = AXIS + CELL_WIDTH * len(self.columns) + MARGIN
        height = TITLE + self.height * len(self.rows) + foot + TITLE
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self._draw()

    def _draw(self) -> None:
        self._text((AXIS - 8, 4), "Likelihood", self.plain, NAVY, "ra")
        for row, step in enumerate(self.rows):
            top = TITLE + (len(self.rows) - 1 - row) * self.height
            lines = _wrapped_words(step.label, self.plain, AXIS - 14)
            first = top + (self.height - LINE * len(lines)) / 2
            for number, line in enumerate(lines):
                self._text((AXIS - 8, first + number * LINE), line, self.plain, INK, "ra")
            for column in range(len(self.columns)):
                self._cell(row, column, AXIS + column * CELL_WIDTH, top)
        bottom = TITLE + self.height * len(self.rows)
        for column, lines in enumerate(self.feet):
            for number, line in enumerate(lines):
                at = (AXIS + (column + 0.5) * CELL_WIDTH, bottom + 4 + number * LINE)
                self._text(at, line, self.plain, INK, "ma")
        last = self.image.height / SCALE - TITLE + 3
        self._text((AXIS + CELL_WIDTH * len(self.columns) / 2, last), "Impact", self.plain, NAVY, "ma")

    def _cell(self, row: int, column: int, left: float, top: float) -> None:
        rating, band = self.plan.cell(self.stage, row, column)
        colour = band_colour(self.plan.register.scoring, band) or "F2F2F2"
        ink = _ink(colour)
        box = [value * SCALE for value in (left, top, left + CELL_WIDTH, top + self.height)]
        self.draw.rectangle(box, fill=f"#{colour}", outline=EDGE, width=SCALE)
        words = " ".join(
            part for part in ("" if rating is None else plain(rating), band_word(band) if band else "") if part
        )
        self._text((left + CELL_WIDTH / 2, top + 4), _cut(words, self.small, CELL_WIDTH - 6), self.small, ink, "ma")
        for number, line in enumerate(self.texts[row, column]):
            self._bold((left + CELL_WIDTH / 2, top + 20 + number * LINE), line, ink)

    def _bold(self, at: tuple[float, float], text: str, ink: str) -> None:
        place = (at[0] * SCALE, at[1] * SCALE)
        self.draw.text(place, text, fill=ink, font=self.bold, anchor="ma", stroke_width=SCALE * 0.3)

    def _text(self, at: tuple[float, float], text: str, font: ImageFont.FreeTypeFont, ink: str, anchor: str) -> None:
        self.draw.text((at[0] * SCALE, at[1] * SCALE), text, fill=ink, font=font, anchor=anchor)


def _font(size: float) -> ImageFont.FreeTypeFont:
    """The letters that Pillow brings along: the same picture on every computer."""
    return ImageFont.load_default(size * SCALE)  # type: ignore[return-value]


def _width(text: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(text) / SCALE


def _wrapped(labels: Sequence[str], font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """References on lines that fit; what finds no room is counted."""
    lines: list[str] = []
    for place, label in enumerate(labels):
        text = _cut(label, font, width)
        joined = f"{lines[-1]}, {text}" if lines else text
        if lines and _width(joined, font) <= width:
            lines[-1] = joined
        elif len(lines) < TALLEST:
            lines.append(text)
        else:
            left = len(labels) - place
            lines[-1] = f"and {left + lines[-1].count(', ') + 1} more"
            break
    return lines


def _wrapped_words(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """A level's name on at most three lines."""
    lines: list[str] = []
    for word in one_line(text).split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, font) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 3:
        lines = [*lines[:2], " ".join(lines[2:])]
    return [_cut(line, font, width) for line in lines] or [""]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if _width(text, font) <= width:
        return text
    while text and _width(text + "…", font) > width:
        text = text[:-1]
    return text + "…"
