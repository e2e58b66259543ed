"""The host's workbook part: the new sheets at the end of its list, and the names that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from regsheet.package import Package
from regsheet.writer.graft.side import SideName
from regsheet.writer.markup import WORKBOOK_ORDER, child, insert_in_order, local, sibling_tag

CALCULATION_CHAIN = "spreadsheetml.calcChain+xml"


def add_sheets(package: Package, added: Sequence[tuple[str, str]]) -> int:
    """List sheets (name, part) behind the others; gives the position of the first among all sheets, from 0."""
    part = package.main_part
    root = package.tree(part)
    sheets = child(root, "sheets")
    if sheets is None:
        sheets = etree.Element(sibling_tag(root, "sheets"))
        insert_in_order(root, sheets, WORKBOOK_ORDER)
    listed = [item for item in sheets.iter(etree.Element) if local(item) == "sheet"]
    number = max(_taken(listed, "sheetId") | _in_calculation_chain(package), default=0)
    space = package.namespaces().document_relationships
    for offset, (name, target) in enumerate(added, 1):
        identity = package.relationships(part).add("worksheet", target)
        prefixes = {} if space in root.nsmap.values() else {"r": space}
        sheet = etree.SubElement(sheets, sibling_tag(sheets, "sheet"), nsmap=prefixes)
        sheet.set("name", name)
        sheet.set("sheetId", str(number + offset))
        sheet.set(package.namespaces().relationship("id"), identity)
    package.touch(part)
    return len(listed)


def _taken(items: Iterable[etree._Element], key: str) -> set[int]:
    return {int(found) for item in items if (found := str(item.get(key) or "")).isdigit()}


def _in_calculation_chain(package: Package) -> set[int]:
    """The sheets that the calculation chain speaks of, which may be gone: a new one must not take their place."""
    # The part is looked for by what it is: a chain that nothing points at any more still lies in some packages.
    parts = [name for name in package.names if package.content_type(name).endswith(CALCULATION_CHAIN)]
    return {number for part in parts for number in _taken(package.tree(part).iter(etree.Element), "i")}


def add_names(package: Package, names: Sequence[SideName], first: int) -> None:
    """Add defined names of the new sheets; ``localSheetId`` is a sheet's position in the whole list."""
    if not names:
        return
    root = package.tree(package.main_part)
    block = child(root, "definedNames")
    if block is None:
        block = etree.Element(sibling_tag(root, "definedNames"))
        insert_in_order(root, block, WORKBOOK_ORDER)
    for name in names:
        new = etree.SubElement(block, sibling_tag(block, "definedName"))
        new.set("name", name.name)
        new.set("localSheetId", str(first + name.sheet))
        if name.hidden:
            new.set("hidden", "1")
        new.text = name.text
    package.touch(package.main_part)
