"""DT002: an action without a date."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import has_open_actions, nothing_typed, open_actions, typed_at
from regsheet.rules.words import is_undecided
from regsheet.values.dates import dates_in_text


class UndatedAction(RegisterRule):
    """An open action has no date.

    ## What it does
    Reports a risk with an open action whose date cell is blank or a dash. A cell that says "TBC" or "Ongoing" is
    another finding: a vague date.

    ## Why it matters
    Without a date nobody can say whether an action is late, so it never is.

    ## When it is legitimate
    Where the entry describes standing practice. Then it is a control, and belongs with the controls.

    ## Correction
    None: dates are management's commitment.
    """

    code = "DT002"
    name = "undated-action"
    severity = Severity.ERROR
    needs = ("actions", "action_date")
    reads = frozenset({"actions", "action_date", "action_status", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": "March 2025"},
                {"ref": "R2", "title": "B", "actions": "None", "action_date": None},
                {"ref": "R3", "title": "C", "actions": "Appoint a lead", "action_date": "TBC"},
            ),
            why="a date, no action, and a vague date",
        ),
    )
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": None},
                {"ref": "R2", "title": "B", "actions": "Test the plan in May 2025", "action_date": "-"},
            ),
            finds=((0, "action_date"), (1, "action_date")),
            why="a blank, and a dash",
        ),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open action without a date."""
        rows = zip(nothing_typed(register, "action_date"), has_open_actions(register), strict=True)
        for index, (undated, open_action) in enumerate(rows):
            if not undated or not open_action or is_undecided(typed_at(register, index, "action_date")):
                continue
            actions = open_actions(register, index)
            what = "the action has" if len(actions) == 1 else f"the {len(actions)} actions have"
            periods = (dates_in_text(action, context.config.day_first) for action in actions)
            mentioned = [period.text for found in periods for period in found]
            advice = "Agree a date by which it will be done."
            if mentioned:
                advice = f"The action mentions {mentioned[-1]}: put the date that is meant into the date column."
            yield self.finding(register, index, "action_date", f"{what} no date.", advice)
