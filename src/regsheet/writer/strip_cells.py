"""Giving cells their earlier values and looks, wherever sorting and inserting has moved them since."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from regsheet.grid.addresses import Area, address, position
from regsheet.grid.cells import Sheet, Value
from regsheet.grid.colours import Palette
from regsheet.writer.cell_patch import CellRefused, SheetPatch
from regsheet.writer.highlight import FLAG_FILL
from regsheet.writer.markup import elements, local, sibling_tag
from regsheet.writer.moves import Moves
from regsheet.writer.palettes import literal
from regsheet.writer.records import CellRecord, row_keys
from regsheet.writer.styles import Change, Styles
from regsheet.writer.traces import is_flag_border, is_flag_side

Cell = tuple[int, int]
MOST_COVERED = 10_000
MOST_ROWS_AWAY = 60
NO_FILL = '<fill xmlns="{space}"><patternFill patternType="none"/></fill>'


@dataclass(frozen=True, slots=True)
class Kept:
    """A corrected cell that was left as it is now, because its earlier value could not be given back with certainty."""

    sheet: str
    cell: str


class Restorer:
    """One sheet being given back its cells. ``sheet`` is as read from the same package.

    ``palette`` is what theme and indexed colours meant when the looks were kept, where that is not what they mean now.
    """

    def __init__(self, patch: SheetPatch, sheet: Sheet, styles: Styles, palette: Palette | None = None) -> None:
        self.patch = patch
        self.sheet = sheet
        self.styles = styles
        self.palette = palette
        self.not_found = 0
        self._fragments: dict[str, etree._Element | None] = {}

    def restore(self, records: list[CellRecord]) -> list[Kept]:
        """Undo what the records tell, and clear the borders of flagged cells that none of them reaches.

        ``not_found`` counts then the cells that had been coloured and could not be found again.
        """
        moves = Moves.of(records, self.sheet, self._looks_ours)
        places = {record.cell: moves.place(record) for record in records}
        kept: list[Kept] = []
        for record in records:
            place = places[record.cell]
            made = place is not None and not record.existed and self._looks_ours(place, record)
            if place is not None:
                self._restore_look(place, record)
            if record.wrote_value and (place is None or not self._restore_value(place, record, moves)):
                kept.append(Kept(record.sheet, record.cell))
            self.not_found += place is None and record.fill_after is not None and not record.wrote_value
            if made and place is not None:
                self.patch.remove_empty(*place)
        self.clear_flags()
        return kept

    def clear_flags(self) -> None:
        """Take the border, and the fill that comes with it, from flagged cells; they look as their neighbours do."""
        flagged = [place for place in self.sheet.cells if self._is_flagged(place)]
        donors = {place: self._donor(place) for place in flagged}
        for place in flagged:
            donor = donors[place]
            style = self.patch.style(*place)
            own = self.styles.border_of(style)
            border = self._without_flag(own) if donor is None else self.styles.border_of(self.patch.style(*donor))
            change = Change(raw_border=border)
            if self.sheet.style(*place).fill == FLAG_FILL:
                change = replace(change, raw_fill=self._fragment(NO_FILL.format(space=self._space())))
            self.patch.set_style(*place, self.styles.variant(style, change))

    # -- finding -----------------------------------------------------------------------------------------------

    def _looks_ours(self, place: Cell, record: CellRecord) -> bool:
        if record.fill_after and self.sheet.style(*place).fill != record.fill_after:
            return False
        if record.border_before is not None and not self._is_flagged(place):
            return False
        if record.wrote_value and not self._holds_ours(place, record):
            return False
        return bool(record.fill_after or record.wrote_value or record.border_before is not None)

    def _holds_ours(self, place: Cell, record: CellRecord) -> bool:
        formula = self.sheet.formula(*place)
        if (record.formula_after is None) != (formula is None):
            return False
        return formula is not None or same_value(self.sheet.value(*place), record.value_after)

    def _is_flagged(self, place: Cell) -> bool:
        return self.patch.has(*place) and is_flag_border(self.styles.border_of(self.patch.style(*place)))

    def _donor(self, place: Cell) -> Cell | None:
        """The nearest cell of the same column that is not flagged, on rows that are part of the same table."""
        row, column = place
        for distance in range(1, MOST_ROWS_AWAY):
            for other in ((row + distance, column), (row - distance, column)):
                if other in self.sheet.cells and not self._is_flagged(other):
                    return other
        return None

    # -- changing ----------------------------------------------------------------------------------------------

    def _restore_look(self, place: Cell, record: CellRecord) -> None:
        style = self.patch.style(*place)
        look = self.sheet.style(*place)
        change = Change()
        if record.border_before is not None and self._is_flagged(place):
            change = replace(change, raw_border=self._fragment(record.border_before))
        if record.fill_before is not None and look.fill == record.fill_after:
            change = replace(change, raw_fill=self._fragment(record.fill_before))
            self._restore_covered(place, record)
        if record.font_before is not None and look.font_colour == record.font_after:
            change = replace(change, raw_font=self._fragment(record.font_before))
        if change != Change():
            self.patch.set_style(*place, self.styles.variant(style, change))

    def _restore_covered(self, place: Cell, record: CellRecord) -> None:
        """LibreOffice gives the cells that a merge covers the fill of its first: they get back the same."""
        merge = self.patch.merge_at(*place)
        if merge is None or not record.fill_before:
            return
        for cell in self._cells_in(merge):
            if cell != place and self.sheet.style(*cell).fill == record.fill_after:
                change = Change(raw_fill=self._fragment(record.fill_before))
                self.patch.set_style(*cell, self.styles.variant(self.patch.style(*cell), change))

    def _cells_in(self, area: Area) -> list[Cell]:
        if (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1) > MOST_COVERED:
            return []
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_column, area.last_column + 1)
        return [(row, column) for row in rows for column in columns if (row, column) in self.sheet.cells]

    def _restore_value(self, place: Cell, record: CellRecord, moves: Moves) -> bool:
        if not self._holds_ours(place, record):
            return False
        formula, value = record.formula_before, record.value_before
        if formula is not None:
            same = formula == record.formula_after  # only its result was out of date: it stays as it has moved since
            formula = self.sheet.formula(*place) if same else moves.formula(record, place)
            if formula is None:
                return False
            if self.sheet.formula(*place) is not None and self.sheet.value(*place) is None:
                value = None  # the program that saved this copy keeps no results of formulas
        try:
            self.patch.set_value(*place, value, formula)
        except CellRefused:
            return False
        return True

    def _without_flag(self, border: etree._Element | None) -> etree._Element | None:
        if border is None:
            return None
        new = etree.fromstring(etree.tostring(border))
        for side in elements(new):
            if is_flag_side(side):
                new.replace(side, etree.Element(sibling_tag(side, local(side))))
        return new

    def _fragment(self, xml: str) -> etree._Element | None:
        """A look kept in the mark, as an element; None where it is not one."""
        if xml not in self._fragments:
            try:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                found = etree.fromstring(xml.encode(), parser) if xml else None
            except etree.XMLSyntaxError:
                found = None
            known = found if found is not None and local(found) in {"border", "fill", "font"} else None
            self._fragments[xml] = literal(known, self.palette) if known is not None and self.palette else known
        return self._fragments[xml]

    def _space(self) -> str:
        return etree.QName(self.styles.root).namespace or ""


def same_value(one: Value, other: Value) -> bool:
    """Whether two cells say the same: numbers by value, texts without outer blanks."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return one == other


def log_records(log: Sheet, sheet: Sheet, heads: tuple[str, ...]) -> list[CellRecord]:
    """What the Change log says of one sheet: the witness where a program dropped the mark.

    ``heads`` are the headings of sheet, cell, risk, before, after and basis. Rows are trusted only where the risk's
    reference stands in the row that the log names.
    """
    columns = _columns(log, heads)
    if columns is None:
        return []
    head_row, (of_sheet, of_cell, of_risk, of_before, of_after, of_basis) = columns
    found: list[CellRecord] = []
    for row in range(head_row + 1, max((place[0] for place in log.cells), default=0) + 1):
        cell = str(log.value(row, of_cell) or "")
        if log.value(row, of_sheet) != sheet.name or not _is_address(cell):
            continue
        place = _row_of(sheet, cell, log.value(row, of_risk))
        if place is None:
            continue
        record = CellRecord(sheet.name, address(*place), wrote_value=True)
        record.value_before, record.value_after = log.value(row, of_before), log.value(row, of_after)
        record.formula_after = _our_formula(sheet, place, str(log.value(row, of_basis) or ""))
        record.row_key = row_keys(sheet).get(place[0])
        found.append(record)
    return found


def _our_formula(sheet: Sheet, place: Cell, basis: str) -> str | None:
    """The formula of a cell where the log says that it was written; its cached value may be gone by now."""
    formula = sheet.formula(*place)
    return formula if formula is not None and basis.endswith(f"={formula}") else None


def _columns(log: Sheet, heads: tuple[str, ...]) -> tuple[int, tuple[int, ...]] | None:
    """The row of the headings and the column of each."""
    rows: dict[int, dict[str, int]] = {}
    for cell in log.filled():
        if isinstance(cell.value, str) and cell.value in heads:
            rows.setdefault(cell.row, {}).setdefault(cell.value, cell.column)
    for row, found in sorted(rows.items()):
        if len(found) == len(heads):
            return row, tuple(found[head] for head in heads)
    return None


def _row_of(sheet: Sheet, cell: str, risk: Value) -> Cell | None:
    """Where a logged cell is now: in the row that has the risk's reference."""
    row, column = position(cell)
    if risk is None or risk == "":
        return row, column
    rows = [found.row for found in sheet.filled() if same_value(found.value, risk) and found.column <= column]
    if row in rows:
        return row, column
    return (rows[0], column) if len(rows) == 1 else None


def _is_address(text: str) -> bool:
    try:
        position(text)
    except ValueError:
        return False
    return True
