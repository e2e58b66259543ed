"""Setting cells of a sheet in place: the rest of the sheet's XML stays as it is.

Nothing is written into the package before ``put_down``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping

from lxml import etree

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Value
from regsheet.grid.merges import MergeIndex
from regsheet.grid.scanning import UnusualError
from regsheet.limits import MAX_FORMULA_LENGTH
from regsheet.package import Package
from regsheet.writer.cell_content import CellContent, cell_content
from regsheet.writer.delta import ChangedPart
from regsheet.writer.markup import UNSAFE, child, sibling_tag
from regsheet.writer.sheet_text import SheetText
from regsheet.writer.sheet_tree import SheetTree, index


class CellRefused(Exception):  # noqa: N818 - not an error of the program: the caller lists it
    """A cell that must not be written; ``str(refusal)`` says why in words for the user."""


class SheetPatch:
    """One worksheet part, open for changes. Rows and columns count from 1; a merge is its top left cell.

    A sheet as most programs write it is changed in its text; one that is spelled in unusual ways, in its tree.
    ``formulas_changed`` says whether a formula went or came.
    """

    def __init__(self, package: Package, part: str, date_1904: bool = False) -> None:
        self.package = package
        self.part = part
        self.date_1904 = date_1904
        self.formulas_changed = False
        self._cells: SheetText | SheetTree = _opened(package, part)
        self._merges = MergeIndex(_areas(self.frame, "mergeCell"))
        self._column_styles: dict[int, int] = {}
        self._blocks = tuple(self._cells.formula_blocks())
        self._headings = tuple(_table_headings(package, part))

    # -- the sheet as a whole ----------------------------------------------------------------------------------

    @property
    def frame(self) -> etree._Element:
        """The sheet's root element with all but its rows: these may be missing. Say ``touch_frame`` on a change."""
        return self._cells.frame

    def touch_frame(self) -> None:
        """Say that what surrounds the rows was changed."""
        self._cells.touch()

    @property
    def moved(self) -> set[tuple[int, int]]:
        """The cells that took over a shared formula."""
        return self._cells.moved

    def row_looks(self) -> Iterator[tuple[int, str | None, str | None]]:
        """The rows that say something of being hidden or of their height, and what they say."""
        return self._cells.row_looks()

    def put_down(self, tell: bool = False) -> ChangedPart | None:
        """Write what was changed into the package. The patch is not to be used any more.

        Tells, if it is to, what became of a part that was as in the file, where that is known already.
        """
        return self._cells.put_down(tell)

    # -- looking -----------------------------------------------------------------------------------------------

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what is shown at this place: the top left one of a merge, else the cell itself."""
        merge = self.merge_at(row, column)
        return (merge.first_row, merge.first_column) if merge else (row, column)

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merge that covers a cell."""
        return self._merges.at(row, column)

    def merges_among(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Area]:
        """The merges that cover some of these cells, by cell."""
        return self._merges.among(places)

    def has(self, row: int, column: int) -> bool:
        """Whether the sheet has such a cell, be it empty."""
        return self._at(row).has(row, column)

    def may_be_outlined(self, row: int, column: int) -> bool:
        """Whether a cell that a merge covers may be given a line: one that the file gives no address is left alone."""
        cells = self._at(row)
        if not cells.has(row, column) or cells.is_addressed(row, column):
            return True
        return self.anchor(row, column) == (row, column)

    def own_style(self, row: int, column: int) -> int | None:
        """The style position that a cell itself names; None where the sheet has no such cell."""
        return self._at(row).style(row, column)

    def own_styles(self, places: Collection[tuple[int, int]]) -> list[int | None]:
        """The same of many cells."""
        found = {place: self.own_style(*place) for place in sorted(places)}  # rows are best asked for in their order
        return [found[place] for place in places]

    def style(self, row: int, column: int) -> int:
        """The style position that Excel shows there: the cell's, else its row's, else its column's."""
        cells = self._at(row)
        style = cells.style(row, column)
        if style is None:
            style = cells.row_style(row)
        if style is not None:
            return style
        if column not in self._column_styles:
            self._column_styles[column] = self._style_of_column(column)
        return self._column_styles[column]

    def _style_of_column(self, column: int) -> int:
        ranges = self.frame.iterfind(f"{sibling_tag(self.frame, 'cols')}/{sibling_tag(self.frame, 'col')}")
        return next(
            (index(item.get("style")) for item in ranges if index(item.get("min")) <= column <= index(item.get("max"))),
            0,
        )

    def refusal(self, row: int, column: int) -> str | None:
        """Why a value must not be written to this cell; None when it may be."""
        return self._refusal(self.anchor(row, column))

    def _refusal(self, place: tuple[int, int]) -> str | None:
        if self._blocks and any(place in area for area in self._blocks):
            return "the cell is part of an array formula or a data table, which must be changed as a whole"
        if self._headings and any(place in area for area in self._headings):
            return "the cell is the heading of an Excel table"
        if self._at(place[0]).is_linked(*place):
            return "the cell holds a linked data type, picture or dynamic array"
        return None

    # -- changing ----------------------------------------------------------------------------------------------

    def set_value(self, row: int, column: int, value: Value, formula: str | None = None) -> tuple[int, int]:
        """Give a cell a value, or a formula (without ``=``) with ``value`` as its cached result.

        Returns the cell that was written. Raises ``CellRefused`` where writing would break an array or a table.
        """
        row, column = self.anchor(row, column)
        refusal = self._refusal((row, column)) or _unwritable(value, formula)
        if refusal:
            raise CellRefused(refusal)
        cells = self._at(row)
        if isinstance(cells, SheetText) and cells.has_shared_formula(row, column):
            cells = self._as_tree()  # others may use it: it is handed on there
        if not cells.has(row, column):
            self.make(row, column)
        had_formula = cells.put(row, column, cell_content(value, formula, self.date_1904))
        self.formulas_changed = self.formulas_changed or had_formula or formula is not None
        return row, column

    def set_result(self, row: int, column: int, value: str | float) -> None:
        """Give a formula's cell another cached result, where it has one; the formula stays as it is."""
        is_text = isinstance(value, str)
        content = CellContent("str" if is_text else None, str(value) if is_text else repr(value), None)
        self._at(row).set_result(row, column, content)

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give one cell another style position."""
        own = self.own_style(row, column)
        if style == (self.style(row, column) if own is None else own):
            return
        if own is None:
            self.make(row, column)
        self._at(row).set_style(row, column, style)

    def set_styles(self, styles: Mapping[tuple[int, int], int]) -> None:
        """Give cells that the sheet has other style positions."""
        for (row, column), style in styles.items():
            self._cells.set_style(row, column, style)

    def make(self, row: int, column: int) -> None:
        """Make a cell where it is missing, with the look of its row or column."""
        if self.has(row, column):
            return
        self._at(row).make(row, column, self.style(row, column))
        self._extend_dimension(row, column)

    def remove_empty(self, row: int, column: int) -> None:
        """Take a cell out where it holds nothing, so that its place looks as its row or column does."""
        self._at(row).remove_empty(row, column)

    # -- within ------------------------------------------------------------------------------------------------

    def _at(self, row: int) -> SheetText | SheetTree:
        """What holds the cells of a row: the text, unless the row is spelled in a way that wants the tree."""
        cells = self._cells
        return cells if cells.is_plain(row) else self._as_tree()

    def _as_tree(self) -> SheetTree:
        """Go on in the tree of the sheet, with what was changed in its text so far."""
        self._cells.put_down(tell=False)
        self._cells = SheetTree(self.package, self.part)
        return self._cells

    def _extend_dimension(self, row: int, column: int) -> None:
        dimension = child(self.frame, "dimension")
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
            self.touch_frame()


def _opened(package: Package, part: str) -> SheetText | SheetTree:
    try:
        return SheetText(package, part)
    except UnusualError:
        return SheetTree(package, part)


def _unwritable(value: Value, formula: str | None) -> str | None:
    """Why no workbook can hold this value or formula; None where it can."""
    if formula is not None and len(formula) > MAX_FORMULA_LENGTH:
        return "the formula is longer than Excel allows"
    if formula is not None and UNSAFE.search(formula):
        return "the formula has characters that a workbook cannot hold"
    if isinstance(value, float) and not math.isfinite(value):
        return "the value is no number that a workbook can hold"
    return None


def _areas(root: etree._Element, name: str) -> Iterator[Area]:
    for item in root.iter(sibling_tag(root, name)):
        try:
            yield Area.parse(item.get("ref", ""))
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
