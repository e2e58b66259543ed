"""An assurance map as a dataframe: one row an item of assurance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regsheet.grid.cells import Sheet
from regsheet.layout.tables import Table

if TYPE_CHECKING:
    import pandas as pd

LINES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class AssuranceMap:
    """One assurance map.

    ``frame``: one row an item of assurance, in reading order. Columns: ``cluster``, ``risk_ref``, ``risk_title``,
    ``risk`` (Int64, position in ``risks``), ``line`` (Int64, 1 to 4), ``item``, ``date`` (datetime64, last day of the
    period that the item's words name), ``date_text``, ``opinion``, ``cell``. Text is ``string``.
    ``risks``: one row a risk on the map, also those without any item. Columns ``cluster``, ``risk_ref``,
    ``risk_title``, ``cell``, and ``line_1`` … the cell (or first cell) of each line for it, None where the map lacks
    the line.
    ``lines``: line number to the heading that the map gives it.
    """

    table: Table
    sheet: Sheet
    frame: pd.DataFrame
    risks: pd.DataFrame
    lines: dict[int, str]

    @property
    def sheet_name(self) -> str:
        """The name of the sheet it stands on."""
        return self.sheet.name
