"""WV002: a waiver that has run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from regsheet.rules.base import Context, Example, WaiverRule
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.responses import Response
from regsheet.rules.waiving import Judged

WAIVER = {"rule": "CL004", "ref": "R1", "reason": "Agreed by the Cabinet", "name": "J. Marsh"}
RED = {"ref": "R1", "title": "Budget gap", "target_likelihood": 4, "target_impact": 5, "target_rating": 20}


class ExpiredWaiver(WaiverRule):
    """A waiver is past its date, so the finding counts again.

    ## What it does
    Reports a waiver of regsheet.toml or an answer on the Findings sheet whose last day lies before the as-of date while
    the finding is still there. A month or a quarter ends with its last day.

    ## Why it matters
    Whoever accepted the fault accepted it until that day.

    ## When it is legitimate
    Never for long: put the cell right, or agree a new date with whoever signed.

    ## Correction
    None: the finding itself counts again, and is corrected if it can be.
    """

    code = "WV002"
    name = "expired-waiver"
    severity = Severity.ERROR
    valid = (
        Example(
            rows=(RED,),
            settings={"waivers": [{**WAIVER, "until": dt.date(2024, 12, 31)}]},
            why="its last day is the as-of date",
        ),
    )
    invalid = (
        Example(
            rows=(RED,),
            settings={"waivers": [{**WAIVER, "until": dt.date(2024, 9, 30)}]},
            finds=((0, "target_rating"),),
            why="it held until September",
        ),
        Example(
            rows=(RED,),
            responses=(Response("CL004", ref="R1", field="target_rating", response="Disagree", reason="Agreed",
                                name="J. Marsh", until="Sep-24"),),
            finds=((0, "target_rating"),),
            why="an answer on the Findings sheet",
        ),
    )  # fmt: skip

    def check(self, judged: Sequence[Judged], context: Context) -> Iterator[Finding]:
        """Every waiver past its date."""
        for one in judged:
            waiver, until = one.waiver, one.waiver.until
            if one.verdict == "expired" and until is not None:
                message = (f"{waiver.name} waived {waiver.rule} for {waiver.ref or 'this'} until "
                           f"{in_words(until)}, so the finding counts again.")  # fmt: skip
                yield self.problem(one, context, message, f"Put the cell right, or renew it in {waiver.source}.")
