"""The workbook's table of texts, which cells refer to by number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_pieces, resolve, text_of
from regsheet.grid.texts import StoredRun, read_text, unescape
from regsheet.grid.xml import children
from regsheet.limits import MAX_MARKUP

_HEAD = re.compile(rf"(?:<\?xml [^?<>]*\?>\s*)?<sst\s[^<>]*?(?<=\s)xmlns=[\"']({SPREADSHEET})[\"'][^<>]*(?<!/)>")
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>\s*|(<si>.*?</si>)\s*|(.)', re.DOTALL)
_END = re.compile(rb"\s*</sst>\s*")
_OPEN, _CLOSE = b"<si>", b"</si>"
_ITEM_OPEN, _ITEM_CLOSE = b"<si><t>", b"</t></si>"
_PLAIN, _SPACED = b"<t>", b'<t xml:space="preserve">'
_BETWEEN = _ITEM_CLOSE + _ITEM_OPEN
_MARKS_OF_ITEM = 4
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


def strings_of_text(stretches: Iterable[bytes]) -> SharedStrings:
    """The same straight from the part's text, many times as fast. Raises ``UnusualError`` where it is not plain.

    The text comes a stretch at a time and is read so: all of it would be as large again as what is made of it.
    """
    return _TextReader().read(stretches)


class _TextReader:
    """Reads the strings some thousands at a time."""

    def __init__(self) -> None:
        self.strings = SharedStrings()
        self._namespace = ""
        self._marks = 0

    def read(self, stretches: Iterable[bytes]) -> SharedStrings:
        """All of them."""
        end = b""
        for place, piece in enumerate(plain_pieces(stretches, _CLOSE)):
            start = 0 if place else self._head(piece)
            last = piece.rfind(_CLOSE, start)
            close = start if last < 0 else last + len(_CLOSE)
            if close > start:
                self._items(piece[start:close].lstrip())
            end = piece[close:]
        if _END.fullmatch(end) is None:
            raise UnusualError
        return self.strings

    def _head(self, piece: bytes) -> int:
        """Where the first item begins."""
        start = piece.find(_OPEN)
        head = _HEAD.match(text_of(piece[: len(piece) if start < 0 else start]))
        if head is None:
            raise UnusualError
        self._namespace = head[1]
        return len(head[0].encode())

    def _items(self, items: bytes) -> None:
        """Read items that are whole."""
        plain = _plain_items(items)
        if plain is not None:
            self._count(_MARKS_OF_ITEM * len(plain))
            self.strings.texts += plain
            return
        text = text_of(items)
        self._count(text.count("<"))
        add = self.strings.texts.append
        for plain_text, other, unknown in _ITEM.findall(text):
            if other:
                self.strings.add(_parsed(other, self._namespace))
            elif unknown:
                raise UnusualError
            else:
                add(unescape(resolve(plain_text)) if "&" in plain_text or "_x" in plain_text else plain_text)

    def _count(self, marks: int) -> None:
        """Leave a part with too much markup for the real parser to refuse."""
        self._marks += marks
        if self._marks > MAX_MARKUP:
            raise UnusualError


def _plain_items(items: bytes) -> list[str] | None:
    """The texts of items that are all plain, one beside the other; None where some are not."""
    # Single signs are found many times as fast as longer ones, and most stretches have none of these.
    items = items.replace(_SPACED, _PLAIN) if b'"' in items else items
    if not (items.startswith(_ITEM_OPEN) and items.endswith(_ITEM_CLOSE)):
        return None
    stored = items[len(_ITEM_OPEN) : -len(_ITEM_CLOSE)].split(_BETWEEN)
    if b"<" in b"".join(stored):
        return None
    try:
        texts = list(map(bytes.decode, stored))
    except UnicodeDecodeError:
        raise UnusualError from None
    if b"&" in items or (b"_" in items and b"_x" in items):
        return [unescape(resolve(text)) for text in texts]
    return texts


def _parsed(item: str, namespace: str) -> etree._Element:
    """One item that is more than plain text, such as rich text."""
    try:
        return etree.fromstring(f'<sst xmlns="{namespace}">{item}</sst>'.encode(), _PARSER)[0]
    except etree.XMLSyntaxError:
        raise UnusualError from None
