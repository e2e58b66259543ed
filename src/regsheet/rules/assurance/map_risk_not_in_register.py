"""AM006: assurance on a risk that no register holds."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.assurance_map import AssuranceMap
from regsheet.rules.base import Context, Example, MapRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.joining import matches, nearest_in_registers, registers_at_hand, said


class MapRiskNotInRegister(MapRule):
    """A risk on the assurance map is in no register.

    ## What it does
    Looks for each risk of the map in the registers of this workbook and of the others that are checked in the same
    run: by its reference, else by its title. Reports one that is in none of them, with the risk whose title is likest
    and how alike the two are.

    ## Why it matters
    Assurance is given on a risk that nobody scores, owns or reviews. Or the two documents name one risk in two ways,
    and readers cannot tell what has been assured.

    ## When it is legitimate
    Where the map covers more than the register, such as risks of a partner. Check that partner's register with it.

    ## Correction
    None: which of the two documents is right is for their keepers to say.
    """

    code = "AM006"
    name = "map-risk-not-in-register"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=({"ref": "R1", "title": "Failure of service delivery"}, {"ref": "R2", "title": "Fraud"}),
            map_rows=(
                {"risk_ref": "R2", "risk_title": "Fraud and theft", "line_1": "Dual sign-off"},
                {"risk_ref": None, "risk_title": "Service delivery failure", "line_1": "Trained staff"},
            ),
            why="found by its reference, and by a title in other order",
        ),
        Example(
            map_rows=({"risk_ref": "R1", "risk_title": "Fraud", "line_1": "Dual sign-off"},),
            other_rows=({"ref": "R1", "title": "Fraud"},),
            why="in the register of another workbook of the same run",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Failure of service delivery"}, {"ref": "R2", "title": "Fraud"}),
            map_rows=(
                {"risk_ref": "R2", "risk_title": "Fraud", "line_1": "Dual sign-off"},
                {"risk_ref": "R7", "risk_title": "Failure of a supplier", "line_1": "Contract managers"},
            ),
            finds=((1, "risk_title"),),
            why="neither R7 nor anything of that name",
        ),
        Example(
            map_rows=({"risk_ref": "R1", "risk_title": "Flooding of the depot", "line_1": "Flood plan"},),
            other_rows=({"ref": "R1", "title": "Fraud"},),
            finds=((0, "risk_title"),),
            why="the reference belongs to quite another risk",
        ),
    )

    def lacks(self, assurance_map: AssuranceMap, context: Context) -> str | None:
        """There must be a register, here or in another workbook of the run."""
        if any(register.count for register in registers_at_hand(context)):
            return None
        return f"no register was checked together with the map on sheet {assurance_map.sheet_name!r}"

    def check(self, assurance_map: AssuranceMap, context: Context) -> Iterator[Finding]:
        """Every risk of the map that no register holds."""
        registers = registers_at_hand(context)
        found = matches(assurance_map, registers)
        risks = assurance_map.risks
        rows = zip(risks["risk_title"].fillna("").tolist(), risks["cell"].tolist(), strict=True)
        for place, (title, cell) in enumerate(rows):
            if place not in found:
                yield self.finding(
                    assurance_map, place, cell if isinstance(cell, str) else None, "risk_title",
                    f"the risk is not in the register{said(nearest_in_registers(title, registers))}.",
                    "Enter it in the register, or name it here as the register does.", value=title,
                )  # fmt: skip
