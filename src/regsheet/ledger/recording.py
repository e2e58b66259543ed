"""Writes a run into a ledger: each workbook, its risks with their scores and actions, its findings and the rest."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from regsheet.ledger.database import Database
from regsheet.ledger.quarters import quarter_key
from regsheet.outcome.records import MovementRecord, Outcome, RiskRecord, Run

COLUMNS = {
    "run": "quarter as_of organisation version configuration_sha256 gone",
    "workbook": "id quarter file service stage sha256 source_sha256 configuration_sha256 as_of version output reason "
                "previous not_run",
    "risk": "id workbook sheet cell ref title owner category objective direction status closed kept",
    "score": "risk stage likelihood impact rating band colour is_red",
    "action": "risk place text due overdue",
    "finding": "id workbook risk code name severity sheet cell ref title field owner message advice status before "
               "after first_seen quarters",
    "correction": "workbook sheet cell code ref field before after basis",
    "waiver": "workbook code ref field reason name until",
}  # fmt: skip
"""The tables of a run and their columns, those after which others are first."""


def record_run(database: Database, run: Run) -> str:
    """Write a run in place of what the ledger held of its quarter. Gives the quarter's key."""
    quarter = quarter_key(run.as_of)
    database.change("DELETE FROM run WHERE quarter = ?", [(quarter,)])
    rows = _Rows(database, quarter, run)
    for outcome in run.outcomes:
        rows.add(outcome)
    for table, columns in COLUMNS.items():
        database.insert(table, columns.split(), rows.of[table])
    return quarter


class _Rows:
    """The rows of a run, table by table: they are written in one go, which is several times as fast as one by one."""

    def __init__(self, database: Database, quarter: str, run: Run) -> None:
        self.of: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._quarter, self._as_of = quarter, run.as_of.isoformat()
        gone = json.dumps(run.gone, ensure_ascii=False)
        self.of["run"].append((quarter, self._as_of, run.organisation, run.version, run.configuration_sha256, gone))
        self._workbooks, self._risks, self._findings = (
            count(database.next_id(table)) for table in ("workbook", "risk", "finding")
        )

    def add(self, outcome: Outcome) -> None:
        """Add those of a workbook."""
        workbook = next(self._workbooks)
        self.of["workbook"].append((
            workbook, self._quarter, outcome.file, outcome.service, outcome.stage, outcome.sha256,
            outcome.source_sha256, outcome.configuration_sha256, outcome.as_of.isoformat(), outcome.version,
            outcome.output, outcome.reason, outcome.previous, json.dumps(sorted({code for code, _ in outcome.not_run})),
        ))  # fmt: skip
        kept = {_name(movement) for movement in outcome.movements if movement.before is not None}
        risks = [(risk, next(self._risks)) for risk in outcome.risks]
        for risk, number in risks:
            self._add_risk(workbook, number, risk, _name(risk) in kept)
        self._add_findings(workbook, outcome, risks)
        self.of["correction"] += [
            (workbook, one.sheet, one.cell, one.code, one.ref or "", one.field or "", one.before, one.after, one.basis)
            for one in outcome.corrections
        ]
        self.of["waiver"] += [
            (workbook, one.code, one.ref, one.field or "", one.reason, one.name, one.until and one.until.isoformat())
            for one in outcome.waivers
        ]

    def _add_risk(self, workbook: int, number: int, risk: RiskRecord, kept: bool) -> None:
        self.of["risk"].append((
            number, workbook, risk.sheet, risk.cell, risk.ref, risk.title, risk.owner, risk.category, risk.objective,
            risk.direction, risk.status, risk.closed, kept,
        ))  # fmt: skip
        self.of["score"] += [
            (number, stage, one.likelihood, one.impact, one.rating, one.band, one.colour, one.is_red)
            for stage, one in risk.stages.items()
        ]
        self.of["action"] += [
            (number, place, one.text, one.due and one.due.isoformat(), one.overdue)
            for place, one in enumerate(risk.actions)
        ]

    def _add_findings(self, workbook: int, outcome: Outcome, risks: Sequence[tuple[RiskRecord, int]]) -> None:
        by_name: dict[tuple[str, str, str], int] = {}
        for risk, number in reversed(risks):
            for name in ((risk.ref, risk.title), (risk.ref, ""), ("", risk.title)):
                if any(name):
                    by_name[risk.sheet, *name] = number
        as_of = self._as_of
        for one in outcome.findings:
            ref, title = one.ref or "", one.title or ""
            other = (one.sheet, ref, "") if ref else (one.sheet, "", title)
            risk_id = by_name.get((one.sheet, ref, title)) or by_name.get(other)
            self.of["finding"].append((
                next(self._findings), workbook, risk_id, one.code, one.name, one.severity, one.sheet, one.cell, ref,
                title, one.field or "", one.owner or "", one.message, one.advice, one.status, one.before, one.after,
                as_of, 1,
            ))  # fmt: skip


def _name(one: RiskRecord | MovementRecord) -> tuple[str, str]:
    return one.ref, one.title
