"""Values read once for each that recurs: ten thousand scores are hardly ever more than thirty different ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from regsheet.grid.cells import CellError, Value

Read = TypeVar("Read")
Other = TypeVar("Other")
Alike = TypeVar("Alike", bound=Hashable)

_NUMERIC = frozenset({bool, int, float})


class Coded(Generic[Read]):
    """A column that says the same of many rows: ``different`` holds it once, ``codes`` its place there for each row."""

    __slots__ = ("codes", "different")

    def __init__(self, different: Sequence[Read], codes: Sequence[int]) -> None:
        self.different, self.codes = different, codes

    def each(self) -> list[Read]:
        """What it says of every row."""
        return self.spread(self.different)

    def spread(self, different: Sequence[Other]) -> list[Other]:
        """What goes with the different ones, for every row."""
        if different and different[0] is different[-1] and len(set(map(id, different))) == 1:
            return [different[0]] * len(self.codes)
        return list(map(different.__getitem__, self.codes))

    def told(self, tell: Callable[[Read], Other]) -> list[Other]:
        """What is told of each, asked once of each that differs from the others, for every row."""
        return self.spread(list(map(tell, self.different)))


class Recurring(Coded[Read]):
    """A column of readings, each different value read once, in order."""

    __slots__ = ()

    def __init__(self, values: Sequence[Value], read: Callable[[Value], Read]) -> None:
        keys: Sequence[object] = values if _tells_apart(values) else list(zip(map(type, values), values, strict=True))
        firsts = dict(zip(reversed(keys), reversed(values), strict=True)) if keys is not values else {}
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        different = [read(firsts[key]) for key in places] if firsts else list(map(read, dict.fromkeys(values)))
        super().__init__(different, list(map(places.__getitem__, keys)))


def coded(found: Sequence[Alike]) -> Coded[Alike]:
    """A column of texts, of scores, of pairs: of whatever is the same where it is equal."""
    places = {one: place for place, one in enumerate(dict.fromkeys(found))}
    return Coded(list(places), list(map(places.__getitem__, found)))


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


def coded_readings(readings: Sequence[Read]) -> Coded[Read]:
    """A column of readings that rows share: each object is looked at once."""
    keys = list(map(id, readings))
    different = dict(zip(keys, readings, strict=True))
    places = {key: place for place, key in enumerate(different)}
    return Coded(list(different.values()), list(map(places.__getitem__, keys)))


def _tells_apart(values: Sequence[Value]) -> bool:
    """Whether values that are equal are the same: 1 is not true, nor an error value the text of its name."""
    kinds = set(map(type, values))
    return len(kinds & _NUMERIC) <= 1 and CellError not in kinds
