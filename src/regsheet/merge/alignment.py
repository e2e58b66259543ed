"""Where the rows and columns of a sheet that was sent are in a copy that came back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from regsheet.grid.cells import Sheet
from regsheet.layout.tables import Column, Layout, Table
from regsheet.values.text import one_line

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
    """What the layout knows of a sheet: its tables' rows of risks, and where references and titles are.

    ``header`` is the row of headings that says most; ``headings`` what each column is called in reports.
    """

    tables: tuple[Table, ...]
    risk_rows: frozenset[int]
    ref: int | None
    title: int | None
    header: int | None
    headings: dict[int, str]

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout) -> Hints:
        """Those of one sheet; the first table that has a reference or a title speaks for them all."""
        tables = tuple(t for kind in ("register", "assurance-map") for t in layout.of_kind(kind)
                       if t.sheet == sheet.name)  # fmt: skip
        ref, title = (
            next((column.index for table in tables for name in names if (column := table.column(name))), None)
            for names in (("ref", "risk_ref"), ("title", "description", "risk_title", "risk"))
        )
        rows: set[int] = set()
        for table in tables:
            rows.update(table.rows, *table.continuations.values())
        headings = {column.index: column_name(column) for table in reversed(tables) for column in table.columns}
        return cls(tables, frozenset(rows), ref, title, _header(sheet, tables), headings)


def column_name(column: Column) -> str:
    """What a column is called in reports: as on the Findings sheet where its meaning is known, else by its heading."""
    if column.field is not None:
        return column.field.replace("_", " ")
    return " / ".join(one_line(words) for words in (column.group, column.heading) if words)


def _header(sheet: Sheet, tables: tuple[Table, ...]) -> int | None:
    """Of the rows of headings of the first table, the one with most texts."""
    if not tables:
        return None
    first, last = tables[0].header_rows
    counts = Counter(cell.row for cell in sheet.filled() if first <= cell.row <= last)
    return max(range(first, last + 1), key=lambda row: (counts[row], row))
