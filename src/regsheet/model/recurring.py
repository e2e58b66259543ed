"""Values read once for each that recurs: ten thousand scores are hardly ever more than thirty different ones."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

from regsheet.grid.cells import CellError, Value

Read = TypeVar("Read")
Other = TypeVar("Other")
Alike = TypeVar("Alike", bound=Hashable)

_NUMERIC = frozenset({bool, int, float})


class Coded(Sequence[Read]):
    """A column that says the same of many rows: ``different`` holds it once, ``codes`` its place there for each row."""

    __slots__ = ("codes", "different")

    def __init__(self, different: Sequence[Read], codes: Sequence[int]) -> None:
        self.different, self.codes = different, codes

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, row: int) -> Read: ...

    @overload
    def __getitem__(self, row: slice) -> Coded[Read]: ...

    def __getitem__(self, row: int | slice) -> Read | Coded[Read]:
        if isinstance(row, slice):
            return Coded(self.different, self.codes[row])
        return self.different[self.codes[row]]

    def __iter__(self) -> Iterator[Read]:
        return map(self.different.__getitem__, self.codes)

    def each(self) -> list[Read]:
        """What it says of every row."""
        return self.spread(self.different)

    def spread(self, different: Sequence[Other]) -> list[Other]:
        """What goes with the different ones, for every row."""
        if different and different[0] is different[-1] and len(set(map(id, different))) == 1:
            return [different[0]] * len(self.codes)
        return list(map(different.__getitem__, self.codes))

    def read(self, reading: Callable[[Read], Other]) -> Coded[Other]:
        """The column of what each is read as."""
        return Coded(list(map(reading, self.different)), self.codes)

    def told(self, tell: Callable[[Read], Other]) -> list[Other]:
        """What is told of each, asked once of each that differs from the others, for every row."""
        return self.read(tell).each()


def recurring(values: Sequence[Value]) -> Coded[Value]:
    """A column of cells, each different value once, in order."""
    if _tells_apart(values):
        return coded(values)
    keys = coded(list(zip(map(type, values), values, strict=True)))
    return Coded([value for _, value in keys.different], keys.codes)


def coded(found: Sequence[Alike]) -> Coded[Alike]:
    """A column of texts, of scores, of pairs: of whatever is the same where it is equal."""
    places = {one: place for place, one in enumerate(dict.fromkeys(found))}
    return Coded(list(places), _packed(map(places.__getitem__, found), len(places)))


def _packed(codes: Iterable[int], different: int) -> Sequence[int]:
    """Codes in as little room as so many different ones take: large registers have very many."""
    return bytes(codes) if different <= 256 else array("I", codes)


def of_alike(found: Sequence[Alike], told: Callable[[Alike], Read]) -> list[Read]:
    """What is told of each of such, asked once of each that differs from the others."""
    known = {one: told(one) for one in set(found)}
    return list(map(known.__getitem__, found))


def coded_readings(readings: Sequence[Read]) -> Coded[Read]:
    """A column of readings that rows share: each object is looked at once."""
    keys = list(map(id, readings))
    different = dict(zip(keys, readings, strict=True))
    places = {key: place for place, key in enumerate(different)}
    return Coded(list(different.values()), _packed(map(places.__getitem__, keys), len(places)))


def _tells_apart(values: Sequence[Value]) -> bool:
    """Whether values that are equal are the same: 1 is not true, nor an error value the text of its name."""
    kinds = set(map(type, values))
    return len(kinds & _NUMERIC) <= 1 and CellError not in kinds
