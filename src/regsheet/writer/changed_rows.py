"""Which rows and cells of a worksheet differ in more than their looks: only those need a closer look."""

from __future__ import annotations

import re

_SHEET = re.compile(rb"(.*?<sheetData>)(.*)</sheetData>.*</worksheet>\s*", re.DOTALL)
_STYLE = re.compile(rb'(<c(?: [a-z]+="[^"]*")*?) s="[0-9]+"')
_ROW_END = b"</row>"
_NUMBERED = re.compile(rb'<row (?:[^>]*? )?r="([0-9]+)"')
_CELL = b"<c "
_ADDRESS = b'r="'


def differing_rows(earlier: bytes, present: bytes) -> tuple[bytes, bytes] | None:
    """Two spellings of one worksheet, each with only those rows and cells that the other has not, formats aside.

    None where the rows cannot be told apart as text: they are numbered by their order, or spelled with prefixes.
    """
    before, after = _SHEET.fullmatch(earlier), _SHEET.fullmatch(present)
    if before is None or after is None:
        return None
    then, now = _rows(before[2]), _rows(after[2])
    if then is None or now is None:
        return None
    gone, new = _without(then, now), _without(now, then)
    lost, made = _by_number(gone), _by_number(new)
    return (
        before[1] + b"".join(_reduced(row, made) for row in gone) + b"</sheetData></worksheet>",
        after[1] + b"".join(_reduced(row, lost) for row in new) + b"</sheetData></worksheet>",
    )


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
    """A row without those cells that a row of the same number has too; whole where a cell is placed by its order."""
    start, *cells = row.split(_CELL)
    known = others.get(_number(row))
    if known is None or not all(cell.startswith(_ADDRESS) for cell in cells):
        return row + _ROW_END
    return start + b"".join(_CELL + cell for cell in cells if cell not in known) + _ROW_END


def _rows(body: bytes) -> list[bytes] | None:
    """The rows that have cells, without the formats of these and without their end tags."""
    if b"<!" in body:
        return None  # a comment or CDATA section may hold what looks like cells
    rows: list[bytes] = []
    for row in _STYLE.sub(rb"\1", body).split(_ROW_END)[:-1]:
        start = row.rfind(b"<row ")
        if start < 0 or _NUMBERED.match(row, start) is None:
            return None
        rows.append(row[start:])
    return rows
