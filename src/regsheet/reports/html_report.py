"""Findings as one self-contained HTML page that reads and prints well."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment

from regsheet.reports.screen import printable
from regsheet.reports.wording import STATUS_WORDS, by_risk, counts_sentence, long_date, merged_not_run, shown
from regsheet.writer.report import Report


def findings_html(reports: list[tuple[str, Report]]) -> str:
    """A page of every finding, grouped by file and risk. Everything that comes from a workbook is escaped."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("regsheet.reports").joinpath("findings.html.j2").read_text("utf-8"))
    documents = [
        {
            "file": file,
            "report": report,
            "as_of": long_date(report.as_of),
            "counts": counts_sentence(report.settled.findings),
            "groups": [(heading, list(group)) for heading, group in by_risk(report.settled.findings)],
            "not_run": merged_not_run(report.settled.not_run),
            "scoring": [(r.sheet_name, r.scoring.explanation) for r in report.settled.book.registers],
        }
        for file, report in reports
    ]
    return printable(template.render(documents=documents, shown=shown, status=STATUS_WORDS))
