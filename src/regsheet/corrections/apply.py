"""A grid with corrections made: the workbook as it will be, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from regsheet.grid.addresses import position
from regsheet.grid.cells import Cell, Grid, Sheet
from regsheet.rules.findings import Correction


def corrected_grid(grid: Grid, corrections: Iterable[Correction]) -> Grid:
    """A copy of the grid in which every corrected cell holds its new value. The grid given stays as it is.

    Fills are not part of it: the writer colours every rating by its band.
    """
    by_sheet: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.after is not None or correction.formula is not None:
            by_sheet.setdefault(correction.sheet, []).append(correction)
    sheets = [_corrected(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet for sheet in grid.sheets]
    return replace(grid, sheets=sheets)


def _corrected(sheet: Sheet, corrections: list[Correction]) -> Sheet:
    cells, before = sheet.cells.copy(), sheet.cells.rows
    for correction in corrections:
        row, column = position(correction.cell)
        style = before[row].styles.get(column, 0) if row in before else 0
        cells[row, column] = Cell(row, column, correction.after, correction.formula, style)
    return replace(sheet, cells=cells)
