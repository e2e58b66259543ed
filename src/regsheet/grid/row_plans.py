"""How to read all rows of one make: worked out once for the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from operator import itemgetter

from regsheet.grid.alike import RowMake
from regsheet.grid.cell_rows import NO_FORMULAS, Row
from regsheet.grid.cell_values import CellValues
from regsheet.grid.cells import Value
from regsheet.grid.scanning import resolve
from regsheet.grid.stored import StoredFormula


class RowPlan:
    """Reads rows of one make. ``filled`` and ``blank`` count the cells of each with content and without."""

    def __init__(self, make: RowMake, values: CellValues) -> None:
        self.styles: dict[int, int] = {cell.column: values.style_numbers[cell.style] for cell in make.cells}
        self.fixed_formulas: list[tuple[int, StoredFormula]] = []
        self._strings = values.strings.texts
        self._indices, self._formulas, self._others = _Texts(), _Texts(), _Texts()
        self._readings: list[Mapping[str, Value]] = []
        self._blank: dict[int, Value] = dict.fromkeys(self.styles)
        only_plain = not values.strings.runs
        places = count()
        for cell in make.cells:
            if cell.has_formula:
                self._formulas.add(cell.column, next(places))
            elif cell.fixed_formula is not None:
                self.fixed_formulas.append((cell.column, cell.fixed_formula))
            if cell.has_value and cell.kind == "s" and only_plain:
                self._indices.add(cell.column, next(places))
            elif cell.has_value:
                self._others.add(cell.column, next(places))
                self._readings.append(values.of_kind(cell.kind, self.styles[cell.column]))
        self.filled = sum(cell.has_value or cell.has_formula or cell.fixed_formula is not None for cell in make.cells)
        self.blank = len(make.cells) - self.filled

    def read(self, texts: list[str]) -> Row | None:
        """The row of these texts as they stand in the part; None where one has to be looked at by itself: rich text."""
        values = self._blank.copy()
        indices, others, stored = self._indices, self._others, self._formulas
        try:
            found = map(self._strings.__getitem__, map(int, indices.of(texts)))
            values.update(zip(indices.columns, found, strict=True))
            read = [known[text] for known, text in zip(self._readings, others.of(texts), strict=True)]
        except (KeyError, IndexError):
            return None
        values.update(zip(others.columns, read, strict=True))
        if not stored.columns:
            return Row(values, self.styles, NO_FORMULAS)
        pairs = zip(stored.columns, stored.of(texts), strict=True)
        formulas = {column: formula for column, text in pairs if (formula := resolve(text).removeprefix("="))}
        return Row(values, self.styles, formulas)


def _none(_texts: list[str]) -> Sequence[str]:
    return ()


class _Texts:
    """Some of a row's texts: the columns they belong to, and how to get them."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self._places: list[int] = []
        self.of: Callable[[list[str]], Sequence[str]] = _none

    def add(self, column: int, place: int) -> None:
        """Take in the text of a column that stands at a place among the texts."""
        self.columns.append(column)
        self._places.append(place)
        if len(self._places) > 1:
            self.of = itemgetter(*self._places)
        else:
            self.of = lambda texts: (texts[place],)
