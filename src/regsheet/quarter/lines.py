"""What the quarter says of one risk, finding, item of assurance or file: rows that every rendering shares."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from regsheet.outcome.records import FindingRecord, Outcome, RiskRecord, StageRecord

Move = Literal["up", "down", "same", "new", ""]
"""``up`` is worse, ``down`` is better; empty where there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by severity. Waived ones are counted apart; ``corrected`` are among the others."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    corrected: int = 0
    waived: int = 0

    @property
    def total(self) -> int:
        """Findings of any severity, waived ones left out."""
        return self.errors + self.warnings + self.notes


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk of one register.

    ``steps``: stage to its step on the quarter's ladder, None where its band is not known. ``share``: its current
    rating as a part of its scale's highest. ``before``: the scores that counted last quarter, None for a risk that is
    new or has nothing to compare with. ``red_since``: since when it has been in the top band, as far as is known, and
    for how many quarters. ``next_due``: the first day on or after the as-of on which an action is due.
    """

    outcome: Outcome = field(repr=False)
    risk: RiskRecord
    steps: dict[str, int | None]
    share: float | None
    movement: Move
    before: StageRecord | None
    before_step: int | None
    red_since: dt.date | None
    red_quarters: int
    overdue: int
    oldest_due: dt.date | None
    next_due: dt.date | None
    findings: Counts

    @property
    def service(self) -> str:
        """The service whose register it stands in."""
        return self.outcome.service

    @property
    def is_red(self) -> bool:
        """Whether it is in the top band now."""
        return self.risk.current.is_red

    @property
    def stage(self) -> str:
        """The stage that counts now: residual, else inherent; empty where the register scores neither."""
        return next((stage for stage in ("residual", "inherent") if stage in self.risk.stages), "")

    @property
    def step(self) -> int | None:
        """Its step now."""
        return self.steps.get(self.stage)


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A risk of last quarter's register that is closed or no longer there. ``step`` is where it stood."""

    outcome: Outcome = field(repr=False)
    ref: str
    title: str
    owner: str
    before: StageRecord
    step: int | None

    @property
    def service(self) -> str:
        """The service in whose register it stood."""
        return self.outcome.service


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding. ``first_seen`` and ``quarters``: since when and in how many quarters; None where not known."""

    outcome: Outcome = field(repr=False)
    finding: FindingRecord
    first_seen: dt.date | None
    quarters: int | None


@dataclass(frozen=True, slots=True)
class Cover:
    """One line of defence of one risk: how many items, the latest that has a date, and its opinion.

    ``items`` is None where the map lacks the line.
    """

    items: int | None
    latest: dt.date | None = None
    item: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class AssuranceLine:
    """One risk's assurance, line by line (keys 1 to 4).

    ``mapped``: whether it stands on a map; one that does not is in a register of a service that has a map.
    """

    outcome: Outcome = field(repr=False)
    sheet: str
    cell: str | None
    cluster: str
    ref: str
    title: str
    lines: dict[int, Cover]
    mapped: bool

    @property
    def gaps(self) -> tuple[int, ...]:
        """The lines of the map that give this risk no assurance."""
        return tuple(line for line, cover in sorted(self.lines.items()) if cover.items == 0)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One workbook and what became of it. ``gone``: it was there last quarter and is not there now."""

    file: str
    service: str
    stage: str
    output: str
    risks: int
    findings: Counts
    corrections: int
    previous: str
    reason: str
    remarks: tuple[str, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()
    gone: bool = False
