"""Tells a table from the key that stands beside it on the same rows, with an empty column between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from regsheet.layout.evidence import kind_of
from regsheet.layout.headings import Block, Heading, is_help_row
from regsheet.layout.view import SheetView

_WIDEST_KEY = 4
_STEPS = range(2, 12)
_LEVELS = frozenset({"level", "colour", "composite"})
_NUMBERS = frozenset({"integer", "number", "fraction"})


def without_keys(view: SheetView, block: Block, rows: Sequence[int]) -> Block:
    """The block without the headings of a scale or legend beside it."""
    parts = _parts(view, block, rows)
    if len(parts) < 2:
        return block
    largest = max(parts, key=len)
    kept = [part for part in parts if part is largest or not _is_key(view, part, rows)]
    if len(kept) == len(parts):
        return block
    headings = tuple(heading for part in kept for heading in part)
    return replace(block, headings=headings, body_row=_body_row(view, headings, rows, block.body_row))


def _body_row(view: SheetView, headings: Sequence[Heading], rows: Sequence[int], row: int) -> int:
    """The first row of data once the key's own values no longer hide a row of help."""
    while row in rows and is_help_row(view, row, headings):
        row += 1
    return row


def _parts(view: SheetView, block: Block, rows: Sequence[int]) -> list[list[Heading]]:
    """The headings in runs, parted where at least one column between them holds nothing at all."""
    if not block.headings:
        return []
    parts = [[block.headings[0]]]
    for left, right in pairwise(block.headings):
        between = range(left.column + 1, right.column)
        if between and _is_empty(view, between, (*range(block.first_row, block.last_row + 1), *rows)):
            parts.append([])
        parts[-1].append(right)
    return parts


def _is_empty(view: SheetView, columns: range, rows: Sequence[int]) -> bool:
    """Whether none of the filled rows holds anything in these columns, nor a merge covers them there."""
    return not any(
        column in view.values[row].places or (row, column) in view.covered
        for row in rows
        if row in view.values
        for column in columns
    )


def _is_key(view: SheetView, part: Sequence[Heading], rows: Sequence[int]) -> bool:
    """Whether a narrow part lists steps: numbers one after the other, or level names that each come once."""
    if len(part) > _WIDEST_KEY:
        return False
    return any(_lists_steps(view, heading.column, rows) for heading in part)


def _lists_steps(view: SheetView, column: int, rows: Sequence[int]) -> bool:
    held = [row for row in rows if column in view.values[row].places]
    if len(held) not in _STEPS or any(column in view.formulas(row) for row in held):
        return False
    kinds = [kind_of(view.values[row].get(column)) for row in held]
    numbers = [number for kind, number in kinds if kind in _NUMBERS and number is not None]
    if len(numbers) == len(held):
        steps = {round(after - before, 6) for before, after in pairwise(numbers)}
        return len(steps) == 1 and 0 not in steps
    texts = {view.text(row, column).casefold() for row in held}
    levels = sum(kind in _LEVELS for kind, _ in kinds)
    return len(held) >= 3 and len(texts) == len(held) and levels >= 0.8 * len(held)
