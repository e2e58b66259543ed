"""Which rows and cells of a worksheet differ in more than their looks: only those need a closer look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, zip_longest

_OPEN, _CLOSE, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"
_STYLE = re.compile(rb'((?: [a-z]+="[^"]*")*?) s="[0-9]+"')
_ROW, _ROW_END = b"<row ", b"</row>"
_NUMBERED = re.compile(rb'<row (?:[^>]*? )?r="([0-9]+)"')
_TAG = re.compile(rb"<row(?=[\s/>])[^>]*")
_CELL, _ADDRESS = b"<c ", b'r="'
_FORMAT, _DIGITS = b' s="', b"0123456789"
_TEXT = rb"[ -%'-;=?-~]*"
_PLAIN = re.compile(
    rb'r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="[a-z]+")?'
    rb"(?:/>|>(?:<is><t>" + _TEXT + rb"</t></is>|(?:<f>" + _TEXT + rb"</f>)?(?:<v>" + _TEXT + rb"</v>)?)</c>)"
)
"""A cell that is surely well-formed, which parsing the rest would not tell if it is left out."""

Content = Callable[[], Iterable[bytes]]
"""Reads a part from its start, a stretch at a time."""

Free = Mapping[bytes, bytes]
"""Cells that may differ: the beginning of a cell behind its tag's, ``r="B5"``, with that of its row, ``<row r="5"``."""

_Row = tuple[bytes, list[bytes]]
"""A row's number; its tag, then its cells as they stand behind the beginning of theirs."""


class _OddError(Exception):
    """A sheet is spelled so that its rows cannot be told apart as text."""


class _Sheet:
    """A worksheet that is read once, a stretch at a time: what stands before its rows, these, what stands behind."""

    def __init__(self, stretches: Iterable[bytes]) -> None:
        self._stretches = stretches
        self.head = b""
        self.tail = b""

    def rows(self) -> Iterator[bytes]:
        """The rows, without their end tags; ``head`` and ``tail`` are there when all are read."""
        return chain.from_iterable(self._some_rows())

    def _some_rows(self) -> Iterator[list[bytes]]:
        for text in _cut_behind_rows(self._stretches):
            start = 0
            if not self.head:
                start = text.find(_OPEN) + len(_OPEN)
                if start < len(_OPEN):
                    raise _OddError
                self.head = text[:start]
            _refuse_odd(text, start)
            if text.endswith(_ROW_END):
                rows = text[start:].split(_ROW_END)
                rows.pop()
                del text  # its rows are as large once more
                yield rows
                del rows
            else:
                self.tail = text[start:]
        if _CLOSE not in self.tail or not self.tail.rstrip().endswith(_END):
            raise _OddError


def _cut_behind_rows(stretches: Iterable[bytes]) -> Iterator[bytes]:
    """A text cut behind ends of rows wherever the stretches began and ended; what is behind the last row comes last."""
    held: list[bytes] = []
    rest = b""
    for stretch in stretches:
        rest += stretch
        end = rest.rfind(_ROW_END) + len(_ROW_END)
        found = end >= len(_ROW_END)
        if not found:
            end = max(0, len(rest) - len(_ROW_END) + 1)  # the end of a row may have begun
        held.append(rest[:end])
        rest = rest[end:]
        if found:
            yield b"".join(held)
            held.clear()
    yield b"".join([*held, rest])


def _refuse_odd(text: bytes, start: int) -> None:
    """A comment, CDATA section or instruction may hold what looks like cells; one sign is found sooner than two."""
    if (b"!" in text and b"<!" in text) or (text.find(b"?", start) >= 0 and text.find(b"<?", start) >= 0):
        raise _OddError


def differing_rows(earlier: Content, present: Content, free: Free | None = None) -> tuple[bytes, bytes] | None:
    """Two spellings of one worksheet, each with only those rows and cells that the other has not, formats aside.

    Both are read a stretch at a time, to the end, and only what differs is held. Cells that are ``free`` to differ may
    be left out. None where the rows cannot be told apart as text: they are numbered by their order, or spelled with
    prefixes.
    """
    then, now = _Sheet(earlier()), _Sheet(present())
    try:  # rows that differ in looks alone are the same, whatever their numbers
        rows = zip_longest(then.rows(), now.rows())
        pairs = [pair for pair in rows if pair[0] != pair[1] and _differ(*pair, free or {})]
    except _OddError:
        return None
    if any(_are_moved(*pair) for pair in pairs) and not (_are_numbered(earlier()) and _are_numbered(present())):
        return None  # rows that are the same may have other numbers now
    old, new = [row for row, _ in pairs if row is not None], [row for _, row in pairs if row is not None]
    gone, made = _split(_without(old, new)), _split(_without(new, old))
    if gone is None or made is None:
        return None
    return (
        then.head + _reduced(gone, _by_number(made)) + then.tail,
        now.head + _reduced(made, _by_number(gone)) + now.tail,
    )


def _differ(row: bytes | None, other: bytes | None, free: Free) -> bool:
    """Whether two rows differ in more than formats and in cells that may; so does one that has no other."""
    if row is None or other is None:
        return True
    cells, others = row.split(_CELL), other.split(_CELL)
    if len(cells) != len(others):
        return True
    for cell, present in zip(cells, others, strict=True):
        if cell != present and not _are_alike(cell, present):
            address = cell[: cell.find(b'"', len(_ADDRESS)) + 1]
            start = free.get(address)
            if start is None or not present.startswith(address) or not _begins(cells[0], start):
                return True
            if not (_PLAIN.fullmatch(cell) and _PLAIN.fullmatch(present)):
                return True
    return False


def _are_moved(row: bytes | None, other: bytes | None) -> bool:
    """Whether rows behind these two would have other numbers, if they do not say theirs."""
    return row is None or other is None or _numbers(row) != _numbers(other)


def _numbers(text: bytes) -> list[bytes | None]:
    """For each row whether it says its number, and which."""
    found = [_NUMBERED.match(tag) for tag in _TAG.findall(text)]
    return [None if number is None else number[1] for number in found]


def _are_numbered(stretches: Iterable[bytes]) -> bool:
    """Whether every row of a sheet says its number."""
    return all(None not in _numbers(text) for text in _cut_behind_rows(stretches))


def _are_alike(cell: bytes, other: bytes) -> bool:
    """Whether two cells are the same, formats aside."""
    start, has_format, rest = cell.partition(_FORMAT)
    other_start, other_has_format, other_rest = other.partition(_FORMAT)
    if has_format and other_has_format and b">" not in start and b"'" not in start:
        return start == other_start and rest.lstrip(_DIGITS) == other_rest.lstrip(_DIGITS)
    return _without_style(cell) == _without_style(other)


def _begins(tags: bytes, start: bytes) -> bool:
    """Whether what stands before a row's cells is but its tag, which begins like this."""
    return tags.startswith(start) and tags.find(b">") == len(tags) - 1


def _without(rows: list[bytes], others: list[bytes]) -> list[bytes]:
    known = set(others)
    return [row for row in rows if row not in known]


def _split(rows: list[bytes]) -> list[_Row] | None:
    """The rows, each with its number and cut before each of its cells; None where one does not say its number.

    Blanks, or rows without cells, may stand before a row.
    """
    found = [_NUMBERED.match(row, max(row.rfind(_ROW), 0)) for row in rows]
    numbers = [number[1] for number in found if number is not None]
    if len(numbers) < len(rows):
        return None
    return [(number, row.split(_CELL)) for number, row in zip(numbers, rows, strict=True)]


def _by_number(rows: list[_Row]) -> dict[bytes, list[bytes]]:
    """The cells of each row; those of two rows of one number together."""
    found: dict[bytes, list[bytes]] = {}
    for number, (_, *cells) in rows:
        found.setdefault(number, []).extend(cells)
    return found


def _reduced(rows: list[_Row], others: dict[bytes, list[bytes]]) -> bytes:
    """What rows have and those of the same number have not; all of a row where a cell is placed by its order."""
    found: list[bytes] = []
    for number, (start, *cells) in rows:
        known = others.get(number)
        if known is not None and b"<c" not in start and _are_addressed(cells):
            cells = _own(cells, known)
        found += (_CELL.join([start, *cells]), _ROW_END)
    return b"".join(found)


def _are_addressed(cells: list[bytes]) -> bool:
    return [cell[:3] for cell in cells].count(_ADDRESS) == len(cells)


def _own(cells: list[bytes], others: list[bytes]) -> list[bytes]:
    """The cells that the others have not, formats aside."""
    if len(cells) == len(others):  # most cells are the same in the same place
        pairs = [(one, other) for one, other in zip(cells, others, strict=True) if one != other]
        cells, others = [one for one, _ in pairs], [other for _, other in pairs]
    known = {_without_style(cell) for cell in others}
    return [cell for cell in cells if _without_style(cell) not in known]


def _without_style(cell: bytes) -> bytes:
    """A cell as it stands behind the beginning of its tag, without its format."""
    found = _STYLE.match(b" " + cell)
    return cell if found is None else found[1][1:] + cell[found.end() - 1 :]
