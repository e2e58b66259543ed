"""OB001: objectives of a strategy that has run out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regsheet.grid.addresses import address
from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, texts
from regsheet.values.text import one_line

PERIOD = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)\s*(?:-|–|—|/|to|until)\s*((?:19|20)?\d\d)(?![\d/.-])", re.IGNORECASE)

LONGEST = 15
"""Years that a strategy covers at the most; what spans more is no strategy's period."""


class ExpiredObjectivePeriod(RegisterRule):
    """The objectives belong to a strategy whose period has ended.

    ## What it does
    Looks for a period of years ("2019-2024", "2019/24") in the heading of the objectives and in each risk's objective,
    and reports one whose last year had ended by the as-of date.

    ## Why it matters
    Risks are risks to objectives. Against a plan that has run out, nobody can tell whether these are still the right
    risks.

    ## When it is legitimate
    In the months before a new plan is adopted, if the old one was formally extended. Say so in the heading.

    ## Correction
    None: which plan is in force is for the organisation to say.
    """

    code = "OB001"
    name = "expired-objective-period"
    severity = Severity.WARNING
    needs = ("objective",)
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "objective": "Safe homes (Plan 2023-2027)"},),
            headings={"objective": "Corporate Objective 2022-2026"},
            why="both periods are still running",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "objective": "Objective 2024-25 budget"},),
            why="a financial year that ends next March",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "objective": "Safe homes"},),
            headings={"objective": "Corporate Objective 2019-2023"},
            finds=((-1, "objective"),),
            why="the heading's period is over",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "objective": "Safe homes (Housing Strategy 2018/22)"},),
            finds=((0, "objective"),),
            why="the cell's own period is over",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """The heading, and every objective, whose period has ended."""
        yield from self._heading(register, context)
        periods = of_alike(texts(register, "objective"), lambda text: ended_period(text, context))
        for index, (ended, off) in enumerate(zip(periods, closed(register), strict=True)):
            if ended and not off:
                yield self.finding(register, index, "objective",
                                   f"the objective belongs to {ended}, whose last year is over.",
                                   "Link the risk to the plan that is in force now.")  # fmt: skip

    def _heading(self, register: Register, context: Context) -> Iterator[Finding]:
        column = register.table.column("objective")
        first, last = register.table.header_rows
        for row in range(first, last + 1) if column else ():
            text = one_line(register.sheet.value(row, column.index)) if column else ""
            ended = ended_period(text, context)
            if ended and column:
                yield self.table_finding(
                    register, address(row, column.index), "objective",
                    f"the heading “{text}” names {ended}, whose last year is over.",
                    "Link the risks to the plan that is in force now.", value=text,
                )  # fmt: skip


def ended_period(text: str, context: Context) -> str | None:
    """The last period of years in a text, if its last year had ended by the as-of date: ``2019-2024``."""
    found = PERIOD.findall(text)
    if not found:
        return None
    first, last = found[-1]
    end = int(last) if len(last) > 2 else int(first[:2] + last)
    if not 0 <= end - int(first) <= LONGEST:
        return None
    over = context.as_of.year > end
    if end - int(first) == 1:  # a financial year: it ends with March
        over = (context.as_of.year, context.as_of.month) > (end, 3)
    return f"{first}–{last}" if over else None
