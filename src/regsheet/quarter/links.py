"""Links from a row to the annotated workbook: relative, and only where the name is safe to be one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from regsheet.writer.sheets.page import MAX_LINKS, Page, quoted
from regsheet.writer.sheets.texts import printable

LONGEST_LINK = 250
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>\"|?*:\\]")
_ESCAPED = re.compile(r"[#%]")
"""Signs that Excel takes for the end of a file's name, or for the code of another sign."""


def is_inside(output: str) -> bool:
    """Whether a path names a file in the output folder or below it, in signs that a path may have."""
    path = PurePosixPath(output)
    return bool(output) and not path.is_absolute() and ".." not in path.parts and not _UNSAFE.search(output)


def workbook_link(output: str, sheet: str, cell: str | None) -> str | None:
    """What Excel follows to a cell of an annotated workbook beside this one; None where no link can be made."""
    if not is_inside(output) or _ESCAPED.search(output):
        return None
    link = f"external:{output}" + (f"#{quoted(sheet)}!{cell}" if sheet and cell else "")
    return link if len(link) <= LONGEST_LINK and printable(link) == link and "\n" not in link else None


def page_link(output: str) -> str | None:
    """What a browser follows to an annotated workbook beside the page; None where no link can be made."""
    return "./" + quote(output) if is_inside(output) else None


class Linked:
    """A sheet's links to annotated workbooks, as many as Excel takes."""

    def __init__(self, page: Page) -> None:
        self._page, self._made = page, 0

    def put(self, row: int, column: int, text: str, output: str, sheet: str, cell: str | None, style: Any) -> None:
        """A text that opens a workbook at a cell; plain where no link can be made."""
        link = workbook_link(output, sheet, cell) if text else None
        if link is None or self._made >= MAX_LINKS:
            self._page.text(row, column, text, self._page.look.unlinked(style))
            return
        self._made += 1
        self._page.sheet.write_url(row, column, link, style, printable(text))
