"""Rows of long tables that are put together when it is known which numbers the formats of their cells have.

Until then a table is held as it was made, column by column; what is the same in all rows, or in many, is held once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any, NamedTuple

ROW = "\x01"
"""Stands for the row's number in what is spelled for any row; no text of a workbook can have it."""

TOGETHER = 128
"""Rows that are spelled at a time: few enough to be held several times over, as they are when they are packed."""


class Each(NamedTuple):
    """What differs from row to row: its text for each row or, where there are ``texts``, something that has one there.

    ``marked``: these texts have marks for formats (``marked_rows``). None is there that no row has.
    """

    values: Sequence[Any]
    texts: Mapping[Any, str] | None = None
    marked: bool = False

    def spelled(self, settled: Mapping[str, bytes]) -> Iterator[bytes]:
        """The text of each row; ``settled`` are those with marks as they are without."""
        if self.texts is None:
            return map(str.encode, self.values)
        texts = {value: settled[text] if self.marked else text.encode() for value, text in self.texts.items()}
        return map(texts.__getitem__, self.values)


Part = str | Each
"""A piece of every row, with marks for formats where it is the same in all."""


@dataclass(frozen=True, slots=True)
class LaterRows:
    """Rows below each other, the ``first`` of this number (from 1), whose ``parts`` stand one behind the other."""

    first: int
    count: int
    parts: Sequence[Part]

    @classmethod
    def of(cls, first: int, count: int, parts: Iterable[Part]) -> LaterRows:
        """The rows, with parts made one where they are the same in all rows."""
        merged: list[Part] = []
        for part in parts:
            if merged and isinstance(part, str) and isinstance(merged[-1], str):
                merged[-1] += part
            else:
                merged.append(part)
        return cls(first, count, merged)

    def spelled(self, settle: Callable[[bytes], bytes]) -> Iterator[bytes]:
        """The rows as they are written, some at a time.

        ``settle`` is given what has marks, in the order in which rows need it.
        """
        settled = {text: settle(text.encode()) for text in self._marked()}
        columns = [repeat(settled[part]) if isinstance(part, str) else part.spelled(settled) for part in self.parts]
        numbers = map(b"%d".__mod__, range(self.first, self.first + self.count))
        rows = map(bytes.replace, map(b"".join, zip(*columns, strict=False)), repeat(ROW.encode()), numbers)
        while piece := b"".join(islice(rows, TOGETHER)):
            yield piece

    def _marked(self) -> list[str]:
        """The texts that may have marks, in the order in which rows need them: from the top, then from the left."""
        met: list[tuple[int, int, str]] = []
        for place, part in enumerate(self.parts):
            if isinstance(part, str):
                met.append((0, place, part))
            elif part.marked and part.texts is not None:
                met += [(part.values.index(value), place, text) for value, text in part.texts.items()]
        return [text for _, _, text in sorted(met)]
