"""The README of the samples: ``readme.md`` with the tables of planted faults put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from source.content import FIRST_ROW, SOURCE, Record, load, this_quarter
from source.map_workbook import FIRST_ROW as FIRST_MAP_ROW
from source.register_workbook import PLACE
from source.services import movements, planted

Planted = tuple[str, str, str, str]
"""A cell, a rule's code, what the rule needs besides the workbook, why."""

FAULTS_ELSEWHERE: tuple[Planted, ...] = (
    ("C2", "OB001", "", "The heading says 2019-2023: that strategy has run out."),
    ("A1 of sheet Notes", "HY004", "", "A hidden sheet with remarks that nobody means to publish."),
    ("SR14", "RF005", "last quarter", "In last quarter's register, absent now, and nowhere said to be closed."),
    ("SR9", "RF005", "last quarter", "Last quarter's SR9, on safeguarding, is gone: another risk has its reference."),
    ("A17", "RF004", "last quarter", "Counts a second time: the SR12 of last quarter was another risk."),
)
"""Faults planted outside the rows of the table."""


def cell(column: int, row: int) -> str:
    """An address such as ``C5``."""
    return f"{chr(ord('A') + column)}{row}"


def register_faults(kind: str = "finds") -> list[Planted]:
    """Every fault planted in this quarter's register, in reading order; kind ``follows``: what may follow from them."""
    rows = {record["risk"]: FIRST_ROW + index for index, record in enumerate(this_quarter().records)}
    planted = [
        (cell(PLACE[name], rows[fault["risk"]]), code, fault.get("needs", ""), fault["why"])
        for fault in load("faults")["fault"]
        for code, name in fault.get(kind, {}).items()
    ]
    return sorted(planted, key=lambda entry: (int(entry[0][1:]), entry[0][0]))


def map_faults() -> list[Planted]:
    """Every fault planted in the assurance map."""
    refs = [row["ref"] for row in load("assurance")["risk"]]
    planted = []
    for fault in load("map_faults")["fault"]:
        row = FIRST_MAP_ROW + refs.index(fault["risk"])
        codes = [fault["finds"]] if isinstance(fault["finds"], str) else fault["finds"]
        needs: Record = fault.get("needs", {})
        planted += [(cell(2 + fault["line"], row), code, needs.get(code, ""), fault["why"]) for code in codes]
    return planted


def table(planted: list[Planted]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| Cell | Rule | Needs | Why |"
    yield "|---|---|---|---|"
    for address, code, needs, why in planted:
        yield f"| {address} | {code} | {needs} | {why} |"


def movement_table() -> Iterator[str]:
    """What moved between the two quarters, as the lines of a Markdown table."""
    yield "| File | Risk | What happened |"
    yield "|---|---|---|"
    for file, risk, what in movements():
        yield f"| {file} | {risk} | {what} |"


def council_table() -> Iterator[str]:
    """What is planted in the services' registers, as the lines of a Markdown table."""
    yield "| File | Cell | Rule | Needs | Why |"
    yield "|---|---|---|---|---|"
    for fault in planted():
        yield f"| {' | '.join(fault)} |"


def text() -> str:
    """The README."""
    placed: dict[str, Iterable[str]] = {
        "register": table(register_faults()), "elsewhere": table(list(FAULTS_ELSEWHERE)), "map": table(map_faults()),
        "follows": [", ".join(f"{code} at {address}" for address, code, _, _ in register_faults("follows"))],
        "movements": movement_table(), "council": council_table(),
    }  # fmt: skip
    written = (SOURCE / "readme.md").read_text(encoding="utf-8")
    for name, lines in placed.items():
        written = written.replace(f"<!-- {name} -->", "\n".join(lines))
    return written
