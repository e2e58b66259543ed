"""Bands as a reader sees them: a colour for each, a word, and the range of ratings in words."""

from __future__ import annotations

from collections.abc import Iterable

from regsheet.layout.tables import Band
from regsheet.model.register import Register
from regsheet.model.scoring import Scoring, plain

BY_NAME = {
    "red": "FF0000", "amber": "FFC000", "orange": "F4B183", "yellow": "FFFF00", "green": "92D050", "white": "FFFFFF",
    "blue": "9DC3E6", "black": "404040", "grey": "D9D9D9", "gray": "D9D9D9", "purple": "B4A7D6",
}  # fmt: skip
"""Bands that are called by their colour."""

RAMP = ("92D050", "D6E36B", "FFFF00", "FFC000", "F4801A", "FF0000")
"""Lowest to highest, for bands that show no colour and are not called by one."""

STEPS = {1: (5,), 2: (0, 5), 3: (0, 3, 5), 4: (0, 2, 3, 5), 5: (0, 2, 3, 4, 5)}
"""Which of the ramp's colours so many bands take; more bands take them all, neighbours sharing."""

START = {"medium": 2, "med": 2, "moderate": 2, "amber": 3, "high": 3}
"""Where the ramp begins when the lowest band that is in use already has such a name."""


def band_colour(scoring: Scoring, band: Band | None) -> str | None:
    """The fill of a band, ``RRGGBB``: the workbook's own, else by its name, else by its place."""
    if band is None:
        return None
    if band.colour:
        return band.colour
    named = BY_NAME.get(band.name.strip().casefold())
    if named:
        return named
    return _ramp(scoring)[scoring.position_of(band)]


def _ramp(scoring: Scoring) -> list[str]:
    """One colour a band, lowest first."""
    start = START.get(scoring.bands[0].name.strip().casefold(), 0)
    count, last = len(scoring.bands), len(RAMP) - 1
    if start == 0 and count in STEPS:
        return [RAMP[position] for position in STEPS[count]]
    return [RAMP[round(start + position * (last - start) / max(count - 1, 1))] for position in range(count)]


def band_word(band: Band) -> str:
    """A band's name with a capital: ``Red``."""
    return band.name[:1].upper() + band.name[1:]


class BandWords:
    """What a fill means on a sheet: the band whose colour it is."""

    def __init__(self, registers: Iterable[Register]) -> None:
        self._words = {
            (register.sheet_name, (band_colour(register.scoring, band) or "").upper()): band_word(band)
            for register in registers
            for band in register.scoring.bands
        }

    def fill(self, sheet: str, colour: str) -> str:
        """``Amber fill``; the colour's number where no band has it."""
        return f"{self._words.get((sheet, colour.upper()), f'#{colour.upper()}')} fill"


def range_words(scoring: Scoring, band: Band) -> str:
    """``15 and over``, ``8 to 14``, ``up to 7``."""
    position = scoring.position_of(band)
    if band.low == band.high:
        return plain(band.low)
    if position == len(scoring.bands) - 1:
        return f"{plain(band.low)} and over"
    if position == 0:
        return f"up to {plain(band.high)}"
    return f"{plain(band.low)} to {plain(band.high)}"
