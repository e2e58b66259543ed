"""Which way each risk went since last quarter, and how this register would write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from regsheet.grid.cells import Value
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context
from regsheet.rules.column_formulas import cell_formula
from regsheet.rules.correcting import own_cells
from regsheet.rules.findings import Correction
from regsheet.rules.pairing import NO_PREVIOUS, lacks_pairing, pairing_of, ratings_then, same_number
from regsheet.rules.risks import current_stage, numbers, settled_scores, typed
from regsheet.values.direction import Direction, read_direction, write_direction
from regsheet.values.text import is_blank, one_line

FIELD = "direction_of_travel"

LONGEST_BARE = 20
"""A longer direction says more than a direction, and is never written over."""

IN_WORDS: dict[Direction, str] = {"up": "up", "down": "down", "same": "no change", "new": "new"}


ARROWS: dict[Direction, str] = {"up": "↑", "down": "↓", "same": "→"}
"""What is written where a column has nothing yet, so that there is no notation to follow."""


class Travel(NamedTuple):
    """The way that a risk went. ``ways`` are all that may be right, ``way`` the rightest.

    ``before`` is what it was rated, None for a new risk; ``from_workbook`` tells whether last quarter's workbook says
    so, or only the sheet's own column for the previous score.
    """

    way: Direction
    ways: frozenset[Direction]
    before: float | None
    now: float
    from_workbook: bool

    @property
    def basis(self) -> str:
        """The working in words."""
        if self.before is None:
            return "not in last quarter's register"
        source = "last quarter" if self.from_workbook else "as the previous score"
        return f"{plain(self.before)} {source}, {plain(self.now)} now"


def lacks_travel(register: Register, context: Context) -> str | None:
    """Why no direction can be worked out; None where one can."""
    if not register.has(FIELD):
        return f"sheet {register.sheet_name!r} has no column for the direction of travel"
    stage = current_stage(register)
    if stage is None or not register.has(f"{stage}_rating"):
        return f"sheet {register.sheet_name!r} has no column for an overall rating"
    if register.has("previous_rating"):
        return None
    why = lacks_pairing(register, context)
    if why == NO_PREVIOUS:
        return f"{why}, and sheet {register.sheet_name!r} has no column for the previous score"
    return why


def travels(register: Register, context: Context) -> list[Travel | None]:
    """The way that each risk went: by last quarter's workbook, else by the sheet's column for the previous score.

    A risk that is in neither is new where last quarter's workbook was given, otherwise unknown.
    """
    stage = current_stage(register) or "residual"
    then = ratings_then(register, context)
    pairing = pairing_of(register, context)
    shown = numbers(register, "previous_rating")
    found: list[Travel | None] = []
    for index, score in enumerate(settled_scores(register, stage)):
        column = shown[index]
        if score.rating is None:
            found.append(None)
        elif index in then:
            found.append(_travel(then[index], score.rating, from_workbook=True))
        elif column is not None:
            found.append(_travel((column,), score.rating, from_workbook=False))
        elif pairing is not None and index not in pairing.pairs and index not in pairing.reused:
            found.append(Travel("new", frozenset({"new"}), None, score.rating, from_workbook=True))
        else:
            found.append(None)
    return found


def _travel(before: Sequence[float], now: float, *, from_workbook: bool) -> Travel:
    ways = [_way(rating, now) for rating in before]
    return Travel(ways[0], frozenset(ways), before[0], now, from_workbook)


def _way(before: float, now: float) -> Direction:
    if same_number(before, now):
        return "same"
    return "up" if now > before else "down"


class DirectionColumn:
    """The direction-of-travel column of a register: what its cells say, and how it would write a direction."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.values = typed(register, FIELD)
        self.cells = own_cells(register, FIELD)
        self.fonts = [self._font(index) for index in range(len(self.values))]

    def _font(self, index: int) -> str | None:
        where = self.register.position(index, FIELD)
        return None if where is None else self.register.sheet.style(*where).font_name

    def direction(self, index: int) -> Direction | None:
        """The direction that a cell says."""
        return read_direction(self.values[index], self.fonts[index])

    def is_coloured_only(self, index: int) -> bool:
        """Whether a blank cell has a colour that its row has not: then the colour is the direction."""
        where = self.register.position(index, FIELD)
        if where is None or not is_blank(self.values[index]):
            return False
        fill = self.register.sheet.style(*where).fill
        beside = next((place for field in ("title", "ref", "description")
                       if (place := self.register.position(index, field)) is not None), where)  # fmt: skip
        return fill is not None and fill != self.register.sheet.style(*beside).fill

    def correction(self, index: int, travel: Travel) -> Correction | None:
        """The direction in this column's own notation; None where it has none, or the cell says more than that."""
        before, cell = self.values[index], self.cells[index]
        if cell is None or cell_formula(self.register, index, FIELD) is not None or not _is_bare(before):
            return None
        after = self._written(index, travel.way)
        if after is None:
            return None
        basis = f"{travel.basis}: {IN_WORDS[travel.way]}"
        return Correction(self.register.sheet_name, cell, before, after, "derived", basis)

    def _written(self, index: int, way: Direction) -> str | None:
        """A direction as this cell would write it, else as the cells of the same font do."""
        own, font = self.values[index], self.fonts[index]
        others = [value for place, value in enumerate(self.values) if place != index and self.fonts[place] == font]
        if not is_blank(own) and (after := write_direction(way, [own], font)) is not None:
            return after
        if all(map(is_blank, self.values)) and read_direction(ARROWS["up"], font) == "up":
            return ARROWS.get(way)
        if way == "new" and not any(read_direction(value, font) == "new" for value in others):
            return None
        return write_direction(way, others, font)


def _is_bare(value: Value) -> bool:
    """Whether a cell holds a direction and nothing besides."""
    if not isinstance(value, str):
        return value is None
    text = one_line(value)
    return len(text) <= LONGEST_BARE and not any(letter.isdigit() for letter in text)
