"""Joins the workbooks, risks and findings of the quarters in a ledger: each to the same one when it was last seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regsheet.ledger.database import Database
from regsheet.ledger.pairing import (
    KnownFinding,
    KnownRisk,
    KnownWorkbook,
    pair_findings,
    pair_moved,
    pair_risks,
    pair_workbooks,
)

LATEST = """
    SELECT workbook.id, workbook.file, workbook.service, workbook.quarter FROM workbook
    WHERE workbook.quarter < :quarter AND workbook.stage <> 'failed' AND NOT EXISTS (
        SELECT 1 FROM workbook AS later
        WHERE later.earlier = workbook.id AND later.quarter < :quarter AND later.stage <> 'failed')
    ORDER BY workbook.quarter DESC, workbook.file
"""
"""Every register as it was last seen before a quarter, those seen latest first."""


def join_from(database: Database, quarter: str) -> None:
    """Join a quarter that was just written to those before it, and the later quarters anew."""
    rows = database.query("SELECT quarter FROM run WHERE quarter >= ? ORDER BY quarter", (quarter,))
    for row in rows:
        _join(database, row["quarter"])


def latest_before(database: Database, quarter: str) -> list[KnownWorkbook]:
    """Every register as it was last seen before a quarter, those seen latest first."""
    rows = database.query(LATEST, {"quarter": quarter})
    return [KnownWorkbook(row["id"], row["file"], row["service"]) for row in rows]


def risks_of(database: Database, workbooks: Iterable[int]) -> dict[int, list[KnownRisk]]:
    """The risks of workbooks, in the order of their sheets, by the workbook's id."""
    found: dict[int, list[KnownRisk]] = {number: [] for number in workbooks}
    for number, risks in found.items():
        rows = database.query("SELECT id, ref, title, kept FROM risk WHERE workbook = ? ORDER BY id", (number,))
        risks += [KnownRisk(row["id"], row["ref"], row["title"], bool(row["kept"])) for row in rows]
    return found


def _join(database: Database, quarter: str) -> None:
    now = [KnownWorkbook(row["id"], row["file"], row["service"], row["previous"]) for row in database.query(
        "SELECT id, file, service, previous FROM workbook WHERE quarter = ? AND stage <> 'failed' ORDER BY file",
        (quarter,),
    )]  # fmt: skip
    then = latest_before(database, quarter)
    here, there = (risks_of(database, (one.id for one in side)) for side in (now, then))
    workbooks = pair_workbooks(now, then, here | there)
    risks = _pair_all_risks(here, there, workbooks)
    findings = pair_findings(_findings(database, {number: workbooks[number] for number in here if number in workbooks}),
                             _findings(database, {number: number for number in there}), risks)  # fmt: skip
    for table, pairs in (("workbook", workbooks), ("risk", risks), ("finding", findings)):
        _write(database, table, quarter, pairs)
    _count(database, quarter)


def _pair_all_risks(here: dict[int, list[KnownRisk]], there: dict[int, list[KnownRisk]],
                    workbooks: dict[int, int]) -> dict[int, int]:  # fmt: skip
    pairs: dict[int, int] = {}
    for now, then in workbooks.items():
        pairs |= pair_risks(here[now], there[then])
    taken = set(pairs.values())
    return pairs | pair_moved((risk for risks in here.values() for risk in risks if risk.id not in pairs),
                              (risk for risks in there.values() for risk in risks if risk.id not in taken))  # fmt: skip


def _findings(database: Database, workbooks: Mapping[int, int]) -> list[KnownFinding]:
    """The findings in workbooks; these are given with the workbook by which each is known."""
    sql = "SELECT id, code, field, risk, ref, title, sheet FROM finding WHERE workbook = ? ORDER BY id"
    return [
        KnownFinding(row["id"], register, row["code"], row["field"], row["risk"], row["ref"], row["title"],
                     row["sheet"])
        for number, register in workbooks.items()
        for row in database.query(sql, (number,))
    ]  # fmt: skip


def _write(database: Database, table: str, quarter: str, pairs: dict[int, int]) -> None:
    where = "quarter = ?" if table == "workbook" else "workbook IN (SELECT id FROM workbook WHERE quarter = ?)"
    database.change(f"UPDATE {table} SET earlier = NULL WHERE earlier IS NOT NULL AND {where}", [(quarter,)])  # noqa: S608
    database.change(f"UPDATE {table} SET earlier = ? WHERE id = ?",  # noqa: S608
                    [(earlier, number) for number, earlier in pairs.items()])  # fmt: skip


def _count(database: Database, quarter: str) -> None:
    """Write since when, and in how many quarters, each finding was seen. The earlier quarters have theirs already."""
    database.change(
        """
        UPDATE finding SET first_seen = (SELECT as_of FROM run WHERE quarter = :quarter), quarters = 1
        WHERE earlier IS NULL AND workbook IN (SELECT id FROM workbook WHERE quarter = :quarter)
        AND (quarters <> 1 OR first_seen <> (SELECT as_of FROM run WHERE quarter = :quarter))
        """,
        [{"quarter": quarter}],
    )
    database.change(
        """
        UPDATE finding SET (first_seen, quarters) =
            (SELECT first_seen, quarters + 1 FROM finding AS before WHERE before.id = finding.earlier)
        WHERE earlier IS NOT NULL AND workbook IN (SELECT id FROM workbook WHERE quarter = :quarter)
        """,
        [{"quarter": quarter}],
    )
