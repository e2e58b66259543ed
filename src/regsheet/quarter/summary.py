"""The figures of a quarter, worked out once; the workbook and the page only show them.

What the words mean, here and in every rendering:

- *Risks* are the open risks of the registers that were read; one that its register calls closed does not count.
- A risk's scores *now* are its residual ones, its inherent ones where the register has no residual.
- *Red* is the top band of a register's own scale, whatever the register calls it.
- *Moved*: the rating now is not what it was last quarter; where either has no rating, the band. *Up* is worse.
- *New* and *closed*: in this quarter's register and not in last quarter's, and the other way round.
- *Overdue* is an action that was due before the as-of and is not reported as done.
- *Findings* are those that nobody waived; corrected ones are among them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regsheet.layout.tables import STAGES
from regsheet.outcome.records import Outcome, Run
from regsheet.outcome.trends import SlippedDate, Trends
from regsheet.quarter.gathering import (
    assurance_lines,
    counts_of,
    file_lines,
    finding_lines,
    gone_lines,
    risk_lines,
    scale_for,
)  # fmt: skip
from regsheet.quarter.ladder import Ladder, ladder_of
from regsheet.quarter.lines import AssuranceLine, Counts, FileLine, FindingLine, GoneLine, RiskLine
from regsheet.quarter.matrix import Matrix, matrix_of, zones_of

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
        """The workbooks of one stage: ``annotated``, ``checked``, ``failed`` or ``gone``."""
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


def summarise(run: Run, trends: Trends | None) -> Summary:
    """The figures of a run, and of the quarters before where ``trends`` has them."""
    scales = [scale for outcome in run.outcomes if outcome.risks for scale in outcome.scales]
    ladder, matrix = ladder_of(scales), matrix_of(scales)
    risks, gone = risk_lines(run, trends, ladder), gone_lines(run, ladder)
    findings = finding_lines(run, trends)
    services = _services(run, risks, gone, ladder)
    then = [line.before for line in risks if line.before is not None] + [line.before for line in gone]
    return Summary(
        organisation=run.organisation,
        as_of=run.as_of,
        version=run.version,
        configuration_sha256=run.configuration_sha256,
        ladder=ladder,
        matrix=matrix,
        risks=risks,
        gone=gone,
        findings=findings,
        assurance=assurance_lines(run),
        files=file_lines(run),
        services=services,
        total=_service("", run.outcomes, risks, gone, ladder),
        rules=_rules(findings),
        matrices=_matrices(risks, matrix),
        zones=zones_of(scales, ladder, matrix),
        not_placed=_not_placed(risks, matrix),
        bands=_bands(run, trends, ladder),
        ages=_ages(findings, trends),
        resolved=sum(history.state == "resolved" for history in trends.findings) if trends else 0,
        slipped=trends.slipped if trends else (),
        into_red=sum(line.is_red and line.before is not None and not line.before.is_red for line in risks),
        out_of_red=sum(line.before is not None and line.before.is_red and not line.is_red for line in risks),
        red_before=sum(stage.is_red for stage in then) if _all_compared(run) else None,
    )


def _all_compared(run: Run) -> bool:
    """Whether every register was compared with last quarter's: the totals of both are then of the same registers."""
    registers = [outcome for outcome in run.outcomes if outcome.risks]
    return bool(registers) and all(outcome.previous for outcome in registers)


def _services(run: Run, risks: Sequence[RiskLine], gone: Sequence[GoneLine], ladder: Ladder) -> tuple[ServiceLine, ...]:
    """The services of which a workbook was read, those with the most red risks first, then the most risks."""
    read = [outcome for outcome in run.outcomes if outcome.stage != "failed"]
    names = sorted({outcome.service for outcome in read})
    by_service: dict[str, list[RiskLine]] = defaultdict(list)
    for line in risks:
        by_service[line.service].append(line)
    lines = [
        _service(name, [outcome for outcome in read if outcome.service == name], by_service[name],
                 [line for line in gone if line.service == name], ladder)
        for name in names
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-line.red, -line.risks, line.service)))


def _service(
    name: str, outcomes: Iterable[Outcome], risks: Sequence[RiskLine], gone: Sequence[GoneLine], ladder: Ladder
) -> ServiceLine:
    outcomes = [outcome for outcome in outcomes if outcome.stage != "failed"]
    moves = Counter(line.movement for line in risks)
    return ServiceLine(
        service=name,
        files=len(outcomes),
        risks=len(risks),
        stages={
            stage: _band_counts([line.steps[stage] for line in risks if stage in line.steps], ladder)
            for stage in STAGES if any(stage in line.steps for line in risks)
        },
        red=sum(line.is_red for line in risks),
        up=moves["up"],
        down=moves["down"],
        new=moves["new"],
        closed=len(gone),
        overdue=sum(line.overdue for line in risks),
        findings=counts_of(finding for outcome in outcomes for finding in outcome.findings),
        compared=any(outcome.previous for outcome in outcomes),
    )  # fmt: skip


def _band_counts(steps: Iterable[int | None], ladder: Ladder) -> BandCounts:
    counted = Counter(steps)
    return BandCounts(tuple(counted[step] for step in range(len(ladder.steps))), counted[None])


def _rules(findings: Sequence[FindingLine]) -> tuple[RuleLine, ...]:
    """Every rule that found something, those with the most errors first, then warnings, then notes."""
    grouped: dict[tuple[str, str], list[FindingLine]] = defaultdict(list)
    for line in findings:
        grouped[line.finding.code, line.finding.name].append(line)
    lines = [
        RuleLine(code, name, counts_of(line.finding for line in group), len({
            line.outcome.service for line in group if line.finding.status != "waived"}))
        for (code, name), group in grouped.items()
    ]  # fmt: skip
    counted = [line for line in lines if line.findings.total]
    return tuple(sorted(counted, key=lambda line: (
        -line.findings.errors, -line.findings.warnings, -line.findings.notes, line.code)))  # fmt: skip


def _matrices(risks: Sequence[RiskLine], matrix: Matrix) -> tuple[StageMatrix, ...]:
    return tuple(_stage_matrix(stage, risks, matrix) for stage in STAGES if any(stage in line.steps for line in risks))


def _stage_matrix(stage: str, risks: Sequence[RiskLine], matrix: Matrix) -> StageMatrix:
    scored = [line for line in risks if stage in line.steps]
    cells: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    sizes: Counter[tuple[int, int]] = Counter()
    for line in scored:
        place = _place(line, stage, matrix)
        if place is None:
            continue
        sizes[place] += 1
        step = line.steps[stage]
        if step is not None:
            cells[place][step] += 1
    return StageMatrix(
        stage,
        {place: Cell(count, dict(sorted(cells[place].items()))) for place, count in sorted(sizes.items())},
        sizes.total(),
        len(scored) - sizes.total(),
    )


def _place(line: RiskLine, stage: str, matrix: Matrix) -> tuple[int, int] | None:
    return matrix.place(line.risk.stages[stage], scale_for(line.outcome, line.risk.sheet, line.risk.current))


def _not_placed(risks: Sequence[RiskLine], matrix: Matrix) -> tuple[NotPlaced, ...]:
    missing = Counter(line.service for line in risks if not line.stage or _place(line, line.stage, matrix) is None)
    return tuple(NotPlaced(service, count) for service, count in sorted(missing.items()))


def _bands(run: Run, trends: Trends | None, ladder: Ladder) -> tuple[BandsThen, ...]:
    """Risks by band in every quarter on record, the oldest first."""
    if trends is None:
        return ()
    scales = {outcome.service: outcome.scales[0] for outcome in run.outcomes if outcome.scales}
    counted: dict[dt.date, Counter[int | None]] = {day: Counter() for day in trends.quarters}
    for band in trends.bands:
        step = ladder.position_of_word(band.band, band.is_red, scales.get(band.service))
        counted.setdefault(band.as_of, Counter())[step] += band.risks
    return tuple(
        BandsThen(day, BandCounts(tuple(steps[step] for step in range(len(ladder.steps))), steps[None]))
        for day, steps in sorted(counted.items())
    )


def _ages(findings: Sequence[FindingLine], trends: Trends | None) -> tuple[Age, ...]:
    """Findings by the number of quarters in which they were seen; empty without an earlier quarter."""
    if trends is None or len(trends.quarters) < 2:
        return ()
    grouped: dict[int, list[FindingLine]] = defaultdict(list)
    for line in findings:
        grouped[min(line.quarters or 1, AGES)].append(line)
    oldest = min(AGES, max(len(trends.quarters), *grouped, 1))
    return tuple(Age(age, counts_of(line.finding for line in grouped[age])) for age in range(1, oldest + 1))
