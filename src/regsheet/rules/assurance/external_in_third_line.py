"""AM011: external assurance in the third of four lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import map_items

EXTERNAL = re.compile(
    r"\b(?:external(?:ly)?\s+\w*\s*(?:audit\w*|review\w*|inspect\w*|assess\w*)|external|ofsted|cqc|hmrc|dwp|hse|ico|"
    r"ombudsman|regulators?|inspectorate|national\s+audit\s+office|audit\s+wales|audit\s+scotland|estyn|"
    r"peer\s+(?:review|challenge)|accreditation\s+body|iso\s+\d+)\b",
    re.IGNORECASE,
)
INTERNAL = re.compile(r"\binternal\s+audit\b", re.IGNORECASE)

FOUR = {"assurance": {"lines": 4}}


def items(*wanted: str) -> tuple[dict[str, str], ...]:
    """A risk with these items in its third line."""
    listed = "\n".join(f"• {text}" for text in wanted)
    return ({"risk_title": "Service failure", "line_1": "Trained staff", "line_3": listed},)


SILENT = items(
    "Internal Audit – Payroll – May 2024", "Internal audit of external contracts", "Audit committee",
    "Counter-fraud team", "Internal Audit follow-up 2024", "Data protection officer's review",
    "Head of internal audit's opinion", "Risk-based audits by the audit partnership", "Internal audit: HMRC returns",
    "Independent project review by the PMO",
)  # fmt: skip

FOUND = items(
    "External audit 2023/24", "HMRC audit on PAYE", "Ofsted inspection March 2024", "CQC inspection",
    "Annual External Audit", "Ombudsman's annual letter", "DWP subsidy audit", "Peer review by another council",
    "ICO audit 2024", "HSE visit May 2024", "Regulator's report 2024",
)  # fmt: skip


class ExternalInThirdLine(MapRule):
    """External assurance stands in the third line, though the model has a fourth.

    ## What it does
    Where regsheet.toml says that the organisation uses four lines of defence, it reports external auditors, regulators
    and inspectorates in the third.

    ## Why it matters
    Internal audit answers to the organisation, a regulator does not. A map that mixes them hides a missing internal
    audit.

    ## When it is legitimate
    Under a model of three lines, where the rule does not run.

    ## Correction
    None: where an item belongs depends on who does it.
    """

    code = "AM011"
    name = "external-in-third-line"
    severity = Severity.NOTE
    valid = (Example(map_rows=SILENT, settings=FOUR, why="internal, if independent"),)
    invalid = (Example(map_rows=FOUND, settings=FOUR, finds=((0, "line_3"),) * len(FOUND[0]["line_3"].split("\n")),
                       why="people from outside"),)  # fmt: skip

    def lacks(self, assurance_map: AssuranceMap, context: Context) -> str | None:
        """The organisation's model must have a fourth line."""
        return None if context.config.assurance.lines > 3 else "the configured model of assurance has three lines"

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every external item in the third line."""
        for item in map_items(assurance_map):
            if item.line == 3 and EXTERNAL.search(item.text) and not INTERNAL.search(item.text):
                yield self.finding(
                    assurance_map, item.risk, item.cell, "line_3", f"“{shorten(item.text, 80)}” comes from outside.",
                    "Move it to the fourth line.", value=item.text,
                )  # fmt: skip
