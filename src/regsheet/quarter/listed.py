"""Rows of a long list, spelled in one go: column by column, and each text, number and height worked out once.

XlsxWriter keeps an object for each cell, and the quarter of five hundred workbooks has a million of them. What is
spelled is the same.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from regsheet.grid.addresses import letters
from regsheet.quarter.list_links import Link
from regsheet.writer.sheets.page import LINE_POINTS, MAX_ROW_POINTS, WIDTH_OF_TEXT
from regsheet.writer.sheets.texts import display, is_number, lines_needed, printable
from regsheet.writer.sheets.worksheet import PlainWorksheet

Listed = str | float | dt.date | None
"""What stands in a cell of a list: a text, a number, a day, or nothing."""

PLAIN_PIXELS = 20
"""A row that is as high as this need not say it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column, row by row.

    All cells have the ``style``, or each its own of ``styles``. ``fitted``: rows are made tall enough for its texts.
    """

    values: Sequence[Listed]
    style: Any = None
    styles: Sequence[Any] = ()
    fitted: bool = False


class ListWorksheet(PlainWorksheet):
    """A sheet whose last rows are a list; it has no links but those of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._list_begins = 0
        self._columns: Sequence[Column] = ()
        self._widths: Sequence[float] = ()
        self._row_style: Any = None
        self._list_links: Sequence[Link | None] = ()
        self._text_numbers: dict[str, int | str] = {}

    # -- putting -----------------------------------------------------------------------------------------------

    def put_list(self, row: int, columns: Sequence[Column], widths: Sequence[float], row_style: Any) -> None:
        """Put a list of at least one row below all else, its first row here. ``widths`` are those of the columns."""
        self._list_begins, self._widths, self._row_style = row, widths, row_style
        self._columns = [self._readied(column) for column in columns]
        self._check_dimensions(row, 0)
        self._check_dimensions(row + len(columns[0].values) - 1, len(columns) - 1)
        self._share_texts()

    def put_list_links(self, links: Sequence[Link | None], texts_again: int) -> None:
        """Let rows of the list lead out of the workbook; so many texts are counted twice, as XlsxWriter does."""
        self._list_links = links
        self.str_table.count += texts_again

    def _readied(self, column: Column) -> Column:
        """A column with nothing but printable texts, finite numbers and None."""
        known = {value: self._shown(value) for value in dict.fromkeys(column.values)}
        return replace(column, values=list(map(known.__getitem__, column.values)))

    def _shown(self, value: Listed) -> str | float | None:
        if isinstance(value, str):
            return printable(value) or None
        if isinstance(value, dt.date):
            return self.serial(dt.datetime.combine(value, dt.time()))
        if value is None or is_number(value):
            return value
        return display(value)

    def _share_texts(self) -> None:
        """Take up the texts among the workbook's, row by row."""
        in_order = dict.fromkeys(chain.from_iterable(zip(*(one.values for one in self._columns), strict=True)))
        self._text_numbers = {value: self.known(value) for value in in_order if isinstance(value, str)}
        self.str_table.count -= len(self._text_numbers)
        for column in self._columns:
            is_text = {value: isinstance(value, str) for value in dict.fromkeys(column.values)}
            self.str_table.count += sum(map(is_text.__getitem__, column.values))

    # -- spelling ----------------------------------------------------------------------------------------------

    def _write_rows(self) -> None:
        if not self._columns:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._list_begins - 1
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.write("".join(chain.from_iterable(zip(*self._pieces(), strict=False))))

    def _pieces(self) -> Iterator[Iterable[str]]:
        """The pieces of which the rows are made: one after another in a row, each for all rows."""
        numbers = list(map(str, range(self._list_begins + 1, self._list_begins + 1 + len(self._columns[0].values))))
        styles = self._style_numbers()
        yield repeat('<row r="')
        yield numbers
        yield self._row_looks(styles)
        for place, column in enumerate(self._columns, 2):
            yield numbers
            yield self._cells(column, styles, "</row>" if place > len(self._columns) else f'<c r="{letters(place)}')

    def _style_numbers(self) -> dict[int, int]:
        """The number of each style. XlsxWriter counts the styles as it comes upon them, row by row."""
        found = [(-1, -1, self._row_style)]
        for place, column in enumerate(self._columns):
            if column.styles:
                found += [(column.styles.index(style), place, style) for style in dict.fromkeys(column.styles)]
            else:
                found.append((0, place, column.style))
        return {id(style): style._get_xf_index() for *_, style in sorted(found, key=itemgetter(0, 1))}

    def _row_looks(self, styles: dict[int, int]) -> Iterable[str]:
        """What each row says of itself, up to the number of its first cell."""
        lines = [self._lines(column, width) for column, width in zip(self._columns, self._widths, strict=True)
                 if column.fitted]  # fmt: skip
        most = list(map(max, repeat(1), *lines))
        style = styles[id(self._row_style)]
        begun = f'" spans="1:{len(self._columns)}"' + (f' s="{style}"' if style else "") + ' customFormat="1"'
        looks = {}
        for needed in set(most):
            points = min(math.ceil(needed * LINE_POINTS + 3.0), MAX_ROW_POINTS)
            pixels = int(points * 4.0 / 3.0 + 0.5)
            height = "" if pixels == PLAIN_PIXELS else f' ht="{pixels * 0.75:.16g}" customHeight="1"'
            looks[needed] = f'{begun}{height}><c r="A'
        return map(looks.__getitem__, most)

    def _lines(self, column: Column, width: float) -> Iterable[int]:
        """How many lines each text of a column takes."""
        room = width * WIDTH_OF_TEXT * 9.0 / 9.0
        known = {value: lines_needed(value, room) if isinstance(value, str) else 1
                 for value in dict.fromkeys(column.values)}  # fmt: skip
        return map(known.__getitem__, column.values)

    def _cells(self, column: Column, styles: dict[int, int], after: str) -> Iterable[str]:
        """The cells of a column from behind their rows' numbers, and what comes after them."""
        if not column.styles:
            begun = f'" s="{styles[id(column.style)]}"'
            spelled = {value: f"{begun}{self._content(value)}{after}" for value in dict.fromkeys(column.values)}
            return map(spelled.__getitem__, column.values)
        pairs = list(zip(map(id, column.styles), column.values, strict=True))
        cells = {pair: f'" s="{styles[pair[0]]}"{self._content(pair[1])}{after}' for pair in dict.fromkeys(pairs)}
        return map(cells.__getitem__, pairs)

    def _content(self, value: Listed) -> str:
        if value is None:
            return "/>"
        if isinstance(value, str):
            return f' t="s"><v>{self._text_numbers[value]}</v></c>'
        return f"><v>{value:.16G}</v></c>"

    def _write_hyperlinks(self) -> None:
        linked = [(row, link) for row, link in enumerate(self._list_links, self._list_begins + 1) if link is not None]
        if not linked:
            super()._write_hyperlinks()
            return
        columns = {column: letters(column + 1) for column in {link.column for _, link in linked}}
        places = {anchor: f' location="{self._escape_attributes(anchor)}"' for _, (_, _, anchor) in linked if anchor}
        self.fh.write("<hyperlinks>" + "".join([
            f'<hyperlink ref="{columns[link.column]}{row}" r:id="rId{number}"{places.get(link.anchor, "")}/>'
            for number, (row, link) in enumerate(linked, self.rel_count + 1)
        ]) + "</hyperlinks>")  # fmt: skip
        self.rel_count += len(linked)
        self.external_hyper_links += [["/hyperlink", link.target, "External"] for _, link in linked]
