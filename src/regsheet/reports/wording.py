"""Words and figures that every view shares."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from regsheet.grid.cells import Value
from regsheet.rules.findings import Finding, NotRun, Severity

STATUS_WORDS = {
    "open": "open",
    "corrected": "corrected",
    "correctable": "will be corrected",
    "suggested": "suggestion",
    "waived": "waived",
}


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 error``, ``3 errors``."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def severity_counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def counts_sentence(findings: Iterable[Finding]) -> str:
    """``3 errors, 1 warning, no notes``."""
    return ", ".join(
        counted(number, severity.value) if number else f"no {severity.value}s"
        for severity, number in severity_counts(findings).items()
    )


def by_risk(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Findings grouped by the risk they are about, in reading order; the heading names reference, title and owner."""
    for (sheet, ref, title, owner), group in groupby(findings, key=lambda f: (f.sheet, f.ref, f.title, f.owner)):
        yield " · ".join(_one_line(word) for word in (ref, title, owner) if word) or f"Sheet {sheet}", list(group)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def merged_not_run(not_run: Iterable[NotRun]) -> list[tuple[str, list[str]]]:
    """Reasons, each with the codes of the rules that could not run because of it."""
    reasons: dict[str, list[str]] = {}
    for item in not_run:
        reasons.setdefault(item.why, []).append(item.code)
    return list(reasons.items())


def long_date(day: dt.date) -> str:
    """``31 December 2024``."""
    return f"{day.day} {day:%B %Y}"


def shown(value: Value) -> str:
    """A value as a person would type it: dates as 31 December 2024, whole numbers without a point, blank as blank."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return long_date(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def plain_value(value: Value) -> str | int | float | bool | None:
    """A value for JSON: dates and times in ISO form."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat()
    return value
