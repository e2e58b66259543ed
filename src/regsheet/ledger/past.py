"""Earlier quarters of one register, as the rules ask for them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePosixPath

from regsheet.changes.files import Content, name_key, pair_by_content
from regsheet.ledger.database import Database
from regsheet.ledger.lineage import latest_before, risks_of
from regsheet.ledger.pairing import KnownRisk, content_of, first_by, only_by
from regsheet.model.history import History, PastAction, PastRisk, Quarter

PAST = """
    WITH RECURSIVE past (id, ref, title) AS (
        SELECT id, ref, title FROM risk WHERE workbook = :workbook
        UNION ALL
        SELECT risk.earlier, past.ref, past.title FROM past JOIN risk USING (id) WHERE risk.earlier IS NOT NULL)
"""
"""Every risk of a workbook in each quarter that had it, under the reference and title that it has by now."""

PAST_RISKS = f"""
    {PAST}
    SELECT past.id, past.ref, past.title, score.rating, score.band, score.is_red, run.quarter, run.as_of
    FROM past
    JOIN risk USING (id)
    JOIN workbook ON workbook.id = risk.workbook
    JOIN run ON run.quarter = workbook.quarter
    LEFT JOIN current_score AS score ON score.risk = past.id
    ORDER BY run.quarter, past.id
"""  # noqa: S608 - made of two constants

PAST_ACTIONS = f"""
    {PAST}
    SELECT action.risk, action.text, action.due FROM past JOIN action ON action.risk = past.id
    ORDER BY action.risk, action.place
"""  # noqa: S608

PAST_WORKBOOKS = """
    WITH RECURSIVE past (id) AS (
        SELECT :workbook
        UNION ALL
        SELECT workbook.earlier FROM past JOIN workbook USING (id) WHERE workbook.earlier IS NOT NULL)
    SELECT run.quarter, run.as_of FROM past JOIN workbook USING (id) JOIN run ON run.quarter = workbook.quarter
    ORDER BY run.quarter
"""
"""Each quarter that had a workbook."""


class Registers:
    """Every register as it was last seen before a quarter, to be found by what is known of a workbook."""

    def __init__(self, database: Database, quarter: str) -> None:
        """``quarter`` is the key of the quarter that is being looked at; only those before it count."""
        self._database = database
        self._known = latest_before(database, quarter)
        self._by_path = first_by(self._known, lambda one: one.file.casefold())
        self._by_name = only_by(self._known, lambda one: PurePosixPath(one.file).name)
        self._by_words = only_by(self._known, lambda one: name_key(one.file))
        self._by_service = only_by(self._known, lambda one: f"{one.service}/{name_key(PurePosixPath(one.file).name)}")
        self._by_file_words = only_by(self._known, lambda one: name_key(PurePosixPath(one.file).name))

    def find(self, file: str, service: str, previous: str, risks: Sequence[tuple[str, str]]) -> int | None:
        """The id of a workbook's register: by what the run paired it with, by name, by its risks; None if it is new."""
        said, words = previous.replace("\\", "/"), name_key(PurePosixPath(file).name) if file else ""
        for found, key in (
            (self._by_path, said.casefold()),
            (self._by_name, PurePosixPath(said).name),
            (self._by_path, file.casefold()),
            (self._by_words, name_key(file) if file else ""),
            (self._by_service, f"{service}/{words}" if words else ""),
            (self._by_file_words, words),
        ):
            if key and key in found:
                return found[key].id
        content = content_of([KnownRisk(place, *risk) for place, risk in enumerate(risks)])
        alike = pair_by_content({"": content}, self._contents) if risks else {}
        return int(alike[""]) if alike else None

    @cached_property
    def _contents(self) -> dict[str, Content]:
        risks = risks_of(self._database, (one.id for one in self._known))
        return {str(number): content_of(there) for number, there in risks.items()}


def history_of(database: Database, workbook: int) -> History:
    """The quarters that had a register, oldest first, up to that of the workbook with this id.

    Quarters before its first are those of the registers that its risks came from.
    """
    quarters: dict[str, list[PastRisk]] = {}
    days: dict[str, str] = {}
    for row in database.query(PAST_WORKBOOKS, {"workbook": workbook}):
        quarters[row["quarter"]], days[row["quarter"]] = [], row["as_of"]
    first = min(quarters)
    actions: dict[int, list[PastAction]] = defaultdict(list)
    for row in database.query(PAST_ACTIONS, {"workbook": workbook}):
        due = row["due"] and dt.date.fromisoformat(row["due"])
        actions[row["risk"]].append(PastAction(row["text"], due))
    for row in database.query(PAST_RISKS, {"workbook": workbook}):
        if row["quarter"] > first and row["quarter"] not in quarters:
            continue  # a risk that was moved, in a quarter for which this register was not handed in
        days.setdefault(row["quarter"], row["as_of"])
        quarters.setdefault(row["quarter"], []).append(PastRisk(
            ref=row["ref"], title=row["title"], rating=row["rating"], band=row["band"] or "",
            is_red=bool(row["is_red"]), actions=tuple(actions[row["id"]]),
        ))  # fmt: skip
    return tuple(Quarter(dt.date.fromisoformat(days[key]), tuple(quarters[key])) for key in sorted(quarters))
