"""What a cell of the workbook as sent is: part of a risk's row, a heading, or neither; and whose risk it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from regsheet.layout.tables import Table
from regsheet.merge.alignment import column_name
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.values.text import one_line

Part = Literal["body", "heading", "outside"]


@dataclass(frozen=True, slots=True)
class Risk:
    """What a row is about."""

    ref: str = ""
    title: str = ""
    owner: str = ""


NO_RISK = Risk()


@dataclass(frozen=True, slots=True)
class _Body:
    """A table with the risks of its rows."""

    table: Table
    columns: frozenset[int]
    rows: dict[int, Risk] = field(default_factory=dict)


class Places:
    """The registers and maps of a workbook, looked up by cell."""

    def __init__(self, book: Book) -> None:
        self._bodies: dict[str, list[_Body]] = {}
        for register in book.registers:
            self._add(register.table, _risks(register))
        for assurance_map in book.maps:
            self._add(assurance_map.table, _map_risks(assurance_map))

    def _add(self, table: Table, risks: Iterable[tuple[int, Risk]]) -> None:
        columns = frozenset(column.index for column in table.columns)
        body = _Body(table, columns, dict.fromkeys(table.rows, NO_RISK) | dict(risks))
        for row, further in table.continuations.items():
            body.rows.update(dict.fromkeys(further, body.rows.get(row, NO_RISK)))
        self._bodies.setdefault(table.sheet, []).append(body)

    def part(self, sheet: str, row: int, column: int) -> Part:
        """What of its sheet a cell is."""
        for body in self._bodies.get(sheet, ()):
            if column in body.columns and row in body.rows:
                return "body"
            if column in body.columns and body.table.header_rows[0] <= row <= body.table.header_rows[1]:
                return "heading"
        return "outside"

    def risk(self, sheet: str, row: int) -> Risk:
        """The risk that a row is about."""
        return next((body.rows[row] for body in self._bodies.get(sheet, ()) if row in body.rows), NO_RISK)

    def field(self, sheet: str, row: int, column: int) -> str:
        """What the column of a table's cell is called in reports."""
        for body in self._bodies.get(sheet, ()):
            found = next((each for each in body.table.columns if each.index == column), None)
            if found is not None and (row in body.rows or row <= body.table.header_rows[1]):
                return column_name(found)
        return ""

    def owners(self) -> Iterator[str]:
        """Whoever the registers name as an owner."""
        for bodies in self._bodies.values():
            for body in bodies:
                yield from (risk.owner for risk in body.rows.values() if risk.owner)


def _risks(register: Register) -> Iterator[tuple[int, Risk]]:
    for index, row in enumerate(register.table.rows):
        title = register.text(index, "title") or register.text(index, "description")
        owner = register.text(index, "owner") or register.text(index, "action_owner")
        yield row, Risk(one_line(register.text(index, "ref")), one_line(title), owner)


def _map_risks(assurance_map: AssuranceMap) -> Iterator[tuple[int, Risk]]:
    """The rows of a map, each under the risk whose row stands at or above it; maps name no owners."""
    from regsheet.grid.addresses import position

    risk = NO_RISK
    found: dict[int, Risk] = {}
    for record in assurance_map.risks.to_dict("records"):
        ref, title = (one_line("" if pd.isna(value) else value) for value in (record["risk_ref"], record["risk_title"]))
        if isinstance(record["cell"], str):
            found[position(record["cell"])[0]] = Risk(ref, title)
    for row in sorted({*assurance_map.table.rows, *found}):
        risk = found.get(row, risk)
        yield row, risk
