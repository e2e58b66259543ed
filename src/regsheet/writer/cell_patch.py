"""Setting cells of a sheet in place: the rest of the sheet's XML stays as it is.

Text goes in as an inline string, so that the shared strings, which other sheets use too, keep their bytes.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from regsheet.grid import walk
from regsheet.grid.addresses import Area, address
from regsheet.grid.cells import CellError, Value
from regsheet.grid.merges import MergeIndex
from regsheet.limits import MAX_FORMULA_LENGTH
from regsheet.package import Package
from regsheet.writer.markup import WORKSHEET_ORDER, child, insert_in_order, local, set_text, sibling_tag
from regsheet.writer.shared_formulas import free_master

EPOCH_1900 = dt.datetime(1899, 12, 30)
EPOCH_1904 = dt.datetime(1904, 1, 1)
LEAP_DAY_1900 = 61
"""Excel counts a 29 February 1900 that never was: days before it have a number less."""

CONTENT = ("f", "v", "is")
Item = TypeVar("Item")


class CellRefused(Exception):  # noqa: N818 - not an error of the program: the caller lists it
    """A cell that must not be written; ``str(refusal)`` says why in words for the user."""


@dataclass(slots=True)
class _Row:
    element: etree._Element
    others: list[etree._Element] = field(default_factory=list)
    _cells: dict[int, etree._Element] | None = None

    @property
    def cells(self) -> dict[int, etree._Element]:
        """Its cells by column, found when first asked for; of two of one address the first counts, as in the reader."""
        if self._cells is None:
            self._cells = {}
            for element in (self.element, *self.others):
                for column, cell in walk.cells(element) if len(element) else ():
                    self._cells.setdefault(column, cell)
        return self._cells

    @cells.setter
    def cells(self, cells: dict[int, etree._Element]) -> None:
        self._cells = cells


class SheetPatch:
    """One worksheet part, open for changes. Rows and columns count from 1; a merge is its top left cell."""

    def __init__(self, package: Package, part: str, date_1904: bool = False) -> None:
        self.package = package
        self.part = part
        self.root = package.tree(part)
        self.date_1904 = date_1904
        self.moved: set[tuple[int, int]] = set()
        self.formulas_changed = False
        data = child(self.root, "sheetData")
        if data is None:
            data = etree.Element(sibling_tag(self.root, "sheetData"))
            insert_in_order(self.root, data, WORKSHEET_ORDER)
        self._data = data
        self._rows = _placed(data)
        self._merges = MergeIndex(_areas(self.root, "mergeCell"))
        self._column_styles: dict[int, int] = {}
        self._blocks = tuple(_formula_blocks(data))
        self._headings = tuple(_table_headings(package, part))
        self._is_touched = False

    # -- looking -----------------------------------------------------------------------------------------------

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is shown at this place: the top left one of a merge, else the cell itself."""
        merge = self.merge_at(row, column)
        return (merge.first_row, merge.first_column) if merge else (row, column)

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merge that covers a cell."""
        return self._merges.at(row, column)

    def cell(self, row: int, column: int) -> etree._Element | None:
        """The cell's element, None where the sheet has no such cell."""
        found = self._rows.get(row)
        return None if found is None else found.cells.get(column)

    def may_be_outlined(self, row: int, column: int) -> bool:
        """Whether a cell that a merge covers may be given a line: one that the file gives no address is left alone."""
        cell = self.cell(row, column)
        return cell is None or _is_addressed(cell) or self.anchor(row, column) == (row, column)

    def style(self, row: int, column: int) -> int:
        """The style position that Excel shows there: the cell's, else its row's, else its column's."""
        cell = self.cell(row, column)
        if cell is not None:
            return _index(cell.get("s"))
        found = self._rows.get(row)
        if found is not None and found.element.get("customFormat") in {"1", "true"}:
            return _index(found.element.get("s"))
        if column not in self._column_styles:
            self._column_styles[column] = self._style_of_column(column)
        return self._column_styles[column]

    def _style_of_column(self, column: int) -> int:
        ranges = self.root.iterfind(f"{sibling_tag(self.root, 'cols')}/{sibling_tag(self.root, 'col')}")
        return next(
            (_index(item.get("style")) for item in ranges
             if _index(item.get("min")) <= column <= _index(item.get("max"))), 0,
        )  # fmt: skip

    def refusal(self, row: int, column: int) -> str | None:
        """Why a value must not be written to this cell; None when it may be."""
        row, column = self.anchor(row, column)
        if any((row, column) in area for area in self._blocks):
            return "the cell is part of an array formula or a data table, which must be changed as a whole"
        if any((row, column) in area for area in self._headings):
            return "the cell is the heading of an Excel table"
        cell = self.cell(row, column)
        if cell is not None and (cell.get("cm") or cell.get("vm")):
            return "the cell holds a linked data type, picture or dynamic array"
        return None

    def _touch(self) -> None:
        """Say that the sheet's tree was changed: once, for a sheet has thousands of cells."""
        if not self._is_touched:
            self.package.touch(self.part)
            self._is_touched = True

    # -- changing ----------------------------------------------------------------------------------------------

    def set_value(self, row: int, column: int, value: Value, formula: str | None = None) -> tuple[int, int]:
        """Give a cell a value, or a formula (without ``=``) with ``value`` as its cached result.

        Returns the cell that was written. Raises ``CellRefused`` where writing would break an array or a table.
        """
        row, column = self.anchor(row, column)
        refusal = self.refusal(row, column)
        if refusal:
            raise CellRefused(refusal)
        if formula is not None and len(formula) > MAX_FORMULA_LENGTH:
            raise CellRefused("the formula is longer than Excel allows")
        if isinstance(value, float) and not math.isfinite(value):
            raise CellRefused("the value is no number that a workbook can hold")
        cell = self.make_cell(row, column)
        self._free(cell, row, column)
        self.formulas_changed = self.formulas_changed or formula is not None
        self._fill_in(cell, value, formula)
        self._touch()
        return row, column

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give one cell another style position."""
        cell = self.cell(row, column)
        if cell is None and style == self.style(row, column):
            return
        if cell is None or _index(cell.get("s")) != style:
            self.make_cell(row, column).set("s", str(style))
            self._touch()

    def make_cell(self, row: int, column: int) -> etree._Element:
        """The cell's element, made in its place with the look of its row or column where it is missing."""
        existing = self.cell(row, column)
        if existing is not None:
            return existing
        style = self.style(row, column)
        holder = self._make_row(row)
        neighbour = holder.cells.get(column - 1)
        new = etree.Element(sibling_tag(self.root, "c"))
        if neighbour is not None and not _is_addressed(neighbour):
            # A program that writes no addresses writes its rows alike, cell by cell: one more is as its neighbour.
            style = style or _index(neighbour.get("s"))
        else:
            new.set("r", address(row, column))
        if style:
            new.set("s", str(style))
        later = _behind(holder.cells, column)
        if later is None:
            holder.element.insert(_after_last(holder.element, "c"), new)
        else:
            holder.cells[later].addprevious(new)
        holder.cells = _inserted(holder.cells, column, new, later)
        _extend_spans(holder.element, column)
        self._extend_dimension(row, column)
        self._touch()
        return new

    def remove_empty(self, row: int, column: int) -> None:
        """Take out a cell's element where it holds nothing, so that it looks as its row or column does."""
        cell = self.cell(row, column)
        if cell is None or len(cell) or not _is_addressed(cell):
            return
        parent = cell.getparent()
        if parent is not None:
            parent.remove(cell)
            del self._rows[row].cells[column]
            self._touch()

    # -- within ------------------------------------------------------------------------------------------------

    def _make_row(self, row: int) -> _Row:
        existing = self._rows.get(row)
        if existing is not None:
            return existing
        element = etree.Element(sibling_tag(self.root, "row"), r=str(row))
        # A row that follows has its own number: rows without one stand directly after their neighbour.
        later = _behind(self._rows, row)
        if later is None:
            self._data.insert(_after_last(self._data, "row"), element)
        else:
            self._rows[later].element.addprevious(element)
        self._rows = _inserted(self._rows, row, _Row(element), later)
        return self._rows[row]

    def _free(self, cell: etree._Element, row: int, column: int) -> None:
        """Take out what the cell holds; a shared formula that others use is handed on first."""
        formula = child(cell, "f")
        if formula is not None:
            self.formulas_changed = True
            if formula.get("t") == "shared" and formula.get("ref"):
                self.moved |= free_master(self._formula_cells(), formula, (row, column))
        for name in CONTENT:
            for old in cell.findall(sibling_tag(cell, name)):
                cell.remove(old)

    def _formula_cells(self) -> Iterator[tuple[tuple[int, int], etree._Element]]:
        for row, holder in self._rows.items():
            for column, cell in holder.cells.items():
                formula = child(cell, "f")
                if formula is not None:
                    yield (row, column), formula

    def _fill_in(self, cell: etree._Element, value: Value, formula: str | None) -> None:
        if value == "" and formula is None:
            value = None
        kind, text = _stored(value, self.date_1904)
        parts: list[etree._Element] = []
        if formula is not None:
            parts.append(_element(cell, "f", formula.removeprefix("=")))
            kind = "str" if kind == "inlineStr" else kind
        if kind == "inlineStr":
            item = _element(cell, "is", None)
            set_text(etree.SubElement(item, sibling_tag(cell, "t")), str(value))
            parts.append(item)
        elif text is not None:
            stored = _element(cell, "v", None)
            set_text(stored, text)
            parts.append(stored)
        cell[0:0] = parts
        if kind is not None:
            cell.set("t", kind)
        elif "t" in cell.attrib:
            del cell.attrib["t"]

    def _extend_dimension(self, row: int, column: int) -> None:
        dimension = child(self.root, "dimension")
        if dimension is None:
            return
        try:
            area = Area.parse(dimension.get("ref", ""))
        except ValueError:
            return
        if (row, column) not in area:
            wider = Area(
                min(area.first_row, row), min(area.first_column, column),
                max(area.last_row, row), max(area.last_column, column),
            )  # fmt: skip
            dimension.set("ref", str(wider))


def _stored(value: Value, date_1904: bool) -> tuple[str | None, str | None]:
    """A value as the file holds it: the cell's type and the text of its ``<v>``."""
    if value is None:
        return None, None
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, int):
        return None, str(value)
    if isinstance(value, float):
        return None, repr(value) if value != int(value) or abs(value) >= 1e15 else str(int(value))
    if isinstance(value, dt.datetime):
        days = (value - (EPOCH_1904 if date_1904 else EPOCH_1900)) / dt.timedelta(days=1)
        if not date_1904 and days < LEAP_DAY_1900:
            days -= 1
        return _stored(days, date_1904)
    if isinstance(value, dt.time):
        seconds = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return None, repr(seconds / dt.timedelta(days=1))
    if isinstance(value, CellError):
        return "e", str(value)
    return "inlineStr", value


def _is_addressed(cell: etree._Element) -> bool:
    """Whether the file says where a cell is; else it is the one after its neighbour."""
    return cell.get("r") is not None


def _element(near: etree._Element, name: str, text: str | None) -> etree._Element:
    new = etree.Element(sibling_tag(near, name))
    new.text = text
    return new


def _index(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _behind(places: Mapping[int, object], number: int) -> int | None:
    """Which of the numbers, given in file order, a new one goes before; None where it goes last.

    In a file that keeps no order it is the first that is greater, so that nothing comes out of order by us.
    """
    return next((each for each in places if each > number), None)


def _inserted(places: dict[int, Item], number: int, item: Item, later: int | None) -> dict[int, Item]:
    """The places with one more, in file order still."""
    if later is None:
        return places | {number: item}
    found: dict[int, Item] = {}
    for each, existing in places.items():
        if each == later:
            found[number] = item
        found[each] = existing
    return found


def _after_last(parent: etree._Element, name: str) -> int:
    """The place directly after the last child of that name; the front where there is none."""
    places = [index for index, item in enumerate(parent) if isinstance(item.tag, str) and local(item) == name]
    return places[-1] + 1 if places else 0


def _placed(data: etree._Element) -> dict[int, _Row]:
    """The rows by number; of two of one number the first counts, with the other's cells, as in the reader."""
    found: dict[int, _Row] = {}
    for number, element in walk.rows(data):
        if number in found:
            found[number].others.append(element)
        else:
            found[number] = _Row(element)
    return found


def _areas(root: etree._Element, name: str) -> Iterator[Area]:
    for item in root.iter(sibling_tag(root, name)):
        try:
            yield Area.parse(item.get("ref", ""))
        except ValueError:
            continue


def _formula_blocks(data: etree._Element) -> Iterator[Area]:
    """The ranges of array formulas and data tables."""
    for formula in data.iter(sibling_tag(data, "f")):
        if formula.get("t") in {"array", "dataTable"}:
            cell = formula.getparent()
            reference = formula.get("ref") or (None if cell is None else cell.get("r"))
            try:
                yield Area.parse(reference or "")
            except ValueError:
                continue


def _table_headings(package: Package, part: str) -> Iterator[Area]:
    """The heading rows of the sheet's Excel tables: their cells must say what the table's columns say."""
    for relationship in package.relationships(part).of_kind("table"):
        if relationship.target not in package:
            continue
        table = package.tree(relationship.target)
        if table.get("headerRowCount", "1") == "0":
            continue
        try:
            area = Area.parse(table.get("ref", ""))
        except ValueError:
            continue
        yield Area(area.first_row, area.first_column, area.first_row, area.last_column)


def _extend_spans(row: etree._Element, column: int) -> None:
    spans = row.get("spans")
    if spans is None or " " in spans:
        return
    first, _, last = spans.partition(":")
    if first.isdigit() and last.isdigit() and not int(first) <= column <= int(last):
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
