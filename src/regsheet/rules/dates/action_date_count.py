"""DT008: dates that do not go round the actions."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, listed, texts
from regsheet.rules.words import says_nothing


class ActionDateCount(RegisterRule):
    """The dates of the actions do not match the actions in number.

    ## What it does
    Counts the actions and the dates of a risk, where there is more than one date, and reports a difference. One date
    for all actions is taken as meant for all.

    ## Why it matters
    Nobody can tell which date belongs to which action, so nobody can tell which action is late.

    ## When it is legitimate
    Where an action has stages with a date each. Better to list the stages.

    ## Correction
    None: which date belongs to which action is the owner's knowledge.
    """

    code = "DT008"
    name = "action-date-count"
    severity = Severity.WARNING
    needs = ("actions", "action_date")
    reads = frozenset({"actions", "action_date", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "• One\n• Two", "action_date": "• May 2025\n• June 2025"},
                {"ref": "R2", "title": "B", "actions": "• One\n• Two", "action_date": "June 2025"},
            ),
            why="a date each; and one for both",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "• One\n• Two\n• Three",
                 "action_date": "• May 2025\n• June 2025"},
                {"ref": "R2", "title": "B", "actions": "Sell the depot", "action_date": "• May 2025\n• June 2025"},
            ),
            finds=((0, "action_date"), (1, "action_date")),
            why="three actions with two dates, and one with two",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk whose dates do not go round."""
        rows = zip(texts(register, "actions"), register.periods["action_date"], closed(register), strict=True)
        for index, (text, dates, off) in enumerate(rows):
            if off or len(dates) < 2:
                continue
            actions = [item for item in listed(text) if not says_nothing(item)]
            if actions and len(actions) != len(dates):
                yield self.finding(
                    register, index, "action_date",
                    f"{len(actions)} action{' is' if len(actions) == 1 else 's are'} listed, and {len(dates)} dates.",
                    "Give each action its own date.",
                )  # fmt: skip
