"""How to read all rows of one make: worked out once for the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from regsheet.grid.alike import RowMake
from regsheet.grid.cell_rows import NO_FORMULAS, Row
from regsheet.grid.cell_values import CellValues
from regsheet.grid.cells import Value
from regsheet.grid.scanning import resolve
from regsheet.grid.stored import StoredFormula


class Place(NamedTuple):
    """A column, and the place of its text among the texts of a row."""

    column: int
    text: int


class RowPlan:
    """Reads rows of one make. ``filled`` and ``blank`` count the cells of each with content and without."""

    def __init__(self, make: RowMake, values: CellValues) -> None:
        cells = make.cells
        styles = {cell.column: values.style_numbers[cell.style] for cell in cells}
        self.styles: Mapping[int, int] = styles
        self.fixed_formulas: list[tuple[int, StoredFormula]] = []
        self.readings: list[Mapping[str, Value]] = []
        self.columns: list[int] = []
        self._values: list[int] = []
        self._formulas: list[Place] = []
        place = 0
        for cell in cells:
            if cell.has_formula:
                self._formulas.append(Place(cell.column, place))
                place += 1
            elif cell.fixed_formula is not None:
                self.fixed_formulas.append((cell.column, cell.fixed_formula))
            if cell.has_value:
                self.columns.append(cell.column)
                self.readings.append(values.of_kind(cell.kind, styles[cell.column]))
                self._values.append(place)
                place += 1
        with_content = {*self.columns, *(place.column for place in self._formulas)}
        self.filled = len(with_content | {column for column, _ in self.fixed_formulas})
        self.blank = len(cells) - self.filled
        self._empty: dict[int, Value] | None = None if len(self.columns) == len(cells) else dict.fromkeys(styles)

    def read(self, texts: list[str]) -> Row | None:
        """The row of these texts as they stand in the part; None where one has to be looked at by itself: rich text."""
        formulas: Mapping[int, str] = NO_FORMULAS
        if self._formulas:
            found = ((column, resolve(texts[place]).removeprefix("=")) for column, place in self._formulas)
            formulas = {column: formula for column, formula in found if formula}
            texts = [texts[place] for place in self._values]
        try:
            read = [known[text] for known, text in zip(self.readings, texts, strict=True)]
        except KeyError:
            return None
        values: dict[int, Value] = dict(zip(self.columns, read, strict=True))
        return Row(values if self._empty is None else self._empty | values, self.styles, formulas)
