"""RF004: a reference that was another risk's last quarter."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.history import risk_title
from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import lacks_field_then, pairing_of


class ReferenceReused(RegisterRule):
    """A reference stands for another risk than last quarter.

    ## What it does
    Compares the register with last quarter's. Reports a reference whose risk had quite another title last quarter,
    and is told in other words besides. A title that was only reworded is the same risk still.

    ## Why it matters
    Minutes, action logs and the assurance map name risks by reference. Given to another risk, it makes them all wrong.

    ## When it is legitimate
    Hardly ever: references cost nothing. Where a whole register was renumbered, say so once and waive.

    ## Correction
    None: only whoever keeps the register knows the next free reference.
    """

    code = "RF004"
    name = "reference-reused"
    severity = Severity.ERROR
    needs = ("ref",)
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "Flooding of the depot and yard"},
                {"ref": "R2", "title": "Industrial action", "cause": "Pay talks fail in the spring round",
                 "consequence": "Bins are not emptied for weeks"},
                {"ref": "R4", "title": "Cyber attack"},
            ),
            previous_rows=(
                {"ref": "R1", "title": "Flooding of depot"},
                {"ref": "R2", "title": "Strikes", "cause": "Pay talks fail in the spring round",
                 "consequence": "Bins are not emptied for weeks"},
                {"ref": "R3", "title": "Loss of grant"},
            ),
            why="reworded; retitled, but told in the same words; and a new reference for a new risk",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "Flooding of the depot"}, {"ref": "R2", "title": "Cyber attack"}),
            previous_rows=({"ref": "R1", "title": "Flooding of the depot"}, {"ref": "R2", "title": "Loss of grant"}),
            finds=((1, "ref"),),
            why="R2 was the loss of a grant",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be references now and last quarter."""
        return super().lacks(register, context) or lacks_field_then(register, context, "ref")

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every reference that was another risk's."""
        pairing = pairing_of(register, context)
        if pairing is None:
            return
        for index, there in sorted(pairing.reused.items()):
            ref, before = pairing.then.text(there, "ref"), shorten(risk_title(pairing.then, there), 60)
            yield self.finding(register, index, "ref", f"the reference {ref} belonged to “{before}” last quarter.",
                               "Give the new risk a reference that was never used.")  # fmt: skip
