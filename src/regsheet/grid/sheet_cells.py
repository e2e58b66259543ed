"""The cells of one sheet, in one pass over its ``sheetData``: value, formula and style together."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from regsheet.errors import GridError
from regsheet.grid import walk
from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellError, CellStyle, Sheet, Value
from regsheet.grid.dates import from_iso, from_serial
from regsheet.grid.formulas import translate
from regsheet.grid.shared_strings import SharedStrings
from regsheet.grid.texts import StoredRun, read_text, unescape
from regsheet.grid.xml import TRUE, attribute, children, decimal, flag, local, namespace
from regsheet.limits import MAX_CELLS

MAX_BLANK_ROWS = 1_000
"""Rows with styles only that are kept after the last row with content: templates prepare thousands of them."""

MAX_BLANK_CELLS = 200_000
"""Cells with a style only that are kept from one sheet."""

EXACT = 2**53
"""Beyond it a number as stored no longer tells neighbouring whole numbers apart."""


class Shared(NamedTuple):
    """A shared formula: its text and where it stands."""

    formula: str
    row: int
    column: int


class Content(NamedTuple):
    """What stands in a cell element, before it is understood."""

    text: str | None
    formula: etree._Element | None
    inline: etree._Element | None


class CellReader:
    """Reads the cells of a workbook's sheets and counts them against the limit."""

    def __init__(self, strings: SharedStrings, styles: list[CellStyle], date_1904: bool) -> None:
        self.strings = strings
        self.styles = styles
        self.date_1904 = date_1904
        self.count = 0
        self._style_numbers = {str(index): index for index in range(len(styles))}
        self._is_date = [style.is_date for style in styles]
        self._dates: dict[str, Value] = {}

    def read(self, sheet_data: etree._Element, sheet: Sheet) -> None:
        """Fill ``cells``, ``rich_text``, ``hidden_rows``, ``row_styles`` and ``array_formulas`` of the sheet."""
        _SheetPass(self, sheet, namespace(sheet_data)).run(sheet_data)

    def style_number(self, text: str | None) -> int:
        """A style index; 0, the plain look, where there is none of that number."""
        return self._style_numbers.get(text, 0) if text else 0

    def number(self, text: str, style: int) -> Value:
        """A stored number: a date where its style says so, a whole number as ``int``; text where it is no number."""
        if self._is_date[style]:
            known = self._dates.get(text)
            if known is None:
                known = self._dates[text] = self._date(text)
            return known
        return plain_number(text)

    def _date(self, text: str) -> Value:
        value = plain_number(text)
        if isinstance(value, int | float):
            moment = from_serial(value, self.date_1904)
            return value if moment is None else moment
        return value


def plain_number(text: str) -> Value:
    """``"4"`` → 4, ``"4.0"`` → 4, ``"0.1"`` → 0.1; what Python alone would take for a number stays text."""
    try:
        value = float(text)
        whole = int(value)
    except (ValueError, OverflowError):
        return text
    if whole == value and -EXACT <= whole <= EXACT:
        return whole if "_" not in text else text
    return value if "_" not in text else text


class _SheetPass:
    """One walk over one sheet."""

    def __init__(self, reader: CellReader, sheet: Sheet, names: str) -> None:
        self.reader = reader
        self.sheet = sheet
        self.value_tag = names + "v"
        self.content_tags = (names + "v", names + "f", names + "is")
        self.shared: dict[str, Shared] = {}
        self.waiting: list[tuple[int, int, str]] = []
        self.blank_rows = 0
        self.blank_cells = 0

    def run(self, sheet_data: etree._Element) -> None:
        """Read every row, then settle what could only be settled at the end."""
        in_order, last = True, 0
        for number, row in walk.rows(sheet_data):
            self.row_look(number, row)
            in_order = in_order and number > last
            last = number
            if self.blank_rows < MAX_BLANK_ROWS or next(row.iter(*self.content_tags), None) is not None:
                in_order = self.row_cells(number, row) and in_order
        for row_number, column, index in self.waiting:
            self.settle(row_number, column, index)
        if not in_order:
            self.sheet.cells = dict(sorted(self.sheet.cells.items()))

    def row_look(self, number: int, row: etree._Element) -> None:
        """What the row element itself says: hidden, or a style for the cells that are not there."""
        if (row.get("hidden") and flag(row, "hidden")) or (row.get("ht") and decimal(row, "ht") == 0):
            self.sheet.hidden_rows.add(number)
        if row.get("s") and flag(row, "customFormat"):
            self.sheet.row_styles[number] = self.reader.style_number(row.get("s"))

    def row_cells(self, number: int, row: etree._Element) -> bool:
        """Read the cells of a row; whether they came in ascending order."""
        reader, cells, value_tag = self.reader, self.sheet.cells, self.value_tag
        style_number, strings, runs = reader._style_numbers.get, reader.strings.texts, reader.strings.runs
        make, is_date = tuple.__new__, reader._is_date
        before, filled, blank, in_order = reader.count, 0, 0, True
        last = 0
        for column, element in walk.cells(row):
            if column <= last:
                in_order = False
            last = column
            style = style_number(element.get("s"), 0)
            if not len(element):
                blank += 1
                if self.blank_cells + blank <= MAX_BLANK_CELLS:
                    cells[number, column] = make(Cell, (number, column, None, None, style))
                continue
            filled += 1
            first = element[0]
            kind = element.get("t", "n")
            if len(element) == 1 and first.tag == value_tag and (text := first.text) is not None:
                if kind == "s":
                    value = self.shared_string(text, number, column, style) if runs else _at(strings, text)
                elif kind == "n":
                    value = reader.number(text, style) if is_date[style] else plain_number(text)
                else:
                    value = self.typed(kind, text, style)
                cells[number, column] = make(Cell, (number, column, value, None, style))
            else:
                self.rarer(number, column, element, kind, style)
        self.blank_cells += blank
        self.blank_rows = 0 if filled else self.blank_rows + 1
        reader.count = before + filled
        if reader.count > MAX_CELLS:
            raise GridError(
                f"The workbook has more than {MAX_CELLS:,} filled cells; "
                "keep the register in a workbook of its own and run again."
            )
        return in_order

    def shared_string(self, text: str, row: int, column: int, style: int) -> str | None:
        """A shared string; its runs are kept where it is rich text."""
        value = _at(self.reader.strings.texts, text)
        if value is not None and (runs := self.reader.strings.runs.get(int(text))) is not None:
            self.keep_runs(row, column, style, runs)
        return value

    def keep_runs(self, row: int, column: int, style: int, runs: tuple[StoredRun, ...]) -> None:
        """Remember a cell's rich text, with its own font where a run does not say."""
        own = self.reader.styles[style]
        self.sheet.rich_text[row, column] = tuple(run.looks(own.bold, own.strike) for run in runs)

    def typed(self, kind: str, text: str, style: int) -> Value:
        """A value of a type other than number and shared string."""
        if kind == "str":
            return unescape(text)
        if kind == "b":
            return text.strip().lower() in TRUE
        if kind == "e":
            return CellError(text.strip())
        if kind == "d":
            moment = from_iso(text)
            return text if moment is None else moment
        if kind == "inlineStr":
            return unescape(text)
        return self.reader.number(text, style)

    def rarer(self, row: int, column: int, element: etree._Element, kind: str, style: int) -> None:
        """A cell with a formula, an inline string, an empty value or something unforeseen in it."""
        content = _content(element)
        value: Value = None
        if content.inline is not None and (kind == "inlineStr" or content.text is None):
            value, runs = read_text(content.inline)
            if runs:
                self.keep_runs(row, column, style, runs)
        elif kind == "s":
            value = self.shared_string(content.text, row, column, style) if content.text else None
        elif content.text:
            value = self.typed(kind, content.text, style)
        elif content.text is not None and kind == "str":
            value = ""
        formula = None if content.formula is None else self.formula(content.formula, row, column)
        self.sheet.cells[row, column] = Cell(row, column, value, formula, style)

    def formula(self, element: etree._Element, row: int, column: int) -> str | None:
        """The text of a formula element, without ``=``; a shared one is moved to this cell."""
        text = (element.text or "").removeprefix("=")
        kind = element.get("t", "normal")
        if kind == "shared":
            return self.shared_formula(element.get("si", ""), text, row, column)
        if kind in ("array", "dataTable"):
            self.keep_area(element.get("ref", ""), row, column)
        if kind == "dataTable":
            return _data_table(element)
        return text or None

    def shared_formula(self, index: str, text: str, row: int, column: int) -> str | None:
        """The first cell of a shared formula gives its text, later ones take it from there."""
        if text:
            self.shared.setdefault(index, Shared(text, row, column))
            return text
        master = self.shared.get(index)
        if master is None:
            self.waiting.append((row, column, index))
            return None
        return translate(master.formula, row - master.row, column - master.column)

    def settle(self, row: int, column: int, index: str) -> None:
        """A cell that stood before the first of its shared formula."""
        master = self.shared.get(index)
        if master is not None:
            text = translate(master.formula, row - master.row, column - master.column)
            self.sheet.cells[row, column] = self.sheet.cells[row, column]._replace(formula=text)

    def keep_area(self, reference: str, row: int, column: int) -> None:
        """Remember the cells that an array formula or data table fills."""
        try:
            self.sheet.array_formulas[row, column] = Area.parse(reference)
        except ValueError:
            self.sheet.array_formulas[row, column] = Area(row, column, row, column)


def _at(texts: list[str], index: str) -> str | None:
    """The text of that number; None where there is none."""
    try:
        place = int(index)
    except ValueError:
        return None
    return texts[place] if 0 <= place < len(texts) else None


def _content(element: etree._Element) -> Content:
    text: str | None = None
    formula = inline = None
    for part in children(element):
        name = local(part)
        if name == "v":
            text = part.text or ""
        elif name == "f":
            formula = part
        elif name == "is":
            inline = part
    return Content(text, formula, inline)


def _data_table(element: etree._Element) -> str:
    """A data table as Excel shows it: ``TABLE(row input, column input)``."""
    first, second = attribute(element, "r1") or "", attribute(element, "r2") or ""
    if flag(element, "dt2D"):
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if flag(element, "dtr") else f"TABLE(,{first})"
