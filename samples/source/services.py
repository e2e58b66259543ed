"""The registers of the council's services and their assurance map in two quarters, as plain values with places."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from source.content import SCORES, STAGES, Record, band_of, load

REGISTERS = ("corporate", "finance", "housing", "environment", "planning")
QUARTERS = {"q3": dt.date(2024, 9, 30), "q4": dt.date(2024, 12, 31)}
FOLDERS = {"q3": "2024-Q3", "q4": "2024-Q4"}
BODY_ROW = {"grouped": 6, "plain": 2, "sections": 4, "csv": 2, "actions": 3}
"""The sheet row on which the first risk, or the first section, stands in each layout."""


@dataclass(frozen=True)
class Place:
    """A column of a sheet: its field, heading, width, and the heading of its group."""

    field: str
    heading: str
    width: float
    group: str = ""
    levels: bool = False


@dataclass(frozen=True)
class ServiceRegister:
    """One register in one quarter. ``rows`` has the sheet row of each of ``records``."""

    source: Record
    quarter: str
    columns: tuple[Place, ...]
    records: tuple[Record, ...]
    rows: tuple[int, ...]

    @property
    def path(self) -> str:
        """Its path within the folder of the quarter."""
        return path_in(self.source, self.quarter)

    @property
    def as_of(self) -> dt.date:
        """The day it is as of."""
        return QUARTERS[self.quarter]

    def cell(self, ref: str, field: str) -> str:
        """The address of a risk's cell."""
        row = self.rows[[record["ref"] for record in self.records].index(ref)]
        column = [place.field for place in self.columns].index(field)
        return f"{chr(ord('A') + column)}{row}"


def path_in(source: Record, quarter: str) -> str:
    """A file's path within the folder of the quarter."""
    folder = source["folder"]
    return f"{folder}/{source['files'][quarter]}" if folder else str(source["files"][quarter])


@cache
def service_register(name: str, quarter: str) -> ServiceRegister:
    """A register as it stood at the end of a quarter."""
    source = load(f"services/{name}")
    columns = tuple(place for column in source["column"] for place in _places(column))
    records = tuple(_record(risk, source, quarter) for risk in source["risk"] if _is_there(risk, quarter))
    return ServiceRegister(source, quarter, columns, records, tuple(_rows(source["layout"], records)))


def assurance(quarter: str) -> list[Record]:
    """The rows of the assurance map."""
    return [risk | risk.get(quarter, {}) for risk in load("services/assurance")["risk"]]


def _is_there(risk: Record, quarter: str) -> bool:
    return risk.get("from", "q3") <= quarter <= risk.get("until", "q4")


def _places(column: Record) -> list[Place]:
    if column["field"] in STAGES:
        return [Place(f"{column['field']}_{score}", word, 6.5, column["heading"])
                for score, word in zip(SCORES, ("L", "I", "Score"), strict=True)]  # fmt: skip
    return [Place(column["field"], column["heading"], column.get("width", 12), levels=column.get("levels", False))]


def _record(risk: Record, source: Record, quarter: str) -> Record:
    """A risk with its scores spread over their cells; what its table for the quarter says comes last."""
    changed = risk.get(quarter, {})
    whole = {"review_date": source["reviewed"][quarter], **risk, **changed}
    record: Record = {name: value for name, value in whole.items() if name not in STAGES}
    for stage in STAGES:
        if stage in whole:
            likelihood, impact = whole[stage]
            scores = zip(SCORES, (likelihood, impact, likelihood * impact), strict=True)
            record.update({f"{stage}_{score}": value for score, value in scores})
    if "residual_rating" in record:
        record["residual_band"] = band_of(record["residual_rating"])["name"]
    return record | {name: value for name, value in changed.items() if name not in STAGES}


def _rows(layout: str, records: tuple[Record, ...]) -> list[int]:
    row, section, rows = BODY_ROW[layout], "", []
    for record in records:
        if record.get("section", "") != section:
            section = record["section"]
            row += 1
        rows.append(row)
        row += len(record["action"]) if layout == "actions" else 1
    return rows


def planted() -> list[tuple[str, str, str, str, str]]:
    """Every fault planted in the second quarter: file, cell, rule, what the rule needs, why."""
    found = []
    for name in REGISTERS:
        register = service_register(name, "q4")
        for fault in register.source["planted"]:
            for code, field in fault["finds"].items():
                cell = fault.get("cell") or register.cell(fault["risk"], field)
                found.append((register.path, cell, code, fault.get("needs", ""), fault["why"]))
    source = load("services/assurance")
    refs = [risk["ref"] for risk in source["risk"]]
    for fault in source["planted"]:
        cell = f"{'CDEF'[fault['line']]}{4 + refs.index(fault['risk'])}"
        found.append((path_in(source, "q4"), cell, fault["finds"], fault.get("needs", ""), fault["why"]))
    return found


def movements() -> list[tuple[str, str, str]]:
    """What moved between the quarters: file, reference, what happened."""
    return [
        (service_register(name, "q4").path, move["risk"], move["what"])
        for name in REGISTERS
        for move in load(f"services/{name}")["movement"]
    ]


def shown(value: Any, joined: str = "\n") -> str:
    """A value as a cell shows it; a list as an item a line."""
    if isinstance(value, list):
        return joined.join(f"• {item}" if joined == "\n" and len(value) > 1 else item for item in value)
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
