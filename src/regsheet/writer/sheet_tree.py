"""The cells of a worksheet part in its element tree: the way that takes whatever XML a program wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from regsheet.grid import walk
from regsheet.grid.addresses import Area, address
from regsheet.package import Package
from regsheet.writer.cell_content import INLINE, CellContent
from regsheet.writer.markup import WORKSHEET_ORDER, child, insert_in_order, local, set_text, sibling_tag
from regsheet.writer.shared_formulas import free_master

CONTENT = ("f", "v", "is")
Item = TypeVar("Item")


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


class SheetTree:
    """Cells by row and column. ``frame`` is the sheet's root; ``moved`` are cells that took over a shared formula."""

    def __init__(self, package: Package, part: str) -> None:
        self.frame = package.tree(part)
        self.moved: set[tuple[int, int]] = set()
        self._package = package
        self._part = part
        self._is_touched = False
        data = child(self.frame, "sheetData")
        if data is None:
            data = etree.Element(sibling_tag(self.frame, "sheetData"))
            insert_in_order(self.frame, data, WORKSHEET_ORDER)
        self._data = data
        self._rows = _placed(data)

    def touch(self) -> None:
        """Say that the tree was changed."""
        self._is_touched = True

    def is_plain(self, _row: int) -> bool:
        """Whether a row's cells can be told: here always."""
        return True

    def put_down(self, tell: bool) -> None:  # noqa: ARG002 - as in a sheet text
        """Tell the package that the tree was changed. What becomes of the part shows when it is serialised."""
        if self._is_touched:
            self._package.touch(self._part)

    # -- looking -----------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> etree._Element | None:
        found = self._rows.get(row)
        return None if found is None else found.cells.get(column)

    def has(self, row: int, column: int) -> bool:
        """Whether the sheet has such a cell."""
        return self._cell(row, column) is not None

    def is_addressed(self, row: int, column: int) -> bool:
        """Whether the file says where a cell is; else it is the one after its neighbour."""
        cell = self._cell(row, column)
        return cell is not None and _is_addressed(cell)

    def is_linked(self, row: int, column: int) -> bool:
        """Whether a cell's value stands elsewhere: a linked data type, a picture, a dynamic array."""
        cell = self._cell(row, column)
        return cell is not None and bool(cell.get("cm") or cell.get("vm"))

    def style(self, row: int, column: int) -> int | None:
        """The style position that a cell names; None where there is no such cell."""
        cell = self._cell(row, column)
        return None if cell is None else index(cell.get("s"))

    def row_style(self, row: int) -> int | None:
        """The style of the cells that a row does not have; None where it has none of its own."""
        found = self._rows.get(row)
        if found is None or found.element.get("customFormat") not in {"1", "true"}:
            return None
        return index(found.element.get("s"))

    def row_looks(self) -> Iterator[tuple[int, str | None, str | None]]:
        """The rows that say something of being hidden or of their height, and what they say."""
        for number, row in self._rows.items():
            last = row.others[-1] if row.others else row.element
            hidden, height = last.get("hidden"), last.get("ht")
            if hidden is not None or height is not None:
                yield number, hidden, height

    def formula_blocks(self) -> Iterator[Area]:
        """The ranges of array formulas and data tables."""
        for formula in self._data.iter(sibling_tag(self._data, "f")):
            if formula.get("t") in {"array", "dataTable"}:
                cell = formula.getparent()
                reference = formula.get("ref") or (None if cell is None else cell.get("r"))
                try:
                    yield Area.parse(reference or "")
                except ValueError:
                    continue

    # -- changing ----------------------------------------------------------------------------------------------

    def make(self, row: int, column: int, style: int) -> None:
        """Make a cell in its place, without content."""
        holder = self._make_row(row)
        neighbour = holder.cells.get(column - 1)
        new = etree.Element(sibling_tag(self.frame, "c"))
        if neighbour is not None and not _is_addressed(neighbour):
            # A program that writes no addresses writes its rows alike, cell by cell: one more is as its neighbour.
            style = style or index(neighbour.get("s"))
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
        self.touch()

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell that is there another style position."""
        self._there(row, column).set("s", str(style))
        self.touch()

    def put(self, row: int, column: int, content: CellContent) -> bool:
        """Give a cell that is there another content. Returns whether a formula was there; a shared one is handed on."""
        cell = self._there(row, column)
        had_formula = self._free(cell, row, column)
        cell[0:0] = _spelled(cell, content)
        if content.kind is not None:
            cell.set("t", content.kind)
        elif "t" in cell.attrib:
            del cell.attrib["t"]
        self.touch()
        return had_formula

    def set_result(self, row: int, column: int, content: CellContent) -> None:
        """Give a formula's cell another cached result, where it has one."""
        cell = self._cell(row, column)
        stored = None if cell is None else child(cell, "v")
        if cell is None or stored is None:
            return
        if content.kind is not None:
            cell.set("t", content.kind)
        elif "t" in cell.attrib:
            del cell.attrib["t"]
        set_text(stored, content.text or "")
        self.touch()

    def remove_empty(self, row: int, column: int) -> None:
        """Take a cell out where it holds nothing."""
        cell = self._cell(row, column)
        if cell is None or len(cell) or not _is_addressed(cell):
            return
        parent = cell.getparent()
        if parent is not None:
            parent.remove(cell)
            del self._rows[row].cells[column]
            self.touch()

    # -- within ------------------------------------------------------------------------------------------------

    def _there(self, row: int, column: int) -> etree._Element:
        return self._rows[row].cells[column]

    def _make_row(self, row: int) -> _Row:
        existing = self._rows.get(row)
        if existing is not None:
            return existing
        element = etree.Element(sibling_tag(self.frame, "row"), r=str(row))
        # A row that follows has its own number: rows without one stand directly after their neighbour.
        later = _behind(self._rows, row)
        if later is None:
            self._data.insert(_after_last(self._data, "row"), element)
        else:
            self._rows[later].element.addprevious(element)
        self._rows = _inserted(self._rows, row, _Row(element), later)
        return self._rows[row]

    def _free(self, cell: etree._Element, row: int, column: int) -> bool:
        """Take out what the cell holds; a shared formula that others use is handed on first."""
        formula = child(cell, "f")
        if formula is not None and formula.get("t") == "shared" and formula.get("ref"):
            self.moved |= free_master(self._formula_cells(), formula, (row, column))
        for name in CONTENT:
            for old in cell.findall(sibling_tag(cell, name)):
                cell.remove(old)
        return formula is not None

    def _formula_cells(self) -> Iterator[tuple[tuple[int, int], etree._Element]]:
        for row, holder in self._rows.items():
            for column, cell in holder.cells.items():
                formula = child(cell, "f")
                if formula is not None:
                    yield (row, column), formula


def index(text: str | None) -> int:
    """A style position; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _spelled(cell: etree._Element, content: CellContent) -> list[etree._Element]:
    parts: list[etree._Element] = []
    if content.formula is not None:
        parts.append(_element(cell, "f", content.formula))
    if content.text is not None and content.kind == INLINE:
        item = _element(cell, "is", None)
        set_text(etree.SubElement(item, sibling_tag(cell, "t")), content.text)
        parts.append(item)
    elif content.text is not None:
        stored = _element(cell, "v", None)
        set_text(stored, content.text)
        parts.append(stored)
    return parts


def _is_addressed(cell: etree._Element) -> bool:
    return cell.get("r") is not None


def _element(near: etree._Element, name: str, text: str | None) -> etree._Element:
    new = etree.Element(sibling_tag(near, name))
    new.text = text
    return new


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
    places = [place for place, item in enumerate(parent) if isinstance(item.tag, str) and local(item) == name]
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


def _extend_spans(row: etree._Element, column: int) -> None:
    spans = row.get("spans")
    if spans is None or " " in spans:
        return
    first, _, last = spans.partition(":")
    if first.isdigit() and last.isdigit() and not int(first) <= column <= int(last):
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
