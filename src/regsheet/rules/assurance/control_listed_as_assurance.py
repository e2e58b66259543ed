"""AM010: a control among the assurance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import map_items

CONTROL = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|guidance|documentation|handbooks?|manuals?|codes?\s+of\s+(?:conduct|practice)|"
    r"strateg(?:y|ies)|protocols?|regulations|training|insurance|firewalls?|passwords?|software|standing\s+orders|"
    r"scheme\s+of\s+delegation|templates?|toolkits?|trained\s+staff)\b",
    re.IGNORECASE,
)
CHECKING = re.compile(
    r"\b(?:review\w*|audit\w*|monitor\w*|test\w*|check\w*|report\w*|inspect\w*|board|committee|group|panel|forum|team|"
    r"scrutin\w+|oversight|assess\w*|survey\w*|compliance|sign[- ]?off|approv\w*|update\w*|challenge\w*|assurance|"
    r"evaluat\w+|returns?|statistics|kpis?|dashboards?|officers?|managers?|meetings?|feedback|certificat\w+|accredit\w*)\b",
    re.IGNORECASE,
)


def items(*wanted: str) -> tuple[dict[str, str], ...]:
    """A risk with these items in its second line."""
    listed = "\n".join(f"• {text}" for text in wanted)
    return ({"risk_title": "Service failure", "line_1": "Operational procedures", "line_2": listed},)


SILENT = items(
    "Policy review board", "Monitoring of training records", "Procedures tested yearly", "Strategy board",
    "Assurance team", "Compliance checks against the code of conduct", "Finance committee",
    "Reports on insurance claims", "Health and safety group", "Policy officers' spot checks", "Audit of passwords",
    "Training evaluation",
)  # fmt: skip

FOUND = items(
    "Policy documentation", "Operational procedures", "Guidance for staff", "Code of conduct", "Training",
    "Staff handbook", "Insurance", "Data protection policy", "Financial regulations",
    "Firewall and password software", "Standing orders", "Communications strategy",
)  # fmt: skip


class ControlListedAsAssurance(MapRule):
    """A control is listed as if it were assurance.

    ## What it does
    Reports an item of the second or third line of defence that names a policy, a procedure, training or the like and
    nobody who checks it. The first line, where management's own controls stand, is left alone.

    ## Why it matters
    A policy does not tell anybody whether it is followed. Counting it as assurance hides that nobody has looked.

    ## When it is legitimate
    Where the item is short for the check: write the check.

    ## Correction
    None: who checks what must come from those who do.
    """

    code = "AM010"
    name = "control-listed-as-assurance"
    severity = Severity.NOTE
    valid = (Example(map_rows=SILENT, why="somebody checks"),)
    invalid = (Example(map_rows=FOUND, finds=((0, "line_2"),) * len(FOUND[0]["line_2"].split("\n")),
                       why="something that should be checked"),)  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every control in the second line or beyond."""
        for item in map_items(assurance_map):
            if item.line > 1 and CONTROL.search(item.text) and not CHECKING.search(item.text):
                yield self.finding(
                    assurance_map, item.risk, item.cell, f"line_{item.line}",
                    f"“{shorten(item.text, 80)}” is a control; nobody is named who checks it.",
                    "Name who checks that it works, or move it to the first line.", value=item.text,
                )  # fmt: skip
