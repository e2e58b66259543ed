"""Setting values and looks on one sheet, with a record of each cell as it was."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping
from typing import NamedTuple

from lxml import etree

from regsheet.grid.addresses import Area, address
from regsheet.grid.cells import Sheet
from regsheet.rules.findings import Correction
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.highlight import FLAG_FILL, FLAG_LINE, Cell, legible_colour, outline
from regsheet.writer.records import CellRecord, Records, looks_of
from regsheet.writer.styles import SIDES, Change, Styles

DATE_FORMAT = 14
MOST_OUTLINED = 400
"""Cells along the edge of a merge that are given a border; a larger merge has it round its first cell only."""


class Told(NamedTuple):
    """What is told of a look that was changed: these fields of a ``CellRecord``, in their order."""

    fill_before: str | None = None
    fill_after: str | None = None
    border_before: str | None = None
    font_before: str | None = None
    font_after: str | None = None

    def and_then(self, later: Told) -> Told:
        """What is told after a further change: of what was there, the first; of what is there now, the last."""
        return Told(
            _first(self.fill_before, later.fill_before), later.fill_after or self.fill_after,
            _first(self.border_before, later.border_before),
            _first(self.font_before, later.font_before), later.font_after or self.font_after,
        )  # fmt: skip


class _Made(NamedTuple):
    """The style that a brush makes of another, and what is told of it; None where it changes nothing."""

    style: int
    told: Told | None


class _Brush(NamedTuple):
    """Changes of look, one after the other, and what they have made of each style so far."""

    changes: tuple[Change, ...]
    made: dict[int, _Made]


class Painter:
    """One sheet under the brush. ``sheet`` is how it was read, before anything was changed."""

    def __init__(self, patch: SheetPatch, sheet: Sheet, styles: Styles, records: Records) -> None:
        self.patch = patch
        self.sheet = sheet
        self.styles = styles
        self.records = records
        self._painted: set[Cell] = set()
        self._brushes: dict[tuple[tuple[str, ...], str | None, str | None], _Brush] = {}
        self._usual: dict[tuple[int, bool], int | None] = {}
        self._looks: dict[tuple[str, int], str] = {}

    def correct(self, row: int, column: int, correction: Correction) -> None:
        """Write a correction's value or formula. Raises ``CellRefused``."""
        place = self.patch.anchor(row, column)
        value, formula = self.sheet.value(*place), self.sheet.formula(*place)
        existed = self.patch.has(*place)
        self.patch.set_value(row, column, correction.after, correction.formula)
        record = self._record(*place, existed)
        if not record.wrote_value:
            record.value_before, record.formula_before = value, formula
        record.wrote_value = True
        record.value_after, record.formula_after = correction.after, correction.formula
        if value is None:
            self._align(place, correction)
        self._show_date(place, correction)

    def fill(self, fills: Mapping[Cell, str]) -> None:
        """Give cells fills, each with a font that can be read on it."""
        wanted: dict[Cell, _Brush] = {}
        merges = self.patch.merges_among(fills)
        for cell, colour in fills.items():
            merge = merges.get(cell)
            place = (merge.first_row, merge.first_column) if merge else cell
            look = self.sheet.style(*place)
            if look.fill == colour:
                continue
            if place in wanted:  # by another cell of its merge
                self._restyle(wanted)
                wanted = {}
            self._painted.add(place)
            wanted[place] = self._brush((), colour, look.font_colour)
        self._restyle(wanted)

    def flag(self, cells: Collection[Cell], rated: Container[Cell]) -> None:
        """Mark cells, or the merges they are in, as flagged; those not ``rated`` are given a fill if they have none."""
        wanted: dict[Cell, _Brush] = {}
        merges = self.patch.merges_among(cells)
        for cell in cells:
            merge = merges.get(cell)
            if merge is None:
                wanted[cell] = self._brush(SIDES, *self._flag_fill(cell, cell in rated))
            else:
                self._restyle(wanted)
                wanted = {}
                self._flag_merge(merge, cell in rated)
        self._restyle(wanted)

    def _flag_merge(self, merge: Area, is_rated: bool) -> None:
        place = merge.first_row, merge.first_column
        edge = {place: SIDES} if _is_vast(merge) else outline(merge)
        may_be_outlined = self.patch.may_be_outlined
        self._restyle({cell: self._brush(sides) for cell, sides in edge.items() if may_be_outlined(*cell)})
        self._restyle({place: self._brush((), *self._flag_fill(place, is_rated))})

    def _flag_fill(self, place: Cell, is_rated: bool) -> tuple[str | None, str | None]:
        """The fill that a flagged cell is to be given, if any, and the colour of its font."""
        look = self.sheet.style(*place)
        if is_rated or look.fill is not None or place in self._painted:
            return None, None
        self._painted.add(place)
        return FLAG_FILL, look.font_colour

    def _align(self, place: Cell, correction: Correction) -> None:
        """A cell that was blank is aligned as most cells of its column that hold the same kind of value."""
        usual = self._usual_style(place[1], isinstance(correction.after, str))
        if usual is not None:
            style = self.styles.variant(self.patch.style(*place), Change(alignment_of=usual))
            self.patch.set_style(*place, style)

    def _usual_style(self, column: int, text: bool) -> int | None:
        """The commonest style of the texts, or of the numbers, of a column."""
        if (column, text) not in self._usual:
            kind = str if text else (int, float)
            styles = Counter(
                cell.style for cell in self.sheet.filled() if cell.column == column and isinstance(cell.value, kind)
            )
            self._usual[column, text] = styles.most_common(1)[0][0] if styles else None
        return self._usual[column, text]

    def _show_date(self, place: Cell, correction: Correction) -> None:
        """A date needs a date format; a cell that held text has none."""
        if isinstance(correction.after, dt.datetime) and not self.sheet.style(*place).is_date:
            style = self.styles.variant(self.patch.style(*place), Change(number_format=DATE_FORMAT))
            self.patch.set_style(*place, style)

    def _brush(self, sides: tuple[str, ...], fill: str | None = None, font: str | None = None) -> _Brush:
        """The brush that draws the line of flagged cells on these sides, and gives a fill where the font is such."""
        key = sides, fill, font
        brush = self._brushes.get(key)
        if brush is None:
            lines = (Change(line=FLAG_LINE, sides=sides),) if sides else ()
            fills = (Change(fill=fill, font_colour=legible_colour(font, fill)),) if fill else ()
            brush = self._brushes[key] = _Brush((*lines, *fills), {})
        return brush

    def _restyle(self, wanted: Mapping[Cell, _Brush]) -> None:
        """Go over cells, each with its brush."""
        styles: dict[Cell, int] = {}
        for (place, brush), own in zip(wanted.items(), self.patch.own_styles(wanted), strict=True):
            before = self.patch.style(*place) if own is None else own
            made = brush.made.get(before) or self._make(brush, before)
            if made.told is not None:
                self._tell(*place, own is not None, made.told)
                styles[place] = made.style
                if own is None:
                    self.patch.make(*place)
        self.patch.set_styles(styles)

    def _make(self, brush: _Brush, before: int) -> _Made:
        """What a brush makes of a style. Styles are only ever added, so it is found out once."""
        style, told = before, None
        for change in brush.changes:
            after = self.styles.variant(style, change)
            if after != style:
                step = self._told(style, change)
                style, told = after, step if told is None else told.and_then(step)
        brush.made[before] = _Made(style, told)
        return brush.made[before]

    def _told(self, before: int, change: Change) -> Told:
        """What is to be told of a change to a style."""
        return Told(
            self._spelled(self.styles.fill_of, before) if change.fill else None, change.fill,
            self._spelled(self.styles.border_of, before) if change.line else None,
            self._spelled(self.styles.font_of, before) if change.font_colour else None, change.font_colour,
        )  # fmt: skip

    def _tell(self, row: int, column: int, existed: bool, told: Told) -> None:
        """Tell of a cell's changed look in its record."""
        key = (self.sheet.name, row, column)
        record = self.records.cells.get(key)
        if record is None:
            self.records.cells[key] = CellRecord(
                self.sheet.name, address(row, column), existed, False, None, None, None, None, *told
            )
            return
        whole = Told(*looks_of(record)).and_then(told)
        record.fill_before, record.fill_after, record.border_before, record.font_before, record.font_after = whole

    def _spelled(self, look_of: Callable[[int], etree._Element | None], style: int) -> str:
        """The fill, border or font of a style as XML; styles are only ever added, so each is spelled once."""
        key = (look_of.__name__, style)
        if key not in self._looks:
            self._looks[key] = _xml(look_of(style))
        return self._looks[key]

    def _record(self, row: int, column: int, existed: bool) -> CellRecord:
        key = (self.sheet.name, row, column)
        record = self.records.cells.get(key)
        if record is None:
            record = CellRecord(self.sheet.name, address(row, column), existed)
            self.records.cells[key] = record
        return record


def _is_vast(merge: Area) -> bool:
    """Whether a merge has too long an edge to be outlined."""
    return 2 * (merge.last_row - merge.first_row + merge.last_column - merge.first_column) > MOST_OUTLINED


def _first(earlier: str | None, later: str | None) -> str | None:
    return later if later is not None and not earlier else earlier


def _xml(element: etree._Element | None) -> str:
    """A look by itself, without the names that its workbook declares and it does not use."""
    if element is None:
        return ""
    alone = copy.deepcopy(element)
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, encoding="unicode", with_tail=False)
