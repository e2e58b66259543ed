"""Findings counted: by severity, by rule and by owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from regsheet.rules.findings import Finding, Severity


@dataclass(slots=True)
class Tally:
    """How many findings of each severity one rule or owner has; ``corrected`` (or could be) are among them."""

    key: str
    name: str = ""
    counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    corrected: int = 0
    waived: int = 0

    def add(self, finding: Finding) -> None:
        """Count one finding; a waived one is counted apart."""
        if finding.status == "waived":
            self.waived += 1
            return
        self.counts[finding.severity] += 1
        self.corrected += finding.status in ("corrected", "correctable")

    @property
    def total(self) -> int:
        """Findings of any severity, waived ones left out."""
        return sum(self.counts.values())

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts the worst first, then the most numerous."""
        return (*(-self.counts[severity] for severity in Severity), self.key)


def overall(findings: Iterable[Finding]) -> Tally:
    """All findings in one tally."""
    tally = Tally("")
    for finding in findings:
        tally.add(finding)
    return tally


def by_rule(findings: Iterable[Finding]) -> list[Tally]:
    """One tally a rule, the worst first."""
    return _grouped(findings, lambda finding: (finding.code, finding.name))


def by_owner(findings: Iterable[Finding], nobody: str) -> list[Tally]:
    """One tally an owner, the most findings first; ``nobody`` names those without one."""
    tallies = _grouped(findings, lambda finding: (" ".join((finding.owner or "").split()) or nobody, ""))
    return sorted(tallies, key=lambda tally: (tally.key == nobody, -tally.total, tally.key))


def _grouped(findings: Iterable[Finding], key: Callable[[Finding], tuple[str, str]]) -> list[Tally]:
    tallies: dict[str, Tally] = {}
    for finding in findings:
        code, name = key(finding)
        tallies.setdefault(code, Tally(code, name)).add(finding)
    return sorted((tally for tally in tallies.values() if tally.total), key=lambda tally: tally.order)
