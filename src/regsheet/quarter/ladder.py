"""Bands of many registers side by side: a ladder of steps, the lowest first and red at the top."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regsheet.outcome.records import Scale, StageRecord
from regsheet.quarter.wording import wording
from regsheet.values.levels import rank

MOST_STEPS = 5
"""Bands of one register that are shown as they are; more of them are put on fewer steps."""

MIXED_STEPS = 4
"""The most steps where registers have different bands."""

COLOURS = {2: ("92D050", "C00000"), 3: ("92D050", "FFC000", "C00000"), 4: ("92D050", "FFFF66", "FFC000", "C00000")}
PURE_RED, DEEP_RED = "FF0000", "C00000"
"""On pure red neither black nor white letters read well; a deeper one is as red, and white stands out on it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: its word, its colour ``RRGGBB``, and whether it is the top one, which is called red."""

    name: str
    colour: str
    is_red: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps that every register's bands are put on, lowest first.

    ``shared``: all registers name their bands alike, and the steps are these bands.
    """

    steps: tuple[Step, ...]
    shared: bool

    def position(self, stage: StageRecord, scale: Scale | None) -> int | None:
        """The step of a risk at a stage, 0 the lowest; None where it has neither band nor rating on the scale.

        The top band is always the top step, and no other band is. The lowest band is the lowest step; those between
        stand where their rank among the register's bands puts them, halves going to the worse.
        """
        top = len(self.steps) - 1
        if stage.is_red:
            return top
        share = _share(stage, scale)
        return None if share is None else min(half_up(share * top), top - 1)

    def position_of_word(self, band: str, is_red: bool, scale: Scale | None) -> int | None:
        """The step of a band of which only the name is known."""
        return self.position(StageRecord(band=band, is_red=is_red), scale)


def ladder_of(scales: Iterable[Scale]) -> Ladder:
    """The ladder for these registers."""
    banded = [scale.bands for scale in scales if len(scale.bands) > 1]
    names = {tuple(key(band.name) for band in bands) for bands in banded}
    if len(names) == 1 and len(banded[0]) <= MOST_STEPS:
        bands = banded[0]
        ramp = _ramp(len(bands))
        steps = tuple(
            Step(capital(band.name), _legible(band.colour) or ramp[place], place == len(bands) - 1)
            for place, band in enumerate(bands)
        )
        return Ladder(steps, shared=True)
    count = max(2, min(MIXED_STEPS, max((len(bands) for bands in banded), default=3)))
    words: Sequence[str] = wording("ladder")[f"steps_{count}"]
    steps = tuple(Step(word, COLOURS[count][place], place == count - 1) for place, word in enumerate(words))
    return Ladder(steps, shared=False)


def _legible(colour: str) -> str:
    return DEEP_RED if colour.upper() == PURE_RED else colour


def _ramp(count: int) -> tuple[str, ...]:
    return COLOURS.get(count) or ("92D050", "D6E36B", "FFFF00", "FFC000", DEEP_RED)[-count:]


def _share(stage: StageRecord, scale: Scale | None) -> float | None:
    """Where a band stands among its register's, 0 the lowest to 1 the highest."""
    bands = scale.bands if scale else ()
    if len(bands) > 1:
        found = next((place for place, band in enumerate(bands) if key(band.name) == key(stage.band)), None)
        if found is None and stage.rating is not None:
            found = next((place for place, band in enumerate(bands) if band.low <= stage.rating <= band.high), None)
        if found is not None:
            return found / (len(bands) - 1)
    return rank(stage.band, "band") if stage.band else None


def half_up(number: float) -> int:
    """The nearest whole number, a half to the higher."""
    return math.floor(number + 0.5 + 1e-9)


def key(name: str) -> str:
    """A name for comparing: case and spaces aside."""
    return "".join(name.split()).casefold()


def capital(name: str) -> str:
    """A name with a capital."""
    return name[:1].upper() + name[1:]
