"""What the workbook that was sent tells of merges before this one, with what this one brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from regsheet.writer.merged import Conflict, Merge, MergedEdit
from regsheet.writer.sheets.texts import display

Order = Callable[[MergedEdit | Conflict], tuple[object, ...]]


def with_earlier(earlier: Merge | None, new: Merge, order: Order) -> tuple[Merge, Merge]:
    """What is new, and all there is: conflicts that nobody has decided yet are listed with the new ones.

    A conflict that stands there already, because the same copy is merged once more, is not new.
    """
    if earlier is None:
        return new, new
    known = {_shown(conflict) for conflict in earlier.conflicts}
    new = replace(new, conflicts=tuple(each for each in new.conflicts if _shown(each) not in known))
    return new, Merge(
        (*earlier.copies, *new.copies),
        tuple(sorted((*earlier.edits, *new.edits), key=order)),
        tuple(sorted((*earlier.conflicts, *new.conflicts), key=order)),
        tuple(dict.fromkeys((*earlier.remarks, *new.remarks))),
    )


def _shown(conflict: Conflict) -> tuple[Any, ...]:
    """A conflict as its sheet shows it."""
    versions = (
        (version.copy, version.who, display(version.value) if version.formula is None else f"={version.formula}")
        for version in conflict.versions
    )
    return conflict.kind, conflict.sheet, conflict.cell, conflict.field, conflict.ref, *versions
