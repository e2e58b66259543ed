"""What a cell says, format aside: bullets, numbering, line wraps, case, kinds of quotes and spaces do not count."""

from __future__ import annotations

from typing import NamedTuple

from regsheet.changes.words import folded
from regsheet.grid.cells import Value
from regsheet.model.likeness import likeness
from regsheet.model.same_risks import best_pairs
from regsheet.reports.wording import shown
from regsheet.values.text import is_dash, items

SAME_ITEM = 60.0
"""From this likeness (0 to 100) on, two items of a list are one item under a changed wording."""

MOST_ITEMS = 200
"""Lists with more items are not compared item by item, only word by word."""


class ItemChanges(NamedTuple):
    """Items of a list that came and that went; those reworded are neither."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def told(value: Value) -> str:
    """The text of a cell without bullets, an item a line; nothing for a dash."""
    if value is None or is_dash(value):
        return ""
    return "\n".join(items(value if isinstance(value, str) else shown(value)))


def text_key(value: Value) -> str:
    """What a cell says, for comparing: also without spaces, which a wrapped line puts into words."""
    return "".join(folded(told(value)).split())


def item_changes(old: str, new: str) -> ItemChanges:
    """What came and went of two lists with an item a line."""
    one, other = old.split("\n") if old else [], new.split("\n") if new else []
    if max(len(one), len(other)) > MOST_ITEMS:
        return ItemChanges((), ())
    left_old = _without(one, {folded(item) for item in other})
    left_new = _without(other, {folded(item) for item in one})
    scored = ((alike, a, b) for a, item in enumerate(left_new) for b, before in enumerate(left_old)
              if (alike := likeness(item, before)) >= SAME_ITEM)  # fmt: skip
    reworded = best_pairs(scored)
    return ItemChanges(
        tuple(item for place, item in enumerate(left_new) if place not in reworded),
        tuple(item for place, item in enumerate(left_old) if place not in reworded.values()),
    )


def _without(listed: list[str], known: set[str]) -> list[str]:
    return [item for item in listed if folded(item) not in known]
