"""Grid and layout to dataframes."""

from __future__ import annotations

from pathlib import Path

from regsheet.config import Config
from regsheet.grid.cells import Grid
from regsheet.layout.tables import Layout
from regsheet.model.book import Book
from regsheet.model.map_frame import build_map
from regsheet.model.register_frame import build_register


def build_book(grid: Grid, layout: Layout, config: Config, path: Path, sha256: str) -> Book:
    """A workbook's registers and assurance maps as dataframes."""
    return Book(
        path=path,
        sha256=sha256,
        grid=grid,
        layout=layout,
        registers=tuple(
            build_register(grid.sheet(table.sheet), table, layout, config)
            for table in layout.of_kind("register")
            if table.n_risks
        ),
        maps=tuple(build_map(grid.sheet(table.sheet), table, config) for table in layout.of_kind("assurance-map")),
    )
