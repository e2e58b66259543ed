"""Finds every table of a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Grid
from regsheet.layout.assurance import build_map, is_map_row, map_block
from regsheet.layout.headings import Block, find_blocks
from regsheet.layout.matching import quick_field
from regsheet.layout.matrices import find_matrices
from regsheet.layout.registers import build_register
from regsheet.layout.scales import find_scales
from regsheet.layout.scoring import Found, join_scoring, with_own_scales
from regsheet.layout.secondary import mark_secondary
from regsheet.layout.settled import ColumnMapping, settled_columns, tells_lines, with_settled_blocks
from regsheet.layout.slipped import build_slipped, is_slipped
from regsheet.layout.tables import Layout, Table
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key

_MOST_CELLS_OF_A_KEY = 20_000
"""Sheets with more cells hold data; no scale or matrix is looked for there beyond their registers."""


def find_tables(grid: Grid, mappings: Sequence[ColumnMapping] = ()) -> Layout:
    """Every table found in a workbook, in sheet order, top to bottom. Never raises, whatever the cells hold.

    ``mappings`` is what people have settled about columns; it counts more than anything that is guessed.
    """
    views = [SheetView(sheet) for sheet in grid.sheets]
    found: list[tuple[int, Found | Table]] = []
    for place, view in enumerate(views):
        found.extend((place, one) for one in _sheet_tables(view, mappings))
    skip: dict[str, list[Area]] = {view.sheet.name: [] for view in views}
    for place, one in found:
        table = one.table if isinstance(one, Found) else one
        skip[views[place].sheet.name].append(_area(table))
    keys = [
        (place, table)
        for place, view in enumerate(views)
        if view.size <= _MOST_CELLS_OF_A_KEY
        for table in (*find_scales(view, skip[view.sheet.name]), *find_matrices(view, skip[view.sheet.name]))
    ]
    small = [view for view in views if view.size <= _MOST_CELLS_OF_A_KEY]
    others = [table for _, table in keys]
    tables = [(p, _joined(one, others, small, skip)) for p, one in found]
    ordered = sorted([*tables, *keys], key=lambda pair: (pair[0], pair[1].header_rows[0]))
    return Layout(mark_secondary([table for _, table in ordered], views))


def _joined(one: Found | Table, others: list[Table], views: list[SheetView], skip: dict[str, list[Area]]) -> Table:
    if isinstance(one, Found):
        return join_scoring(one, others, views, skip)
    return with_own_scales(one, others) if one.kind == "register" else one


def _sheet_tables(view: SheetView, mappings: Sequence[ColumnMapping]) -> list[Found | Table]:
    blocks, maps = _blocks(view, mappings)
    if not maps and is_slipped(view, blocks):
        slipped = build_slipped(view, blocks, _highest_score(view))
        if slipped is not None:
            return [slipped]
    blocks, repeated = _without_pages(view, blocks, maps)
    rows = [row for row in view.rows if row not in repeated]
    tables: list[Found | Table] = []
    for place, block in enumerate(blocks):
        end = blocks[place + 1].first_row if place + 1 < len(blocks) else view.last_row + 1
        settled = settled_columns(block.headings, mappings)
        if block.first_row in maps:
            start = blocks[place - 1].last_row + 1 if place else 1
            tables.append(build_map(view, block, start, end, place + 1 < len(blocks), settled))
        else:
            found = build_register(view, block, [row for row in rows if block.body_row <= row < end], settled)
            if found is not None:
                tables.append(found)
    return tables


def _blocks(view: SheetView, mappings: Sequence[ColumnMapping]) -> tuple[list[Block], list[int]]:
    """The heading blocks of a sheet, top to bottom, and the rows at which those of assurance maps begin."""
    found = [row for row in view.wordy_rows if is_map_row(view, row)]
    blocks = [block for block in find_blocks(view) if not _heads_map(block, found)]
    blocks = with_settled_blocks(view, [*blocks, *(map_block(view, row) for row in found)], mappings)
    maps = []
    for block in blocks:
        settled = settled_columns(block.headings, mappings)
        if tells_lines(settled) if settled else block.first_row in found:
            maps.append(block.first_row)
    return blocks, maps


def _without_pages(view: SheetView, blocks: list[Block], maps: list[int]) -> tuple[list[Block], set[int]]:
    """The blocks without those that repeat the one above on a new page, and the rows of those that do."""
    kept: list[Block] = []
    repeated: set[int] = set()
    ends = [*(block.first_row for block in blocks[1:]), view.last_row + 1][: len(blocks)]
    seen: set[str] = set()
    for block, end in zip(blocks, ends, strict=True):
        refs = _references(view, block, end)
        if (
            kept
            and block.first_row not in maps
            and _same(kept[-1], block)
            and not (refs and len(refs & seen) * 2 >= len(refs))
        ):
            repeated.update(range(block.first_row, block.body_row))
            seen |= refs
        else:
            kept.append(block)
            seen = refs
    return kept, repeated


def _same(first: Block, second: Block) -> bool:
    known = {heading.column: heading_key(heading.text) for heading in first.headings}
    same = sum(known.get(heading.column) == heading_key(heading.text) for heading in second.headings)
    return same >= 0.8 * max(len(first.headings), len(second.headings))


def _references(view: SheetView, block: Block, end: int) -> set[str]:
    """The references below a block: where they start again, another register starts."""
    column = next((heading.column for heading in block.headings if quick_field(heading.text) == "ref"), None)
    if column is None:
        return set()
    rows = range(block.body_row, min(end, block.body_row + 500))
    return {text for row in rows if (text := view.text(row, column)) and len(text) <= 20}


def _highest_score(view: SheetView) -> int:
    """The top of the sheet's own scale; 5 where it has none."""
    return int(
        max(
            (level.score for table in find_scales(view, ()) for scale in table.scales for level in scale.levels),
            default=5,
        )
    )


def _heads_map(block: Block, maps: list[int]) -> bool:
    return any(block.first_row <= row <= block.last_row for row in maps)


def _area(table: Table) -> Area:
    """The cells of a table, so that nothing else is read from them."""
    columns = [column.index for column in table.columns] or [1]
    return Area(
        table.header_rows[0],
        min(columns),
        max(table.last_row or table.header_rows[1], table.header_rows[1]),
        max(columns),
    )
