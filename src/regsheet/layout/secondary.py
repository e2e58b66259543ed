"""Tables that repeat another one in brief: dashboards, top-ten lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regsheet.layout.tables import Table
from regsheet.layout.view import SheetView
from regsheet.layout.vocabulary import heading_key

_REPEATED = 0.7


def mark_secondary(tables: Sequence[Table], views: Sequence[SheetView]) -> tuple[Table, ...]:
    """The tables, with each register that only repeats rows of a fuller one marked as secondary."""
    if sum(table.kind == "register" for table in tables) < 2:
        return tuple(tables)
    by_name = {view.sheet.name: view for view in views}
    keys = [_keys(table, by_name[table.sheet]) if table.kind == "register" else frozenset() for table in tables]
    answer = []
    for place, table in enumerate(tables):
        fuller = any(
            _repeats(keys[place], keys[other]) and _rank(tables[other], other) > _rank(table, place)
            for other in range(len(tables))
            if other != place and tables[other].kind == "register"
        )
        answer.append(replace(table, secondary=True) if keys[place] and fuller else table)
    return tuple(answer)


def _rank(table: Table, place: int) -> tuple[int, int, int]:
    return sum(column.field is not None for column in table.columns), len(table.rows), -place


def _repeats(keys: frozenset[str], others: frozenset[str]) -> bool:
    return bool(keys) and len(keys & others) >= _REPEATED * len(keys)


def _keys(table: Table, view: SheetView) -> frozenset[str]:
    """What names each risk: its title, with its reference where it has one."""
    title = table.column("title") or table.column("description")
    ref = table.column("ref")
    if title is None:
        return frozenset()
    columns = [column.index for column in (ref, title) if column is not None]
    return frozenset(
        key
        for row in table.rows
        if (key := " ".join(heading_key(view.text(row, column)) for column in columns).strip())
    )
