"""Rows of the quarter from the outcomes of a run: risks, findings, assurance, files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from regsheet.outcome.records import (
    AssuranceRecord,
    FindingRecord,
    MovementRecord,
    Outcome,
    RiskRecord,
    Run,
    Scale,
    StageRecord,
)
from regsheet.outcome.trends import FindingHistory, RedHistory, Trends
from regsheet.quarter.ladder import Ladder, key
from regsheet.quarter.lines import AssuranceLine, Counts, Cover, FileLine, FindingLine, GoneLine, Move, RiskLine
from regsheet.quarter.matrix import share as place_on_scale


def counts_of(findings: Iterable[FindingRecord]) -> Counts:
    """Findings counted by severity."""
    found: dict[str, int] = defaultdict(int)
    for finding in findings:
        found["waived" if finding.status == "waived" else finding.severity] += 1
        found["corrected"] += finding.status in ("corrected", "correctable")
    return Counts(found["error"], found["warning"], found["note"], found["corrected"], found["waived"])


def scale_for(outcome: Outcome, sheet: str, stage: StageRecord | None = None) -> Scale | None:
    """The scale of the register on a sheet; where the sheet is not told, the first that has the stage's band."""
    scales = outcome.scales
    named = [scale for scale in scales if not sheet or scale.sheet in (sheet, "")]
    if len(named) > 1 and stage is not None and stage.band:
        fitting = (one for one in named if any(key(band.name) == key(stage.band) for band in one.bands))
        return next(fitting, named[0])
    return named[0] if named else None


def moved(before: StageRecord, after: StageRecord, then: int | None, now: int | None) -> Move:
    """How a risk moved: by its rating where both quarters have one, else by its band; empty where neither tells."""
    if before.rating is not None and after.rating is not None:
        first, last = before.rating, after.rating
    elif then is not None and now is not None:
        first, last = then, now
    else:
        return ""
    return "up" if last > first else "down" if last < first else "same"


class Movements:
    """The movements of a workbook, each handed out once to the risk that it is of."""

    def __init__(self, outcome: Outcome) -> None:
        self._waiting: dict[tuple[str, str], list[MovementRecord]] = defaultdict(list)
        for movement in outcome.movements:
            if movement.after is not None:
                self._waiting[movement.ref, movement.title].append(movement)

    def of(self, risk: RiskRecord) -> MovementRecord | None:
        """The movement of a risk, the first that has its scores."""
        waiting = self._waiting[risk.ref, risk.title]
        found = next((one for one in waiting if one.after == risk.current), waiting[0] if waiting else None)
        if found is not None:
            waiting.remove(found)
        return found


def risk_lines(run: Run, trends: Trends | None, ladder: Ladder) -> tuple[RiskLine, ...]:
    """Every open risk of every register, in the order of files and sheets."""
    reds, steps = _red_index(trends.reds if trends else ()), _Steps(ladder)
    lines = []
    for outcome in run.outcomes:
        movements, counted = Movements(outcome), _findings_by_risk(outcome.findings)
        for risk in outcome.risks:
            if risk.closed:
                continue
            red = _red(reds, outcome, risk) if risk.current.is_red else None
            lines.append(_risk_line(run.as_of, outcome, risk, movements.of(risk), red, steps,
                                    counted.pop((risk.sheet, risk.ref, risk.title), ())))  # fmt: skip
    return tuple(lines)


class _Steps:
    """Positions on the ladder, each worked out once; for the scales of one run, which are there all the while."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self._known: dict[tuple[int, str, float | None, bool], int | None] = {}

    def position(self, stage: StageRecord, scale: Scale | None) -> int | None:
        key = id(scale), stage.band, stage.rating, stage.is_red
        if key not in self._known:
            self._known[key] = self._ladder.position(stage, scale)
        return self._known[key]


def _risk_line(
    as_of: dt.date,
    outcome: Outcome,
    risk: RiskRecord,
    movement: MovementRecord | None,
    red: RedHistory | None,
    known: _Steps,
    findings: Sequence[FindingRecord],
) -> RiskLine:
    scale = scale_for(outcome, risk.sheet, risk.current)
    steps = {stage: known.position(scores, scale) for stage, scores in risk.stages.items()}
    before = movement.before if movement else None
    before_step = known.position(before, scale) if before else None
    move: Move = ""
    if movement is not None:
        now = known.position(risk.current, scale)
        move = "new" if before is None else moved(before, risk.current, before_step, now)
    overdue = [action for action in risk.actions if action.overdue]
    return RiskLine(
        outcome=outcome,
        risk=risk,
        steps=steps,
        share=_rating_share(risk.current, scale),
        movement=move,
        before=before,
        before_step=before_step,
        red_since=red.since if red else None,
        red_quarters=red.quarters if red else 0,
        overdue=len(overdue),
        oldest_due=min((action.due for action in overdue if action.due), default=None),
        next_due=min((action.due for action in risk.actions if action.due and action.due >= as_of), default=None),
        findings=counts_of(findings),
    )


def _rating_share(stage: StageRecord, scale: Scale | None) -> float | None:
    """A rating as a part of the highest that its register can give, so that registers can be ranked together.

    Where the rating is no product or sum of levels, the mean of its likelihood's and impact's places; None without.
    """
    if scale is None:
        return None
    top = _highest(scale)
    if stage.rating is not None and top:
        return min(stage.rating / top, 1.0)
    if stage.likelihood is None or stage.impact is None:
        return None
    places = [place_on_scale(stage.likelihood, scale.likelihood), place_on_scale(stage.impact, scale.impact)]
    known = [place for place in places if place is not None]
    return sum(known) / 2 if len(known) == 2 else None


def _highest(scale: Scale) -> float | None:
    likelihood, impact = (max(axis.values(), default=None) for axis in (scale.likelihood, scale.impact))
    if likelihood is not None and impact is not None and scale.rule in ("product", "sum"):
        return likelihood * impact if scale.rule == "product" else likelihood + impact
    return max((band.high for band in scale.bands), default=None)


def _findings_by_risk(findings: Iterable[FindingRecord]) -> dict[tuple[str, str, str], list[FindingRecord]]:
    found: dict[tuple[str, str, str], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        if finding.ref or finding.title:
            found[finding.sheet, finding.ref or "", finding.title or ""].append(finding)
    return found


_RedIndex = dict[tuple[str, str, str], list[RedHistory]]


def _red_index(reds: Iterable[RedHistory]) -> _RedIndex:
    index: _RedIndex = defaultdict(list)
    for red in reds:
        index[red.service, red.ref, red.title].append(red)
    return index


def _red(index: _RedIndex, outcome: Outcome, risk: RiskRecord) -> RedHistory | None:
    waiting = index.get((outcome.service, risk.ref, risk.title)) or []
    found = next((red for red in waiting if red.file == outcome.file), waiting[0] if waiting else None)
    if found is not None:
        waiting.remove(found)
    return found


def gone_lines(run: Run, ladder: Ladder) -> tuple[GoneLine, ...]:
    """Every risk of last quarter's registers that is closed or no longer there; the reddest first."""
    lines = [
        GoneLine(outcome, one.ref, one.title, one.owner, one.before,
                 ladder.position(one.before, scale_for(outcome, "", one.before)))
        for outcome in run.outcomes for one in outcome.movements if one.after is None and one.before is not None
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: -1 if line.step is None else line.step, reverse=True))


def finding_lines(run: Run, trends: Trends | None) -> tuple[FindingLine, ...]:
    """Every finding, in the order of files and as each was reported."""
    index: dict[tuple[str, ...], list[FindingHistory]] = defaultdict(list)
    for history in trends.findings if trends else ():
        if history.state != "resolved":
            index[history.service, history.code, history.ref, history.field].append(history)
    lines = []
    for outcome in run.outcomes:
        for finding in outcome.findings:
            known = index.get((outcome.service, finding.code, finding.ref or "", finding.field or ""), [])
            seen = _best(known, outcome, finding)
            if seen is not None:
                known.remove(seen)
            lines.append(FindingLine(
                outcome, finding, seen.first_seen if seen else None, seen.quarters if seen else None,
            ))  # fmt: skip
    return tuple(lines)


def _best(known: Sequence[FindingHistory], outcome: Outcome, finding: FindingRecord) -> FindingHistory | None:
    """Of the histories of one rule and risk that of this finding: the same file and words, else file, else any."""

    def fits(history: FindingHistory) -> tuple[bool, bool, bool]:
        same_title = history.title == (finding.title or "")
        return (history.file == outcome.file, history.message == finding.message, same_title)

    return max(known, key=fits, default=None)


def assurance_lines(run: Run) -> tuple[AssuranceLine, ...]:
    """Every risk of every map, and every risk of a service that has a map but does not name it."""
    lines: list[AssuranceLine] = []
    mapped: dict[str, set[str]] = defaultdict(set)
    for outcome in run.outcomes:
        for line in _maps(outcome):
            lines.append(line)
            mapped[outcome.service].update(filter(None, (key(line.ref), key(line.title))))
    for outcome in run.outcomes:
        known = mapped.get(outcome.service)
        if known:
            lines.extend(
                AssuranceLine(outcome, risk.sheet, risk.cell, "", risk.ref, risk.title, {}, mapped=False)
                for risk in outcome.risks
                if not risk.closed and not known & {key(risk.ref), key(risk.title)}
            )
    return tuple(lines)


def _maps(outcome: Outcome) -> Iterator[AssuranceLine]:
    grouped: dict[tuple[str, str, str, str], list[AssuranceRecord]] = {}
    for record in outcome.assurance:
        place = (record.sheet, record.cluster, record.risk_ref, record.risk_title)
        grouped.setdefault(place, []).append(record)
    for (sheet, cluster, ref, title), records in grouped.items():
        by_line: dict[int, list[AssuranceRecord]] = {}
        for record in records:
            by_line.setdefault(record.line, []).append(record)
        lines = {line: _cover(by_line[line]) for line in sorted(by_line)}
        yield AssuranceLine(outcome, sheet, records[0].cell, cluster, ref, title, lines, mapped=True)


def _cover(records: Sequence[AssuranceRecord]) -> Cover:
    items = [record for record in records if record.item]
    if not items:
        return Cover(0)
    dated = [record for record in items if record.date is not None]
    latest = max(dated, key=lambda record: record.date or dt.date.min, default=None)
    told = latest or next((record for record in items if record.opinion), items[0])
    return Cover(len(items), latest.date if latest else None, told.item, told.opinion)


def file_lines(run: Run) -> tuple[FileLine, ...]:
    """Every workbook of the run, those of last quarter's folder that are not there now, and what was passed over."""
    lines = [
        FileLine(outcome.file, outcome.service, outcome.stage, outcome.output,
                 sum(not risk.closed for risk in outcome.risks), counts_of(outcome.findings),
                 len(outcome.corrections), outcome.previous, outcome.reason, outcome.remarks, outcome.not_run)
        for outcome in run.outcomes
    ]  # fmt: skip
    gone = [FileLine(file, "", "gone", "", 0, Counts(), 0, file, "", gone=True) for file in run.gone]
    passed = [FileLine(file, "", "passed", "", 0, Counts(), 0, "", why) for file, why in run.passed_over]
    return (*lines, *gone, *passed)
