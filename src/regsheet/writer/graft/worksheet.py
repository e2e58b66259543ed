"""A sheet of the side workbook made fit for its host: texts in the cells themselves, the host's format numbers."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from regsheet.package import TRANSITIONAL
from regsheet.writer.graft.looks import Looks

main = TRANSITIONAL.main


def adopt_worksheet(root: etree._Element, strings: Sequence[etree._Element], looks: Looks) -> None:
    """Change a worksheet of the side workbook in place."""
    for view in root.iter(main("sheetView")):
        view.attrib.pop("tabSelected", "")
    for column in root.iter(main("col")):
        column.set("style", str(looks.format(int(column.get("style", "0")))))
    for row in root.iter(main("row")):
        if row.get("s") is not None:
            row.set("s", str(looks.format(int(row.get("s", "0")))))
        for cell in row.iterchildren(main("c")):
            # A cell that names no format would take the host's first one, whatever that looks like.
            cell.set("s", str(looks.format(int(cell.get("s", "0")))))
            if cell.get("t") == "s":
                _put_inline(cell, strings)
    remap_differentials(root, looks)


def remap_differentials(root: etree._Element, looks: Looks) -> None:
    """Give conditional formats and tables the host's numbers of their differential formats."""
    for item in root.iter(etree.Element):
        for key in list(item.attrib):
            if str(key) == "dxfId" or str(key).endswith("DxfId"):
                item.set(key, str(looks.differential(int(item.attrib[key]))))


def _put_inline(cell: etree._Element, strings: Sequence[etree._Element]) -> None:
    """The shared text, plain or rich, as the cell's own."""
    value = cell.find(main("v"))
    if value is None:
        return
    text = strings[int(value.text or "0")]
    cell.remove(value)
    cell.set("t", "inlineStr")
    inline = etree.SubElement(cell, main("is"))
    for piece in text:
        inline.append(copy.deepcopy(piece))
