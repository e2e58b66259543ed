"""The quarter's tables for analysts: findings as CSV, risks as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regsheet.outcome.records import Run, StageRecord
from regsheet.outcome.trends import Trends
from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import FindingLine, RiskLine
from regsheet.quarter.summary import summarise
from regsheet.reports.csv_report import inert
from regsheet.reports.screen import printable
from regsheet.reports.wording import STATUS_WORDS

if TYPE_CHECKING:
    import pandas as pd

FINDING_HEADINGS = (
    "Service", "File", "Severity", "Rule", "Name", "Sheet", "Cell", "Risk", "Title", "Owner", "Field", "Before",
    "What is wrong", "What to do", "After", "Status", "First seen", "Quarters seen",
)  # fmt: skip

STAGE_COLUMNS = tuple(
    (f"{stage}_{name}", dtype)
    for stage in ("inherent", "residual", "target")
    for name, dtype in (("likelihood", "Float64"), ("impact", "Float64"), ("rating", "Float64"), ("band", "string"),
                        ("is_red", "boolean"), ("step", "string"))
)  # fmt: skip

RISK_COLUMNS: Mapping[str, str] = {
    "as_of": "date", "service": "string", "file": "string", "sheet": "string", "cell": "string", "ref": "string",
    "title": "string", "owner": "string", "category": "string", "objective": "string", "direction": "string",
    "status": "string", **dict(STAGE_COLUMNS), "rating_share": "Float64", "is_red": "boolean", "red_since": "date",
    "red_quarters": "Int64", "movement": "string", "previous_rating": "Float64", "previous_band": "string",
    "actions": "Int64", "overdue_actions": "Int64", "oldest_due": "date", "next_due": "date", "errors": "Int64",
    "warnings": "Int64", "notes": "Int64", "waived": "Int64",
}  # fmt: skip
"""The columns of ``risks.parquet`` and what they hold; ``risks_frame`` says what they mean."""


def findings_csv(run: Run, trends: Trends | None = None) -> str:
    """Every finding of every workbook, one a row, with headings. No text of a workbook is a formula to Excel.

    Write it as ``utf-8-sig``, with ``newline=""``: Excel takes it for another encoding otherwise.
    """
    return findings_table(summarise(run, trends))


def findings_table(summary: Summary) -> str:
    """The same from figures that are worked out already."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FINDING_HEADINGS)
    for line in summary.findings:
        writer.writerow([inert(printable(text)) for text in _finding_row(line)])
    return out.getvalue()


def _finding_row(line: FindingLine) -> tuple[str, ...]:
    one, outcome = line.finding, line.outcome
    return (
        outcome.service, outcome.file, one.severity, one.code, one.name, one.sheet, one.cell or "", one.ref or "",
        one.title or "", one.owner or "", (one.field or "").replace("_", " "), one.before, one.message, one.advice,
        one.after, STATUS_WORDS[one.status], line.first_seen.isoformat() if line.first_seen else "",
        "" if line.quarters is None else str(line.quarters),
    )  # fmt: skip


def write_risks(run: Run, path: Path, trends: Trends | None = None) -> None:
    """Every open risk of every register as a Parquet file (see ``risks_frame``). The same run gives the same bytes."""
    write_risks_table(summarise(run, trends), path)


def write_risks_table(summary: Summary, path: Path) -> None:
    """The same from figures that are worked out already."""
    risks_frame(summary).to_parquet(path, engine="pyarrow", index=False, compression="zstd")


def risks_frame(summary: Summary) -> pd.DataFrame:
    """Every open risk of every register, one a row, in the order of files and sheets, as ``risks.parquet`` has it.

    Text is ``string``; dates are ``datetime64[s]``, naive; figures are ``Float64`` or ``Int64``; NA is not known.
    ``{stage}_likelihood``, ``_impact`` and ``_rating`` are on the register's own scale and ``_band`` is its own word;
    ``_is_red``: the band is the register's top one; ``_step``: the band as the quarter's ladder calls it, the same for
    all registers. ``rating_share``: the current rating as a part of the highest that its register can give, 0 to 1.
    ``is_red``, ``movement`` (``up`` is worse, ``down``, ``same``, ``new``, or NA with nothing to compare with),
    ``previous_rating`` and ``previous_band`` are of the scores that count: residual, else inherent.
    ``red_since``: the first as-of of the quarters in which it has been red without a break, and ``red_quarters`` their
    number, as far as the ledger goes. ``actions`` counts all, ``overdue_actions`` those past their date and not done;
    ``oldest_due`` is the earliest date overdue, ``next_due`` the first on or after the as-of. ``errors``,
    ``warnings`` and ``notes`` count the findings about it that are not waived, ``waived`` the others.
    """
    import pandas as pd

    rows = [_risk_row(summary, line) for line in summary.risks]
    dtypes = {name: "datetime64[s]" if dtype == "date" else dtype for name, dtype in RISK_COLUMNS.items()}
    return pd.DataFrame({
        name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in dtypes.items()
    })  # fmt: skip


def _risk_row(summary: Summary, line: RiskLine) -> dict[str, Any]:
    """One risk, by column; None where a thing is not known, and no empty text."""
    risk, found = line.risk, line.findings
    row: dict[str, Any] = {
        "as_of": summary.as_of, "service": line.service, "file": line.outcome.file, "sheet": risk.sheet,
        "cell": risk.cell, "ref": risk.ref, "title": risk.title, "owner": risk.owner, "category": risk.category,
        "objective": risk.objective, "direction": risk.direction, "status": risk.status, "rating_share": line.share,
        "is_red": line.is_red if line.stage else None, "red_since": line.red_since,
        "red_quarters": line.red_quarters or None, "movement": line.movement,
        "previous_rating": line.before.rating if line.before else None,
        "previous_band": line.before.band if line.before else None, "actions": len(risk.actions),
        "overdue_actions": line.overdue, "oldest_due": line.oldest_due, "next_due": line.next_due,
        "errors": found.errors, "warnings": found.warnings, "notes": found.notes, "waived": found.waived,
    }  # fmt: skip
    for stage in ("inherent", "residual", "target"):
        row.update(_stage_values(summary, line, stage))
    return {name: None if value == "" else value for name, value in row.items()}


def _stage_values(summary: Summary, line: RiskLine, stage: str) -> dict[str, Any]:
    scores, step = line.risk.stages.get(stage), line.steps.get(stage)
    known = scores or StageRecord()
    return {
        f"{stage}_likelihood": known.likelihood, f"{stage}_impact": known.impact, f"{stage}_rating": known.rating,
        f"{stage}_band": known.band, f"{stage}_is_red": known.is_red if scores else None,
        f"{stage}_step": None if step is None else summary.ladder.steps[step].name,
    }  # fmt: skip
