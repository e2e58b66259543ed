"""DT009: an action whose date keeps moving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from regsheet.model.history import PastAction, actions_due, before, risk_title
from regsheet.model.previous import likeness
from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.day_counts import in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.pairing import NO_PREVIOUS, lacks_pairing, pairing_of
from regsheet.rules.risks import actions_are_done, closed, is_worded_as_done
from regsheet.rules.words import says_nothing

FIELD = "action_date"

SAME_ACTION = 80.0
"""From this likeness (0 to 100) on, two texts are one action."""

ENOUGH = 2
"""Slips that a history must show."""

FLOOD = {"ref": "R1", "title": "Flooding of the depot", "actions": "Buy a second pump"}


class SlippedDate(RegisterRule):
    """An action's date keeps being moved later.

    ## What it does
    Follows each open action back through the earlier quarters, by risk and by its words, and reports one of which the
    date was moved later in two quarters or more. Where no more than last quarter is known, one move is reported, since
    nobody can tell whether it was the first.

    ## Why it matters
    A date that is moved each quarter is never overdue, and the target score is never reached.

    ## When it is legitimate
    Where the move was agreed, with a reason. A second one should go to the committee.

    ## Correction
    None: only the owner can say when the action will be done.
    """

    code = "DT009"
    name = "slipped-date"
    severity = Severity.WARNING
    needs = ("actions", FIELD)
    valid = (
        Example(
            rows=({**FLOOD, FIELD: dt.date(2025, 3, 31)},
                  {"ref": "R2", "title": "Strike", "actions": "Hold talks", FIELD: "Jan-25"},
                  {"ref": "R3", "title": "Fraud", "actions": "Train all staff", FIELD: "June 2025"}),
            previous_rows=({**FLOOD, FIELD: "March 2025"},
                           {"ref": "R2", "title": "Strike", "actions": "Hold talks", FIELD: "Feb-25"},
                           {"ref": "R3", "title": "Fraud", "actions": "Renew the whistle-blowing policy",
                            FIELD: "Dec-24"}),
            why="the same date in other words; brought forward; and another action",
        ),
        Example(
            rows=({**FLOOD, FIELD: dt.date(2025, 3, 31)},),
            history={dt.date(2024, 6, 30): ({**FLOOD, FIELD: dt.date(2024, 12, 31)},),
                     dt.date(2024, 9, 30): ({**FLOOD, FIELD: dt.date(2024, 12, 31)},)},
            why="the history shows one move only",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=({**FLOOD, FIELD: dt.date(2025, 3, 31)},),
            previous_rows=({**FLOOD, FIELD: dt.date(2024, 12, 31)},),
            finds=((0, FIELD),),
            why="moved on since last quarter",
        ),
        Example(
            rows=({**FLOOD, FIELD: dt.date(2025, 3, 31)},),
            history={dt.date(2024, 9, 30): ({**FLOOD, FIELD: dt.date(2024, 12, 31)},)},
            finds=((0, FIELD),),
            why="moved on since the only quarter that is known",
        ),
        Example(
            rows=({**FLOOD, FIELD: dt.date(2025, 3, 31)},),
            history={dt.date(2024, 3, 31): ({**FLOOD, FIELD: dt.date(2024, 6, 30)},),
                     dt.date(2024, 6, 30): ({**FLOOD, FIELD: dt.date(2024, 9, 30)},),
                     dt.date(2024, 9, 30): ({**FLOOD, FIELD: dt.date(2024, 12, 31)},)},
            finds=((0, FIELD),),
            why="moved on three times in a year",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be action dates, and earlier quarters or last quarter's workbook."""
        why = super().lacks(register, context)
        if why or context.history is not None:
            return why
        why = lacks_pairing(register, context)
        return "no earlier quarters were given, and " + why if why == NO_PREVIOUS else why

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open action whose date slipped."""
        enough = ENOUGH if len(before(context.history or (), context.as_of)) >= ENOUGH else 1
        rows = zip(closed(register), actions_are_done(register), strict=True)
        for index, (off, done) in enumerate(rows):
            earlier = [] if off or done else _earlier(register, index, context)
            slipped = [slip for action in actions_due(register, index) if (slip := _slip(action, earlier)) is not None
                       and slip.times >= enough] if earlier else []  # fmt: skip
            if slipped:
                yield self._finding(register, index, slipped)

    def _finding(self, register: Register, index: int, slipped: Sequence[_Slip]) -> Finding:
        worst = max(slipped, key=lambda slip: (slip.times, slip.last - slip.first))
        name = f"“{shorten(worst.action, 60)}”"
        if len(slipped) > 1:
            name += f" and {len(slipped) - 1} more"
        times = f"{worst.times} times" if worst.times > 1 else "once"
        message = (f"the date of {name} was moved later {times}, from {in_words(worst.first)} to "
                   f"{in_words(worst.last)}.")  # fmt: skip
        return self.finding(register, index, FIELD, message, "Say what held it up, and whether the new date will hold.")


class _Slip(NamedTuple):
    """An action whose date moved: how often later, from which date to which."""

    action: str
    times: int
    first: dt.date
    last: dt.date


def _slip(action: PastAction, earlier: Sequence[tuple[PastAction, ...]]) -> _Slip | None:
    """How the date of an open action moved; None where it is not later than at first."""
    if says_nothing(action.text) or is_worded_as_done(action.text):
        return None
    dates = _dates(action, earlier)
    if not dates or dates[-1] <= dates[0]:
        return None
    return _Slip(action.text, sum(later > sooner for sooner, later in pairwise(dates)), dates[0], dates[-1])


def _earlier(register: Register, index: int, context: Context) -> list[tuple[PastAction, ...]]:
    """The actions of a risk in each earlier quarter that had it, oldest first."""
    ref, title = register.text(index, "ref"), risk_title(register, index)
    past = [quarter.find(ref, title) for quarter in before(context.history or (), context.as_of)]
    found = [risk.actions for risk in past if risk is not None]
    pairing = pairing_of(register, context)
    if pairing is not None and index in pairing.pairs:
        found.append(actions_due(pairing.then, pairing.pairs[index]))
    return found


def _dates(action: PastAction, earlier: Sequence[tuple[PastAction, ...]]) -> list[dt.date]:
    """The dates that an action had, oldest first, and its own; those that were no date are left out."""
    dates = [past.due for actions in earlier if (past := _same(action, actions)) is not None]
    return [due for due in (*dates, action.due) if due is not None] if action.due is not None else []


def _same(action: PastAction, actions: Sequence[PastAction]) -> PastAction | None:
    """The same action among those of an earlier quarter."""
    best = max(actions, key=lambda past: likeness(action.text, past.text), default=None)
    return best if best is not None and likeness(action.text, best.text) >= SAME_ACTION else None
