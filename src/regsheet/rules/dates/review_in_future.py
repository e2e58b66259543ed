"""DT007: a review that has not happened yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.day_counts import in_words, period_in_words
from regsheet.rules.findings import Finding, Severity

LAST = re.compile(r"\b(?:last|latest|previous|reviewed|updated|update|date of review)\b", re.IGNORECASE)


class ReviewInFuture(RegisterRule):
    """The date of the last review lies after the as-of date.

    ## What it does
    Reports a last review that is dated after the day that counts as today. A column headed simply "Review Date" may
    hold the next review and is checked only where the sheet has another column for that.

    ## Why it matters
    Nobody has reviewed the risk on a day that has not come. The year is probably mistyped.

    ## When it is legitimate
    Where the column is meant for the next review: head it so.

    ## Correction
    None: when the review was must be looked up.
    """

    code = "DT007"
    name = "review-in-future"
    severity = Severity.ERROR
    needs = ("review_date",)
    valid = (
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": dt.date(2024, 12, 1)},),
            headings={"review_date": "Last reviewed"},
            why="earlier this month",
        ),
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": "Dec-24"},),
            headings={"review_date": "Last reviewed"},
            as_of=dt.date(2024, 12, 10),
            why="this month is not over, but has begun",
        ),
    )
    invalid = (
        Example(
            rows=({"ref": "R1", "title": "A", "review_date": dt.date(2025, 12, 1)},),
            headings={"review_date": "Date last reviewed"},
            finds=((0, "review_date"),),
            why="a year too late",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """The column must be that of the last review."""
        why = super().lacks(register, context)
        column = register.table.column("review_date")
        if why is not None or column is None or register.has("next_review_date"):
            return why
        if LAST.search(f"{column.group} {column.heading}"):
            return None
        return f"the review date on sheet {register.sheet_name!r} may be that of the next review"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every last review that has not come."""
        for index, periods in enumerate(register.periods["review_date"]):
            late = next((period for period in periods if period.start and period.start > context.as_of), None)
            if late is not None:
                yield self.finding(
                    register, index, "review_date",
                    f"the last review is dated {period_in_words(late)}, after {in_words(context.as_of)}.",
                    "Look up when the review was.",
                )  # fmt: skip
