"""Small grids written as text, for tests of the layout stage."""

from collections.abc import Mapping, Sequence

from regsheet.grid.addresses import Area, position
from regsheet.grid.cells import Cell, CellStyle, Grid, Sheet, Value
from regsheet.layout import find_tables
from regsheet.layout.tables import Table

PLAIN, BOLD, FILLED = 0, 1, 2


def sheet(
    rows: Sequence[Sequence[Value]],
    merges: Sequence[str] = (),
    name: str = "Sheet1",
    formulas: Mapping[str, str] | None = None,
    fills: Mapping[str, str] | None = None,
) -> Sheet:
    """A sheet whose first row is row 1; None and "" leave a cell out."""
    made = Sheet(name, 0, styles=[CellStyle(), CellStyle(bold=True), CellStyle(fill="DDDDDD")])
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None and value != "":
                made.cells[row, column] = Cell(row, column, value, None, PLAIN)
    for address, formula in (formulas or {}).items():
        row, column = position(address)
        made.cells[row, column] = Cell(row, column, made.value(row, column), formula, PLAIN)
    for address, colour in (fills or {}).items():
        row, column = position(address)
        made.styles.append(CellStyle(fill=colour))
        made.cells[row, column] = Cell(row, column, made.value(row, column), None, len(made.styles) - 1)
    made.merges = [Area.parse(text) for text in merges]
    return made


def tables(*sheets: Sheet, kind: str = "register") -> list[Table]:
    """The tables of a kind in a workbook of these sheets."""
    return [table for table in find_tables(Grid(list(sheets), "xlsx")).tables if table.kind == kind]


def register(*sheets: Sheet) -> Table:
    """The only register of a workbook."""
    found = [table for table in tables(*sheets) if not table.secondary]
    assert len(found) == 1, [(table.sheet, table.header_rows) for table in found]
    return found[0]


def fields(table: Table) -> dict[str, str]:
    """Letter to field of every column that has one."""
    return {column.letter: column.field for column in table.columns if column.field}
