"""AM002: a red risk that nobody independent has looked at."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.joining import file_of, matches, registers_at_hand
from regsheet.rules.map_items import INDEPENDENT, line_cell, lines_held
from regsheet.rules.risks import closed, current_stage, in_top_band, settled_scores, shown_score


class NoThirdLineOnRed(MapRule):
    """A risk in the top band has no independent assurance.

    ## What it does
    Finds each risk of the map in the register, by reference or by title, and reports one that is in the worst band
    today and has nothing in the third line of defence (or a fourth). The register may stand in the same workbook or in
    another one that is checked in the same run.

    ## Why it matters
    Where most is at stake, management's own word should not be all there is.

    ## When it is legitimate
    Where an audit is planned: enter it with its date. Where members have decided against one, waive it with the minute.

    ## Correction
    None: assurance must come from those who give it.
    """

    code = "AM002"
    name = "no-third-line-on-red"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Service failure", "residual_likelihood": 4, "residual_impact": 5,
                 "residual_rating": 20},
                {"ref": "R2", "title": "Fraud", "residual_likelihood": 1, "residual_impact": 2, "residual_rating": 2},
            ),
            map_rows=(
                {"risk_ref": "R1", "risk_title": "Service failure", "line_1": "Trained staff",
                 "line_3": "Internal Audit – Payroll – May 2024"},
                {"risk_ref": "R2", "risk_title": "Fraud", "line_1": "Trained staff", "line_3": None},
            ),
            why="the red risk was audited; the other is not red",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "CR7", "title": "Failure of customer service delivery", "residual_likelihood": 4,
                   "residual_impact": 5, "residual_rating": 20},),
            map_rows=({"risk_ref": None, "risk_title": "Customer service delivery failure", "line_1": "Trained staff",
                       "line_3": None},),
            finds=((0, "line_3"),),
            why="red, and joined by its title",
        ),
        Example(
            map_rows=({"risk_ref": "CR7", "risk_title": "Customer service", "line_1": "Trained staff",
                       "line_3": None},),
            other_rows=({"ref": "CR7", "title": "Failure of customer service delivery", "residual_likelihood": 4,
                         "residual_impact": 5, "residual_rating": 20},),
            finds=((0, "line_3"),),
            why="red in the register of another workbook of the same run",
        ),
    )  # fmt: skip

    def lacks(self, assurance_map: AssuranceMap, context: Context) -> str | None:
        """There must be a register with bands, and a risk that is on both."""
        registers = [register for register in registers_at_hand(context) if current_stage(register)]
        if not registers:
            return f"no register was checked together with the map on sheet {assurance_map.sheet_name!r}"
        if all(len(register.scoring.bands) < 2 for register in registers):
            return "the bands of the register are not known, so nothing can be called red"
        if not matches(assurance_map, registers):
            return f"no risk on sheet {assurance_map.sheet_name!r} is in the register"
        return None

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every red risk with nothing independent."""
        held = lines_held(assurance_map)
        registers = [register for register in registers_at_hand(context) if current_stage(register)]
        red = {id(register): in_top_band(register, current_stage(register) or "") for register in registers}
        off = {id(register): closed(register) for register in registers}
        for risk, match in sorted(matches(assurance_map, registers).items()):
            register, index = match.register, match.risk
            if not red[id(register)][index] or off[id(register)][index] or held[risk] & set(INDEPENDENT):
                continue
            top = register.scoring.top_band
            band = top.name if top else "in the top band"
            score = shown_score(settled_scores(register, current_stage(register) or "")[index])
            yield self.finding(
                assurance_map, risk, line_cell(assurance_map, risk, 3), "line_3",
                f"the risk is {band}{score} in the register{file_of(register, context)} (found there by its "
                f"{match.basis}, {match.score:.0f} % alike), and nobody independent has looked at it.",
                "Ask internal audit for a review, or record who decided that none is needed.",
            )  # fmt: skip
