"""The council's risks and assurance as plain values, correct or with the planted faults."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent
STAGES = ("inherent", "residual", "target")
SCORES = ("likelihood", "impact", "rating")
FIRST_ROW = 5
"""The sheet row of the first risk: a title and three heading rows stand above it."""

Record = dict[str, Any]


@dataclass(frozen=True)
class RegisterContent:
    """What one register workbook holds. ``records`` are the rows, field to value."""

    title: str
    as_of: dt.date
    objective_heading: str
    records: list[Record]
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden_sheet: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapRisk:
    """A row of the assurance map: a risk and the items of its three lines of defence."""

    ref: str
    title: str
    cluster: str
    lines: tuple[tuple[str, ...], ...]


@cache
def load(name: str) -> Record:
    """A TOML file of this folder."""
    return tomllib.loads((SOURCE / f"{name}.toml").read_text(encoding="utf-8"))


def council() -> Record:
    """The council's name, scales, bands and policy."""
    return load("council")


def band_of(rating: float) -> Record:
    """The band that a rating falls into."""
    bands: list[Record] = council()["band"]
    return next(band for band in reversed(bands) if rating >= band["low"])


def scored(record: Record) -> Record:
    """A record as it stands in the sheet: score pairs spread over their cells, ratings worked out."""
    spread = {name: value for name, value in record.items() if name not in (*STAGES, "last_quarter")}
    for stage in STAGES:
        pair = record[stage]
        values = (*pair, pair[0] * pair[1]) if pair else ("", "", "")
        spread.update({f"{stage}_{score}": value for score, value in zip(SCORES, values, strict=True)})
    spread["residual_band"] = band_of(spread["residual_rating"])["name"] if record["residual"] else ""
    spread["previous_rating"] = spread.pop("previous")
    spread["direction_of_travel"] = spread.pop("direction")
    spread.setdefault("action_date", "")
    spread["risk"] = record["ref"] or "NEW"
    return spread


def spoil(record: Record) -> Record:
    """A record with the faults planted that ``faults.toml`` has for it."""
    spoilt = dict(record)
    for fault in load("faults")["fault"]:
        if fault["risk"] == record["risk"]:
            spoilt.update(fault["set"])
    return spoilt


def correct() -> RegisterContent:
    """This quarter's register, filled in as it should be."""
    records = [scored(risk) for risk in load("risks")["risk"]]
    return register(records, dt.date(2024, 12, 31))


def this_quarter() -> RegisterContent:
    """This quarter's register with its planted faults."""
    faults = load("faults")
    kept = [risk for risk in load("risks")["risk"] if risk["ref"] not in faults["vanished"]]
    records = [spoil(scored(risk)) for risk in (*kept, faults["added"])]
    return register(
        records, dt.date(2024, 12, 31), heading=faults["objective_heading"], hidden_sheet=tuple(faults["hidden_sheet"])
    )


def last_quarter() -> RegisterContent:
    """Last quarter's register; a row that is said to have stood unchanged has this quarter's faults already."""
    unchanged = {fault["risk"] for fault in load("faults")["fault"] if "unchanged_since_last_quarter" in fault}
    records = []
    for risk in load("risks")["risk"]:
        earlier = copy.deepcopy(risk)
        if risk["ref"] in unchanged:
            earlier["review_date"] = risk["last_quarter"]["review_date"]
            records.append(spoil(scored(earlier)))
        else:
            earlier.update(risk["last_quarter"])
            records.append(scored(earlier))
    return register(records, dt.date(2024, 9, 30))


def register(
    records: list[Record],
    as_of: dt.date,
    *,
    heading: str = "Corporate Objective 2024-2028",
    hidden_sheet: tuple[str, ...] = (),
) -> RegisterContent:
    """The content of a register workbook."""
    notes = {
        ("SR2", "residual_rating"): "Considered by the Corporate Leadership Team on 3 December.",
        ("SR7", "owner"): "Please check every owner against the new structure before the committee.",
    } if as_of.month == 12 else {}  # fmt: skip
    return RegisterContent("Strategic Risk Register", as_of, heading, records, notes, hidden_sheet)


def assurance(*, spoilt: bool) -> list[MapRisk]:
    """The rows of the assurance map, with or without its planted faults."""
    titles = {risk["ref"]: risk["title"] for risk in load("risks")["risk"]}
    rows = []
    for risk in load("assurance")["risk"]:
        lines = [list(risk[line]) for line in ("first", "second", "third")]
        ref, title = risk["ref"], titles[risk["ref"]]
        for fault in load("map_faults")["fault"] if spoilt else ():
            if fault["risk"] != risk["ref"]:
                continue
            if fault["line"]:
                lines[fault["line"] - 1] = fault["set"]
            else:
                ref, title = fault["ref"], fault["title"]
        rows.append(MapRisk(ref, title, risk["cluster"], tuple(map(tuple, lines))))
    return rows
