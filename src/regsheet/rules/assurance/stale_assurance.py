"""AM003: independent assurance that has gone stale."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import shorten
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.day_counts import how_long, in_words, months_later
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import INDEPENDENT, map_items


class StaleAssurance(MapRule):
    """An item of independent assurance is too old to rely on.

    ## What it does
    Reports an item of the third line of defence whose date lies further back than the configured months (24).

    ## Why it matters
    An audit speaks of the day it was made. Systems, staff and risks have changed since.

    ## When it is legitimate
    Where nothing has changed and the auditor says so: enter the date of that.

    ## Correction
    None: only new work makes new assurance.
    """

    code = "AM003"
    name = "stale-assurance"
    severity = Severity.WARNING
    valid = (
        Example(
            map_rows=({"risk_title": "Service failure", "line_1": "Training plan 2019",
                       "line_3": "• Internal Audit – Payroll – May 2023\n• Annual external audit"},),
            why="nineteen months old, undated, and an old item of the first line",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            map_rows=({"risk_title": "Service failure", "line_1": "Trained staff",
                       "line_3": "• Internal Audit – Payroll – August 2022\n• Peer review – May 2024"},),
            finds=((0, "line_3"),),
            why="more than two years old",
        ),
    )  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every dated independent item that is too old."""
        months = context.config.limits.assurance_months
        for item in map_items(assurance_map):
            if item.line in INDEPENDENT and item.date and months_later(item.date, months) < context.as_of:
                yield self.finding(
                    assurance_map, item.risk, item.cell, f"line_{item.line}",
                    f"“{shorten(item.text, 80)}” was {how_long(item.date, context.as_of)} old on "
                    f"{in_words(context.as_of)}; the limit is {months} months.",
                    "Ask whether it still holds, and when it will be looked at again.", value=item.text,
                )  # fmt: skip
