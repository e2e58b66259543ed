"""The grid stage: a workbook's parts as sheets of cells with value, formula, style, merge, note and hidden rows."""

from regsheet.grid.foreign import read_foreign
from regsheet.grid.reader import read_grid

__all__ = ["read_foreign", "read_grid"]
