"""The configuration ``regsheet.toml`` as a typed value. Every key has a default; see ``regsheet template config``."""

from __future__ import annotations

from typing import Literal

import msgspec


class BandSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A band: its name, its lowest and highest rating, and its colour as ``RRGGBB``."""

    name: str
    low: float
    high: float
    colour: str


class ScoringSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How ratings are worked out. Left out, the workbook's own scale and matrix are used, else the default."""

    rule: Literal["product", "sum"] | None = None
    likelihood: dict[str, float] | None = None
    impact: dict[str, float] | None = None
    bands: tuple[BandSetting, ...] = ()


class RulesSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which rules run: codes or families (``SC``)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class LimitsSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a thing is too old."""

    review_cycle_months: int = 3
    assurance_months: int = 24


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a team may settle for good."""

    scoring: ScoringSetting = ScoringSetting()
    rules: RulesSetting = RulesSetting()
    limits: LimitsSetting = LimitsSetting()
    day_first: bool = True
