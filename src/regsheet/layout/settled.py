"""Columns whose meaning a person has settled: found again by their headings, wherever the table stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from regsheet.layout.fields import LINES, NONE
from regsheet.layout.headings import Block, Heading, block_between, last_heading_row
from regsheet.layout.tables import Column, Layout, Table
from regsheet.layout.view import SheetView
from regsheet.values.text import one_line

SETTLED = "settled in regsheet.toml"
"""The reason given for a column that a configuration decides."""

BETWEEN = " / "
"""What stands between the words of a group and those of a heading below it."""

_DEEPEST = 4
_MOST_ROWS = 200
_REPEAT = re.compile(r" #\d+$")

SettledColumns = Mapping[int, str | None]
"""Columns to fields; None for a column that is to be left alone."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the headings of one kind of table mean: each heading, as it is printed, to a field or ``none``.

    It holds for every table that has all of these headings, whatever else that has, in whatever order.
    """

    headings: Mapping[str, str]

    @property
    def keys(self) -> dict[str, str]:
        """The headings as they are compared, to their fields."""
        return {heading_name_key(name): field for name, field in self.headings.items()}


def heading_name_key(name: str) -> str:
    """A heading's name as it is compared: case and white space make no difference."""
    return one_line(name).casefold()


def heading_names(headings: Sequence[Heading | Column]) -> list[str]:
    """The name of each heading as it is printed: ``Inherent / Impact``; one that comes again is ``Impact #2``."""
    names: list[str] = []
    seen: set[str] = set()
    for heading in headings:
        words = heading.heading if isinstance(heading, Column) else heading.text
        plain = one_line(f"{heading.group}{BETWEEN}{words}" if heading.group else words)
        name, number = plain, 1
        while heading_name_key(name) in seen:
            number += 1
            name = f"{plain} #{number}"
        seen.add(heading_name_key(name))
        names.append(name)
    return names


def settled_columns(headings: Sequence[Heading], mappings: Iterable[ColumnMapping]) -> dict[int, str | None] | None:
    """What a mapping says of these headings: the one that names most of them; None where none applies."""
    known = {
        heading_name_key(name): heading.column for name, heading in zip(heading_names(headings), headings, strict=True)
    }
    fitting = [keys for mapping in mappings if (keys := mapping.keys) and keys.keys() <= known.keys()]
    if not fitting:
        return None
    chosen = max(fitting, key=len)
    return {known[key]: None if field == NONE else field for key, field in chosen.items()}


def with_settled_blocks(view: SheetView, blocks: Sequence[Block], mappings: Sequence[ColumnMapping]) -> list[Block]:
    """The blocks that were found, and those that are one only because a mapping says so."""
    if not mappings:
        return sorted(blocks, key=lambda block: block.first_row)
    kept = [block for block in blocks if settled_columns(block.headings, mappings) is not None]
    added: list[Block] = []
    for mapping in mappings:
        for block in _blocks_of(view, mapping):
            if not any(_overlap(block, other) for other in (*kept, *added)):
                added.append(block)
    others = [b for b in blocks if b not in kept and not any(_overlap(b, other) for other in added)]
    return sorted((*kept, *added, *others), key=lambda block: block.first_row)


def tells_lines(settled: SettledColumns | None) -> bool:
    """Whether settled columns are those of an assurance map."""
    fields = set((settled or {}).values())
    return bool(fields & set(LINES)) or {"line", "item"} <= fields


def settle_columns(columns: Sequence[Column], settled: SettledColumns) -> tuple[Column, ...]:
    """The columns as settled; a guess gives way where it claims a field that is settled elsewhere."""
    taken = {field for field in settled.values() if field}
    answer = []
    for column in columns:
        place = (column.index, column.heading, column.group)
        if column.index in settled:
            answer.append(Column(*place, settled[column.index], 1.0, SETTLED))
        elif column.field in taken:
            answer.append(Column(*place, None, 0.0, "another column is settled for this"))
        else:
            answer.append(column)
    return tuple(answer)


def mappings_of(layout: Layout) -> list[ColumnMapping]:
    """How the columns of each register and assurance map were understood; tables of the same headings once.

    Left out are tables that repeat another in brief, and pages of a PDF, whose columns have no place of their own.
    """
    found: dict[frozenset[str], ColumnMapping] = {}
    for table in layout.tables:
        if table.kind in ("register", "assurance-map") and not table.secondary and not table.readings:
            mapping = _mapping(table)
            found.setdefault(frozenset(mapping.keys), mapping)
    return list(found.values())


def _mapping(table: Table) -> ColumnMapping:
    names = heading_names(table.columns)
    return ColumnMapping({name: column.field or NONE for name, column in zip(names, table.columns, strict=True)})


def _blocks_of(view: SheetView, mapping: ColumnMapping) -> list[Block]:
    """The rows of a sheet that hold all headings of a mapping: one row, or several with groups above."""
    pieces = _pieces(mapping)
    least = min(2, len(mapping.headings))
    likely = (row for row in view.rows if len(pieces & _texts(view, row)) >= least)
    blocks: list[Block] = []
    for row in islice(likely, _MOST_ROWS):
        if not (blocks and row < blocks[-1].body_row) and (block := _block_around(view, row, mapping)) is not None:
            blocks.append(block)
    return blocks


def _block_around(view: SheetView, row: int, mapping: ColumnMapping) -> Block | None:
    for deep in range(_DEEPEST):
        for first in range(row, max(row - deep, 1) - 1, -1):
            block = block_between(view, first, first + deep)
            if settled_columns(block.headings, [mapping]) is None:
                continue
            deeper = block_between(view, first, last_heading_row(view, first + deep))
            return deeper if settled_columns(deeper.headings, [mapping]) is not None else block
    return None


def _pieces(mapping: ColumnMapping) -> set[str]:
    """What a single cell may hold of the headings' names: a group, a heading, or one that has a stroke in it."""
    pieces: set[str] = set()
    for key in mapping.keys:
        parts = _REPEAT.sub("", key).split(BETWEEN)
        pieces |= {BETWEEN.join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
    return pieces


def _texts(view: SheetView, row: int) -> set[str]:
    return {
        heading_name_key(cell.value) for cell in view.rows[row].values()
        if isinstance(cell.value, str) and len(cell.value) <= 400
    }  # fmt: skip


def _overlap(one: Block, other: Block) -> bool:
    return one.first_row <= other.last_row and other.first_row <= one.last_row
