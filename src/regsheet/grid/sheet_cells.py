"""The cells of one sheet, in one pass over its rows: value, formula and style together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from regsheet.errors import GridError
from regsheet.grid.addresses import Area, area
from regsheet.grid.alike import AlikeRows, RowMake, Texts
from regsheet.grid.cell_values import CellValues, error_value, truth
from regsheet.grid.cells import CellRows, CellStyle, Sheet, TextRun, Value
from regsheet.grid.dates import from_iso
from regsheet.grid.formulas import translate
from regsheet.grid.row_plans import RowPlan
from regsheet.grid.rows import Row
from regsheet.grid.shared_strings import SharedStrings
from regsheet.grid.stored import StoredCell, StoredFormula, StoredRow
from regsheet.grid.texts import StoredRun, StoredText, unescape
from regsheet.limits import MAX_CELLS, MAX_FORMULA_TEXT

MAX_BLANK_ROWS = 1_000
"""Rows with styles only that are kept after the last row with content: templates prepare thousands of them."""

MAX_BLANK_CELLS = 200_000
"""Cells with a style only that are kept from one sheet."""


class Shared(NamedTuple):
    """A shared formula: its text and where it stands."""

    formula: str
    row: int
    column: int


class CellReader:
    """Reads the cells of a workbook's sheets and counts them against the limit."""

    def __init__(self, strings: SharedStrings, styles: list[CellStyle], date_1904: bool) -> None:
        self.strings = strings
        self.styles = styles
        self.values = CellValues(strings, styles, date_1904)
        self.count = 0
        self.formula_text = 0

    def read(self, rows: Iterable[StoredRow | AlikeRows], sheet: Sheet) -> None:
        """Fill ``cells``, ``rich_text``, ``hidden_rows``, ``row_styles`` and ``array_formulas`` of the sheet.

        The sheet is left as it was when the rows end in an error.
        """
        before = self.count, self.formula_text
        try:
            _SheetPass(self).run(rows).hand_over(sheet)
        except BaseException:
            self.count, self.formula_text = before
            raise


class _SheetPass:
    """One walk over the rows of one sheet."""

    def __init__(self, reader: CellReader) -> None:
        self.reader = reader
        self.cells = CellRows()
        self.plans: dict[RowMake, RowPlan] = {}
        self.rich_text: dict[tuple[int, int], tuple[TextRun, ...]] = {}
        self.hidden_rows: set[int] = set()
        self.row_styles: dict[int, int] = {}
        self.array_formulas: dict[tuple[int, int], Area] = {}
        self.shared: dict[str, Shared] = {}
        self.waiting: list[tuple[int, int, str]] = []
        self.blank_rows = 0
        self.blank_cells = 0

    def run(self, rows: Iterable[StoredRow | AlikeRows]) -> _SheetPass:
        """Read every row, then settle what could only be settled at the end."""
        for row in rows:
            if isinstance(row, AlikeRows):
                self.alike(row)
            else:
                self.look(row.number, row.hidden, row.style)
                self.row(row.number, row.cells)
        for place in self.waiting:
            self.settle(*place)
        return self

    def hand_over(self, sheet: Sheet) -> None:
        """Give the sheet what was read, its cells row by row."""
        sheet.cells = self.cells
        sheet.rich_text = self.rich_text
        sheet.hidden_rows = self.hidden_rows
        sheet.row_styles = self.row_styles
        sheet.array_formulas = self.array_formulas

    def look(self, number: int, hidden: bool, style: str | None) -> None:
        """Take note of what is said of a row as a whole."""
        if hidden:
            self.hidden_rows.add(number)
        if style is not None:
            self.row_styles[number] = self.reader.values.style_numbers[style]

    def alike(self, rows: AlikeRows) -> None:
        """Read rows that have makes, those of one make all at once."""
        plans = {make: self.plan(make) for make in rows.texts}
        read = {make: plans[make].read(texts) for make, texts in rows.texts.items()}
        gaps = sum(plans[make].gaps(texts) for make, texts in rows.texts.items())
        filled = sum(plans[make].filled * len(texts) for make, texts in rows.texts.items()) - gaps
        blank = sum(plans[make].blank * len(texts) for make, texts in rows.texts.items()) + gaps
        whole = {make: list(filter(None, found)) for make, found in read.items() if plans[make].is_simple}
        if sum(map(len, whole.values())) == rows.count and (not blank or self.keeps_blanks(blank)):
            numbered = {make: zip(rows.numbers[make], found, strict=True) for make, found in whole.items()}
            self.cells.put_all(list(rows.in_turn(numbered)))
            self.count(filled, blank)
            return
        one_by_one = {make: zip(repeat(plans[make]), rows.numbers[make], rows.texts[make], read[make]) for make in read}
        for plan, number, texts, found in rows.in_turn(one_by_one):
            self.put(plan, number, texts, found)

    def plan(self, make: RowMake) -> RowPlan:
        """How to read the rows of a make."""
        plan = self.plans.get(make)
        if plan is None:
            plan = self.plans[make] = RowPlan(make, self.reader.values, self.cells)
        return plan

    def put(self, plan: RowPlan, number: int, texts: Texts, found: Row | None) -> None:
        """Put in a row as it was read; read it cell by cell where one of its texts is not of the usual kind."""
        make = plan.make
        if make.hidden or make.style is not None:
            self.look(number, make.hidden, make.style)
        gaps = plan.gaps([texts])
        filled, blank = plan.filled - gaps, plan.blank + gaps
        keeps_all = not blank or self.keeps_blanks()
        if not keeps_all and not filled:
            self.count(0, blank)
            return
        if found is None or not keeps_all:
            self.row(number, make.stored(texts))
            return
        if plan.fixed_formulas:
            found = found.with_formulas({**found.formulas, **self.fixed_formulas(number, plan)})
        self.cells.put(number, found)
        self.count(filled, blank)

    def fixed_formulas(self, number: int, plan: RowPlan) -> dict[int, str]:
        """The formulas of a row that stand elsewhere: shared ones."""
        found = ((column, self.formula(stored, number, column)) for column, stored in plan.fixed_formulas)
        return {column: formula for column, formula in found if formula is not None}

    def row(self, number: int, stored: list[StoredCell]) -> None:
        """Read the cells of a row."""
        known = self.reader.values
        styles, numbers, dates = known.style_numbers, known.numbers, known.dates
        is_date, keep_blanks = known.is_date, self.keeps_blanks()
        values: dict[int, Value] = {}
        looks: dict[int, int] = {}
        formulas: dict[int, str] = {}
        filled = blank = 0
        for column, style_text, kind, text, stored_formula, inline in stored:
            style = styles[style_text]
            value: Value = None
            formula = None
            if text is None and stored_formula is None and inline is None:
                blank += 1
                if not keep_blanks:
                    continue
            else:
                filled += 1
                if kind == "n" and text is not None:
                    value = (dates if is_date[style] else numbers)[text]
                else:
                    value = self.other_value(number, column, style, kind, text, inline)
                if isinstance(stored_formula, str):
                    formula = stored_formula.removeprefix("=") or None
                elif stored_formula is not None:
                    formula = self.formula(stored_formula, number, column)
            values[column], looks[column] = value, style
            if formula is not None:
                formulas[column] = formula
            else:
                formulas.pop(column, None)
        self.cells.put_values(number, values, looks, formulas)
        self.count(filled, blank)

    def keeps_blanks(self, more: int = 1) -> bool:
        """Whether cells with a style only are still kept, as many more as said."""
        return self.blank_rows < MAX_BLANK_ROWS and self.blank_cells + more <= MAX_BLANK_CELLS

    def count(self, filled: int, blank: int) -> None:
        """Take note of a row's cells with content and without."""
        self.blank_cells += blank
        self.blank_rows = 0 if filled else self.blank_rows + 1
        self.reader.count += filled
        if self.reader.count > MAX_CELLS:
            raise GridError(
                f"The workbook has more than {MAX_CELLS:,} filled cells; "
                "keep the register in a workbook of its own and run again."
            )

    def other_value(
        self, row: int, column: int, style: int, kind: str, text: str | None, inline: StoredText | None
    ) -> Value:
        """A value other than a plain number or plain shared string."""
        if inline is not None and (kind == "inlineStr" or text is None):
            self.keep_runs(row, column, style, inline.runs)
            return inline.text
        if kind == "s":
            place = _index(text, len(self.reader.strings.texts))
            if place is None:
                return None
            self.keep_runs(row, column, style, self.reader.strings.runs.get(place, ()))
            return self.reader.strings.texts[place]
        if kind == "str":
            return unescape(text or "")
        return None if text is None else self.typed(kind, text, style)

    def keep_runs(self, row: int, column: int, style: int, runs: tuple[StoredRun, ...]) -> None:
        """Remember a cell's rich text, with its own font where a run does not say."""
        if runs:
            own = self.reader.styles[style]
            self.rich_text[row, column] = tuple(run.looks(own.bold, own.strike) for run in runs)

    def typed(self, kind: str, text: str, style: int) -> Value:
        """A value of a type other than text."""
        if kind == "b":
            return truth(text)
        if kind == "e":
            return error_value(text)
        if kind == "d":
            moment = from_iso(text)
            return text if moment is None else moment
        if kind == "inlineStr":
            return unescape(text)
        return self.reader.values.of_kind("n", style)[text]

    def formula(self, stored: StoredFormula, row: int, column: int) -> str | None:
        """The text of a formula, without ``=``; a shared one is moved to this cell."""
        text = stored.text.removeprefix("=")
        if stored.kind == "shared":
            return self.shared_formula(stored.shared_index, text, row, column)
        if stored.kind in ("array", "dataTable"):
            self.array_formulas[row, column] = area(stored.area) or Area(row, column, row, column)
        return _data_table(stored) if stored.kind == "dataTable" else text or None

    def shared_formula(self, index: str, text: str, row: int, column: int) -> str | None:
        """The first cell of a shared formula gives its text, later ones take it from there."""
        if text:
            self.shared.setdefault(index, Shared(text, row, column))
            return text
        master = self.shared.get(index)
        if master is None:
            self.waiting.append((row, column, index))
            return None
        return self.moved(master, row, column)

    def moved(self, master: Shared, row: int, column: int) -> str:
        """A shared formula as it reads in another cell; its text is counted, for each cell has its own."""
        self.reader.formula_text += len(master.formula)
        if self.reader.formula_text > MAX_FORMULA_TEXT:
            raise GridError(
                "The workbook has more long formulas than can be worked on; "
                "keep the register in a workbook of its own and run again."
            )
        return translate(master.formula, row - master.row, column - master.column)

    def settle(self, row: int, column: int, index: str) -> None:
        """A cell that stood before the first of its shared formula."""
        master = self.shared.get(index)
        if master is not None:
            self.cells[row, column] = self.cells[row, column]._replace(formula=self.moved(master, row, column))


def _index(text: str | None, count: int) -> int | None:
    try:
        place = int(text or "")
    except ValueError:
        return None
    return place if 0 <= place < count else None


def _data_table(stored: StoredFormula) -> str:
    """A data table as Excel shows it: ``TABLE(row input, column input)``."""
    if stored.two_inputs:
        return f"TABLE({stored.first_input},{stored.second_input})"
    return f"TABLE({stored.first_input},)" if stored.along_row else f"TABLE(,{stored.first_input})"
