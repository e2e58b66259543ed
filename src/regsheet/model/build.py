"""Grid and layout to registers and maps."""

from __future__ import annotations

from pathlib import Path

from regsheet.config import Config
from regsheet.grid.cells import Grid
from regsheet.layout.tables import Layout, Table
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.map_frame import build_map
from regsheet.model.register import Register
from regsheet.model.register_frame import build_register


def build_book(
    grid: Grid, layout: Layout, config: Config, path: Path, sha256: str, earlier: Book | None = None
) -> Book:
    """A workbook's registers and assurance maps.

    ``earlier`` is what the same layout and configuration gave before cells of the grid were changed: what stands on
    other sheets, or in other columns, is taken over from it.
    """
    registers = {} if earlier is None else {id(one.table): one for one in earlier.registers}
    maps = {} if earlier is None else {id(one.table): one for one in earlier.maps}

    def register(table: Table) -> Register:
        sheet, before = grid.sheet(table.sheet), registers.get(id(table))
        if before is not None and before.sheet is sheet:
            return before
        return build_register(sheet, table, layout, config, before)

    def assurance_map(table: Table) -> AssuranceMap:
        sheet, before = grid.sheet(table.sheet), maps.get(id(table))
        return before if before is not None and before.sheet is sheet else build_map(sheet, table, config)

    return Book(
        path=path,
        sha256=sha256,
        grid=grid,
        layout=layout,
        registers=tuple(register(table) for table in layout.of_kind("register") if table.n_risks),
        maps=tuple(assurance_map(table) for table in layout.of_kind("assurance-map")),
    )
