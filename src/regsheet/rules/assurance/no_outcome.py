"""AM009: an audit without its opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import INDEPENDENT, map_items

AUDIT = re.compile(
    r"\b(?:audits?|inspections?|reviews?|assessments?|accreditations?|inspect\w*|ofsted|cqc)\b", re.IGNORECASE
)
OUTCOME = re.compile(
    r"\b(?:substantial|reasonable|adequate|moderate|limited|partial|no assurance|unqualified|qualified|satisfactory|"
    r"unsatisfactory|good|outstanding|requires improvement|inadequate|compliant|non-compliant|passed|failed|certified|"
    r"accredited|clean|opinion|[a-g][1-5]|green|amber|red|planned|scheduled|due|forthcoming|to be)\b",
    re.IGNORECASE,
)

BODY = re.compile(r"\b(?:committees?|boards?|panels?|groups?|forums?|teams?)$", re.IGNORECASE)
"""A body that looks at much: an audit committee is no audit."""


def items(*wanted: str) -> tuple[dict[str, str], ...]:
    """A risk with these items in its third line."""
    listed = "\n".join(f"• {text}" for text in wanted)
    return ({"risk_title": "Service failure", "line_1": "Trained staff", "line_3": listed},)


SILENT = items(
    "Internal Audit – Payroll – May 2024 (substantial assurance)", "External audit 2023/24: unqualified opinion",
    "Ofsted inspection March 2024, rated good", "Peer review June 2024: satisfactory",
    "Cyber review – limited – May 2024", "Audit of grants planned for May 2025",
    "ISO 27001 certificate, certified April 2024", "Fire drill report 2024", "Health check passed July 2024",
    "Insurer's report 2024", "Audit 2024 – no assurance", "Accreditation audit 2024, compliant",
    "Regulator's inspection May 2024: C2",
)  # fmt: skip

FOUND = items(
    "Internal Audit – Payroll – August 2022", "Annual External Audit", "HMRC Audit on PAYE", "Housing Benefit Review",
    "Ofsted inspection, March 2024", "Peer review June 2023", "Audit of creditors 2023/24", "Grant audit (May 2024)",
    "Data protection assessment by the regulator 2024", "Inspection by the fire service, 3 May 2024",
    "CQC visit 2024",
)  # fmt: skip


class NoOutcome(MapRule):
    """An audit or review is named without its outcome.

    ## What it does
    Reports an item of the third line of defence that is an audit, an inspection or a review and gives no opinion:
    neither in its words nor in a column of its own. One that is still planned, and a body such as an audit committee,
    are left alone.

    ## Why it matters
    That somebody looked is not yet assurance. What matters is what they found.

    ## When it is legitimate
    Where the report is not out yet. Say when it is due.

    ## Correction
    None: the opinion must come from the report.
    """

    code = "AM009"
    name = "no-outcome"
    severity = Severity.NOTE
    valid = (Example(map_rows=SILENT, why="an opinion, a plan, or no audit"),)
    invalid = (Example(map_rows=FOUND, finds=((0, "line_3"),) * len(FOUND[0]["line_3"].split("\n")),
                       why="who came and when, but not what they found"),)  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every independent audit without an opinion."""
        for item in map_items(assurance_map):
            told = item.opinion or OUTCOME.search(item.text)
            if item.line in INDEPENDENT and AUDIT.search(item.text) and not (told or BODY.search(item.text)):
                yield self.finding(
                    assurance_map, item.risk, item.cell, f"line_{item.line}",
                    f"“{shorten(item.text, 80)}” gives no outcome.", "Add the opinion, such as “reasonable assurance”.",
                    value=item.text,
                )  # fmt: skip
