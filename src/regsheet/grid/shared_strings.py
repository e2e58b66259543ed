"""The workbook's table of texts, which cells refer to by number."""

from __future__ import annotations

from lxml import etree

from regsheet.grid.texts import StoredRun, read_text, unescape
from regsheet.grid.xml import namespace


class SharedStrings:
    """``texts`` by index; ``runs`` only for those that are rich text."""

    __slots__ = ("runs", "texts")

    def __init__(self, root: etree._Element | None = None) -> None:
        self.texts: list[str] = []
        self.runs: dict[int, tuple[StoredRun, ...]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        item, plain = namespace(root) + "si", namespace(root) + "t"
        add = self.texts.append
        for element in root.iterchildren(item):
            if len(element) == 1 and element[0].tag == plain:
                add(unescape(element[0].text or ""))
                continue
            text, runs = read_text(element)
            if runs:
                self.runs[len(self.texts)] = runs
            add(text)
