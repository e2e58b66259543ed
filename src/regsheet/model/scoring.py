"""How a register turns likelihood and impact into a rating, and a rating into a band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from regsheet.layout.tables import Band, Level, RatingRule

Source = Literal["configuration", "workbook", "default"]


@dataclass(frozen=True, slots=True)
class Scoring:
    """A register's own scoring: levels, rule, bands, and where each was taken from.

    ``likelihood`` and ``impact`` are lowest first. ``bands`` are lowest first and may be empty when nothing is known.
    ``lookup`` and ``lookup_bands`` are keyed by (likelihood, impact) scores and hold the workbook's own matrix.
    ``source`` says what decided the bands; ``explanation`` is the sentence that the output prints.
    """

    rule: RatingRule
    likelihood: tuple[Level, ...]
    impact: tuple[Level, ...]
    bands: tuple[Band, ...]
    source: Source
    explanation: str
    lookup: Mapping[tuple[float, float], float] = field(default_factory=dict)
    lookup_bands: Mapping[tuple[float, float], str] = field(default_factory=dict)
    rules_by_stage: Mapping[str, RatingRule] = field(default_factory=dict)

    def rule_of(self, stage: str) -> RatingRule:
        """The scoring rule of one stage."""
        return self.rules_by_stage.get(stage, self.rule)

    def rating(
        self, likelihood: float | None, impact: float | None, factor: float | None = None, stage: str | None = None
    ) -> float | None:
        """The rating that the rule gives; None where a score is missing or the rule yields no number."""
        if likelihood is None or impact is None:
            return None
        rule = self.rule if stage is None else self.rule_of(stage)
        if rule == "product":
            return round(likelihood * impact, 6)
        if rule == "sum":
            return round(likelihood + impact, 6)
        if rule == "three-factor":
            return None if factor is None else round(likelihood * impact * factor, 6)
        if rule == "lookup":
            return self.lookup.get((likelihood, impact))
        return None

    def sentence(self, likelihood: float, impact: float, factor: float | None = None) -> str:
        """The working in words: ``4 × 4``."""
        if self.rule == "sum":
            return f"{plain(likelihood)} + {plain(impact)}"
        if self.rule == "three-factor" and factor is not None:
            return f"{plain(likelihood)} × {plain(impact)} × {plain(factor)}"
        if self.rule == "lookup":
            return f"the matrix at likelihood {plain(likelihood)}, impact {plain(impact)}"
        return f"{plain(likelihood)} × {plain(impact)}"

    def band(self, rating: float | None, likelihood: float | None = None, impact: float | None = None) -> Band | None:
        """The band of a rating: from the matrix cell where the workbook has one, else from the ranges."""
        if likelihood is not None and impact is not None:
            name = self.lookup_bands.get((likelihood, impact))
            if name is not None:
                return self.band_named(name)
        if rating is None:
            return None
        return next((band for band in self.bands if band.low <= rating <= band.high), None)

    def band_named(self, name: str | None) -> Band | None:
        """The band of that name, case and spaces aside."""
        key = "".join((name or "").split()).casefold()
        return next((band for band in self.bands if "".join(band.name.split()).casefold() == key), None)

    @property
    def top_band(self) -> Band | None:
        """The worst band: what the field calls red."""
        return self.bands[-1] if self.bands else None

    def position_of(self, band: Band) -> int:
        """0 for the lowest band, and so on."""
        return self.bands.index(band)


def plain(number: float) -> str:
    """``16.0`` → ``"16"``; ``0.25`` → ``"0.25"``; ``6.666667`` → ``"6.67"``; ``1500000.0`` → ``"1500000"``."""
    if 1 <= abs(number) < 1e15 and number == (whole := int(number)):
        return str(whole)
    if abs(number) < 1:
        return f"{number:.3g}"
    return f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else str(number)
