"""Finds every table of a workbook."""

from __future__ import annotations

from regsheet.grid.cells import Grid, Sheet
from regsheet.layout.assurance import build_map, is_map_row, map_block
from regsheet.layout.headings import Block, find_blocks
from regsheet.layout.registers import build_register
from regsheet.layout.tables import Layout, Table
from regsheet.layout.view import SheetView


def find_tables(grid: Grid) -> Layout:
    """Every table found in a workbook, in sheet order, top to bottom. Never raises, whatever the cells hold."""
    return Layout(tuple(table for sheet in grid.sheets for table in _sheet_tables(sheet)))


def _sheet_tables(sheet: Sheet) -> list[Table]:
    view = SheetView(sheet)
    maps = [row for row in view.rows if is_map_row(view, row)]
    blocks = sorted(
        [*(block for block in find_blocks(view) if not _heads_map(block, maps)), *(map_block(view, row) for row in maps)],
        key=lambda block: block.first_row,
    )
    tables: list[Table] = []
    for place, block in enumerate(blocks):
        end = blocks[place + 1].first_row if place + 1 < len(blocks) else view.last_row + 1
        if block.first_row in maps:
            start = blocks[place - 1].last_row + 1 if place else 1
            tables.append(build_map(view, block, start, end, more_below=place + 1 < len(blocks)))
        else:
            rows = [row for row in view.rows if block.body_row <= row < end]
            tables.extend(filter(None, [build_register(view, block, rows)]))
    return tables


def _heads_map(block: Block, maps: list[int]) -> bool:
    return any(block.first_row <= row <= block.last_row for row in maps)
