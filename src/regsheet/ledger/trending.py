"""What several quarters in a ledger show together."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise

from regsheet.ledger.database import Database
from regsheet.ledger.quarters import quarter_key
from regsheet.model.previous import likeness
from regsheet.outcome.trends import BandCount, FindingHistory, RedHistory, SlippedDate, State, Trends
from regsheet.rules.dates.slipped_date import SAME_ACTION
from regsheet.rules.risks import is_worded_as_done

BANDS = """
    SELECT run.as_of, workbook.service, score.band, score.colour, score.is_red, count(*) AS risks
    FROM run
    JOIN workbook USING (quarter)
    JOIN risk ON risk.workbook = workbook.id AND NOT risk.closed
    JOIN current_score AS score ON score.risk = risk.id AND score.band <> ''
    WHERE run.quarter <= :quarter
    GROUP BY run.quarter, workbook.service, score.band, score.colour, score.is_red
    ORDER BY run.quarter, workbook.service, score.is_red, min(score.rating), score.band, score.colour
"""

FINDING = """{place}.service, {place}.file, finding.code, finding.name, finding.severity, finding.ref, finding.title,
       finding.field, finding.owner, finding.message, finding.first_seen, run.as_of, finding.quarters"""

FINDINGS = f"""
    SELECT finding.earlier IS NULL, {FINDING.format(place="workbook")}
    FROM run JOIN workbook USING (quarter) JOIN finding ON finding.workbook = workbook.id
    WHERE run.quarter = :quarter AND finding.status <> 'waived'
    ORDER BY workbook.service, workbook.file, finding.id
"""  # noqa: S608 - made of constants

RESOLVED = f"""
    SELECT now.not_run, {FINDING.format(place="now")}
    FROM workbook AS now
    JOIN workbook AS before ON before.id = now.earlier
    JOIN run ON run.quarter = before.quarter
    JOIN finding ON finding.workbook = before.id
    WHERE now.quarter = :quarter AND finding.status <> 'waived' AND NOT EXISTS (
        SELECT 1 FROM finding AS later JOIN workbook AS book ON book.id = later.workbook
        WHERE later.earlier = finding.id AND book.quarter = :quarter)
    ORDER BY now.service, now.file, finding.id
"""  # noqa: S608

REDS = """
    WITH RECURSIVE red (id, now, quarters) AS (
        SELECT risk.id, risk.id, 1
        FROM workbook JOIN risk ON risk.workbook = workbook.id JOIN current_score AS score ON score.risk = risk.id
        WHERE workbook.quarter = :quarter AND score.is_red AND NOT risk.closed
        UNION ALL
        SELECT before.id, red.now, red.quarters + 1
        FROM red
        JOIN risk ON risk.id = red.id
        JOIN risk AS before ON before.id = risk.earlier AND NOT before.closed
        JOIN current_score AS score ON score.risk = before.id AND score.is_red)
    SELECT workbook.service, workbook.file, risk.ref, risk.title, score.rating, max(red.quarters) AS quarters,
           min(run.as_of) AS since
    FROM red
    JOIN risk AS one ON one.id = red.id JOIN workbook AS book ON book.id = one.workbook
    JOIN run ON run.quarter = book.quarter
    JOIN risk ON risk.id = red.now JOIN workbook ON workbook.id = risk.workbook
    JOIN current_score AS score ON score.risk = risk.id
    GROUP BY red.now
    ORDER BY since, workbook.service, workbook.file, risk.id
"""
"""Every risk that is in the top band, with how long it has been there without a break. Risks that are closed aside."""

ACTIONS = """
    WITH RECURSIVE past (id, now) AS (
        SELECT risk.id, risk.id FROM workbook JOIN risk ON risk.workbook = workbook.id
        WHERE workbook.quarter = :quarter AND NOT risk.closed AND risk.earlier IS NOT NULL
        UNION ALL
        SELECT risk.earlier, past.now FROM past JOIN risk USING (id) WHERE risk.earlier IS NOT NULL)
    SELECT past.id, past.now, workbook.service, workbook.file, risk.ref, risk.title, run.as_of, action.text,
           action.due, action.overdue
    FROM past
    JOIN risk AS one ON one.id = past.id JOIN workbook AS book ON book.id = one.workbook
    JOIN run ON run.quarter = book.quarter
    JOIN action ON action.risk = past.id
    JOIN risk ON risk.id = past.now JOIN workbook ON workbook.id = risk.workbook
    ORDER BY workbook.service, workbook.file, past.now, run.quarter DESC, past.id, action.place
"""
"""Every action of each risk that was there before, and of what it was then, the latest quarter first."""


def trends(database: Database, as_of: dt.date) -> Trends:
    """What the quarters up to that of a day show; the last of them is the quarter that is told of."""
    runs = database.query("SELECT quarter, as_of FROM run WHERE quarter <= ? ORDER BY quarter", (quarter_key(as_of),))
    if not runs:
        return Trends(as_of)
    quarter = {"quarter": runs[-1]["quarter"]}
    return Trends(
        as_of=_day(runs[-1]["as_of"]),
        quarters=tuple(_day(row["as_of"]) for row in runs),
        bands=tuple(BandCount(_day(row["as_of"]), row["service"], row["band"], row["colour"], bool(row["is_red"]),
                              row["risks"]) for row in database.query(BANDS, quarter)),
        findings=(*_present(database, quarter), *_resolved(database, quarter)),
        reds=tuple(RedHistory(row["service"], row["file"], row["ref"], row["title"], row["rating"], _day(row["since"]),
                              row["quarters"]) for row in database.query(REDS, quarter)),
        slipped=tuple(_slipped(database, quarter)),
    )  # fmt: skip


@lru_cache(1000)
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _present(database: Database, quarter: dict[str, object]) -> Iterator[FindingHistory]:
    for is_new, *row in database.query(FINDINGS, quarter):
        yield _finding("new" if is_new else "persisting", *row)


def _resolved(database: Database, quarter: dict[str, object]) -> Iterator[FindingHistory]:
    """What was found last time and is not now, save where the rule could not run: that is not known."""
    not_run = cache(json.loads)
    for codes, *row in database.query(RESOLVED, quarter):
        finding = _finding("resolved", *row)
        if finding.code not in not_run(codes):
            yield finding


def _finding(
    state: State, service: str, file: str, code: str, name: str, severity: str, ref: str, title: str, field: str,
    owner: str, message: str, first_seen: str, last_seen: str, quarters: int,
) -> FindingHistory:  # fmt: skip
    return FindingHistory(service, file, code, name, severity, ref, title, field, owner, message, state,
                          _day(first_seen), _day(last_seen), quarters)  # fmt: skip


def _slipped(database: Database, quarter: dict[str, object]) -> Iterator[SlippedDate]:
    """Every open action whose date is later than it was at first."""
    for now, rows in groupby(database.query(ACTIONS, quarter), key=lambda row: row["now"]):
        actions = list(rows)
        current = [row for row in actions if row["id"] == now]
        earlier = [list(group) for _, group in groupby((row for row in actions if row["id"] != now),
                                                       key=lambda row: row["id"])]  # fmt: skip
        for row in current:
            dates = _dates(row, earlier) if _is_open(row) else []
            if dates and dates[-1] > dates[0]:
                times = sum(later > sooner for sooner, later in pairwise(dates))
                yield SlippedDate(row["service"], row["file"], row["ref"], row["title"], row["text"], dates[0],
                                  dates[-1], times)  # fmt: skip


def _is_open(action: sqlite3.Row) -> bool:
    """Whether an action has a date and is still to do: one whose date has passed is overdue, or done."""
    passed = action["due"] is not None and action["due"] < action["as_of"] and not action["overdue"]
    return action["due"] is not None and not passed and not is_worded_as_done(action["text"])


def _dates(action: sqlite3.Row, earlier: list[list[sqlite3.Row]]) -> list[dt.date]:
    """The dates that an action had, oldest first, and the one that it has; those that were none are left out."""
    found = [same["due"] for past in reversed(earlier) if (same := _same(action["text"], past)) is not None]
    return [_day(due) for due in (*found, action["due"]) if due]


def _same(text: str, actions: list[sqlite3.Row]) -> sqlite3.Row | None:
    """The same action among those of an earlier quarter."""
    exact = next((row for row in actions if row["text"] == text), None)
    if exact is not None:
        return exact
    best = max(actions, key=lambda row: likeness(text, row["text"]), default=None)
    return best if best is not None and likeness(text, best["text"]) >= SAME_ACTION else None
