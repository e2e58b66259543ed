"""Writes a run into a ledger: each workbook, its risks with their scores and actions, its findings and the rest."""

from __future__ import annotations

import json

from regsheet.ledger.database import Database
from regsheet.ledger.quarters import quarter_key
from regsheet.outcome.records import FindingRecord, MovementRecord, Outcome, RiskRecord, Run


def record_run(database: Database, run: Run) -> str:
    """Write a run in place of what the ledger held of its quarter. Gives the quarter's key."""
    quarter = quarter_key(run.as_of)
    database.change("DELETE FROM run WHERE quarter = ?", [(quarter,)])
    database.insert("run", {
        "quarter": quarter,
        "as_of": run.as_of.isoformat(),
        "organisation": run.organisation,
        "version": run.version,
        "configuration_sha256": run.configuration_sha256,
        "gone": json.dumps(run.gone, ensure_ascii=False),
    })  # fmt: skip
    for outcome in run.outcomes:
        _record_workbook(database, quarter, outcome)
    return quarter


def _record_workbook(database: Database, quarter: str, outcome: Outcome) -> None:
    workbook = database.insert("workbook", {
        "quarter": quarter,
        "file": outcome.file,
        "service": outcome.service,
        "stage": outcome.stage,
        "sha256": outcome.sha256,
        "source_sha256": outcome.source_sha256,
        "configuration_sha256": outcome.configuration_sha256,
        "as_of": outcome.as_of.isoformat(),
        "version": outcome.version,
        "output": outcome.output,
        "reason": outcome.reason,
        "previous": outcome.previous,
        "not_run": json.dumps(sorted({code for code, _ in outcome.not_run})),
    })  # fmt: skip
    kept = {_name(movement) for movement in outcome.movements if movement.before is not None}
    risks = [(risk, _record_risk(database, workbook, risk, kept)) for risk in outcome.risks]
    _record_findings(database, workbook, outcome.findings, risks)
    for correction in outcome.corrections:
        database.insert("correction", {
            "workbook": workbook, "sheet": correction.sheet, "cell": correction.cell, "code": correction.code,
            "ref": correction.ref or "", "field": correction.field or "", "before": correction.before,
            "after": correction.after, "basis": correction.basis,
        })  # fmt: skip
    for waiver in outcome.waivers:
        database.insert("waiver", {
            "workbook": workbook, "code": waiver.code, "ref": waiver.ref, "field": waiver.field or "",
            "reason": waiver.reason, "name": waiver.name, "until": waiver.until and waiver.until.isoformat(),
        })  # fmt: skip


def _record_risk(database: Database, workbook: int, risk: RiskRecord, kept: set[tuple[str, str]]) -> int:
    number = database.insert("risk", {
        "workbook": workbook,
        "sheet": risk.sheet,
        "cell": risk.cell,
        "ref": risk.ref,
        "title": risk.title,
        "owner": risk.owner,
        "category": risk.category,
        "objective": risk.objective,
        "direction": risk.direction,
        "status": risk.status,
        "closed": risk.closed,
        "kept": _name(risk) in kept,
    })  # fmt: skip
    database.change(
        "INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, stage, score.likelihood, score.impact, score.rating, score.band, score.colour, score.is_red)
         for stage, score in risk.stages.items()],
    )  # fmt: skip
    database.change(
        "INSERT INTO action VALUES (?, ?, ?, ?, ?)",
        [(number, place, action.text, action.due and action.due.isoformat(), action.overdue)
         for place, action in enumerate(risk.actions)],
    )  # fmt: skip
    return number


def _record_findings(database: Database, workbook: int, findings: tuple[FindingRecord, ...],
                     risks: list[tuple[RiskRecord, int]]) -> None:  # fmt: skip
    by_name: dict[tuple[str, str, str], int] = {}
    for risk, number in reversed(risks):
        for name in ((risk.ref, risk.title), (risk.ref, ""), ("", risk.title)):
            if any(name):
                by_name[risk.sheet, *name] = number
    for finding in findings:
        ref, title = finding.ref or "", finding.title or ""
        names = ((finding.sheet, ref, title), (finding.sheet, ref, "") if ref else (finding.sheet, "", title))
        database.insert("finding", {
            "workbook": workbook,
            "risk": next((by_name[name] for name in names if name in by_name), None),
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "ref": ref,
            "title": title,
            "field": finding.field or "",
            "owner": finding.owner or "",
            "message": finding.message,
            "advice": finding.advice,
            "status": finding.status,
            "before": finding.before,
            "after": finding.after,
            "first_seen": "",
            "quarters": 1,
        })  # fmt: skip


def _name(one: RiskRecord | MovementRecord) -> tuple[str, str]:
    return one.ref, one.title
