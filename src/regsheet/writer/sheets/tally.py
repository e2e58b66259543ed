"""Findings counted: by severity, by rule and by owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from regsheet.rules.findings import Finding, Severity, Status


@dataclass(slots=True)
class Tally:
    """How many findings of each severity one rule or owner has; ``corrected`` (or could be) are among them."""

    key: str
    name: str = ""
    counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    corrected: int = 0
    waived: int = 0

    def add(self, severity: Severity, status: Status, number: int) -> None:
        """Count some findings; waived ones are counted apart."""
        if status == "waived":
            self.waived += number
            return
        self.counts[severity] += number
        if status in ("corrected", "correctable"):
            self.corrected += number

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
    for (severity, status), number in Counter((finding.severity, finding.status) for finding in findings).items():
        tally.add(severity, status, number)
    return tally


def by_rule(findings: Iterable[Finding]) -> list[Tally]:
    """One tally a rule, the worst first."""
    return _grouped((finding.code, finding.name, finding.severity, finding.status) for finding in findings)


def by_owner(findings: Sequence[Finding], nobody: str) -> list[Tally]:
    """One tally an owner, the most findings first; ``nobody`` names those without one."""
    owners = {owner: " ".join((owner or "").split()) or nobody for owner in {finding.owner for finding in findings}}
    tallies = _grouped((owners[finding.owner], "", finding.severity, finding.status) for finding in findings)
    return sorted(tallies, key=lambda tally: (tally.key == nobody, -tally.total, tally.key))


def _grouped(facts: Iterable[tuple[str, str, Severity, Status]]) -> list[Tally]:
    """Tallies of findings by key, name, severity and status: those that are alike in all are counted together."""
    tallies: dict[str, Tally] = {}
    for (key, name, severity, status), number in Counter(facts).items():
        tallies.setdefault(key, Tally(key, name)).add(severity, status, number)
    return sorted((tally for tally in tallies.values() if tally.total), key=lambda tally: tally.order)
