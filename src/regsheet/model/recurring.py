"""Values read once for each that recurs: ten thousand scores are hardly ever more than thirty different ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from regsheet.grid.cells import CellError, Value

Read = TypeVar("Read")
Other = TypeVar("Other")
Alike = TypeVar("Alike", bound=Hashable)

_NUMERIC = frozenset({bool, int, float})


class Recurring(Generic[Read]):
    """A column of readings. ``different`` holds each reading once, in order; ``codes`` its place there for each row."""

    __slots__ = ("codes", "different")

    def __init__(self, values: Sequence[Value], read: Callable[[Value], Read]) -> None:
        keys: Sequence[object] = values if _tells_apart(values) else list(zip(map(type, values), values, strict=True))
        firsts = dict(zip(reversed(keys), reversed(values), strict=True)) if keys is not values else {}
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self.codes = list(map(places.__getitem__, keys))
        self.different = [read(firsts[key]) for key in places] if firsts else list(map(read, dict.fromkeys(values)))

    def each(self) -> list[Read]:
        """The reading of every row."""
        return self.spread(self.different)

    def spread(self, different: Sequence[Other]) -> list[Other]:
        """What goes with the different readings, for every row."""
        return list(map(different.__getitem__, self.codes))


def of_each(values: Sequence[Value], told: Callable[[Value], Read]) -> list[Read]:
    """What is told of every value, asked once of each that differs from the others."""
    if not _tells_apart(values):
        return Recurring(values, told).each()
    known = {value: told(value) for value in set(values)}
    return list(map(known.__getitem__, values))


def of_alike(found: Sequence[Alike], told: Callable[[Alike], Read]) -> list[Read]:
    """The same of texts, of scores, of pairs of them: of whatever is the same where it is equal."""
    known = {one: told(one) for one in set(found)}
    return list(map(known.__getitem__, found))


def of_each_reading(readings: Sequence[Other], told: Callable[[Other], Read]) -> list[Read]:
    """The same of readings that rows share: each object is looked at once."""
    known = {key: told(one) for key, one in {id(one): one for one in readings}.items()}
    return [known[key] for key in map(id, readings)]


def _tells_apart(values: Sequence[Value]) -> bool:
    """Whether values that are equal are the same: 1 is not true, nor an error value the text of its name."""
    kinds = set(map(type, values))
    return len(kinds & _NUMERIC) <= 1 and CellError not in kinds
