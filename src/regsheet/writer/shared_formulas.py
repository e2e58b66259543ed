"""Handing on a shared formula before the cell that holds it is overwritten.

The first cell of a shared formula holds its text and the others only its number; without the first they are orphans,
which makes Excel offer to repair the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from regsheet.grid.addresses import Area
from regsheet.grid.formulas import translate

Placed = tuple[tuple[int, int], etree._Element]


def free_master(formulas: Iterable[Placed], master: etree._Element, place: tuple[int, int]) -> set[tuple[int, int]]:
    """Make the next user of the master's formula its master. Returns the cells whose formula element was changed."""
    users = [
        (cell, formula)
        for cell, formula in formulas
        if formula is not master and formula.get("t") == "shared" and formula.get("si") == master.get("si")
    ]
    if not users or any(formula.get("ref") for _, formula in users):
        return set()
    heir_place, heir = users[0]
    heir.text = translate(master.text or "", heir_place[0] - place[0], heir_place[1] - place[1])
    heir.set("ref", str(_around([cell for cell, _ in users])))
    return {heir_place}


def _around(places: list[tuple[int, int]]) -> Area:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return Area(min(rows), min(columns), max(rows), max(columns))
