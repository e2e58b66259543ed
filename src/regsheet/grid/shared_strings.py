"""The workbook's table of texts, which cells refer to by number."""

from __future__ import annotations

import re

from lxml import etree

from regsheet.grid.scanning import SPREADSHEET, UnusualError, plain_text, resolve
from regsheet.grid.texts import StoredRun, read_text, unescape
from regsheet.grid.xml import children
from regsheet.limits import MAX_MARKUP

_HEAD = re.compile(rf"(?:<\?xml [^?<>]*\?>\s*)?<sst\s[^<>]*?(?<=\s)xmlns=[\"']({SPREADSHEET})[\"'][^<>]*>\s*")
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>\s*|(<si>.*?</si>)\s*|(.)', re.DOTALL)
_END = re.compile(r"</sst>\s*\Z")
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
    """The same straight from the part's text, several times as fast. Raises ``UnusualError`` where it is not plain."""
    if blob.count(b"<") > MAX_MARKUP:
        raise UnusualError  # for the real parser to refuse
    text = plain_text(blob)
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
