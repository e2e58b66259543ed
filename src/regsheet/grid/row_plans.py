"""How to read all rows of one make: worked out once for the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, repeat

from regsheet.grid.alike import RowMake, Texts
from regsheet.grid.cell_values import CellValues
from regsheet.grid.cells import CellRows, Value
from regsheet.grid.rows import NO_FORMULAS, Row
from regsheet.grid.scanning import resolve
from regsheet.grid.stored import StoredFormula


class RowPlan:
    """Reads rows of one make. ``filled`` and ``blank`` count the cells with content and without of each without gaps.

    ``is_simple`` says whether its rows hold something and are wholly read from their texts, whatever stands in others.
    """

    def __init__(self, make: RowMake, values: CellValues, cells: CellRows) -> None:
        self.make = make
        styles = tuple(values.style_numbers[cell.style] for cell in make.cells)
        self._shape = cells.shape(tuple(cell.column for cell in make.cells), styles)
        self.fixed_formulas: list[tuple[int, StoredFormula]] = []
        self._strings = values.strings.texts
        self._readings: list[tuple[int, Callable[[str], Value] | None]] = []
        self._formulas: list[tuple[int, int]] = []
        only_plain = not values.strings.runs
        places = count(1)  # the row's number stands first
        for cell, style in zip(make.cells, styles, strict=True):
            if cell.has_formula:
                self._formulas.append((cell.column, next(places)))
            elif cell.fixed_formula is not None:
                self.fixed_formulas.append((cell.column, cell.fixed_formula))
            if not cell.has_value:
                self._readings.append((_NOWHERE, None))
            elif cell.kind == "s" and only_plain:
                self._readings.append((next(places), None))
            else:
                known = values.of_kind(cell.kind, style)
                self._readings.append((next(places), known.__getitem__))
        self.filled = sum(cell.has_value or cell.has_formula or cell.fixed_formula is not None for cell in make.cells)
        self.blank = len(make.cells) - self.filled
        self._has_gaps = any(cell.may_be_blank for cell in make.cells)
        self.is_simple = bool(self.filled) and not (self.fixed_formulas or make.hidden or make.style is not None)

    def gaps(self, rows: Sequence[Texts]) -> int:
        """How many cells of these rows are blank that have content in others."""
        # Whether all say something is told several times as fast as where None is; no text that is found is empty.
        return sum(texts.count(None) for texts in rows if not all(texts)) if self._has_gaps else 0

    def read(self, rows: Sequence[Texts]) -> list[Row | None]:
        """The rows of what their pattern found; None for one that has to be looked at by itself.

        That is one with rich text. The cells are read column by column, which is quicker than row by row.
        """
        columns = list(zip(*rows, strict=True))
        try:
            read = [self._column(columns, len(rows), *reading) for reading in self._readings]
            formulas = map(self._formulas_of, rows) if self._formulas else repeat(NO_FORMULAS, len(rows))
            return list(map(Row, zip(repeat(self._shape, len(rows)), formulas, *read, strict=True)))
        except (KeyError, IndexError):
            return [None] if len(rows) == 1 else [row for texts in rows for row in self.read([texts])]

    def _column(
        self, columns: Sequence[Texts], rows: int, place: int, known: Callable[[str], Value] | None
    ) -> Iterable[Value]:
        if place == _NOWHERE:
            return repeat(None, rows)
        texts = columns[place]
        if not all(texts):
            known = known or (lambda text: self._strings[int(text)])
            return [None if text is None else known(text) for text in texts]
        return map(self._strings.__getitem__, map(int, texts)) if known is None else map(known, texts)

    def _formulas_of(self, texts: Texts) -> Mapping[int, str]:
        found = ((column, resolve(texts[place]).removeprefix("=")) for column, place in self._formulas)
        return {column: formula for column, formula in found if formula} or NO_FORMULAS


_NOWHERE = -1
"""The place of a cell that has no text."""
