"""A sheet of the side workbook made fit for its host: texts in the cells themselves, the host's format numbers.

The rows are changed as text: XlsxWriter spells them one way only, and they are most of a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import cast

from lxml import etree

from regsheet.package import TRANSITIONAL
from regsheet.writer.graft.looks import Looks
from regsheet.writer.graft.loose import LooseRows, put_back

main = TRANSITIONAL.main

Rebuild = Callable[[bytes], Iterable[bytes]]
"""Gives a sheet with its rows, in pieces, of one without."""

ROWS = re.compile(rb"<sheetData>(.*)</sheetData>", re.DOTALL)
STYLED = re.compile(
    rb'<row [^>]*>|<c r="(?P<address>[A-Z]+[0-9]+)"(?: s="(?P<format>[0-9]+)")?'
    rb'(?: t="s"><v>(?P<string>[0-9]+)</v>)?'
)
"""A row's tag, or the beginning of a cell up to and with its shared text."""

DIFFERENTIAL = etree.XPath("//*[@*[contains(local-name(), 'xfId')]]")
"""What may name a differential format."""

ROW_FORMAT = re.compile(rb' s="([0-9]+)"')


def adopt_worksheet(
    blob: bytes, strings: Sequence[bytes], looks: Looks, loose: LooseRows | None = None
) -> tuple[etree._Element, Rebuild]:
    """A worksheet as the host takes it: the tree of all but its rows, and what puts the rows back into its bytes.

    ``strings`` are the inner bytes of the side workbook's shared texts, each put into the cells that name it. ``loose``
    are the sheet's rows where it has none itself; they are used up when they are put back.
    """
    found = ROWS.search(blob) if loose is None else None
    root = etree.fromstring(blob if found is None else blob[: found.start(1)] + blob[found.end(1) :])
    for view in root.iter(main("sheetView")):
        view.attrib.pop("tabSelected", "")
    for column in root.iter(main("col")):
        column.set("style", str(looks.format(int(column.get("style", "0")))))
    remap_differentials(root, looks)
    if loose is not None:
        return root, lambda sheet: put_back(sheet, loose.settled(looks.format), loose.merges, loose.links)
    if found is None:
        return root, lambda sheet: [sheet]
    rows = _adopted(found[1], strings, looks)
    return root, lambda sheet: put_back(sheet, [rows], [], [])


def _adopted(rows: bytes, strings: Sequence[bytes], looks: Looks) -> bytes:
    formats: dict[bytes, bytes] = {}

    def numbered(number: bytes | None) -> bytes:
        # A cell that names no format would take the host's first one, whatever that looks like.
        number = number or b"0"
        if number not in formats:
            formats[number] = b"%d" % looks.format(int(number))
        return formats[number]

    def styled(part: re.Match[bytes]) -> bytes:
        address, number, string = part.group("address", "format", "string")
        if address is None:
            return ROW_FORMAT.sub(lambda own: b' s="%s"' % numbered(own[1]), part[0], count=1)
        if string is None:
            return b'<c r="%s" s="%s"' % (address, numbered(number))
        return b'<c r="%s" s="%s" t="inlineStr"><is>%s</is>' % (address, numbered(number), strings[int(string)])

    return STYLED.sub(styled, rows)


def remap_differentials(root: etree._Element, looks: Looks) -> None:
    """Give conditional formats and tables the host's numbers of their differential formats."""
    for item in cast("list[etree._Element]", DIFFERENTIAL(root)):
        for key in item.keys():  # noqa: SIM118 - an element is no mapping
            if str(key) == "dxfId" or str(key).endswith("DxfId"):
                item.set(key, str(looks.differential(int(item.attrib[key]))))
