"""The page beside a result: a screenful that says what came of the workbook, for people who wait for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, Template

from regsheet.layout.tables import Table
from regsheet.reports.plain import printable
from regsheet.reports.wording import STATUS_WORDS, counted, counts_sentence, long_date, merged_not_run, severity_counts
from regsheet.rules.findings import Finding, Severity
from regsheet.writer.report import Report
from regsheet.writer.sheets.texts import display, one_line

MOST_FINDINGS = 15
"""Findings shown on the page, the worst first; the workbook has them all."""

MOST_OWNERS = 15
MOST_CHANGES = 15
NOBODY = "(no owner)"
KINDS = {"register": "Risk register", "assurance-map": "Assurance map"}
TO_DO = ("open", "correctable", "suggested")


def page_of(report: Report, source: str, result: str, annotated: bool, remarks: Sequence[str]) -> bytes:
    """The page as UTF-8. ``result`` is the workbook's name beside it, ``remarks`` what is to be known of it.

    Everything that comes from the workbook is escaped.
    """
    findings = report.settled.findings
    to_do = sorted((one for one in findings if one.status in TO_DO), key=lambda one: one.severity.rank)
    html = _template().render(
        source=source,
        result=result,
        address=quote(result),
        annotated=annotated,
        remarks=[*report.remarks, *remarks],
        as_of=long_date(report.as_of),
        version=report.version,
        configuration=report.configuration,
        counts=counts_sentence(findings),
        figures=[(counted(number, severity.value).split(" ", 1), severity.value)
                 for severity, number in severity_counts(findings).items()],
        corrected=len(report.settled.changes),
        waived=sum(one.status == "waived" for one in findings),
        findings=[_shown(one) for one in to_do[:MOST_FINDINGS]],
        to_do=len(to_do),
        settled=sum(one.status == "corrected" for one in findings),
        owners=_owners(to_do),
        tables=[_table(table) for table in report.settled.book.layout.tables
                if table.kind in KINDS and not table.secondary],
        scorings=[(register.sheet_name, register.scoring.explanation) for register in report.settled.book.registers],
        changes=[(f"{one.correction.sheet}!{one.correction.cell}", one_line(one.ref or ""), one.correction.basis)
                 for one in report.settled.changes[:MOST_CHANGES]],
        not_run=merged_not_run(report.settled.not_run),
        counted=counted,
    )  # fmt: skip
    return printable(html).encode("utf-8", "replace")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files(__package__).joinpath("page.html.j2").read_text("utf-8"))


def _shown(finding: Finding) -> dict[str, str]:
    title = one_line(finding.title or "")
    return {
        "severity": finding.severity.value,
        "place": f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet,
        "risk": " ".join(word for word in (one_line(finding.ref or ""), title) if word),
        "message": finding.message,
        "advice": finding.advice,
        "status": STATUS_WORDS[finding.status],
    }


def _owners(to_do: Sequence[Finding]) -> list[tuple[str, list[int]]]:
    """Owners with how many errors, warnings and notes are theirs, most errors first; the rest together."""
    counts = Counter((one_line(one.owner or "") or NOBODY, one.severity) for one in to_do)
    names = {owner: [counts[owner, severity] for severity in Severity] for owner, _ in counts}
    rows = sorted(names.items(), key=lambda row: ([-number for number in row[1]], row[0].casefold()))
    if len(rows) <= MOST_OWNERS:
        return rows
    rest = [row[1] for row in rows[MOST_OWNERS:]]
    return [*rows[:MOST_OWNERS], (f"{len(rest)} more", [sum(column) for column in zip(*rest, strict=True)])]


def _table(table: Table) -> str:
    understood = sum(column.field is not None for column in table.columns)
    risks = f": {counted(table.n_risks, 'risk')}" if table.kind == "register" else ""
    where = f"rows {table.first_row} to {table.last_row}" if table.first_row else "no rows filled in"
    columns = f"{understood} of {counted(len(table.columns), 'column')} understood"
    return f"{KINDS[table.kind]} on sheet {display(table.sheet)}, {where}{risks}; {columns}."
