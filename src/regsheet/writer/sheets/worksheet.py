"""The kind of sheet that the side workbook has: cells of many rows written without detours.

XlsxWriter makes the sheet's frame (columns, tables, validations, conditional formats, charts) and its less common
cells. Texts, numbers, blanks, formulas, merges and links within the workbook, of which a register of a thousand risks
has tens of thousands, are put into XlsxWriter's table as they are and spelled here. What is spelled is the same.
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple, TextIO

from xlsxwriter.worksheet import Worksheet

from regsheet.grid.addresses import letters

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


# XlsxWriter knows cells by the names of their classes, for charts that show what they hold.
class String(NamedTuple):
    """A text, by its position among the shared texts."""

    string: int
    format: Any


class Number(NamedTuple):
    """A number."""

    number: float
    format: Any


class Blank(NamedTuple):
    """A cell that only has a look."""

    format: Any


class Formula(NamedTuple):
    """A formula without ``=``, and what it gives now."""

    formula: str
    format: Any
    value: str | float


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows and columns count from 0 and whose cells all have a format."""

    fh: TextIO

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[int, str] = {}
        self._links: dict[tuple[int, int], str] = {}

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        """A formula as it is: XlsxWriter would look into each for some thirty newer functions; ours are spelled out."""
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    # -- putting -----------------------------------------------------------------------------------------------

    def put_text(self, row: int, column: int, text: str, style: Any) -> None:
        """A text that has been made printable; never a formula or a link."""
        self._put(row, column, String(self.str_table._get_shared_string_index(text), style))

    def put_number(self, row: int, column: int, number: float, style: Any) -> None:
        """A finite number."""
        self._put(row, column, Number(number, style))

    def put_blank(self, row: int, column: int, style: Any) -> None:
        """An empty cell with a look."""
        self._put(row, column, Blank(style))

    def put_formula(self, row: int, column: int, formula: str, style: Any, value: str | float) -> None:
        """A formula without ``=``."""
        self._put(row, column, Formula(formula, style, value))

    def put_merge(self, row: int, first: int, last: int, style: Any) -> None:
        """Merge cells of one row, all blank; what is to be seen is put into the first of them afterwards."""
        for column in range(first, last + 1):
            if (row, column) in self.merged_cells or (row, column) in self.table_cells:
                raise ValueError(f"row {row}, column {column} is merged or in a table already")
            self.merged_cells[row, column] = (row, first, row, last)
            self._put(row, column, Blank(style))
        self.merge.append([row, first, row, last])

    def put_link(self, row: int, column: int, place: str, text: str, style: Any, tip: str) -> None:
        """A text that jumps to a place of the workbook, with a tip unless that is empty."""
        self.put_text(row, column, text, style)
        tooltip = f' tooltip="{_in_attribute(tip)}"' if tip else ""
        self._links[row, column] = (
            f'<hyperlink ref="{letters(column + 1)}{row + 1}" location="{_in_attribute(place)}"{tooltip} '
            f'display="{_in_attribute(text)}"/>'
        )

    def _put(self, row: int, column: int, cell: String | Number | Blank | Formula) -> None:
        if self._check_dimensions(row, column):
            raise ValueError(f"row {row}, column {column} is on no sheet")
        self.table[row][column] = cell

    # -- spelling ----------------------------------------------------------------------------------------------

    def _write_cell(self, row: int, column: int, cell: Any) -> None:
        kind = type(cell)
        if kind not in OURS:
            super()._write_cell(row, column, cell)
            return
        style = self._styles.get(id(cell.format))
        if style is None:
            style = self._styles[id(cell.format)] = f' s="{cell.format._get_xf_index()}"'
        begun = f'<c r="{letters(column + 1)}{row + 1}"{style}'
        if kind is Blank:
            self.fh.write(f"{begun}/>")
        elif kind is String:
            self.fh.write(f'{begun} t="s"><v>{cell.string}</v></c>')
        elif kind is Number:
            self.fh.write(f"{begun}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f"{begun}{_type_of(cell.value)}><f>{_in_text(cell.formula)}</f>{_cached(cell.value)}</c>")

    def _write_merge_cell(self, merged_range: list[int]) -> None:
        first_row, first_column, last_row, last_column = merged_range
        first, last = f"{letters(first_column + 1)}{first_row + 1}", f"{letters(last_column + 1)}{last_row + 1}"
        self.fh.write(f'<mergeCell ref="{first}:{last}"/>')

    def _write_hyperlinks(self) -> None:
        links = "".join(self._links[place] for place in sorted(self._links))
        out: TextIO = self.fh
        self.fh = foreign = io.StringIO()
        super()._write_hyperlinks()  # those that lead out of the workbook
        self.fh = out
        spelled = foreign.getvalue() or "<hyperlinks></hyperlinks>"
        if links or foreign.getvalue():
            out.write(spelled.replace("</hyperlinks>", links + "</hyperlinks>"))


OURS = frozenset({String, Number, Blank, Formula})


def _type_of(value: str | float) -> str:
    if not isinstance(value, str) or not value:
        return ""  # a blank result makes some programs work it out at once
    return ' t="e"' if value in ERRORS else ' t="str"'


def _cached(value: str | float) -> str:
    return f"<v>{_in_text(value) if isinstance(value, str) else value}</v>"


def _in_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_attribute(text: str) -> str:
    return _in_text(text).replace('"', "&quot;").replace("\n", "&#xA;")
