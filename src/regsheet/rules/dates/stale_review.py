"""DT006: a risk that has not been looked at for too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import and_

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.closing_dates import closing_column, closing_dates
from regsheet.rules.day_counts import how_long, in_words, months_later, period_in_words
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, nothing_typed
from regsheet.values.dates import Period


class StaleReview(RegisterRule):
    """The review date is missing, or longer ago than the review cycle.

    ## What it does
    Reports an open risk whose review date is blank or lies further back than the review cycle (three months, unless
    regsheet.toml says otherwise). Where the sheet also gives the next review, a risk whose next review lies ahead is
    in order, and one whose next review has passed is reported.

    ## Why it matters
    A score that nobody has looked at for half a year is history. Members rely on it as if it were today's.

    ## When it is legitimate
    For minor risks that policy has reviewed less often: set the cycle in regsheet.toml, or give the next review date.

    ## Correction
    None: only a review makes a review date.
    """

    code = "DT006"
    name = "stale-review"
    severity = Severity.ERROR
    reads = frozenset({"review_date", "next_review_date", "status"})
    valid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "review_date": dt.date(2024, 11, 20), "status": "Open"},
                {"ref": "R2", "title": "B", "review_date": dt.date(2023, 11, 20), "status": "Closed"},
                {"ref": "R3", "title": "C", "review_date": "Quarterly", "status": "Open"},
            ),
            why="reviewed last month; closed; and a vague date, which is another finding",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": dt.date(2024, 5, 1),
                   "next_review_date": dt.date(2025, 5, 1)},),
            why="a yearly review whose next date lies ahead",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": "Mar-24"},),
            settings={"limits": {"review_cycle_months": 12}},
            why="the configuration allows a year",
        ),
    )  # fmt: skip
    invalid = (
        Example(
            rows=(
                {"ref": "R1", "title": "A", "review_date": None},
                {"ref": "R2", "title": "B", "review_date": "May-24"},
            ),
            finds=((0, "review_date"), (1, "review_date")),
            why="never, and seven months ago",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": dt.date(2024, 11, 1),
                   "next_review_date": dt.date(2024, 12, 1)},),
            finds=((0, "next_review_date"),),
            why="the next review did not take place",
        ),
    )  # fmt: skip

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be a review date of some kind."""
        if register.has("review_date") or register.has("next_review_date"):
            return None
        return f"sheet {register.sheet_name!r} has no column for the review date"

    def fields_read(self, register: Register) -> frozenset[str]:
        """A column that says when a risk was closed is no field."""
        return self.reads if closing_column(register) is None else frozenset()

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every open risk whose review is missing or too old."""
        nothing: tuple[tuple[Period, ...], ...] = ((),) * register.count
        last = register.periods.get("review_date", nothing)
        following = register.periods.get("next_review_date", nothing)
        blank = list(map(and_, nothing_typed(register, "review_date"), nothing_typed(register, "next_review_date")))
        over = closing_dates(register, context.as_of)
        dates = list(zip(map(id, last), map(id, following), strict=True))  # equal cells share their reading
        said: dict[tuple[int, int], tuple[str, str] | None] = {}
        for index, off in enumerate(closed(register)):
            if off or over[index]:
                continue
            if blank[index]:
                field = "review_date" if register.has("review_date") else "next_review_date"
                yield self.finding(register, index, field, f"{register.field_name(field)} is blank.",
                                   "Review the risk and enter the date.")  # fmt: skip
                continue
            found = dates[index]
            if found not in said:
                said[found] = stale(latest(last[index]), latest(following[index]), context)
            told = said[found]
            if told is not None:
                yield self.finding(register, index, *told, "Review the risk and enter the date.")


def stale(last: Period | None, following: Period | None, context: Context) -> tuple[str, str] | None:
    """The field that shows that a review is due, and how to say so; None where none is."""
    if following is not None and following.end is not None:
        if following.end >= context.as_of:
            return None
        message = (f"the next review was due {period_in_words(following)}, "
                   f"{how_long(following.end, context.as_of)} before {in_words(context.as_of)}.")  # fmt: skip
        return "next_review_date", message
    months = context.config.limits.review_cycle_months
    if last is None or last.end is None or months_later(last.end, months) >= context.as_of:
        return None
    cycle = f"{months} months" if months != 1 else "month"
    message = (f"last reviewed {period_in_words(last)}, {how_long(last.end, context.as_of)} before "
               f"{in_words(context.as_of)}; the review cycle is {cycle}.")  # fmt: skip
    return "review_date", message


def latest(periods: Sequence[Period]) -> Period | None:
    """The last of the periods that have an end."""
    dated = [period for period in periods if period.end is not None]
    return max(dated, key=lambda period: period.end or dt.date.min, default=None)
