"""The shape of a worksheet part in its text: where its rows begin and end, each row, and its array formulas.

A part that is not spelled the way most programs spell theirs raises ``UnusualError``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from regsheet.grid.addresses import Area
from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_bytes
from regsheet.limits import MAX_ROWS

ROWS_OPEN, ROWS_CLOSE, ROW_CLOSE = b"<sheetData>", b"</sheetData>", b"</row>"
ATTRIBUTES = rb'(?: (?!xmlns)[\w:]++="[^"<&]*+")*+'
"""A pattern for the attributes of a tag, as they are spelled nearly everywhere. Names mean what they mean elsewhere."""
ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^?<>]*\?>\s*)?<worksheet\s[^<>]*?(?<=\s)xmlns=[\"']%s[\"']" % SPREADSHEET.encode()
)
_ROW_TAG = re.compile(rb'\s*+(<row r="([0-9]{1,7})"%s ?(/?)>)' % ATTRIBUTES)
_FORMULA = re.compile(rb"(?:<c (?:r=\"([A-Z]+[0-9]+)\")?[^<>]*>\s*)?<f(%s) ?/?>" % ATTRIBUTES)


class Row(NamedTuple):
    """Where a row stands: where its tag begins, where its cells begin, and where they end."""

    start: int
    inner: int
    close: int


def borders(text: bytes) -> tuple[int, int]:
    """Where the rows begin and end. Raises ``UnusualError`` where the part is not of the plain shape around them."""
    plain_bytes(text)
    opened = text.find(ROWS_OPEN)
    start, closed = opened + len(ROWS_OPEN), text.rfind(ROWS_CLOSE)
    if opened < 0 or closed < start or b"<sheetData" in text[closed:]:
        raise UnusualError
    if not _ROOT.match(text, 0, start) or text.find(b"AlternateContent", 0, start) >= 0:
        raise UnusualError
    return start, closed


def rows_of(text: bytes, start: int, end: int) -> dict[int, Row]:
    """Where each row stands. Raises ``UnusualError`` where one is not plain, or they are not in order."""
    found: dict[int, Row] = {}
    last = 0
    match, find = _ROW_TAG.match, text.find
    while tag := match(text, start, end):
        number, inner = int(tag[2]), tag.end()
        close = after = inner
        if not tag[3]:
            close = find(ROW_CLOSE, inner, end)
            after = close + len(ROW_CLOSE)
        if close < 0 or not last < number <= MAX_ROWS:
            raise UnusualError
        found[number] = Row(tag.start(1), inner, close)
        last, start = number, after
    if text[start:end].strip():
        raise UnusualError
    return found


def holds(text: bytes, word: bytes, sign: bytes, start: int, end: int) -> bool:
    """Whether a word stands there; a single sign of it, which most sheets lack, is found twenty times as fast."""
    at = text.find(sign, start, end)
    return at >= 0 and text.find(word, max(start, at - len(word)), end) >= 0


def formula_blocks(text: bytes, start: int, end: int) -> tuple[Area, ...]:
    """The ranges of array formulas and data tables. Raises ``UnusualError`` where they cannot be told."""
    if not any(holds(text, name, sign, start, end) for name, sign in ((b"array", b"y"), (b"dataTable", b"b"))):
        return ()
    blocks: list[Area] = []
    formulas = 0
    for found in _FORMULA.finditer(text, start, end):
        formulas += 1
        said = dict(ATTRIBUTE.findall(found[2]))
        if said.get(b"t") in {b"array", b"dataTable"}:
            try:
                blocks.append(Area.parse((said.get(b"ref") or found[1] or b"").decode()))
            except ValueError:
                raise UnusualError from None
    if formulas != sum(text.count(tag, start, end) for tag in (b"<f>", b"<f/>", b"<f ")):
        raise UnusualError
    return tuple(blocks)
