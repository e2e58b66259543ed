"""AM005: one item counted in two lines of defence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import Item, line_name, map_items

ALIKE = 88.0
"""Items at least this alike (0 to 100) are taken for the same one."""

SHORTEST = 8
"""Shorter items say too little to be compared by likeness; they must be the same."""


class SameItemTwoLines(MapRule):
    """The same item stands in two lines of defence.

    ## What it does
    Compares the items of one risk across its lines and reports one that is the same, or nearly, as one of an earlier
    line.

    ## Why it matters
    The lines count because they do not depend on each other. An item that is counted twice makes the assurance look
    deeper than it is.

    ## When it is legitimate
    Where two bodies do the same kind of work: name the body in each.

    ## Correction
    None: to which line it belongs depends on who does it.
    """

    code = "AM005"
    name = "same-item-two-lines"
    severity = Severity.WARNING
    valid = (
        Example(
            map_rows=({"risk_title": "Service failure", "line_1": "• Operational risk assessments\n• Staff training",
                       "line_2": "• Policy review\n• Board reports", "line_3": "Internal Audit – Payroll – May 2024"},),
            why="different work in each line",
        ),
        Example(
            map_rows=(
                {"risk_title": "Service failure", "line_1": "Staff training", "line_2": "Board"},
                {"risk_title": "Fraud", "line_1": "Spot checks", "line_2": "Staff training"},
            ),
            why="the same item for two risks",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            map_rows=({"risk_title": "Service failure",
                       "line_1": "• Operational procedures and guidance\n• Staff training",
                       "line_2": "• Guidance and operational procedures\n• Board reports"},),
            finds=((0, "line_2"),),
            why="the same procedures again",
        ),
    )  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every item that an earlier line of the same risk holds already."""
        by_risk: dict[int, list[Item]] = defaultdict(list)
        for item in map_items(assurance_map):
            by_risk[item.risk].append(item)
        for risk, items in by_risk.items():
            ordered = sorted(items, key=lambda item: item.line)
            for place, item in enumerate(ordered):
                twin = next((other for other in ordered[:place] if other.line < item.line and alike(other, item)), None)
                if twin:
                    yield self.finding(
                        assurance_map, risk, item.cell, f"line_{item.line}",
                        f"“{shorten(item.text, 80)}” also stands in the line “{line_name(assurance_map, twin.line)}”"
                        f"{'' if twin.text == item.text else f' as “{shorten(twin.text, 80)}”'}.",
                        "Keep it in the line of whoever does the work.", value=item.text,
                    )  # fmt: skip


def alike(one: Item, other: Item) -> bool:
    """Whether two items are the same piece of work, by their words."""
    first, second = (" ".join(item.text.casefold().split()) for item in (one, other))
    if first == second:
        return True
    if min(len(first), len(second)) < SHORTEST:
        return False
    return fuzz.token_sort_ratio(first, second) >= ALIKE
