"""Text as workbooks store it: escapes for control characters, rich text runs, phonetic guides left out."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from regsheet.grid.cells import TextRun
from regsheet.grid.xml import TRUE, child, children, local

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURROGATE = re.compile("[\ud800-\udfff]")


class StoredRun(NamedTuple):
    """A stretch of rich text. ``bold`` and ``strike`` are None where the run leaves them to the cell's own font."""

    text: str
    bold: bool | None
    strike: bool | None

    def looks(self, bold: bool, strike: bool) -> TextRun:
        """The run in a cell whose own font is as said."""
        return TextRun(
            self.text,
            bold if self.bold is None else self.bold,
            strike if self.strike is None else self.strike,
        )


class StoredText(NamedTuple):
    """A string with its runs; no runs where the text is plain."""

    text: str
    runs: tuple[StoredRun, ...]


def unescape(text: str) -> str:
    """Control characters are stored as ``_x000D_``, and an underscore before what looks like that as ``_x005F_``."""
    if "_x" not in text:
        return text
    text = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two halves of a character outside the basic plane become one; a half alone is nothing that can be written.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if SURROGATE.search(text) else text


def read_text(element: etree._Element) -> StoredText:
    """The text of an ``si``, ``is`` or ``text`` element."""
    plain: list[str] = []
    runs: list[StoredRun] = []
    for part in children(element):
        name = local(part)
        if name == "t":
            plain.append(unescape(part.text or ""))
        elif name == "r":
            run = _run(part)
            plain.append(run.text)
            runs.append(run)
    return StoredText("".join(plain), tuple(runs))


def _run(element: etree._Element) -> StoredRun:
    text = unescape("".join(part.text or "" for part in children(element, "t")))
    look = child(element, "rPr")
    if look is None:
        return StoredRun(text, None, None)
    return StoredRun(text, _is_set(look, "b"), _is_set(look, "strike"))


def _is_set(look: etree._Element, name: str) -> bool:
    mark = child(look, name)
    return mark is not None and mark.get("val", "1").lower() in TRUE
