"""Setting values and looks on one sheet, with a record of each cell as it was."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache

from lxml import etree

from regsheet.grid.addresses import Area, address
from regsheet.grid.cells import Sheet
from regsheet.rules.findings import Correction
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.highlight import FLAG_FILL, FLAG_LINE, legible_colour, outline
from regsheet.writer.records import CellRecord, Records, row_key
from regsheet.writer.styles import SIDES, Change, Styles

DATE_FORMAT = 14
MOST_OUTLINED = 400
"""Cells along the edge of a merge that are given a border; a larger merge has it round its first cell only."""


class Painter:
    """One sheet under the brush. ``sheet`` is how it was read, before anything was changed."""

    def __init__(self, patch: SheetPatch, sheet: Sheet, styles: Styles, records: Records) -> None:
        self.patch = patch
        self.sheet = sheet
        self.styles = styles
        self.records = records
        self._painted: dict[tuple[int, int], str] = {}
        self._row_keys: dict[int, str | None] = {}
        self._usual: dict[tuple[int, bool], int | None] = {}
        self._looks: dict[tuple[str, int], str] = {}

    def correct(self, row: int, column: int, correction: Correction) -> None:
        """Write a correction's value or formula. Raises ``CellRefused``."""
        place = self.patch.anchor(row, column)
        before = self.sheet.cells.get(place)
        existed = self.patch.has(*place)
        self.patch.set_value(row, column, correction.after, correction.formula)
        record = self._record(*place, existed)
        if not record.wrote_value:
            record.value_before = None if before is None else before.value
            record.formula_before = None if before is None else before.formula
        record.wrote_value = True
        record.value_after, record.formula_after = correction.after, correction.formula
        if before is None or before.value is None:
            self._align(place, correction)
        self._show_date(place, correction)

    def fill(self, row: int, column: int, colour: str) -> None:
        """Give a cell a fill, and a font that can be read on it."""
        self._fill(self.patch.anchor(row, column), colour)

    def _fill(self, place: tuple[int, int], colour: str) -> None:
        look = self.sheet.style(*place)
        if look.fill == colour:
            return
        self._painted[place] = colour
        self._restyle(place, _filled(colour, look.font_colour))

    def flag(self, row: int, column: int, *, fill: bool) -> None:
        """Mark a cell, or the merge it is in, as flagged; ``fill`` where it may be given one if it has none."""
        place = self.patch.anchor(row, column)
        merge = self.patch.merge_at(*place)
        if merge is None or _is_vast(merge):
            self._restyle(place, _outlined(SIDES))
        else:
            for cell, sides in outline(merge).items():
                if self.patch.may_be_outlined(*cell):
                    self._restyle(cell, _outlined(sides))
        if fill and place not in self._painted and self.sheet.style(*place).fill is None:
            self._fill(place, FLAG_FILL)

    def _align(self, place: tuple[int, int], correction: Correction) -> None:
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

    def _show_date(self, place: tuple[int, int], correction: Correction) -> None:
        """A date needs a date format; a cell that held text has none."""
        if isinstance(correction.after, dt.datetime) and not self.sheet.style(*place).is_date:
            style = self.styles.variant(self.patch.style(*place), Change(number_format=DATE_FORMAT))
            self.patch.set_style(*place, style)

    def _restyle(self, place: tuple[int, int], change: Change) -> None:
        own = self.patch.own_style(*place)
        before = self.patch.style(*place) if own is None else own
        after = self.styles.variant(before, change)
        if after == before:
            return
        record = self._record(*place, own is not None)
        if change.fill:
            record.fill_before = record.fill_before or self._spelled(self.styles.fill_of, before)
            record.fill_after = change.fill
        if change.line:
            record.border_before = record.border_before or self._spelled(self.styles.border_of, before)
        if change.font_colour:
            record.font_before = record.font_before or self._spelled(self.styles.font_of, before)
            record.font_after = change.font_colour
        self.patch.set_style(*place, after)

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
            record = CellRecord(self.sheet.name, address(row, column), existed, row_key=self._row_key(row))
            self.records.cells[key] = record
        return record

    def _row_key(self, row: int) -> str | None:
        """What the row is known by, as it was before anything was changed."""
        if row not in self._row_keys:
            found = self.sheet.cells.rows.get(row)
            self._row_keys[row] = None if found is None else row_key(found.values.values())
        return self._row_keys[row]


def _is_vast(merge: Area) -> bool:
    """Whether a merge has too long an edge to be outlined."""
    return 2 * (merge.last_row - merge.first_row + merge.last_column - merge.first_column) > MOST_OUTLINED


@cache
def _outlined(sides: tuple[str, ...]) -> Change:
    return Change(line=FLAG_LINE, sides=sides)


@lru_cache(maxsize=1_000)
def _filled(colour: str, font: str | None) -> Change:
    return Change(fill=colour, font_colour=legible_colour(font, colour))


def _xml(element: etree._Element | None) -> str:
    """A look by itself, without the names that its workbook declares and it does not use."""
    if element is None:
        return ""
    alone = copy.deepcopy(element)
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, encoding="unicode", with_tail=False)
