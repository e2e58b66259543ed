"""The shape of a worksheet part in its text: where its rows begin and end, each row, and its array formulas.

The part is taken a stretch at a time, and its rows are given some hundred at a time: a large sheet is never whole. A
part that is not spelled the way most programs spell theirs raises ``UnusualError``.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

from regsheet.grid.addresses import Area
from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_bytes
from regsheet.limits import MAX_ROWS

ROWS_OPEN, ROWS_CLOSE = b"<sheetData>", b"</sheetData>"
ROW_OPEN, ROW_CLOSE = b"<row ", b"</row>"
ATTRIBUTES = rb'(?: (?!xmlns)[\w:]++="[^"<&]*+")*+'
"""A pattern for the attributes of a tag, as they are spelled nearly everywhere. Names mean what they mean elsewhere."""
ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^?<>]*\?>\s*)?<worksheet\s[^<>]*?(?<=\s)xmlns=[\"']%s[\"']" % SPREADSHEET.encode()
)
_ROW_TAG = re.compile(rb'\s*+(<row r="([0-9]{1,7})"%s ?(/?)>)' % ATTRIBUTES)
_FORMULA = re.compile(rb"(?:<c (?:r=\"([A-Z]+[0-9]+)\")?[^<>]*>\s*)?<f(%s) ?/?>" % ATTRIBUTES)
BLOCK = 1 << 16
"""So many bytes of rows, and what is left of the last one, are given at a time."""


def cut(stretches: Iterable[bytes]) -> Iterator[bytes]:
    """A worksheet part as its head, then its rows, some hundred at a time and at least once, and its tail.

    Raises ``UnusualError`` where the part is not of the plain shape around the rows; they are not looked into.
    """
    stretches, text = iter(stretches), bytearray()
    yield _head(text, stretches)
    looked = 0
    for stretch in chain((b"",), stretches):
        text += stretch
        while (start := text.find(ROW_OPEN, max(BLOCK, looked))) >= 0:
            yield bytes(text[:start])
            del text[:start]
            looked = 0
        looked = max(len(text) - len(ROW_OPEN), 0)
    closed = text.rfind(ROWS_CLOSE)
    tail = bytes(text[closed:])
    if closed < 0 or b"<sheetData" in tail:
        raise UnusualError
    plain_bytes(tail, is_start=False)
    yield bytes(text[:closed])
    yield tail


def _head(text: bytearray, stretches: Iterator[bytes]) -> bytes:
    """What stands before the rows; what of these was read with it is left in ``text``."""
    opened, looked = -1, 0
    while opened < 0:
        stretch = next(stretches, None)
        if stretch is None:
            raise UnusualError
        text += stretch
        opened, looked = text.find(ROWS_OPEN, looked), max(len(text) - len(ROWS_OPEN), 0)
    start = opened + len(ROWS_OPEN)
    head = bytes(text[:start])
    plain_bytes(head)
    if not _ROOT.match(head) or b"AlternateContent" in head:
        raise UnusualError
    del text[:start]
    return head


def rows_of(text: bytes, last: int = 0) -> array[int]:
    """Some rows of a sheet: four numbers for each, which are the row's own and where its tag, its cells and end begin.

    Raises ``UnusualError`` where one is not plain, or they are not in order behind the ``last`` before them.
    """
    plain_bytes(text, is_start=False)
    found: list[int] = []
    start, size = 0, len(text)
    match, find = _ROW_TAG.match, text.find
    while tag := match(text, start):
        number, inner = int(tag[2]), tag.end()
        close = after = inner
        if not tag[3]:
            close = find(ROW_CLOSE, inner)
            after = close + len(ROW_CLOSE)
        if close < 0 or not last < number <= MAX_ROWS:
            raise UnusualError
        found += (number, tag.start(1), inner, close)
        last, start = number, after
    if start < size and text[start:].strip():
        raise UnusualError
    return array("I", found)


def holds(text: bytes, word: bytes, sign: bytes) -> bool:
    """Whether a word stands there; a single sign of it, which most sheets lack, is found twenty times as fast."""
    at = text.find(sign)
    return at >= 0 and text.find(word, max(0, at - len(word))) >= 0


def formula_blocks(text: bytes) -> list[Area]:
    """The ranges of array formulas and data tables in some rows. Raises ``UnusualError`` where they cannot be told."""
    if not any(holds(text, name, sign) for name, sign in ((b"array", b"y"), (b"dataTable", b"b"))):
        return []
    blocks: list[Area] = []
    formulas = 0
    for found in _FORMULA.finditer(text):
        formulas += 1
        said = dict(ATTRIBUTE.findall(found[2]))
        if said.get(b"t") in {b"array", b"dataTable"}:
            try:
                blocks.append(Area.parse((said.get(b"ref") or found[1] or b"").decode()))
            except ValueError:
                raise UnusualError from None
    if formulas != sum(text.count(tag) for tag in (b"<f>", b"<f/>", b"<f ")):
        raise UnusualError
    return blocks
