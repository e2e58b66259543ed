"""DT001: an action whose date has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.date_columns import dates_read, misread
from regsheet.rules.day_counts import how_long, in_words, period_in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import actions_are_done, closed, is_worded_as_done, listed, texts
from regsheet.rules.words import says_nothing
from regsheet.values.dates import Period


class OverdueAction(RegisterRule):
    """An action's date has passed and the action is still open.

    ## What it does
    Compares the action date with the as-of date. A month or a quarter has passed when its last day has. Where a cell
    lists as many dates as there are actions, each action has its own date; otherwise any passed date counts. An action
    is open unless its status or its own words say that it is done. Closed risks are left out, and so is a date that
    Excel may have read the wrong way round, where the day that was probably meant has not passed.

    ## Why it matters
    The target score rests on actions that were meant to be finished. Overdue ones mean that the risk is higher than
    the register promises.

    ## When it is legitimate
    Hardly ever: mark the action as done, or agree a new date and say why.

    ## Correction
    None: only the owner knows whether the action is done.
    """

    code = "DT001"
    name = "overdue-action"
    severity = Severity.ERROR
    needs = ("action_date",)
    reads = frozenset({"action_date", "actions", "action_status", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": "Dec-24", "status": "Open"},
                {"ref": "R2", "title": "B", "actions": "Test the plan - completed", "action_date": "June 2024",
                 "status": "Open"},
                {"ref": "R3", "title": "C", "actions": "Train staff", "action_date": "May 2024", "status": "Closed"},
                {"ref": "R4", "title": "D", "actions": "• Done: draft policy\n• Publish policy",
                 "action_date": "• May 2024\n• May 2025", "status": "Open"},
            ),
            why="December is not over until its last day; done, closed, and each date with its own action",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "actions": "Review contract", "action_date": dt.date(2024, 9, 30)},
                {"ref": "R2", "title": "B", "actions": "• Draft policy\n• Publish policy",
                 "action_date": "• July 2024\n• July 2025"},
                {"ref": "R3", "title": "C", "actions": "Train staff", "action_date": "Q1 2024"},
            ),
            finds=((0, "action_date"), (1, "action_date"), (2, "action_date")),
            why="a day, a month and a quarter that are over",
        ),
    )  # fmt: skip

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open action whose date has passed."""
        read = dates_read(register, "action_date")
        over = read.told(lambda periods: any(period.is_over(context.as_of) for period in periods))
        if not any(over):
            return
        rows = zip(read.each(), over, texts(register, "actions"), closed(register), actions_are_done(register),
                   misread(register, "action_date"), strict=True)  # fmt: skip
        for index, (periods, any_over, actions, off, done, other) in enumerate(rows):
            if not any_over or off or done or (other is not None and other >= context.as_of):
                continue
            late = [period for period in open_periods(periods, actions) if period.is_over(context.as_of)]
            if late:
                yield self._finding(register, index, late, other, context.as_of)

    def _finding(self, register: Register, index: int, late: Sequence[Period], other: dt.date | None,
                 as_of: dt.date) -> Finding:  # fmt: skip
        oldest = min(period.end for period in late if period.end is not None)
        dates = ", ".join(dict.fromkeys(period_in_words(period) for period in late))
        since = f"{how_long(oldest, as_of)} before {in_words(as_of)}"
        message = f"the action was due {dates}, {since}, and is not marked as done."
        advice = "Mark it as done, or agree a new date."
        if other is not None:
            message = (
                f"the action was due {dates} or, if Excel took the parts of the date in another order, "
                f"{in_words(other)}; both are before {in_words(as_of)}, and it is not marked as done."
            )
        elif len(late) > 1:
            message = f"actions were due {dates}, the oldest {since}, and are not marked as done."
            advice = "Mark them as done, or agree new dates."
        return self.finding(register, index, "action_date", message, advice)


def open_periods(periods: Sequence[Period], actions: str) -> list[Period]:
    """The periods that belong to actions which are still open."""
    given = [item for item in listed(actions) if not says_nothing(item)]
    if len(given) == len(periods):
        return [period for item, period in zip(given, periods, strict=True) if not is_worded_as_done(item)]
    if given and all(is_worded_as_done(item) for item in given):
        return []
    return list(periods)
