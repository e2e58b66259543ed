"""What rules ask about the items and lines of an assurance map."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from regsheet.model.assurance_map import AssuranceMap
from regsheet.rules.words import says_nothing

INDEPENDENT = (3, 4)
"""Lines that are independent of management: the third, and external assurance where a map gives it a line."""

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}


class Item(NamedTuple):
    """One item of assurance: its risk's place on the map, line, words, date, opinion and cell."""

    risk: int
    line: int
    text: str
    date: dt.date | None
    date_text: str
    opinion: str
    cell: str


def map_items(assurance_map: AssuranceMap) -> list[Item]:
    """Every item of a map that says something, in reading order."""
    columns = [assurance_map.frame[name].tolist() for name in ("risk", "line", "item", "date_text", "opinion", "cell")]
    dates = [None if missing else when.date() for when, missing in
             zip(assurance_map.frame["date"], assurance_map.frame["date"].isna(), strict=True)]  # fmt: skip
    found: list[Item] = []
    for (risk, line, item, date_text, opinion, cell), date in zip(zip(*columns, strict=True), dates, strict=True):
        if not says_nothing(item):
            found.append(Item(int(risk), int(line), str(item), date, _text(date_text), _text(opinion), str(cell)))
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def line_name(assurance_map: AssuranceMap, line: int) -> str:
    """A line as the map heads it, without what stands in brackets."""
    heading = " ".join((assurance_map.lines.get(line) or "").split())
    return heading.partition("(")[0].strip() or f"{ORDINALS[line].capitalize()} line of defence"


def line_cell(assurance_map: AssuranceMap, risk: int, line: int) -> str | None:
    """The cell of a line for a risk, else the cell of the risk itself."""
    value = assurance_map.risks[f"line_{line}"].iat[risk]
    return value if isinstance(value, str) else _text(assurance_map.risks["cell"].iat[risk]) or None


def lines_held(assurance_map: AssuranceMap) -> dict[int, set[int]]:
    """Each risk's place to the lines that hold an item for it."""
    held: dict[int, set[int]] = {risk: set() for risk in range(len(assurance_map.risks))}
    for item in map_items(assurance_map):
        held[item.risk].add(item.line)
    return held
