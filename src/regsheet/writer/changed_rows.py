"""Which rows and cells of a worksheet differ in more than their looks: only those need a closer look."""

from __future__ import annotations

import re

_OPEN, _CLOSE, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"
_STYLE = re.compile(rb'((?: [a-z]+="[^"]*")*?) s="[0-9]+"')
_ROW, _ROW_END = b"<row ", b"</row>"
_NUMBER_FIRST = b'<row r="'
_NUMBERED = re.compile(rb'<row (?:[^>]*? )?r="([0-9]+)"')
_CELL, _ADDRESSED = b"<c ", b'<c r="'


def differing_rows(earlier: bytes, present: bytes) -> tuple[bytes, bytes] | None:
    """Two spellings of one worksheet, each with only those rows and cells that the other has not, formats aside.

    None where the rows cannot be told apart as text: they are numbered by their order, or spelled with prefixes.
    """
    then, now = _rows(earlier), _rows(present)
    if then is None or now is None:
        return None
    gone, new = _without(then, now), _without(now, then)
    lost, made = _by_number(gone), _by_number(new)
    return (
        _head(earlier) + b"".join([_reduced(row, made) for row in gone]) + _CLOSE + _END,
        _head(present) + b"".join([_reduced(row, lost) for row in new]) + _CLOSE + _END,
    )


def _head(sheet: bytes) -> bytes:
    return sheet[: sheet.index(_OPEN) + len(_OPEN)]


def _without(rows: list[bytes], others: list[bytes]) -> list[bytes]:
    known = set(others)
    return [row for row in rows if row not in known]


def _by_number(rows: list[bytes]) -> dict[bytes, set[bytes]]:
    """The cells of each row; those of two rows of one number together."""
    found: dict[bytes, set[bytes]] = {}
    for row in rows:
        found.setdefault(_number(row), set()).update(row.split(_CELL)[1:])
    return found


def _number(row: bytes) -> bytes:
    found = _NUMBERED.match(row)
    return b"" if found is None else found[1]


def _reduced(row: bytes, others: dict[bytes, set[bytes]]) -> bytes:
    """What a row has and none of the same number, formats aside; all of it where a cell is placed by its order."""
    start, *cells = row.split(_CELL)
    known = others.get(_number(row))
    if known is None or b"<c" in start or row.count(_ADDRESSED) < len(cells):
        return row + _ROW_END
    own = [cell for cell in cells if cell not in known]
    if own:
        plain = {_without_style(cell) for cell in known.difference(cells)}
        own = [cell for cell in map(_without_style, own) if cell not in plain]
    return start + b"".join([_CELL + cell for cell in own]) + _ROW_END if own else b""


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
