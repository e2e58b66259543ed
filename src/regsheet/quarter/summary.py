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

from regsheet.layout.tables import STAGES
from regsheet.outcome.records import Outcome, Run, Scale, StageRecord
from regsheet.outcome.trends import Trends
from regsheet.quarter.figures import (
    AGES,
    Age,
    BandCounts,
    BandsThen,
    Cell,
    NotPlaced,
    RuleLine,
    ServiceLine,
    StageMatrix,
    Summary,
)
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
from regsheet.quarter.lines import FindingLine, GoneLine, RiskLine
from regsheet.quarter.matrix import Matrix, matrix_of, zones_of


def summarise(run: Run, trends: Trends | None) -> Summary:
    """The figures of a run, and of the quarters before where ``trends`` has them."""
    scales = [scale for outcome in run.outcomes if outcome.risks for scale in outcome.scales]
    ladder, matrix = ladder_of(scales), matrix_of(scales)
    risks, gone = risk_lines(run, trends, ladder), gone_lines(run, ladder)
    findings, places = finding_lines(run, trends), _places(risks, matrix)
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
        matrices=tuple(_stage_matrix(stage, risks, places[stage]) for stage in places),
        zones=zones_of(scales, ladder, matrix),
        not_placed=_not_placed(risks, places),
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


_Places = dict[str, list[tuple[int, int] | None]]
"""For each stage that any register scores, the cell of the matrix for each risk."""


def _places(risks: Sequence[RiskLine], matrix: Matrix) -> _Places:
    scales = [scale_for(line.outcome, line.risk.sheet, line.risk.current) for line in risks]
    known: dict[tuple[int, float | None, float | None], tuple[int, int] | None] = {}

    def place(stage: StageRecord | None, scale: Scale | None) -> tuple[int, int] | None:
        if stage is None or scale is None:
            return None
        key = id(scale), stage.likelihood, stage.impact
        if key not in known:
            known[key] = matrix.place(stage, scale)
        return known[key]

    return {
        stage: [place(line.risk.stages.get(stage), scale) for line, scale in zip(risks, scales, strict=True)]
        for stage in STAGES if any(stage in line.steps for line in risks)
    }  # fmt: skip


def _stage_matrix(stage: str, risks: Sequence[RiskLine], places: Sequence[tuple[int, int] | None]) -> StageMatrix:
    cells: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    sizes: Counter[tuple[int, int]] = Counter()
    for line, place in zip(risks, places, strict=True):
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
        sum(stage in line.steps for line in risks) - sizes.total(),
    )


def _not_placed(risks: Sequence[RiskLine], places: _Places) -> tuple[NotPlaced, ...]:
    missing = Counter(line.service for row, line in enumerate(risks) if not line.stage or not places[line.stage][row])
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
