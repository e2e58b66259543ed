"""The kind of sheet that the side workbook has: cells of many rows written without detours.

XlsxWriter makes the sheet's frame (columns, tables, validations, conditional formats, charts) and its less common
cells. Texts, numbers, blanks, formulas, merges and links within the workbook, of which a register of a thousand risks
has tens of thousands, are spelled here; those of long tables together. What is spelled is the same.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, starmap
from operator import itemgetter
from typing import Any, TextIO

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from regsheet.grid.addresses import letters
from regsheet.limits import MAX_COLUMNS, MAX_ROWS
from regsheet.writer.graft.later_rows import ROW, Each, LaterRows, Part
from regsheet.writer.graft.loose import Piece, used_up
from regsheet.writer.graft.marked_rows import Numbering, mark
from regsheet.writer.sheets.cell_kinds import ArrayFormula, Blank, Formula, Number, String
from regsheet.writer.sheets.lines import BLOCK, Lines, Links, PutLines, spans_of
from regsheet.writer.sheets.row_sizes import RowSizes
from regsheet.writer.sheets.spelling import (
    any_text_element,
    array_formula,
    formula,
    in_text,
    inline,
    inline_together,
    number,
)

BEGUN = re.compile('(<c r="[A-Z]+[0-9]+")(?: s="[0-9]+")?')
STYLED = re.compile(' s="[0-9]+"')


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows and columns count from 0 and whose cells all have a format.

    ``loose``: its rows are not written into the sheet but kept in ``rows``, with marks for the numbers of ``formats``,
    and every text stands in its cell; so are its ``merges`` and ``links``, in place of which are empty elements.
    """

    fh: TextIO
    dim_rowmin: Any
    dim_rowmax: Any
    dim_colmin: Any
    dim_colmax: Any
    loose = False

    def __init__(self) -> None:
        super().__init__()
        self.row_sizes = RowSizes()
        self.rows: list[Piece] = []
        self.merges: list[Piece] = []
        self.links: list[Piece] = []
        self.formats: list[Any] = []
        self._marks: dict[int, str] = {}
        self._numbering = Numbering(lambda position: self.formats[position]._get_xf_index())
        self._links: Links = {}
        self._heights: dict[float, tuple[Any, Any]] = {}
        self._tags: dict[int, str] = {}
        self._put_rows = PutLines()
        self._merges_in_lines = 0
        self._written: list[str] = []

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        """A formula as it is: XlsxWriter would look into each for some thirty newer functions; ours are spelled out."""
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    # -- putting -----------------------------------------------------------------------------------------------

    def put_text(self, row: int, column: int, text: str, style: Any) -> None:
        """A text that has been made printable; never a formula or a link."""
        self.table[row][column] = String(self.known(text), style)

    def put_number(self, row: int, column: int, number: float, style: Any) -> None:
        """A finite number."""
        self.table[row][column] = Number(number, style)

    def put_blank(self, row: int, column: int, style: Any) -> None:
        """An empty cell with a look."""
        self.table[row][column] = Blank(style)

    def put_blanks(self, row: int, columns: range, style: Any) -> None:
        """Empty cells side by side with one look."""
        self.table[row].update(dict.fromkeys(columns, Blank(style)))

    def put_formula(self, row: int, column: int, formula: str, style: Any, value: str | float) -> None:
        """A formula without ``=``."""
        self.table[row][column] = Formula(formula, style, value)

    def put_array(self, row: int, column: int, formula: str, style: Any, value: str | float) -> None:
        """A formula without ``=`` that goes through areas."""
        self.table[row][column] = ArrayFormula(formula, style, value)

    def put_merge(self, row: int, first: int, last: int, style: Any) -> None:
        """Merge cells of one row, all blank; what is to be seen is put into the first of them afterwards."""
        for column in range(first, last + 1):
            if (row, column) in self.merged_cells or (row, column) in self.table_cells:
                raise ValueError(f"row {row}, column {column} is merged or in a table already")
            self.merged_cells[row, column] = (row, first, row, last)
            self.table[row][column] = Blank(style)
        self.merge.append([row, first, row, last])

    def put_links(self, column: int, links: Iterable[tuple[int, str, str, str]]) -> None:
        """Let texts in a column jump: each in this row, to a place of the workbook, what the text is, and a tip.

        There is no tip where it is empty; all is spelled.
        """
        name = letters(column + 1)
        lines = self._put_rows[-1] if self._put_rows else None
        for row, place, text, tip in links:
            to = f'location="{place}" tooltip="{tip}"' if tip else f'location="{place}"'
            own = self._links if lines is None or row not in lines.rows else lines.links
            own[row, column] = f'<hyperlink ref="{name}{row + 1}" {to} display="{text}"/>'

    def add_table(self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any = None) -> Any:
        """Make a table; XlsxWriter would note each of its cells, so it is told of the first two rows only."""
        made = super().add_table(first_row, first_col, min(first_row + 1, last_row), last_col, options)
        area = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update(range=area, a_range=area, autofilter=area)
        return made

    def put_height(self, row: int, points: float, style: Any) -> None:
        """Make a row so high; ``style`` is that of its cells that are not there, the same for all rows of the sheet."""
        known = self._heights.get(points)
        if known is None:
            self.set_row(row, points, style)
            self._heights[points] = self.row_info[row], self.row_sizes[row]
        else:
            self.row_info[row], self.row_sizes[row] = known

    def put_lines(
        self, rows: range, cells: Sequence[Part], heights: Sequence[float] | None, reach: tuple[int, int], style: Any,
        merges: Sequence[tuple[int, int]] = (),
    ) -> None:  # fmt: skip
        """Rows of a long table, below all that were put so; nothing but links may be put into them.

        ``cells`` are the parts of the cells of each row, which are in the columns of ``reach``. Without ``heights``
        the rows are as high as they were made before. ``merges`` are runs of columns that are merged in each row.
        """
        if merges:
            spelled = "".join(_merge_cell(f"{letters(first + 1)}{ROW}", f"{letters(last + 1)}{ROW}")
                              for first, last in merges)  # fmt: skip
            self.merge.append(LaterRows(rows.start + 1, len(rows), [spelled]))
            self._merges_in_lines += len(rows) * len(merges)
        self._put_rows.put(Lines(rows, cells, self._tags_of(rows, heights, style), reach))

    def _tags_of(self, rows: range, heights: Sequence[float] | None, style: Any) -> Each:
        """What the tags of rows go on with, which are made so high."""
        if heights is None:
            own = list(map(self._tag, rows))
            return Each(own, dict(zip(own, own, strict=True)), marked=True)
        # Rows of one height have one tag, so it is worked out for one of them.
        ones = dict(zip(heights, rows, strict=True))
        for points, one in ones.items():
            self.put_height(one, points, style)
        tags = {points: self._tag(one) for points, one in ones.items()}
        self.row_sizes.add_rows(rows, heights, {points: known[1] for points, known in self._heights.items()})
        return Each(heights, tags, marked=True)

    def have_done(self) -> None:
        """Pack the rows of long tables, where they are many. Nothing may be put on the sheet afterwards."""
        self._put_rows.have_done(self._spans_in)

    # -- what several kinds of cells need ----------------------------------------------------------------------

    def mark(self, style: Any) -> str:
        """What says in a spelled cell which look it has, before it is known which number that has."""
        found = self._marks.get(id(style))
        if found is None:
            found = self._marks[id(style)] = f' s="{mark(len(self.formats))}"'
            self.formats.append(style)
        return found

    def serial(self, moment: dt.datetime) -> float:
        """A date and time as the number that a cell holds."""
        return float(self._convert_date_time(moment))

    def known(self, text: str) -> int | str:
        """A text's position among the shared ones; in a loose sheet the text itself."""
        if self.loose:
            return text
        # XlsxWriter would take such a text for one of several looks, spelled already.
        is_markup = text.startswith("<r>") and text.endswith("</r>")
        return self.str_table._get_shared_string_index(text + " " if is_markup else text)  # type: ignore[no-any-return]

    def rest(self, text: str) -> str:
        """The rest of a cell, from behind its look, with a text that has been made printable; blank for no text."""
        return _text(self.known(text)) if text else "/>"

    def rests(self, texts: Sequence[str]) -> list[str]:
        """The same for many texts, numbered in their order where they are shared."""
        return inline_together(texts) if self.loose else list(map(self.rest, texts))

    # -- spelling ----------------------------------------------------------------------------------------------

    def _write_dimension(self) -> None:
        """Find out how far the sheet reaches, which XlsxWriter would ask of every cell."""
        rows = [row for row, cells in self.table.items() if cells]
        columns = [column for row in rows for column in self.table[row]]
        columns += [column for lines in self._put_rows for column in lines.reach]
        rows += [*self.row_info, *(row for lines in self._put_rows for row in (lines.rows[0], lines.rows[-1]))]
        if rows and columns:
            if min(rows) < 0 or min(columns) < 0 or max(rows) >= MAX_ROWS or max(columns) >= MAX_COLUMNS:
                raise ValueError(f"a cell of {self.name!r} is on no sheet")
            self.dim_rowmin, self.dim_rowmax = _reach(rows, self.dim_rowmin, self.dim_rowmax)
            self.dim_colmin, self.dim_colmax = _reach(columns, self.dim_colmin, self.dim_colmax)
        super()._write_dimension()

    def _write_rows(self) -> None:
        at = self.dim_rowmin
        for lines in self._put_rows:
            self._write_between(range(at, lines.rows.start))
            self._write_lines(lines)
            at = lines.rows.stop
        self._write_between(range(at, self.dim_rowmax + 1))
        for style in self.formats if self.loose else ():
            style._get_xf_index()  # else the side workbook's style sheet would lack it

    def _write_lines(self, lines: Lines) -> None:
        filled = [row for row, cells in self.table.items() if cells]
        if any(row in lines.rows for row in (*filled, *self.comments)):
            raise ValueError(f"something stands in the rows of a table, {lines.rows[0]} to {lines.rows[-1]}")
        pieces: list[Piece] = [*lines.packed] or [lines.later(self._spans_in(lines))]
        if self.loose:
            self.rows += pieces
        else:
            self.fh.writelines(piece.decode() for piece in used_up(pieces, self._numbering.settle))

    def _spans_in(self, lines: Lines) -> Part:
        """The ``spans`` of rows of a table; those at its ends share them with what stands there."""
        blocks = [row // BLOCK for row in lines.rows]
        spans = dict.fromkeys(blocks, spans_of(*lines.reach))
        spans |= {block: self._spans(block) for block in (blocks[0], blocks[-1])}
        return Each(blocks, spans) if len(set(spans.values())) > 1 else spans[blocks[0]]

    def _write_between(self, rows: range) -> None:
        """Write rows one by one."""
        spans = {block: self._spans(block) for block in {row // BLOCK for row in rows}}
        for row in rows:
            cells = self.table.get(row)
            if not cells and row not in self.row_info and row not in self.comments:
                continue
            self._written.append(f'<row r="{row + 1}"{spans[row // BLOCK]}{self._tag(row)}')
            if cells:
                self._written.append(">")
                self._write_cells(row, cells)
                self._written.append("</row>")
            else:
                self._written.append("/>")
            if not self.loose:
                self._settle()
        if self._written:
            self.rows.append("".join(self._written).encode())
            self._written.clear()

    def _settle(self) -> None:
        """Write what has been spelled: the numbers of looks are given out in this order."""
        self.fh.write(self._numbering.settle("".join(self._written).encode()).decode())
        self._written.clear()

    def _spans(self, block: int) -> str:
        """From which to which column sixteen rows reach; nothing where they are empty."""
        rows = range(block * BLOCK, block * BLOCK + BLOCK)
        columns = [column for row in rows for column in (*self.table.get(row, ()), *self.comments.get(row, ()))]
        for lines in self._put_rows:
            if lines.rows.start < rows.stop and rows.start < lines.rows.stop:
                columns += lines.reach
        return spans_of(min(columns), max(columns)) if columns else ""

    def _tag(self, row: int) -> str:
        """The rest of a row's tag, from behind its spans, with a mark for its look."""
        info = self.row_info.get(row)
        if info is None:
            return ""
        found = self._tags.get(id(info))
        if found is None:
            written = self._aside(lambda: self._write_row(0, None, info))
            found = STYLED.sub(lambda _: self.mark(info.row_format), written[len('<row r="1"') : -1])
            self._tags[id(info)] = found
        return found

    def _write_cells(self, row: int, cells: dict[int, Any]) -> None:
        write, number_of_row = self._written.append, row + 1
        for column, cell in sorted(cells.items(), key=itemgetter(0)):
            at, kind = f"{letters(column + 1)}{number_of_row}", type(cell)
            if kind is Blank:
                rest = "/>"
            elif kind is String:
                rest = _text(cell.string)
            elif kind is Number:
                rest = number(cell.number)
            elif kind is Formula:
                rest = formula(in_text(cell.formula), cell.value)
            elif kind is ArrayFormula:
                rest = array_formula(at, in_text(cell.formula), cell.value)
            else:
                write(self._foreign(row, column, cell))
                continue
            write(f'<c r="{at}"{self.mark(cell.format)}{rest}')

    def _foreign(self, row: int, column: int, cell: Any) -> str:
        """A cell that was put by XlsxWriter, or is spelled by it."""
        kind = type(cell).__name__
        if self.loose and kind in {"String", "RichString"}:
            element = any_text_element(cell.string) if kind == "String" else cell.string
            return f'<c r="{letters(column + 1)}{row + 1}"{self.mark(cell.format)} t="inlineStr"><is>{element}</is></c>'
        if not self.loose:
            self._settle()
        written = self._aside(lambda: self._write_cell(row, column, cell))
        if self.loose:
            return BEGUN.sub(lambda found: found[1] + self.mark(cell.format), written, count=1)
        return written

    def _aside(self, write: Callable[[], None]) -> str:
        """What XlsxWriter writes."""
        self.fh, out = io.StringIO(), self.fh
        write()
        written, self.fh = self.fh.getvalue(), out
        return written

    def _write_merge_cells(self) -> None:
        if not self.merge:
            return
        merges: list[Piece] = []
        count = self._merges_in_lines
        for in_lines, found in groupby(self.merge, key=lambda one: isinstance(one, LaterRows)):
            ones = list(found)
            count += 0 if in_lines else len(ones)
            merges += ones if in_lines else ["".join(starmap(_merge, ones)).encode()]
        merges = [f'<mergeCells count="{count}">'.encode(), *merges, b"</mergeCells>"]
        if self.loose:
            self.merges = merges
            self.fh.write("<mergeCells/>")
        else:
            self.fh.writelines(piece.decode() for piece in used_up(merges))

    def _write_hyperlinks(self) -> None:
        links: list[Piece] = [*self._put_rows.links(self._links)]
        foreign = self._aside(super()._write_hyperlinks)  # those that lead out of the workbook
        if self.loose and links and not foreign:
            self.links = [b"<hyperlinks>", *links, b"</hyperlinks>"]
            self.fh.write("<hyperlinks/>")
        elif links or foreign:
            self.fh.write((foreign or "<hyperlinks></hyperlinks>").removesuffix("</hyperlinks>"))
            self.fh.writelines(piece.decode() for piece in used_up(links))
            self.fh.write("</hyperlinks>")


def _text(known: int | str) -> str:
    return inline(known) if isinstance(known, str) else f' t="s"><v>{known}</v></c>'


def _merge(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    return _merge_cell(f"{letters(first_column + 1)}{first_row + 1}", f"{letters(last_column + 1)}{last_row + 1}")


def _merge_cell(first: str, last: str) -> str:
    return f'<mergeCell ref="{first}:{last}"/>'


def _reach(found: list[int], first: int | None, last: int | None) -> tuple[int, int]:
    """How far things reach that reached from ``first`` to ``last`` already."""
    lowest, highest = min(found), max(found)
    return lowest if first is None else min(lowest, first), highest if last is None else max(highest, last)
