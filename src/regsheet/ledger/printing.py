"""Several quarters as JSON and CSV."""

from __future__ import annotations

import csv
import io

import msgspec

from regsheet.outcome.trends import Trends
from regsheet.reports.csv_report import inert
from regsheet.reports.screen import printable
from regsheet.version import VERSION

HEADINGS = ("State", "Service", "File", "Severity", "Rule", "Name", "Risk", "Title", "Field", "Owner", "What is wrong",
            "First seen", "Last seen", "Quarters")  # fmt: skip


def trends_json(trends: Trends) -> str:
    """All that the quarters show, as an object with the fields of ``Trends`` and the version of the tool."""
    content = {"version": VERSION, **msgspec.to_builtins(trends)}
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"


def findings_csv(trends: Trends) -> str:
    """Every finding over time, one a row, safe to open in Excel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in trends.findings:
        values = (one.state, one.service, one.file, one.severity, one.code, one.name, one.ref, one.title, one.field,
                  one.owner, one.message, one.first_seen, one.last_seen, one.quarters)  # fmt: skip
        writer.writerow([inert(printable(str(value))) for value in values])
    return out.getvalue()
