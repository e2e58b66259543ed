"""A workbook as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from regsheet.grid.cells import Grid
from regsheet.layout.tables import Layout
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import Register


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook read and understood. ``sha256`` is the file's, in hexadecimal."""

    path: Path
    sha256: str
    grid: Grid
    layout: Layout
    registers: tuple[Register, ...]
    maps: tuple[AssuranceMap, ...]
