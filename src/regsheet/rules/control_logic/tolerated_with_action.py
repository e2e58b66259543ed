"""CL011: a response or a status that the actions contradict."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from regsheet.model.recurring import of_alike
from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.closing_dates import closing_column, closing_dates
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import actions_are_done, actions_to_do, closed, open_actions, texts
from regsheet.rules.words import begins_with, is_one_of, says_nothing

CONTINGENCY = re.compile(r"conting|fall ?-?back|plan b\b", re.IGNORECASE)
"""Plans for the day when the risk comes true: a tolerated risk may well have one."""


class ToleratedWithAction(RegisterRule):
    """The response or the status contradicts the actions.

    ## What it does
    Reports three contradictions: a response "tolerate" or "accept" beside an open action; a status "closed" beside an
    action whose own status says that it is open; and a status that says the risk is open beside a closing date that has
    passed.

    ## Why it matters
    One of the two is out of date. A risk that is closed on paper only is no longer looked at.

    ## When it is legitimate
    Where a tolerated risk keeps an action that belongs to another one. Better to list it there.

    ## Correction
    None: only the owner knows which of the two is right.
    """

    code = "CL011"
    name = "tolerated-with-action"
    severity = Severity.WARNING
    valid = (
        Example(
            rows=(
                {
                    "ref": "R1",
                    "title": "A",
                    "response": "Treat",
                    "actions": "Fit alarms",
                    "status": "Open",
                    "action_status": "In progress",
                },
                {
                    "ref": "R2",
                    "title": "B",
                    "response": "Tolerate",
                    "actions": "None",
                    "status": "Open",
                    "action_status": None,
                },
                {
                    "ref": "R3",
                    "title": "C",
                    "response": "Treat",
                    "actions": "Fit alarms",
                    "status": "Closed",
                    "action_status": "Completed",
                },
                {
                    "ref": "R4",
                    "title": "D",
                    "response": "Tolerate and monitor",
                    "actions": "Monitor monthly",
                    "status": "Open",
                    "action_status": None,
                },
            ),
            why="treated; nothing to do; done; and watched, which tolerating includes",
        ),
    )
    invalid = (
        Example(
            rows=(
                {
                    "ref": "R1",
                    "title": "A",
                    "response": "Tolerate",
                    "actions": "Fit alarms by May",
                    "status": "Open",
                    "action_status": "In progress",
                },
                {
                    "ref": "R2",
                    "title": "B",
                    "response": "Treat",
                    "actions": "Fit alarms",
                    "status": "Closed",
                    "action_status": "Not started",
                },
            ),
            finds=((0, "response"), (1, "status")),
            why="tolerated yet acted upon, and closed yet not begun",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "status": "Active", "closing": dt.date(2024, 5, 1)},),
            headings={"closing": "Closure Date"},
            finds=((0, "status"),),
            why="active, and closed in May",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a response with actions, or a status with something to hold against it."""
        tolerable = register.has("response", "actions")
        closable = register.has("status") and (register.has("action_status") or closing_column(register) is not None)
        if tolerable or closable:
            return None
        return f"sheet {register.sheet_name!r} has no response or status beside its actions"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every contradiction."""
        yield from self._tolerated(register)
        yield from self._closed(register)
        yield from self._closing_date_passed(register, context.as_of)

    def _tolerated(self, register: Register) -> Iterator[Finding]:
        column = register.table.column("actions")
        if column is None or CONTINGENCY.search(column.heading):
            return
        responses = texts(register, "response")
        for index, tolerated in enumerate(of_alike(responses, lambda response: is_one_of(response, "tolerate"))):
            response, actions = responses[index], open_actions(register, index) if tolerated else ()
            if any(not begins_with(action, "watching") for action in actions):
                yield self.finding(
                    register, index, "response", f"the response is “{response}”, but an action is open.",
                    "Change the response, or close the action.",
                )  # fmt: skip

    def _closed(self, register: Register) -> Iterator[Finding]:
        rows = zip(texts(register, "status"), texts(register, "action_status"), texts(register, "actions"),
                   closed(register), actions_are_done(register), strict=True)  # fmt: skip
        for index, (status, action_status, actions, off, done) in enumerate(rows):
            if not off or done or says_nothing(action_status):
                continue
            if actions_to_do(actions) or not register.has("actions"):
                yield self.finding(
                    register, index, "status", f"the status is “{status}”, but the action is “{action_status}”.",
                    "Open the risk again, or mark the action as done.",
                )  # fmt: skip

    def _closing_date_passed(self, register: Register, as_of: dt.date) -> Iterator[Finding]:
        rows = zip(texts(register, "status"), closed(register), closing_dates(register, as_of), strict=True)
        for index, (status, off, date) in enumerate(rows):
            if date and status and not off:
                yield self.finding(
                    register, index, "status",
                    f"the status is “{status}”, but the closing date is {date.day} {date:%B %Y}.",
                    "Close the risk, or take the closing date out.",
                )  # fmt: skip
