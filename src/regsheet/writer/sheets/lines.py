"""The rows of the long tables on a sheet, held until it is written; packed where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from regsheet.package.fast import pack
from regsheet.writer.graft.later_rows import ROW, LaterRows, Part

HELD = 2048
"""Rows of a sheet's long tables that are held as they are; those of a sheet with more are packed."""

BLOCK = 16
"""Rows that share one ``spans``, in the way of XlsxWriter and Excel."""

Links = dict[tuple[int, int], str]
"""Links, each spelled, by the row and the column that they stand in."""


@dataclass(slots=True)
class Lines:
    """Rows of a long table: the parts of their cells, what their tags go on with, the first and the last column.

    Once they are packed, they and their links are spelled, and nothing else is held.
    """

    rows: range
    cells: Sequence[Part]
    tags: Part
    reach: tuple[int, int]
    links: Links = field(default_factory=dict)
    packed: list[bytes] = field(default_factory=list)
    packed_links: bytes = b""

    def stands_between(self, before: Lines, after: Lines) -> bool:
        """Whether the rows around are of the same table, so that nothing else shares a ``spans`` with these."""
        stops, starts = (before.rows.stop, self.rows.stop), (self.rows.start, after.rows.start)
        is_far = min(len(before.rows), len(after.rows)) >= BLOCK
        return is_far and stops == starts and before.reach == self.reach == after.reach

    def later(self, spans: Part) -> LaterRows:
        """The rows with their tags."""
        begun, ended = f'<row r="{ROW}"', "</row>"
        return LaterRows.of(self.rows.start + 1, len(self.rows), [begun, spans, self.tags, ">", *self.cells, ended])

    def spelled_links(self) -> bytes:
        """The links in the order of their cells, packed where the rows are."""
        return self.packed_links if self.packed else in_order(self.links)

    def pack(self, spans: Part) -> None:
        """Spell the rows and their links for good."""
        links = in_order(self.links)
        self.packed = list(map(pack, self.later(spans).spelled(bytes)))
        self.packed_links = pack(links) if links else b""
        self.cells, self.tags, self.links = (), "", {}


class PutLines(list[Lines]):
    """All of them on one sheet, from the top."""

    def __init__(self) -> None:
        super().__init__()
        self._next_to_pack = 1

    def put(self, lines: Lines) -> None:
        """Add rows below the others; pack what stands between others of its table."""
        self.append(lines)
        if not self._is_long():
            return
        last = len(self) - 1
        for at in range(self._next_to_pack, last):
            before, lines, after = self[at - 1 : at + 2]
            if lines.stands_between(before, after):
                lines.pack(spans_of(*lines.reach))
        self._next_to_pack = max(self._next_to_pack, last)

    def _is_long(self) -> bool:
        return bool(self) and self[-1].rows.stop - self[0].rows.start > HELD

    def have_done(self, spans: Callable[[Lines], Part]) -> None:
        """Pack what is not packed yet, unless there is little; ``spans`` says what the rows say of their columns."""
        for lines in self if self._is_long() else ():
            if not lines.packed:
                lines.pack(spans(lines))

    def links(self, others: Links) -> Iterator[bytes]:
        """The links in these rows and ``others`` from the top, in pieces; those of packed rows are packed."""
        for lines in self:
            above = {place: link for place, link in others.items() if place[0] < lines.rows.start}
            others = {place: link for place, link in others.items() if place not in above}
            if any(row in lines.rows for row, _ in others):
                raise ValueError(f"a link was put too late into rows of a table, {lines.rows[0]} to {lines.rows[-1]}")
            yield from filter(None, (in_order(above), lines.spelled_links()))
        yield from filter(None, [in_order(others)])


def in_order(links: Links) -> bytes:
    """Links in the order of their cells."""
    return "".join(map(links.__getitem__, sorted(links))).encode()


def spans_of(first: int, last: int) -> str:
    """What a row says of the columns, from 0, between which it has cells."""
    return f' spans="{first + 1}:{last + 1}"'
