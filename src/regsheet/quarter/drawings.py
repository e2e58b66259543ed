"""The charts of the page as plain geometry: which rectangle stands where, for the template to draw as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regsheet.quarter.figures import Summary
from regsheet.quarter.front import age_words
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import SEVERITY_COLOURS, readable_on
from regsheet.writer.sheets.texts import date_words

LEAST_LABELLED = 11.0
"""A piece that is smaller has no room for its number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle with its number; ``ink`` is the letters' colour, and no ``label`` where there is no room."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    ink: str
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a bar or under a column."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """One colour of the legend."""

    fill: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart, and its figures as a table: the headings, then a row each."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    labels: tuple[Label, ...]
    keys: tuple[Key, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def bands_drawing(summary: Summary) -> Chart | None:
    """Risks by band, one column a quarter, the worst band at the bottom; None without an earlier quarter."""
    if len(summary.bands) < 2:
        return None
    steps = summary.ladder.steps
    keys = [Key(f"#{step.colour}", step.name) for step in reversed(steps)]
    rows = [(date_words(then.as_of), tuple(reversed(then.bands.steps))) for then in summary.bands]
    if any(then.bands.unbanded for then in summary.bands):
        keys.append(Key("#D9D9D9", wording("ladder")["unbanded"]))
        rows = [(label, (*numbers, then.bands.unbanded))
                for (label, numbers), then in zip(rows, summary.bands, strict=True)]  # fmt: skip
    return _columns(rows, keys, wording("sheets")["figures_quarter"])


def ages_drawing(summary: Summary) -> Chart | None:
    """Findings by severity, one bar an age; None without an earlier quarter."""
    if not summary.ages:
        return None
    words = wording("tiles")
    keys = [Key(SEVERITY_COLOURS[severity], words[f"{severity}s"]) for severity in ("error", "warning", "note")]
    rows = [(age_words(age.quarters),
             (age.findings.errors, age.findings.warnings, age.findings.notes)) for age in summary.ages]  # fmt: skip
    return _bars(rows, keys, wording("sheets")["figures_age"])


def _columns(rows: Sequence[tuple[str, tuple[int, ...]]], keys: Sequence[Key], head: str) -> Chart:
    width, height, foot = 480.0, 220.0, 24.0
    highest = max((sum(numbers) for _, numbers in rows), default=0) or 1
    pitch = width / len(rows)
    pieces, labels = [], []
    for place, (label, numbers) in enumerate(rows):
        left, bottom = place * pitch + pitch * 0.2, height - foot
        for number, key in zip(numbers, keys, strict=True):
            tall = number / highest * (height - foot - 4)
            bottom -= tall
            if number:
                pieces.append(_piece(left, bottom, pitch * 0.6, tall, key.fill, number, tall))
        labels.append(Label(place * pitch + pitch / 2, height - 7, label))
    return _chart(width, height, pieces, labels, keys, head, rows)


def _bars(rows: Sequence[tuple[str, tuple[int, ...]]], keys: Sequence[Key], head: str) -> Chart:
    width, side, pitch = 480.0, 130.0, 50.0
    highest = max((sum(numbers) for _, numbers in rows), default=0) or 1
    pieces, labels = [], []
    for place, (label, numbers) in enumerate(rows):
        left = side
        for number, key in zip(numbers, keys, strict=True):
            long = number / highest * (width - side)
            if number:
                pieces.append(_piece(left, place * pitch + 9, long, pitch - 18, key.fill, number, long - 4))
            left += long
        labels.append(Label(side - 8, place * pitch + pitch / 2 + 4, label))
    return _chart(width, pitch * len(rows), pieces, labels, keys, head, rows)


def _piece(x: float, y: float, width: float, height: float, fill: str, number: int, room: float) -> Piece:
    label = f"{number:,}" if room >= LEAST_LABELLED + 4 * (len(str(number)) - 1) else ""
    return Piece(round(x, 1), round(y, 1), round(width, 1), round(height, 1), fill, readable_on(fill[1:]), label)


def _chart(
    width: float,
    height: float,
    pieces: Sequence[Piece],
    labels: Sequence[Label],
    keys: Sequence[Key],
    head: str,
    rows: Sequence[tuple[str, tuple[int, ...]]],
) -> Chart:
    heads = (head, *(key.text for key in keys))
    return Chart(width, height, tuple(pieces), tuple(labels), tuple(keys), heads, tuple(rows))
