"""CL009: a risk that stays red."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regsheet.model.history import Quarter, before, risk_title
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, current_stage, in_top_band
from regsheet.rules.table_places import heading_cell

RED = {"ref": "R1", "title": "Budget gap", "residual_likelihood": 4, "residual_impact": 5, "residual_rating": 20}
AMBER = {**RED, "residual_likelihood": 2, "residual_rating": 10}
QUARTERS = (dt.date(2023, 12, 31), dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30))


class LongRed(RegisterRule):
    """A risk has been in the top band for too many quarters.

    ## What it does
    Follows each open risk that is in the top band now back through the earlier quarters, by reference and title, and
    reports one that has been there without a break for the configured number of quarters (four, unless regsheet.toml
    says otherwise), this one included.

    ## Why it matters
    A risk that stays red for a year is either not being managed, or accepted without anybody saying so.

    ## When it is legitimate
    Where the council can do no more and has said so. Record the acceptance, and waive until the next yearly review.

    ## Correction
    None: what to do about the risk is management's decision.
    """

    code = "CL009"
    name = "long-red"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=(RED,),
            history={day: ((AMBER if day == QUARTERS[2] else RED),) for day in QUARTERS},
            why="amber for a quarter in between",
        ),
    )
    invalid = (
        Example(
            rows=(RED,),
            history=dict.fromkeys(QUARTERS[1:], (RED,)),
            finds=((0, "residual_rating"),),
            why="red in each of four quarters",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be ratings with bands, and as many quarters as the rule counts."""
        if context.history is None:
            return "no history of earlier quarters was given"
        if current_stage(register) is None or len(register.scoring.bands) < 2:
            return f"sheet {register.sheet_name!r} has no ratings in bands"
        known, wanted = len(before(context.history, context.as_of)) + 1, context.config.limits.long_red_quarters
        if known < wanted:
            return f"the history holds {known} quarters with this one, and the rule counts {wanted}"
        return None

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk that has long been in the top band."""
        stage = current_stage(register)
        if stage is None:
            return
        quarters = before(context.history or (), context.as_of)
        rows = zip(in_top_band(register, stage), closed(register), strict=True)
        for index, (red, off) in enumerate(rows):
            since = _red_since(register, index, quarters) if red and not off else []
            if red and not off and len(since) + 1 >= context.config.limits.long_red_quarters:
                top = register.scoring.top_band
                band = top.name.lower() if top else "red"
                _, field = heading_cell(register, f"{stage}_rating", f"{stage}_band", f"{stage}_likelihood")
                first = f"since {since[-1].name} at the latest" if len(since) == len(quarters) else (
                    f"since {since[-1].name}" if since else "now")  # fmt: skip
                yield self.finding(
                    register, index, field or "title", f"{band} for {len(since) + 1} quarters, {first}.",
                    "Decide what else can be done, or record that the risk is accepted.",
                )  # fmt: skip


def _red_since(register: Register, index: int, quarters: tuple[Quarter, ...]) -> list[Quarter]:
    """The quarters before this one, latest first, in which the risk was in the top band without a break."""
    found: list[Quarter] = []
    for quarter in reversed(quarters):
        past = quarter.find(register.text(index, "ref"), risk_title(register, index))
        if past is None or not past.is_red:
            break
        found.append(quarter)
    return found
