"""Findings filtered as the address says: by owner, severity, rule, risk, workbook and status, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from regsheet.web.work.results import FindingShown

PAGE = 200
NOBODY = "(no owner)"
SEVERITIES = ("error", "warning", "note")

KEYS: dict[str, Callable[[FindingShown], str]] = {
    "owner": lambda finding: finding.owner or NOBODY,
    "severity": lambda finding: finding.severity,
    "rule": lambda finding: finding.code,
    "risk": lambda finding: finding.risk,
    "status": lambda finding: finding.status,
    "file": lambda finding: str(finding.book),
}
"""What can be filtered by, and its value in a finding."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen: how it stands in the address, how it is shown, how many findings have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The findings that an address asks for. ``chosen`` has the filters in use; ``page`` counts from 1."""

    findings: tuple[FindingShown, ...]
    chosen: dict[str, str]
    page: int
    matching: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.matching // PAGE), 1)

    def query(self, page: int) -> str:
        """The address of another page of the same selection."""
        return urlencode({**self.chosen, "page": page})


def select(findings: Sequence[FindingShown], query: Mapping[str, str]) -> Selection:
    """Filter; an unknown value finds nothing, an unknown filter does nothing."""
    chosen = {key: query[key] for key in KEYS if query.get(key)}
    found = [one for one in findings if all(KEYS[key](one) == value for key, value in chosen.items())]
    asked = query.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    page = min(max(number, 1), max(-(-len(found) // PAGE), 1))
    shown = tuple(found[(page - 1) * PAGE : page * PAGE])
    return Selection(shown, chosen, page, len(found), len(findings))


def choices(findings: Sequence[FindingShown], key: str, chosen: str = "") -> list[Choice]:
    """The values that can be chosen for a filter, with how many findings each has."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for finding in findings:
        value = KEYS[key](finding)
        counts[value] = counts.get(value, 0) + 1
        labels.setdefault(value, _label(finding, key, value))
    if chosen and chosen not in counts:
        counts[chosen], labels[chosen] = 0, chosen
    values = SEVERITIES if key == "severity" else sorted(counts, key=lambda value: (value == NOBODY, _natural(value)))
    return [Choice(value, labels[value], counts[value]) for value in values if value in counts]


def _label(finding: FindingShown, key: str, value: str) -> str:
    if key == "rule":
        return f"{finding.code} {finding.name}"
    if key == "risk" and finding.ref and finding.title:
        title = finding.title if len(finding.title) <= 50 else finding.title[:49].rstrip() + "…"
        return f"{finding.ref} {title}"
    if key == "severity":
        return value.capitalize()
    return finding.status_words if key == "status" else value


def _natural(value: str) -> list[tuple[int, int, str]]:
    """Sorts SR2 before SR10."""
    parts: list[tuple[int, int, str]] = []
    number = ""
    for character in value.casefold() + "\0":
        if character.isascii() and character.isdigit() and len(number) < 15:
            number += character
            continue
        if number:
            parts.append((0, int(number), ""))
            number = ""
        parts.append((1, 0, character))
    return parts
