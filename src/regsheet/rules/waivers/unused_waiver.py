"""WV001: a waiver that waives nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.rules.base import Context, Example, WaiverRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.waiving import Judged, has_risk

WAIVER = {"rule": "CL004", "ref": "R1", "reason": "Agreed by the Cabinet", "name": "J. Marsh"}
RED = {"ref": "R1", "title": "Budget gap", "target_likelihood": 4, "target_impact": 5, "target_rating": 20}
AMBER = {**RED, "target_likelihood": 2, "target_rating": 10}


class UnusedWaiver(WaiverRule):
    """A waiver waives nothing.

    ## What it does
    Reports a waiver of regsheet.toml whose rule ran and found nothing that it fits: the risk is in order by now, has
    gone, or the value that was waived has changed. Reports a waiver of a rule that the configuration lets nobody waive,
    too. An answer on the Findings sheet whose finding is gone has done its work, and is not reported.

    ## Why it matters
    A waiver that is left behind silences the next fault of the same kind.

    ## When it is legitimate
    Where the risk is expected back. It is better to waive again then, with the reason of the day.

    ## Correction
    None: take the waiver out of regsheet.toml.
    """

    code = "WV001"
    name = "unused-waiver"
    severity = Severity.WARNING
    valid = (
        Example(rows=(RED,), settings={"waivers": [WAIVER]}, why="the waiver holds for a red target"),
        Example(
            rows=(RED,),
            settings={"waivers": [{**WAIVER, "field": "target_rating", "value": 20}]},
            why="it is bound to the value 20, and that is what the cell says",
        ),
    )
    invalid = (
        Example(rows=(AMBER,), settings={"waivers": [WAIVER]}, finds=((0, ""),), why="the target is amber by now"),
        Example(
            rows=(RED,),
            settings={"waivers": [{**WAIVER, "field": "target_rating", "value": 16}]},
            finds=((0, "target_rating"),),
            why="16 was accepted, and the target is 20 now",
        ),
    )

    def check(self, judged: Sequence[Judged], context: Context) -> Iterator[Finding]:
        """Every waiver without effect."""
        for one in judged:
            waiver = one.waiver
            name = f"{waiver.rule} for {waiver.ref}" if waiver.ref else waiver.rule
            if one.verdict == "unwaivable":
                yield self.problem(one, context, f"{waiver.source} waives {name}, which the configuration lets nobody "
                                   "waive.", "Put the cell right, or have the configuration changed.")  # fmt: skip
            elif one.verdict == "unused" and has_risk(context.book, waiver.ref):
                yield self.problem(one, context, f"{waiver.source} waives {name}, and there is nothing to waive any "
                                   "more.", f"Take the waiver out of {waiver.source}.")  # fmt: skip
            elif one.verdict == "unused":
                yield self.problem(one, context, f"{waiver.source} waives {name}, and no such risk is in the workbook.",
                                   f"Take the waiver out of {waiver.source}, or correct its reference.")  # fmt: skip
