"""The quarter's tables for analysts: findings as CSV, risks as Parquet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regsheet.outcome.records import Run, StageRecord
from regsheet.outcome.trends import Trends
from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import FindingLine
from regsheet.quarter.summary import summarise
from regsheet.reports.csv_report import inert
from regsheet.reports.screen import printable
from regsheet.reports.wording import STATUS_WORDS

if TYPE_CHECKING:
    import pandas as pd

NEEDS_QUOTES = re.compile('[,"\r\n]')

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
    rows = zip(*map(_fields, _finding_columns(summary.findings)), strict=True)
    return "\r\n".join([",".join(FINDING_HEADINGS), *map(",".join, rows), ""])


def _fields(texts: Sequence[str]) -> Iterable[str]:
    """Texts as they stand in a file, printable and no formulas to Excel; each is looked at once."""
    known = {text: quoted(inert(printable(text))) for text in dict.fromkeys(texts)}
    return map(known.__getitem__, texts)


def quoted(text: str) -> str:
    """A field of a CSV file as the ``csv`` module has it."""
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def _finding_columns(lines: Sequence[FindingLine]) -> Iterator[list[str]]:
    """The columns of ``findings.csv``, in the order of ``FINDING_HEADINGS``."""
    found, outcomes = [line.finding for line in lines], [line.outcome for line in lines]
    yield [outcome.service for outcome in outcomes]
    yield [outcome.file for outcome in outcomes]
    yield [one.severity for one in found]
    yield [one.code for one in found]
    yield [one.name for one in found]
    yield [one.sheet for one in found]
    yield [one.cell or "" for one in found]
    yield [one.ref or "" for one in found]
    yield [one.title or "" for one in found]
    yield [one.owner or "" for one in found]
    yield [(one.field or "").replace("_", " ") for one in found]
    yield [one.before for one in found]
    yield [one.message for one in found]
    yield [one.advice for one in found]
    yield [one.after for one in found]
    yield [STATUS_WORDS[one.status] for one in found]
    yield [line.first_seen.isoformat() if line.first_seen else "" for line in lines]
    yield ["" if line.quarters is None else str(line.quarters) for line in lines]


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

    columns = _risk_columns(summary)
    return pd.DataFrame({
        name: pd.Series(columns[name], dtype="datetime64[s]" if dtype == "date" else dtype)
        for name, dtype in RISK_COLUMNS.items()
    })  # fmt: skip


def _risk_columns(summary: Summary) -> dict[str, list[Any]]:
    """The columns by name; None where a thing is not known, and no empty text."""
    lines = summary.risks
    risks, found, before = (
        [line.risk for line in lines],
        [line.findings for line in lines],
        [line.before for line in lines],
    )
    columns: dict[str, list[Any]] = {
        "as_of": [summary.as_of] * len(lines),
        "service": [line.service or None for line in lines],
        "file": [line.outcome.file or None for line in lines],
        **{name: [getattr(risk, name) or None for risk in risks] for name in (
            "sheet", "cell", "ref", "title", "owner", "category", "objective", "direction", "status")},
        "rating_share": [line.share for line in lines],
        "is_red": [line.is_red if line.stage else None for line in lines],
        "red_since": [line.red_since for line in lines],
        "red_quarters": [line.red_quarters or None for line in lines],
        "movement": [line.movement or None for line in lines],
        "previous_rating": [stage.rating if stage else None for stage in before],
        "previous_band": [(stage.band or None) if stage else None for stage in before],
        "actions": [len(risk.actions) for risk in risks],
        "overdue_actions": [line.overdue for line in lines],
        "oldest_due": [line.oldest_due for line in lines],
        "next_due": [line.next_due for line in lines],
        **{name: [getattr(counts, name) for counts in found] for name in ("errors", "warnings", "notes", "waived")},
    }  # fmt: skip
    for stage in ("inherent", "residual", "target"):
        columns.update(_stage_columns(summary, stage))
    return columns


def _stage_columns(summary: Summary, stage: str) -> dict[str, list[Any]]:
    names, none = [step.name for step in summary.ladder.steps], StageRecord()
    scores = [line.risk.stages.get(stage) for line in summary.risks]
    known = [one or none for one in scores]
    steps = [line.steps.get(stage) for line in summary.risks]
    return {
        f"{stage}_likelihood": [one.likelihood for one in known],
        f"{stage}_impact": [one.impact for one in known],
        f"{stage}_rating": [one.rating for one in known],
        f"{stage}_band": [one.band or None for one in known],
        f"{stage}_is_red": [None if one is None else one.is_red for one in scores],
        f"{stage}_step": [None if step is None else names[step] or None for step in steps],
    }
