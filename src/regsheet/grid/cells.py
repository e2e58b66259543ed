"""What a workbook holds, as plain values: cells, sheets, notes, styles. Nothing here knows what a risk is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from regsheet.grid.addresses import Area
from regsheet.grid.cell import Cell, CellError, Value
from regsheet.grid.cell_rows import CellRows
from regsheet.grid.merges import MergeIndex

__all__ = [
    "Cell",
    "CellError",
    "CellRows",
    "CellStyle",
    "ConditionalFormat",
    "ExcelTable",
    "Grid",
    "Note",
    "Sheet",
    "SheetKind",
    "TextRun",
    "Validation",
    "Value",
]


class TextRun(NamedTuple):
    """A stretch of rich text with one look."""

    text: str
    bold: bool
    strike: bool


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of one style index look. Colours are ``RRGGBB`` with theme and tint worked out; None is no fill."""

    number_format: str = "General"
    is_date: bool = False
    fill: str | None = None
    font_name: str | None = None
    font_colour: str | None = None
    bold: bool = False
    strike: bool = False
    wrap: bool = False
    locked: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A yellow note, or one remark of a threaded comment."""

    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ExcelTable:
    """A table made with Insert > Table. ``columns`` are its heading texts; ``header_rows`` 1 or 0."""

    name: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int
    totals_rows: int


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """One conditional format rule: where, kind (``cellIs``, ``expression``, ``containsText`` …), fill it gives."""

    areas: tuple[Area, ...]
    kind: str
    operator: str | None
    formulas: tuple[str, ...]
    fill: str | None
    text: str | None
    priority: int
    stop_if_true: bool = False
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Validation:
    """One data validation: where, kind (``list``, ``whole`` …), and its formulas without ``=``."""

    areas: tuple[Area, ...]
    kind: str
    operator: str | None
    formulas: tuple[str, ...]
    extension: bool = False


SheetKind = Literal["worksheet", "chartsheet", "dialogsheet", "macrosheet"]


@dataclass(slots=True)
class Sheet:
    """A sheet. ``position`` counts from 0 in tab order. Rows and columns count from 1.

    ``cells`` is keyed by (row, column), row by row, and holds the cells that the file has; of long runs of rows with
    styles only, the first thousand. ``row_styles`` and ``column_styles`` (first column, last column, style) look after
    cells that are not there. ``array_formulas`` gives the area that the array formula or data table of a cell fills.
    A sheet of another kind than a worksheet has a name and a position, and no cells.
    """

    name: str
    position: int
    state: Literal["visible", "hidden", "very hidden"] = "visible"
    part: str | None = None
    cells: CellRows = field(default_factory=CellRows)
    styles: list[CellStyle] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    notes: dict[tuple[int, int], Note] = field(default_factory=dict)
    threads: dict[tuple[int, int], tuple[Note, ...]] = field(default_factory=dict)
    rich_text: dict[tuple[int, int], tuple[TextRun, ...]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    tables: list[ExcelTable] = field(default_factory=list)
    conditional_formats: list[ConditionalFormat] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    header_footer: str = ""
    kind: SheetKind = "worksheet"
    row_styles: dict[int, int] = field(default_factory=dict)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    array_formulas: dict[tuple[int, int], Area] = field(default_factory=dict)
    _styles_by_column: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _merges_known: int = field(default=0, init=False, repr=False, compare=False)
    _merge_index: MergeIndex = field(default_factory=lambda: MergeIndex(()), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.cells, CellRows):
            self.cells = CellRows(self.cells)

    def value(self, row: int, column: int) -> Value:
        """The value of a cell; None where the sheet has no such cell."""
        found = self.cells.rows.get(row)
        return None if found is None else found.get(column)

    def formula(self, row: int, column: int) -> str | None:
        """The formula of a cell without ``=``; None where there is none."""
        found = self.cells.rows.get(row)
        return None if found is None else found.formulas.get(column)

    def style(self, row: int, column: int) -> CellStyle:
        """The look of a cell; that of its row or column, else the plain look, where the sheet has no such cell."""
        found = self.cells.rows.get(row)
        index = None if found is None else found.styles.get(column)
        if index is None:
            index = self._absent_style(row, column)
        return self.styles[index] if index < len(self.styles) else CellStyle()

    def _absent_style(self, row: int, column: int) -> int:
        index = self.row_styles.get(row)
        if index is not None:
            return index
        if column not in self._styles_by_column:
            found = (style for first, last, style in self.column_styles if first <= column <= last)
            self._styles_by_column[column] = next(found, 0)
        return self._styles_by_column[column]

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merge that covers a cell."""
        if self._merges_known != len(self.merges):
            self._merges_known, self._merge_index = len(self.merges), MergeIndex(self.merges)
        return self._merge_index.at(row, column)

    def filled(self) -> Iterator[Cell]:
        """Cells with a value or a formula, in file order."""
        return self.cells.filled()


@dataclass(slots=True)
class Grid:
    """A whole workbook as read. ``format`` is ``xlsx``, ``xlsm``, ``xls``, ``xlsb``, ``ods`` or ``csv``.

    ``defined_names`` maps a name to its formula; a name that belongs to one sheet is keyed ``Sheet name!Name``.
    ``external_links`` are the targets of other workbooks in the order that ``[1]``, ``[2]`` in formulas count.
    """

    sheets: list[Sheet]
    format: str
    date_1904: bool = False
    defined_names: dict[str, str] = field(default_factory=dict)
    external_links: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises ``KeyError``."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)
