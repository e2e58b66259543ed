"""The workbook's table of texts, which cells refer to by number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_bytes, resolve
from regsheet.grid.texts import StoredRun, read_text, unescape
from regsheet.grid.xml import children
from regsheet.limits import MAX_MARKUP

_HEAD = re.compile(rf"(?:<\?xml [^?<>]*\?>\s*)?<sst\s[^<>]*?(?<=\s)xmlns=[\"']({SPREADSHEET})[\"'][^<>]*>\s*")
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>\s*|(<si>.*?</si>)\s*|(.)', re.DOTALL)
_END = re.compile(r"</sst>\s*\Z")
_FIRST, _ITEM_OPEN, _ITEM_CLOSE = b"<si>", b"<si><t>", b"</t></si>"
_PLAIN, _SPACED = b"<t>", b'<t xml:space="preserve">'
_BETWEEN = _ITEM_CLOSE + _ITEM_OPEN
_MARKS_OF_ITEM = 4
_STRETCH = 1 << 20
"""About so many bytes of items are taken at a time."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class SharedStrings:
    """``texts`` by index; ``runs`` only for those that are rich text."""

    __slots__ = ("runs", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs: dict[int, tuple[StoredRun, ...]] = {}

    def add(self, element: etree._Element) -> None:
        """Add the text of one ``si`` element."""
        text, runs = read_text(element)
        if runs:
            self.runs[len(self.texts)] = runs
        self.texts.append(text)


def strings_of_tree(root: etree._Element) -> SharedStrings:
    """The strings of a shared strings part."""
    strings = SharedStrings()
    for element in children(root, "si"):
        strings.add(element)
    return strings


def strings_of_text(blob: bytes) -> SharedStrings:
    """The same straight from the part's text, many times as fast. Raises ``UnusualError`` where it is not plain."""
    blob = plain_bytes(blob)
    try:
        return _all_plain(blob) or _scanned(blob.decode("utf-8"))
    except UnicodeDecodeError:
        raise UnusualError from None


def _all_plain(blob: bytes) -> SharedStrings | None:
    """The strings of a part that has nothing but plain ones, one beside the other; None where it has others."""
    start = blob.find(_FIRST)
    if start < 0 or _HEAD.fullmatch(blob[:start].decode("utf-8")) is None:
        return None
    end = blob.rfind(_ITEM_CLOSE)
    if end < start or _END.fullmatch(blob[end + len(_ITEM_CLOSE) :].decode("utf-8")) is None:
        return None
    strings = SharedStrings()
    for stretch in _stretches(blob, start, end):
        items = stretch.split(_BETWEEN)
        if not items[0].startswith(_ITEM_OPEN):
            return None
        items[0] = items[0].removeprefix(_ITEM_OPEN)
        if b"<" in b"".join(items):
            return None
        texts = list(map(bytes.decode, items))
        if b"&" in stretch or (b"_" in stretch and b"_x" in stretch):
            texts = [unescape(resolve(text)) for text in texts]
        strings.texts += texts
        _keep_count(_MARKS_OF_ITEM * len(strings.texts))
    return strings


def _keep_count(marks: int) -> None:
    """Leave a part with too much markup for the real parser to refuse."""
    if marks > MAX_MARKUP:
        raise UnusualError


def _stretches(blob: bytes, start: int, end: int) -> Iterator[bytes]:
    """The items some thousands at a time, without the end of the last: a copy of all at once would be as large again.

    ``end`` is where the last item of all has its end.
    """
    while start < end:
        close = blob.find(_ITEM_CLOSE, start + _STRETCH, end)
        close = end if close < 0 else close
        stretch = blob[start:close]
        # Single signs are found many times as fast as longer ones, and most stretches have none of these.
        yield stretch.replace(_SPACED, _PLAIN) if b'"' in stretch else stretch
        start = close + len(_ITEM_CLOSE)


def _scanned(text: str) -> SharedStrings:
    """The strings item by item."""
    _keep_count(text.count("<"))
    head, end = _HEAD.match(text), _END.search(text, max(0, len(text) - 100))
    if head is None or end is None or head[0].rstrip().endswith("/>"):
        raise UnusualError
    strings = SharedStrings()
    add = strings.texts.append
    for plain, other, unknown in _ITEM.findall(text, head.end(), end.start()):
        if other:
            strings.add(_parsed(other, head[1]))
        elif unknown:
            raise UnusualError
        else:
            add(unescape(resolve(plain)) if "&" in plain or "_x" in plain else plain)
    return strings


def _parsed(item: str, namespace: str) -> etree._Element:
    """One item that is more than plain text, such as rich text."""
    try:
        return etree.fromstring(f'<sst xmlns="{namespace}">{item}</sst>'.encode(), _PARSER)[0]
    except etree.XMLSyntaxError:
        raise UnusualError from None
