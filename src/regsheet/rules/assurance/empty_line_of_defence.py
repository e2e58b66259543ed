"""AM001: a line of defence that holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.map_items import line_cell, line_name, lines_held


class EmptyLineOfDefence(MapRule):
    """A line of defence has no entry for a risk.

    ## What it does
    Reports, risk by risk, each line of defence that the map has a column for and that holds no item.

    ## Why it matters
    The map exists to show such gaps: where management does not check, where nobody oversees, where nothing
    independent has been seen.

    ## When it is legitimate
    Where the gap is known and accepted: a small risk needs no audit. Write "none needed" and by whom that was agreed.

    ## Correction
    None: what assurance there is must come from those who give it.
    """

    code = "AM001"
    name = "empty-line-of-defence"
    severity = Severity.WARNING
    valid = (
        Example(
            map_rows=({"risk_ref": "R1", "risk_title": "Service failure", "line_1": "• Trained staff",
                       "line_2": "Management board", "line_3": "Internal Audit – Payroll – May 2024"},),
            why="something in every line",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            map_rows=({"risk_ref": "R1", "risk_title": "Service failure", "line_1": "• Trained staff",
                       "line_2": "None", "line_3": None},),
            finds=((0, "line_2"), (0, "line_3")),
            why="a line that says none, and a blank one",
        ),
    )  # fmt: skip

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every line without an item."""
        held = lines_held(assurance_map)
        for risk, lines in held.items():
            for line in assurance_map.lines:
                if line not in lines:
                    name = line_name(assurance_map, line)
                    yield self.finding(
                        assurance_map, risk, line_cell(assurance_map, risk, line), f"line_{line}",
                        f"the line “{name}” holds nothing.", "Enter the assurance there is, or say why none is needed.",
                    )  # fmt: skip
