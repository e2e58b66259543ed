"""AM007: a risk on which the assurance map is silent."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.joining import maps_at_hand, matches, nearest_on_maps, risk_names, said
from regsheet.rules.risks import closed


class RegisterRiskNotOnMap(RegisterRule):
    """A risk of the register is on no assurance map.

    ## What it does
    Looks for each open risk on the assurance maps of this workbook and of the others that are checked in the same run:
    by its reference, else by its title. Reports one that is on none of them, with the risk whose title is likest and
    how alike the two are.

    ## Why it matters
    Nobody has said who checks that the controls on this risk work. The gap cannot be seen on the map, because the
    risk is not there to show it.

    ## When it is legitimate
    Where the map is for one service or for the gravest risks only. Waive the finding, or leave the rule out.

    ## Correction
    None: what assurance there is must come from those who give it.
    """

    code = "AM007"
    name = "register-risk-not-on-map"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Failure of service delivery", "status": "Open"},
                {"ref": "R2", "title": "Fraud", "status": "Open"},
                {"ref": "R3", "title": "Move of the depot", "status": "Closed"},
            ),
            map_rows=(
                {"risk_ref": "R2", "risk_title": "Fraud and theft", "line_1": "Dual sign-off"},
                {"risk_ref": None, "risk_title": "Service delivery failure", "line_1": "Trained staff"},
            ),
            why="found by reference and by title; closed",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Flooding of the depot"}, {"ref": "R2", "title": "Fraud"}),
            map_rows=({"risk_ref": "R2", "risk_title": "Fraud", "line_1": "Dual sign-off"},),
            finds=((0, "title"),),
            why="no line of the map is about a flood",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a map, here or in another workbook of the run."""
        if any(len(one.risks) for one in maps_at_hand(context)):
            return None
        return "no assurance map was checked in the same run"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk that is on no map."""
        maps = maps_at_hand(context)
        covered = {match.risk for one in maps for match in matches(one, (register,)).values()}
        for index, (name, off) in enumerate(zip(risk_names(register), closed(register), strict=True)):
            if index not in covered and not off:
                yield self.finding(
                    register, index, "title",
                    f"the risk is on no assurance map{said(nearest_on_maps(name, maps))}.",
                    "Enter on the map who gives assurance on it, or that nobody does.",
                )  # fmt: skip
