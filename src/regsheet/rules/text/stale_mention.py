"""TX007: words that were written long ago."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from string import digits

from regsheet.model.register import Register
from regsheet.rules.base import Context, Example, RegisterRule
from regsheet.rules.day_counts import in_words, months_later
from regsheet.rules.findings import Finding, Severity
from regsheet.rules.risks import closed, joined, listed, texts
from regsheet.rules.whole_columns import START, any_of, pieces
from regsheet.values.date_notations import stems_needed
from regsheet.values.dates import Period, dates_in_text

EXACT = frozenset({"day", "month", "quarter"})

LASTING = re.compile(
    r"\b(?:since|from|as of|established|founded|introduced|effective|in force|in place|adopted|act|regulations?|"
    r"set up|created|formed|appointed|installed|in post)\b",
    re.IGNORECASE,
)
"""Words that say that what began then still goes on."""

FIGURES = dict.fromkeys(map(ord, "123456789"), "0")
"""Makes all figures alike, so that any two of them are found at once."""

WORDS_BEFORE, WORDS_AFTER = 48, 16
"""Characters before the first figure of a date and after its last within which stands the name of a month, a season."""

JOINED = re.compile(r"0[ \n]{0,3}[-/. ][ \n]{0,3}0")
"""Figures, all alike, with a sign between: of such is a date made that names no month."""

YEAR = re.compile("(?:1[89]|20|21)[0-9][0-9]")
"""A year in full, of which a date is made too."""

SHOWN = 3
"""Mentions that a sentence names."""


def phrases(field: str, *wanted: str) -> tuple[dict[str, str], ...]:
    """A row for each phrase."""
    return tuple({"ref": f"R{number}", "title": f"Risk {number}", field: phrase}
                 for number, phrase in enumerate(wanted, start=1))  # fmt: skip


SILENT = phrases(
    "controls", "Plan tested October 2024", "Contract runs to March 2027", "Code of conduct in force since May 2019",
    "Strategy 2019-2024", "Policy adopted in June 2018", "ISO 27001:2013 certificate", "Procurement Act 2015",
    "Weekly checks", "Insurance from April 2021", "Equality Act 2010 training", "Budget for 2024/25 approved",
    "Framework introduced July 2020",
)  # fmt: skip

FOUND = phrases(
    "controls", "New budget approved September 2022", "Training took place in November 2021", "Audit of 12/03/2022",
    "Drill held Sept 2023", "Peer review, March 2020", "Board paper 4 May 2022", "Survey completed Q2 2022",
    "• Weekly checks\n• Plan tested June 2019", "Last inspection: 01.02.2021", "Workshop (July 2022)",
    "Staff briefed in Jan-22",
)  # fmt: skip


class StaleMention(RegisterRule):
    """Controls or commentary speak of a month that is long past.

    ## What it does
    Looks for a month or a day with its year in the controls and in the commentary, and reports one further back than
    the configured quarters (four). In a commentary only its latest date counts; in a list of controls each item stands
    for itself. What is said to last since then, and the years of laws and strategies, are left alone.

    ## Why it matters
    Words that were true two years ago hide what is true today, and show that the row was carried over unread.

    ## When it is legitimate
    Where the event is the control, such as a certificate that is still valid. Say until when.

    ## Correction
    None: the words are the owner's.
    """

    code = "TX007"
    name = "stale-mention"
    severity = Severity.WARNING
    reads = frozenset({"controls", "commentary", "status"})
    valid = (
        Example(rows=SILENT, why="recent, lasting, or no date of an event"),
        Example(
            rows=({"ref": "R1", "title": "A", "commentary": "Agreed in May 2021; confirmed in October 2024"},),
            why="the commentary's latest date is recent",
        ),
    )
    invalid = (
        Example(rows=FOUND, finds=tuple((n, "controls") for n in range(len(FOUND))), why="events of long ago"),
        Example(
            rows=({"ref": "R1", "title": "A", "commentary": "Updated in September 2022."},),
            finds=((0, "commentary"),),
            why="a commentary that was not touched for two years",
        ),
    )

    def lacks(self, register: Register, context: Context) -> str | None:
        """There must be controls or a commentary."""
        if register.has("controls") or register.has("commentary"):
            return None
        return f"sheet {register.sheet_name!r} has no column for controls or commentary"

    def check(self, register: Register, context: Context) -> Iterator[Finding]:
        """Every mention that is too old."""
        limit = months_later(context.as_of, -3 * context.config.limits.mention_quarters)
        off = closed(register)
        for field in ("controls", "commentary"):
            column = texts(register, field)
            for index in may_be_dated(column):
                if off[index]:
                    continue
                text = column[index]
                parts = listed(text) if field == "controls" else (text,)
                old = [period for part in parts for period in stale(part, limit, context.config.day_first)]
                if old:
                    yield self._finding(register, index, field, old, limit)

    def _finding(self, register: Register, index: int, field: str, old: Sequence[Period], limit: dt.date) -> Finding:
        names = list(dict.fromkeys(period.text for period in old))
        shown = joined([*names[:SHOWN], *(["more"] if len(names) > SHOWN else [])])
        verb = "speak" if field == "controls" else "speaks"
        return self.finding(
            register, index, field, f"{register.field_name(field)} {verb} of {shown}, before {in_words(limit)}.",
            "Say how things stand now, and take out what is over.",
        )  # fmt: skip


def may_be_dated(column: Sequence[str]) -> list[int]:
    """Where in a column stands what every date has: two figures side by side, and what makes a date of figures."""
    found: list[int] = []
    for piece in pieces(column):
        places = set(piece.odd)
        if any(map(piece.text.__contains__, digits)):
            shown = zip(piece.text.split(START)[1:], piece.text.translate(FIGURES).split(START)[1:], strict=True)
            for place, (text, alike) in enumerate(shown, piece.first):
                if "00" in alike and (
                    JOINED.search(alike)
                    or ("0000" in alike and YEAR.search(text))
                    or any_stem().search(text, *near_figures(text, alike))
                ):
                    places.add(place)
        found += sorted(places)
    return found


def near_figures(text: str, alike: str) -> tuple[int, int]:
    """Where the words by the figures of a text begin and end: all of it where a reader may drop spaces.

    ``alike`` is the text with all figures alike.
    """
    if "  " in text or "\n\n" in text:
        return 0, len(text)
    return max(0, alike.index("0") - WORDS_BEFORE), alike.rindex("0") + 1 + WORDS_AFTER


@cache
def any_stem() -> re.Pattern[str]:
    """Finds any of the words without which no date is made of figures that stand apart."""
    return re.compile(any_of(stems_needed(), " "))


def stale(text: str, limit: dt.date, day_first: bool) -> list[Period]:
    """The dated events that a text speaks of, where even the latest lies before the limit; else none."""
    dated = [period for period in dates_in_text(text, day_first) if period.end is not None]
    if not dated or any(period.end and period.end >= limit for period in dated) or LASTING.search(text):
        return []
    return [period for period in dated if period.precision in EXACT]
