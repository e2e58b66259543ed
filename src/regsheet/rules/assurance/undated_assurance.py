"""AM004: independent assurance of nobody knows when."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import INDEPENDENT, map_items


class UndatedAssurance(MapRule):
    """An item of independent assurance has no date.

    ## What it does
    Reports an item of the third line of defence that names no date: neither in its words nor in a date column.

    ## Why it matters
    "Annual audit" says that somebody comes, not that somebody came. Without a date nobody can tell whether it is still
    worth anything.

    ## When it is legitimate
    For work that is planned but not yet dated. Say that it is planned.

    ## Correction
    None: the date must come from the report itself.
    """

    code = "AM004"
    name = "undated-assurance"
    severity = Severity.WARNING
    valid = (
        Example(
            map_rows=({"risk_title": "Service failure", "line_1": "Trained staff", "line_2": "Management board",
                       "line_3": "• Internal Audit – Payroll – August 2024\n• External audit 2023/24"},),
            why="a month and a year of account; the other lines need no date",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            map_rows=({"risk_title": "Service failure", "line_1": "Trained staff",
                       "line_3": "• Annual external audit\n• Internal Audit – Payroll – May 2024"},),
            finds=((0, "line_3"),),
            why="every year, but when?",
        ),
    )  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every independent item without a date."""
        for item in map_items(assurance_map):
            if item.line in INDEPENDENT and item.date is None:
                yield self.finding(
                    assurance_map, item.risk, item.cell, f"line_{item.line}",
                    f"“{shorten(item.text, 80)}” has no date.", "Enter the date of its last report.", value=item.text,
                )  # fmt: skip
