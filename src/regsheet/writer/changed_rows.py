"""Which rows and cells of a worksheet differ in more than their looks: only those need a closer look."""

from __future__ import annotations

import re

_OPEN, _CLOSE, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"
_STYLE = re.compile(rb'((?: [a-z]+="[^"]*")*?) s="[0-9]+"')
_ROW, _ROW_END = b"<row ", b"</row>"
_NUMBER_FIRST = b'<row r="'
_NUMBERED = re.compile(rb'<row (?:[^>]*? )?r="([0-9]+)"')
_CELL, _ADDRESS = b"<c ", b'r="'

_Row = tuple[bytes, list[bytes]]
"""A row's number; its tag, then its cells as they stand behind the beginning of theirs."""


def differing_rows(earlier: bytes, present: bytes) -> tuple[bytes, bytes] | None:
    """Two spellings of one worksheet, each with only those rows and cells that the other has not, formats aside.

    None where the rows cannot be told apart as text: they are numbered by their order, or spelled with prefixes.
    """
    then, now = _rows(earlier), _rows(present)
    if then is None or now is None:
        return None
    gone, new = _split(_without(then, now)), _split(_without(now, then))
    return (
        _head(earlier) + _reduced(gone, _by_number(new)) + _CLOSE + _END,
        _head(present) + _reduced(new, _by_number(gone)) + _CLOSE + _END,
    )


def _head(sheet: bytes) -> bytes:
    return sheet[: sheet.index(_OPEN) + len(_OPEN)]


def _without(rows: list[bytes], others: list[bytes]) -> list[bytes]:
    known = set(others)
    return [row for row in rows if row not in known]


def _split(rows: list[bytes]) -> list[_Row]:
    """The rows, each with its number and cut before each of its cells."""
    numbers = (_NUMBERED.match(row) for row in rows)
    return [(b"" if found is None else found[1], row.split(_CELL)) for found, row in zip(numbers, rows, strict=True)]


def _by_number(rows: list[_Row]) -> dict[bytes, list[bytes]]:
    """The cells of each row; those of two rows of one number together."""
    found: dict[bytes, list[bytes]] = {}
    for number, (_, *cells) in rows:
        found.setdefault(number, []).extend(cells)
    return found


def _reduced(rows: list[_Row], others: dict[bytes, list[bytes]]) -> bytes:
    """What rows have and those of the same number have not; all of a row where a cell is placed by its order."""
    found: list[bytes] = []
    for number, parts in rows:
        start, *cells = parts
        known = others.get(number)
        if known is None or b"<c" in start or not _are_addressed(cells):
            found.append(_CELL.join(parts) + _ROW_END)
        elif own := _own(cells, known):
            found.append(_CELL.join([start, *own]) + _ROW_END)
    return b"".join(found)


def _are_addressed(cells: list[bytes]) -> bool:
    return [cell[:3] for cell in cells].count(_ADDRESS) == len(cells)


def _own(cells: list[bytes], others: list[bytes]) -> list[bytes]:
    """The cells that the others have not, formats aside."""
    if len(cells) == len(others):  # most cells are the same in the same place
        pairs = [(one, other) for one, other in zip(cells, others, strict=True) if one != other]
        cells, others = [one for one, _ in pairs], [other for _, other in pairs]
    known = {_without_style(cell) for cell in others}
    return [cell for cell in map(_without_style, cells) if cell not in known]


def _without_style(cell: bytes) -> bytes:
    """A cell as it stands behind the beginning of its tag, without its format."""
    found = _STYLE.match(b" " + cell)
    return cell if found is None else found[1][1:] + cell[found.end() - 1 :]


def _rows(sheet: bytes) -> list[bytes] | None:
    """The rows that have cells, without their end tags."""
    start, end = sheet.find(_OPEN) + len(_OPEN), sheet.rfind(_CLOSE)
    if not len(_OPEN) <= start <= end or not sheet.endswith(_END, 0, len(sheet.rstrip())):
        return None
    if sheet.find(b"<!", start, end) >= 0:
        return None  # a comment or CDATA section may hold what looks like cells
    rows: list[bytes] = []
    for row in sheet[start:end].split(_ROW_END)[:-1]:
        if not row.startswith(_NUMBER_FIRST) or row.find(_ROW, 1) > 0:
            # Blanks, or rows without cells, stand before it; or it says something else before its number.
            row = row[max(row.rfind(_ROW), 0) :]
            if _NUMBERED.match(row) is None:
                return None
        rows.append(row)
    return rows
