"""WV003: a waiver that does not say why, or who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.rules.base import Context, Example, WaiverRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.responses import Response
from regsheet.rules.risks import joined
from regsheet.rules.waiving import Judged
from regsheet.values.text import one_line

WAIVER = {"rule": "CL004", "ref": "R1", "reason": "Agreed by the Cabinet", "name": "J. Marsh"}
RED = {"ref": "R1", "title": "Budget gap", "target_likelihood": 4, "target_impact": 5, "target_rating": 20}
ANSWER = Response("CL004", ref="R1", field="target_rating", response="Disagree", reason="Agreed", name="J. Marsh")


class WaiverWithoutReason(WaiverRule):
    """A waiver has no reason or no name, so it does not hold.

    ## What it does
    Reports a waiver of regsheet.toml, or an answer "Disagree" on the Findings sheet, without a reason or without the
    name of who gave it; and one whose "Until" is not a date. The finding goes on counting.

    ## Why it matters
    A fault that is accepted without a reason and a name is a fault that is hidden.

    ## When it is legitimate
    Never: a line of reason and a name are soon written.

    ## Correction
    None: only whoever accepts the fault knows why.
    """

    code = "WV003"
    name = "waiver-without-reason"
    severity = Severity.ERROR
    valid = (
        Example(rows=(RED,), settings={"waivers": [WAIVER]}, why="it says why and who"),
        Example(rows=(RED,), responses=(ANSWER,), why="and so does this answer on the Findings sheet"),
        Example(rows=(RED,), responses=(Response("CL004", ref="R1", field="target_rating", response="Done"),),
                why="an answer that waives nothing needs no reason"),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(RED,),
            settings={"waivers": [{**WAIVER, "name": " "}]},
            finds=((0, "target_rating"),),
            why="nobody stands for it",
        ),
        Example(
            rows=(RED,),
            responses=(Response("CL004", ref="R1", field="target_rating", response="Disagree", name="J. Marsh"),),
            finds=((0, "target_rating"),),
            why="it does not say why",
        ),
    )

    def check(self, judged: Sequence[Judged], context: Context) -> Iterator[Finding]:
        """Every waiver that lacks something."""
        for one in judged:
            if one.verdict != "incomplete":
                continue
            waiver = one.waiver
            wanting = [what for what, text in (("no reason", waiver.reason), ("no name", waiver.name))
                       if not text.strip()]  # fmt: skip
            if waiver.undated and waiver.response is not None:
                wanting.append(f"no date under “Until” (“{one_line(waiver.response.until)}”)")
            yield self.problem(
                one, context, f"{waiver.rule} is waived for {waiver.ref or 'this'} in {waiver.source} with "
                f"{joined(wanting)}, so the finding still counts.", f"Fill it in, in {waiver.source}.",
            )  # fmt: skip
