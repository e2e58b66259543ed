"""TX008: an action that is finished and still listed as open."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.done_wording import is_finished, may_be_finished
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import actions_are_done, closed, listed, quoted, texts


def phrases(*wanted: str) -> tuple[dict[str, str], ...]:
    """A row for each phrase, as actions."""
    return tuple({"ref": f"R{number}", "title": f"Risk {number}", "actions": phrase}
                 for number, phrase in enumerate(wanted, start=1))  # fmt: skip


SILENT = phrases(
    "Review to be completed by May 2025", "Ensure that checks are carried out weekly", "Publish the adopted plan",
    "Present the strategy once it has been approved", "Training 50% complete", "Not completed: lack of staff",
    "Recruit until all posts have been filled", "Phase 1 was completed in May 2024; phase 2 to follow",
    "Policy to be approved in January 2025", "Awaiting the signed contract",
    "Chase actions that have not been implemented",
    "Complete the asset list", "Meetings held monthly", "Deliver the agreed savings",
)  # fmt: skip

FOUND = phrases(
    "Completed: new alarm system", "New strategy to be shown to members - presented 16/7/24 at full council",
    "Contract signed March 2024", "Second supplier has been appointed", "Staff handbook – done", "Done - May 2024",
    "Policy was approved by cabinet", "Review of stock (completed)", "Firewall installed 3 June 2024",
    "Training has now been delivered to all teams", "Recovery plan has been rolled out", "Implemented in April 2024",
)  # fmt: skip


class DoneActionStillOpen(RegisterRule):
    """An action is worded as finished and still listed as open.

    ## What it does
    Looks for actions that report their own end ("completed", "has been appointed", "presented 16/7/24") while neither
    the action's status nor its date says that it is done.

    ## Why it matters
    Finished work belongs with the controls, where it counts towards today's score. Left among the actions it hides that
    nothing further is planned.

    ## When it is legitimate
    Where finished stages are kept beside those still to come. Mark the finished ones as done.

    ## Correction
    None: whether the action is finished is the owner's knowledge.
    """

    code = "TX008"
    name = "done-action-still-open"
    severity = Severity.WARNING
    needs = ("actions",)
    reads = frozenset({"actions", "action_status", "action_date", "status"})
    valid = (
        Example(rows=SILENT, why="still to do, or only in part done"),
        Example(
            rows=({"ref": "R1", "title": "A", "actions": "Alarm has been installed", "action_status": "Complete"},),
            why="its status says that it is done",
        ),
    )
    invalid = (
        Example(rows=FOUND, finds=tuple((n, "actions") for n in range(len(FOUND))), why="finished by its words"),
    )

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every risk with an action that is worded as finished."""
        column, off, done = texts(register, "actions"), closed(register), actions_are_done(register)
        for index in may_be_finished(column):
            if off[index] or done[index]:
                continue
            finished = [item for item in listed(column[index])
                        if is_finished(item, context.as_of, context.config.day_first)]  # fmt: skip
            if finished:
                yield self.finding(register, index, "actions", f"{quoted(finished)} worded as finished.",
                                   "Move it to the controls, or mark it as done.")  # fmt: skip
