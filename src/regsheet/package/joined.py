"""Bytes that lie in pieces, read as if they were one: a zip need not be joined to be opened or written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate


class Joined:
    """Pieces one behind the other. A slice within one of them is a view of it; any other is put together."""

    def __init__(self, pieces: Iterable[bytes | memoryview]) -> None:
        self._pieces = [memoryview(piece) for piece in pieces if len(piece)]
        self._starts = list(accumulate(map(len, self._pieces), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[memoryview]:
        return iter(self._pieces)

    def __getitem__(self, where: slice) -> memoryview:
        start, stop, _ = where.indices(len(self))
        found: list[memoryview] = []
        at = bisect_right(self._starts, start) - 1
        while start < stop:
            first = self._starts[at]
            found.append(self._pieces[at][start - first : stop - first])
            start, at = self._starts[at + 1], at + 1
        return found[0] if len(found) == 1 else memoryview(b"".join(found))
