"""Where the rows and columns of a sheet that was sent are in a copy that came back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from regsheet.grid.cells import Sheet
from regsheet.layout.tables import Layout, Table

Cell = tuple[int, int]


@dataclass(frozen=True)
class Alignment:
    """A sheet as sent beside the same sheet of a copy; ``rows`` and ``columns`` lead from the one to the other."""

    sent: Sheet
    copy: Sheet
    rows: dict[int, int]
    columns: dict[int, int]

    @cached_property
    def rows_back(self) -> dict[int, int]:
        """From the copy to the sent sheet."""
        return {there: here for here, there in self.rows.items()}

    @cached_property
    def columns_back(self) -> dict[int, int]:
        """From the copy to the sent sheet."""
        return {there: here for here, there in self.columns.items()}

    @cached_property
    def moved(self) -> bool:
        """Whether anything is not where it was."""
        return any(here != there for pairs in (self.rows, self.columns) for here, there in pairs.items())

    def there(self, row: int, column: int) -> Cell | None:
        """Where a cell as sent is in the copy."""
        if row not in self.rows or column not in self.columns:
            return None
        return self.rows[row], self.columns[column]

    def back(self, row: int, column: int) -> Cell | None:
        """Where a cell of the copy was in the sheet as sent."""
        if row not in self.rows_back or column not in self.columns_back:
            return None
        return self.rows_back[row], self.columns_back[column]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the layout knows of a sheet: its tables' rows of risks, and where references and titles are."""

    tables: tuple[Table, ...]
    risk_rows: frozenset[int]
    ref: int | None
    title: int | None
    header: int | None

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout) -> Hints:
        """Those of one sheet; the first table that has a reference or a title speaks for them all."""
        tables = tuple(t for kind in ("register", "assurance-map") for t in layout.of_kind(kind)
                       if t.sheet == sheet.name)  # fmt: skip
        first = tables[0] if tables else None
        ref, title = (
            next((column.index for table in tables for name in names if (column := table.column(name))), None)
            for names in (("ref", "risk_ref"), ("title", "description", "risk_title", "risk"))
        )
        rows = {
            row
            for table in tables
            for row in (*table.rows, *(r for rest in table.continuations.values() for r in rest))
        }
        return cls(tables, frozenset(rows), ref, title, None if first is None else first.header_rows[1])
