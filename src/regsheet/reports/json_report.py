"""The JSON of ``inspect`` and ``check``."""

from __future__ import annotations

import json
from typing import Any

from regsheet.layout.tables import Layout, Table
from regsheet.reports.screen import printable
from regsheet.reports.wording import plain_value
from regsheet.rules.findings import Correction, Finding
from regsheet.writer.report import Report


def layout_object(file: str, layout: Layout) -> dict[str, Any]:
    """How a workbook was understood, as plain data. Rows count from 1, columns are letters."""
    return {"file": file, "tables": [_table(table) for table in layout.tables]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "header_rows": list(table.header_rows),
        "first_row": table.first_row,
        "last_row": table.last_row,
        "n_risks": table.n_risks,
        "columns": {column.letter: column.field for column in table.columns if column.field},
        "unmapped": {column.letter: column.heading for column in table.columns if not column.field},
        "scale": {axis: list(levels) for axis, levels in table.scale.items()},
        "rating_rule": table.rating_rule,
        "bands": [[band.name, band.low, band.high] for band in table.bands],
        "secondary": table.secondary,
        "confidence": round(table.confidence, 2),
        "column_confidence": {column.letter: round(column.confidence, 2) for column in table.columns if column.field},
        "reasons": [*table.reasons, *(f"{c.letter}: {c.reason}" for c in table.columns if c.reason)],
        "unreadable": [{"row": row, "field": field, "why": why} for (row, field), why in table.unreadable.items()],
    }


def report_object(file: str, report: Report) -> dict[str, Any]:
    """A finished check as plain data."""
    settled = report.settled
    return {
        "file": file,
        "version": report.version,
        "as_of": report.as_of.isoformat(),
        "configuration": report.configuration,
        "scoring": {r.sheet_name: {"source": r.scoring.source, "explanation": r.scoring.explanation}
                    for r in settled.book.registers},
        "findings": [_finding(finding) for finding in settled.findings],
        "not_run": [{"code": item.code, "why": item.why} for item in settled.not_run],
        "remarks": list(report.remarks),
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "ref": finding.ref,
        "title": finding.title,
        "field": finding.field,
        "owner": finding.owner,
        "value": plain_value(finding.value),
        "message": finding.message,
        "advice": finding.advice,
        "correction": None if finding.correction is None else _correction(finding.correction),
        "status": finding.status,
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "after": plain_value(correction.after) if correction.fill is None else f"fill {correction.fill}",
        "kind": correction.kind,
        "formula": correction.formula,
        "basis": correction.basis,
    }


def as_text(objects: list[dict[str, Any]]) -> str:
    """One object indented; several one a line."""
    if len(objects) == 1:
        return printable(json.dumps(objects[0], ensure_ascii=False, indent=1))
    return printable("\n".join(json.dumps(item, ensure_ascii=False) for item in objects))
