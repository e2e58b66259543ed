"""Links from a row to the annotated workbook: relative, and only where the name is safe to be one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from regsheet.writer.sheets.page import quoted
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
