"""Tables made with Insert > Table."""

from __future__ import annotations

from lxml import etree

from regsheet.grid.addresses import area
from regsheet.grid.cells import ExcelTable
from regsheet.grid.texts import unescape
from regsheet.grid.xml import child, children, number


def read_table(root: etree._Element) -> ExcelTable | None:
    """The table of a table part; None where it does not say where it stands."""
    place = area(root.get("ref", ""))
    if place is None:
        return None
    columns = child(root, "tableColumns")
    return ExcelTable(
        name=root.get("displayName") or root.get("name") or "",
        area=place,
        columns=()
        if columns is None
        else tuple(unescape(column.get("name", "")) for column in children(columns, "tableColumn")),
        header_rows=number(root, "headerRowCount", 1),
        totals_rows=number(root, "totalsRowCount", 0),
    )
