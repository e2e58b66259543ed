"""Which rows of a worksheet differ in more than the looks of their cells: only those need a closer look."""

from __future__ import annotations

import re

_SHEET = re.compile(rb"(.*?<sheetData>)(.*)</sheetData>.*</worksheet>\s*", re.DOTALL)
_STYLE = re.compile(rb'(<c(?: [a-z]+="[^"]*")*?) s="[0-9]+"')
_ROW_END = b"</row>"
_NUMBERED = re.compile(rb'<row (?:[^>]*? )?r="[0-9]+"')


def differing_rows(earlier: bytes, present: bytes) -> tuple[bytes, bytes] | None:
    """Two spellings of one worksheet, each with only those of its rows that the other has not, cell formats aside.

    None where the rows cannot be told apart as text: they are numbered by their order, or spelled with prefixes.
    """
    before, after = _SHEET.fullmatch(earlier), _SHEET.fullmatch(present)
    if before is None or after is None:
        return None
    then, now = _rows(before[2]), _rows(after[2])
    if then is None or now is None:
        return None
    return (
        before[1] + b"".join(row for bare, row in then.items() if bare not in now) + b"</sheetData></worksheet>",
        after[1] + b"".join(row for bare, row in now.items() if bare not in then) + b"</sheetData></worksheet>",
    )


def _rows(body: bytes) -> dict[bytes, bytes] | None:
    """Rows that have cells, without the formats of these and as they are."""
    pieces = body.split(_ROW_END)
    bare = _STYLE.sub(rb"\1", body).split(_ROW_END)
    rows: dict[bytes, bytes] = {}
    for without, row in zip(bare[:-1], pieces[:-1], strict=True):
        start = row.rfind(b"<row ")
        if start < 0 or _NUMBERED.match(row, start) is None:
            return None
        rows[without[without.rfind(b"<row ") :]] = row[start:] + _ROW_END
    return rows
