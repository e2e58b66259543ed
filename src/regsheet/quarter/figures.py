"""What is known of a quarter: the figures that every rendering shows, as plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regsheet.outcome.trends import SlippedDate
from regsheet.quarter.ladder import Ladder
from regsheet.quarter.lines import AssuranceLine, Counts, FileLine, FindingLine, GoneLine, RiskLine
from regsheet.quarter.matrix import Matrix

AGES = 4
"""Findings seen in so many quarters or more stand together."""


@dataclass(frozen=True, slots=True)
class BandCounts:
    """Risks on each step of the ladder, lowest first, and those without a band."""

    steps: tuple[int, ...]
    unbanded: int = 0

    @property
    def red(self) -> int:
        """Risks in the top band."""
        return self.steps[-1]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.steps) + self.unbanded


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service's figures. ``stages``: inherent, residual and target, where any of its registers scores them.

    ``compared``: whether any of its workbooks was compared with last quarter's; without, ``up`` and so on mean nothing.
    """

    service: str
    files: int
    risks: int
    stages: dict[str, BandCounts]
    red: int
    up: int
    down: int
    new: int
    closed: int
    overdue: int
    findings: Counts
    compared: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule's findings, and in how many services."""

    code: str
    name: str
    findings: Counts
    services: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The risks in one cell of the matrix: how many, and how many on each step of the ladder."""

    risks: int
    steps: dict[int, int]

    @property
    def worst(self) -> int | None:
        """The highest step of any of them."""
        return max(self.steps, default=None)


@dataclass(frozen=True, slots=True)
class StageMatrix:
    """All risks of one stage on the common matrix; ``cells`` by (likelihood, impact), 0 the lowest."""

    stage: str
    cells: dict[tuple[int, int], Cell]
    placed: int
    not_placed: int


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A service with risks that are not on the residual matrix."""

    service: str
    risks: int


@dataclass(frozen=True, slots=True)
class BandsThen:
    """Risks by band in one quarter."""

    as_of: dt.date
    bands: BandCounts


@dataclass(frozen=True, slots=True)
class Age:
    """Findings that have been seen in so many quarters; the last age stands for all that are older too."""

    quarters: int
    findings: Counts


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that a rendering shows.

    ``zones``: the step of each cell of the matrix, where all registers agree on it. ``total`` is all services together.
    ``bands`` and ``ages`` are empty where no earlier quarter is on record. ``red_before`` is how many risks were red
    last quarter; None where not every register was compared with it. ``resolved`` findings were there last quarter and
    are not there now.
    """

    organisation: str
    as_of: dt.date
    version: str
    configuration_sha256: str
    ladder: Ladder
    matrix: Matrix
    risks: tuple[RiskLine, ...]
    gone: tuple[GoneLine, ...]
    findings: tuple[FindingLine, ...]
    assurance: tuple[AssuranceLine, ...]
    files: tuple[FileLine, ...]
    services: tuple[ServiceLine, ...]
    total: ServiceLine
    rules: tuple[RuleLine, ...]
    matrices: tuple[StageMatrix, ...]
    zones: dict[tuple[int, int], int]
    not_placed: tuple[NotPlaced, ...]
    bands: tuple[BandsThen, ...]
    ages: tuple[Age, ...]
    resolved: int
    slipped: tuple[SlippedDate, ...]
    into_red: int
    out_of_red: int
    red_before: int | None

    @property
    def first_quarter(self) -> bool:
        """Whether no workbook was compared with last quarter's and no earlier quarter is on record."""
        return not self.total.compared and len(self.bands) < 2

    @property
    def reds(self) -> tuple[RiskLine, ...]:
        """The risks that are red now, the worst first."""
        return tuple(line for line in self.worst if line.is_red)

    @property
    def worst(self) -> tuple[RiskLine, ...]:
        """Every risk with a band or rating, the worst first.

        Red before others; then by the rating's part of the highest that the register can give, the step, the overdue
        actions and the errors; then by service and reference.
        """
        rated = [line for line in self.risks if line.step is not None or line.share is not None]
        return tuple(sorted(rated, key=_badness))

    @property
    def moved(self) -> tuple[RiskLine, ...]:
        """The risks that moved: those into red first, then other rises, then those out of red, then other falls."""
        found = [line for line in self.risks if line.movement in ("up", "down")]
        return tuple(sorted(found, key=lambda line: (_kind_of_move(line), _badness(line))))

    @property
    def new(self) -> tuple[RiskLine, ...]:
        """The risks that were not there last quarter, the worst first."""
        return tuple(sorted((line for line in self.risks if line.movement == "new"), key=_badness))

    @property
    def overdue(self) -> tuple[ServiceLine, ...]:
        """The services with overdue actions, the most first."""
        late = [line for line in self.services if line.overdue]
        return tuple(sorted(late, key=lambda line: (-line.overdue, line.service)))

    @property
    def oldest_overdue(self) -> RiskLine | None:
        """The risk with the action that is overdue longest."""
        late = [line for line in self.risks if line.oldest_due]
        return min(late, key=lambda line: (line.oldest_due or dt.date.max, line.service, line.risk.ref), default=None)

    def read(self, stage: str) -> tuple[FileLine, ...]:
        """The workbooks of one stage: ``annotated``, ``checked``, ``failed``, ``gone`` or ``passed``."""
        return tuple(line for line in self.files if line.stage == stage)


def _badness(line: RiskLine) -> tuple[object, ...]:
    share = -1.0 if line.share is None else line.share
    step = -1 if line.step is None else line.step
    return (not line.is_red, -share, -step, -line.overdue, -line.findings.errors, line.service, line.risk.ref,
            line.risk.title)  # fmt: skip


def _kind_of_move(line: RiskLine) -> int:
    was_red = bool(line.before and line.before.is_red)
    if line.movement == "up":
        return 0 if line.is_red and not was_red else 1
    return 2 if was_red and not line.is_red else 3
