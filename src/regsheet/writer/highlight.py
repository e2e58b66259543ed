"""What is to be coloured: ratings by their band, and a marking outside the RAG colours on flagged cells."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from regsheet.grid.addresses import Area, position
from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.rules.findings import Finding
from regsheet.writer.sheets.bands import band_colour
from regsheet.writer.styles import Line

FLAG_LINE = Line("medium", "7030A0")
"""The border of a flagged cell: purple, which no band uses."""

FLAG_FILL = "E4DFEC"
"""The fill of a flagged cell that has none of its own and is no rating."""

LEAST_CONTRAST = 4.5
"""Between text and fill, as the accessibility guidelines (WCAG 2, level AA) ask."""

BLACK, WHITE = "000000", "FFFFFF"

Cell = tuple[int, int]
Flagged = dict[str, dict[Cell, list[Finding]]]
"""For each sheet, the findings about each cell."""


def rating_fills(book: Book) -> dict[str, dict[Cell, str]]:
    """For each sheet, the band colour ``RRGGBB`` of every rating cell whose band is known.

    Where a stage has no rating but a band word, the word's cell counts as the rating.
    """
    found: dict[str, dict[Cell, str]] = {}
    for register in book.registers:
        fills = found.setdefault(register.sheet_name, {})
        for stage in register.stages:
            field = f"{stage}_rating" if register.has(f"{stage}_rating") else f"{stage}_band"
            if register.has(field):
                _add_fills(fills, register, stage, field)
    return found


def _add_fills(fills: dict[Cell, str], register: Register, stage: str, field: str) -> None:
    """Add the fills of one stage. What ratings with their scores come to is worked out once for all that are alike."""
    columns = [register.values(name) for name in (field, f"{stage}_likelihood", f"{stage}_impact")]
    rows = list(zip(*columns, strict=True))
    first = dict(zip(reversed(rows), range(len(rows) - 1, -1, -1), strict=True))
    known = {scores: _colour(register, stage, field, index) for scores, index in first.items()}
    if not any(known.values()):
        return
    for index, colour in enumerate(map(known.__getitem__, rows)):
        place = register.position(index, field) if colour else None
        if colour and place is not None:
            fills[place] = colour


def _colour(register: Register, stage: str, field: str, index: int) -> str | None:
    """The colour of the band of one risk's rating."""
    value = register.value(index, field)
    if value is None:
        return None
    if isinstance(value, str):
        band = register.scoring.band_named(value)
    else:
        likelihood = register.number(index, f"{stage}_likelihood")
        impact = register.number(index, f"{stage}_impact")
        band = register.scoring.band(register.number(index, field), likelihood, impact)
    colour = band_colour(register.scoring, band)
    return colour.upper() if colour else None


def flagged_cells(findings: Iterable[Finding]) -> Flagged:
    """For each sheet, the findings about each cell, worst first; waived ones are left out."""
    found: Flagged = {}
    for finding in findings:
        place = _place(finding.cell)
        if place is not None and finding.status != "waived":
            found.setdefault(finding.sheet, {}).setdefault(place, []).append(finding)
    for cells in found.values():
        for items in cells.values():
            if len(items) > 1:
                items.sort(key=lambda finding: (finding.severity.rank, finding.code))
    return found


def _place(cell: str | None) -> Cell | None:
    """The first cell of an address or range."""
    try:
        return position((cell or "").partition(":")[0])
    except ValueError:
        return None


def outline(area: Area) -> dict[Cell, tuple[str, ...]]:
    """The cells along the edge of an area, each with its sides that are on the edge."""
    sides: dict[Cell, tuple[str, ...]] = {}
    for row, column in _edge(area):
        at = {
            "left": column == area.first_column, "right": column == area.last_column,
            "top": row == area.first_row, "bottom": row == area.last_row,
        }  # fmt: skip
        sides[row, column] = tuple(side for side, is_edge in at.items() if is_edge)
    return sides


def _edge(area: Area) -> Iterable[Cell]:
    for column in range(area.first_column, area.last_column + 1):
        yield area.first_row, column
        yield area.last_row, column
    for row in range(area.first_row + 1, area.last_row):
        yield row, area.first_column
        yield row, area.last_column


@lru_cache(maxsize=1_000)
def legible_colour(font: str | None, fill: str) -> str | None:
    """The font colour that a fill needs: None when the present one (None is black) can be read on it."""
    if contrast(font or BLACK, fill) >= LEAST_CONTRAST:
        return None
    return max((BLACK, WHITE), key=lambda colour: contrast(colour, fill))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``RRGGBB``, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
