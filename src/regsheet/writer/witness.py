"""The second witness: a copy of the mark's cells and looks in a hidden column of one of our sheets.

Programs that rebuild a workbook from its cells drop the mark but keep our sheets, texts and all. The record stands in
the first row, right of everything, where sorting and filtering the sheet's table do not reach.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from regsheet.grid.cells import Grid
from regsheet.limits import MAX_RECORD_BYTES
from regsheet.package import Package
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.mark import Mark, parsed, written
from regsheet.writer.markup import WORKSHEET_ORDER, child, insert_in_order, sibling_tag
from regsheet.writer.pieces import compressed

WORDS = "Kept for regsheet, which reads here how the cells that it marked were before: "
FIRST_COLUMN = 27
"""AA: right of all that our sheets show."""

LONGEST = 32_000
"""Characters of the record in one cell, which takes 32,767."""

MOST_CELLS = 400
LAST_ROW = 20
"""The record is looked for down to this row: somebody may have put rows above the first."""

PIECE = re.compile(r"([0-9]{1,3})/([0-9]{1,3}) ([0-9a-f]{16}) ([A-Za-z0-9+/=]+)\s*")


def place_witness(package: Package, part: str, mark: Mark, cells: Iterable[bytes]) -> None:
    """Put the record on one of our sheets; a record too long for one is left out.

    ``cells`` is what the mark says of cells, spelled, in pieces.
    """
    packed = compressed(written(replace(mark, notes=[]), cells))
    text = base64.b64encode(packed).decode()
    pieces = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
    if len(pieces) > MOST_CELLS:
        return
    patch = SheetPatch(package, part)
    key = hashlib.sha256(packed).hexdigest()[:16]
    for number, piece in enumerate(pieces, 1):
        patch.set_value(1, FIRST_COLUMN + number - 1, f"{WORDS}{number}/{len(pieces)} {key} {piece}")
    _hide(patch, FIRST_COLUMN, FIRST_COLUMN + len(pieces) - 1)
    patch.put_down()


def _hide(patch: SheetPatch, first: int, last: int) -> None:
    root = patch.frame
    columns = child(root, "cols")
    if columns is None:
        columns = etree.Element(sibling_tag(root, "cols"))
        insert_in_order(root, columns, WORKSHEET_ORDER)
    etree.SubElement(
        columns, sibling_tag(root, "col"), min=str(first), max=str(last), width="9", hidden="1", customWidth="1"
    )
    patch.touch_frame()


def read_witness(grid: Grid) -> Mark | None:
    """The record of a workbook that lost its mark; None where it has none, or not all of one."""
    pieces: dict[str, dict[int, str]] = {}
    counts: dict[str, int] = {}
    for found in _found(grid):
        number, count, key, text = int(found[1]), int(found[2]), found[3], found[4]
        pieces.setdefault(key, {})[number] = text
        counts[key] = count
    for key, parts in pieces.items():
        if set(parts) == set(range(1, counts[key] + 1)):
            mark = _unpacked("".join(parts[number] for number in sorted(parts)), key)
            if mark is not None:
                return mark
    return None


def _found(grid: Grid) -> list[re.Match[str]]:
    """Every piece of a record, wherever its sheet, its row and its column have gone."""
    texts = (
        cell.value
        for sheet in grid.sheets
        for cell in sheet.filled()
        if cell.row <= LAST_ROW and isinstance(cell.value, str) and cell.value.startswith(WORDS)
    )
    return [found for text in texts if (found := PIECE.fullmatch(text[len(WORDS) :]))]


def _unpacked(text: str, key: str) -> Mark | None:
    try:
        packed = base64.b64decode(text, validate=True)
        if hashlib.sha256(packed).hexdigest()[:16] != key:
            return None
        content = zlib.decompressobj().decompress(packed, MAX_RECORD_BYTES + 1)
    except (binascii.Error, zlib.error):
        return None
    return None if len(content) > MAX_RECORD_BYTES else parsed(content)
