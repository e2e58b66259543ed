"""AM008: assurance that comes from one side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import line_cell, line_name, map_items

FEWEST = 5
"""Items that a risk must have for their spread to mean anything."""


class OneLineDominates(MapRule):
    """Nearly all of a risk's assurance stands in one line of defence.

    ## What it does
    Counts the items of each risk by line and reports a line that holds more than the configured share (80 %).

    ## Why it matters
    A long first line and nothing after it means that management vouches for itself.

    ## When it is legitimate
    For a small risk that needs no more.

    ## Correction
    None: what assurance there is must come from those who give it.
    """

    code = "AM008"
    name = "one-line-dominates"
    severity = Severity.NOTE
    valid = (
        Example(
            map_rows=({"risk_title": "Flood", "line_1": "• A plan\n• A drill\n• A log",
                       "line_2": "• A board\n• A forum", "line_3": "Audit, May 2024"},),
            why="half of it in the first line",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            map_rows=({"risk_title": "Flood", "line_1": "• A plan\n• A drill\n• A log\n• A rota\n• A list\n• A check",
                       "line_2": "• A board", "line_3": None},),
            finds=((0, "line_1"),),
            why="six of seven",
        ),
    )  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every risk with a line that holds nearly everything."""
        lines: dict[int, Counter[int]] = defaultdict(Counter)
        for item in map_items(assurance_map):
            lines[item.risk][item.line] += 1
        for risk, counts in lines.items():
            line, count = counts.most_common(1)[0]
            total = counts.total()
            if total >= FEWEST and count > context.config.limits.line_share * total and len(assurance_map.lines) > 1:
                yield self.finding(
                    assurance_map, risk, line_cell(assurance_map, risk, line), f"line_{line}",
                    f"{count} of {total} items stand in the line “{line_name(assurance_map, line)}”.",
                    "Ask what oversight and independent review there is.",
                )  # fmt: skip
