"""Earlier quarters of one register, as the rules ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from regsheet.ledger.database import Database
from regsheet.ledger.lineage import latest_before, risks_of
from regsheet.ledger.pairing import KnownRisk, KnownWorkbook, pair_workbooks
from regsheet.ledger.quarters import quarter_key
from regsheet.model.history import History, PastAction, PastRisk, Quarter

PAST_RISKS = """
    WITH RECURSIVE past (id, ref, title) AS (
        SELECT id, ref, title FROM risk WHERE workbook = :workbook
        UNION ALL
        SELECT risk.earlier, past.ref, past.title FROM past JOIN risk USING (id) WHERE risk.earlier IS NOT NULL)
    SELECT past.id, past.ref, past.title, score.rating, score.band, score.is_red, run.quarter, run.as_of
    FROM past
    JOIN risk USING (id)
    JOIN workbook ON workbook.id = risk.workbook
    JOIN run ON run.quarter = workbook.quarter
    LEFT JOIN current_score AS score ON score.risk = past.id
    ORDER BY run.quarter, past.id
"""
"""Every risk of a workbook in each quarter that had it, under the reference and title that it has by now."""

PAST_WORKBOOKS = """
    WITH RECURSIVE past (id) AS (
        SELECT :workbook
        UNION ALL
        SELECT workbook.earlier FROM past JOIN workbook USING (id) WHERE workbook.earlier IS NOT NULL)
    SELECT run.quarter, run.as_of FROM past JOIN workbook USING (id) JOIN run ON run.quarter = workbook.quarter
    ORDER BY run.quarter
"""
"""Each quarter that had a workbook."""


def history_of(database: Database, as_of: dt.date, workbook: KnownWorkbook,
               risks: Iterable[tuple[str, str]]) -> History:  # fmt: skip
    """The quarters before that of a day in which a register was seen, oldest first; none where it is new."""
    then = latest_before(database, quarter_key(as_of))
    contents = {workbook.id: [KnownRisk(place, *risk) for place, risk in enumerate(risks)]}
    if contents[workbook.id]:
        contents |= risks_of(database, (one.id for one in then))
    found = pair_workbooks([workbook], then, contents).get(workbook.id)
    if found is None:
        return ()
    quarters: dict[str, list[PastRisk]] = {}
    days: dict[str, str] = {}
    for row in database.query(PAST_WORKBOOKS, {"workbook": found}):
        quarters[row["quarter"]], days[row["quarter"]] = [], row["as_of"]
    for row in database.query(PAST_RISKS, {"workbook": found}):
        days.setdefault(row["quarter"], row["as_of"])
        quarters.setdefault(row["quarter"], []).append(PastRisk(
            ref=row["ref"], title=row["title"], rating=row["rating"], band=row["band"] or "",
            is_red=bool(row["is_red"]), actions=_actions(database, row["id"]),
        ))  # fmt: skip
    return tuple(Quarter(dt.date.fromisoformat(days[key]), tuple(quarters[key])) for key in sorted(quarters))


def _actions(database: Database, risk: int) -> tuple[PastAction, ...]:
    rows = database.query("SELECT text, due FROM action WHERE risk = ? ORDER BY place", (risk,))
    return tuple(PastAction(row["text"], row["due"] and dt.date.fromisoformat(row["due"])) for row in rows)
