"""DT003: a date that nobody can be held to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.date_columns import dates_read
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import actions_are_done, closed
from regsheet.values.dates import Period, vague_kind

FIELDS = ("action_date", "next_review_date", "review_date")
"""Dates that commit somebody; when a risk was first raised may be known by its year alone."""

VAGUE = frozenset({"vague", "season", "year"})


class VagueDate(RegisterRule):
    """A date names no day, month or quarter.

    ## What it does
    Reports an action or review date such as "Ongoing", "TBC", "Summer 2025" or "2030": words that name no day, month
    or quarter. Finished actions and closed risks are left out.

    ## Why it matters
    Nobody can be held to "ongoing". Such an action is never overdue, and the target that rests on it never due.

    ## When it is legitimate
    For standing practice. Then it is a control rather than an action, and belongs with the controls.

    ## Correction
    None: dates are management's commitment.
    """

    code = "DT003"
    name = "vague-date"
    severity = Severity.WARNING
    reads = frozenset({*FIELDS, "action_status", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": "Sep-24"},
                {"ref": "R2", "title": "B", "actions": "Review contract", "action_date": "Q3 24/25"},
                {"ref": "R3", "title": "C", "actions": "Review contract", "action_date": "Completed"},
                {"ref": "R4", "title": "D", "actions": "Review contract", "action_date": "N/A"},
                {"ref": "R5", "title": "E", "actions": "Review contract", "action_date": dt.date(2025, 3, 31)},
            ),
            why="a month, a quarter, a finished action, nothing, and a day",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": "Ongoing"},
                {"ref": "R2", "title": "B", "actions": "Review contract", "action_date": "TBC"},
                {"ref": "R3", "title": "C", "actions": "Review contract", "action_date": "Summer 2025"},
                {"ref": "R4", "title": "D", "actions": "• One\n• Two", "action_date": "• March 2025\n• Ongoing"},
                {"ref": "R5", "title": "E", "actions": "Review contract", "action_date": 2030},
            ),
            finds=tuple((n, "action_date") for n in range(5)),
            why="nothing that a diary could hold",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be an action or review date."""
        if any(register.has(field) for field in FIELDS):
            return None
        return f"sheet {register.sheet_name!r} has no column for action or review dates"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every vague date."""
        off, done = closed(register), actions_are_done(register)
        for field in FIELDS:
            read = dates_read(register, field).told(vague_ones)
            for index, vague in enumerate(read) if any(read) else ():
                if not vague or off[index] or (done[index] and field == "action_date"):
                    continue
                said = ", ".join(dict.fromkeys(f"“{period.text}”" for period in vague))
                yield self.finding(register, index, field,
                                   f"{register.field_name(field)} {said} names no day, month or quarter.",
                                   "Give a date to hold somebody to.")  # fmt: skip


def vague_ones(periods: Sequence[Period]) -> list[Period]:
    """The periods that hold nobody to a day, month or quarter."""
    return [period for period in periods if is_vague(period)]


def is_vague(period: Period) -> bool:
    """Whether a period holds nobody to a day, month or quarter; ``Completed`` is no commitment at all."""
    return period.precision in VAGUE and vague_kind(period.text) != "done"
