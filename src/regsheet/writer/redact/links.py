"""Links: to other workbooks, to files of the sender's computer, and to sheets that are dropped."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.package.names import scheme_of
from regsheet.writer.markup import child, elements, local
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.strip_sheets import drop_with_dependants

OPEN_SCHEMES = {"http", "https", "mailto"}
"""Links of these lead where anybody may go; others name folders and servers of the house."""


def drop_links(package: Package) -> int:
    """Take out the links to other workbooks, and connections to databases. Says how many."""
    relationships = package.relationships(package.main_part)
    workbook = package.tree(package.main_part)
    links = relationships.of_kind("externalLink") + relationships.of_kind("connections")
    for each in links:
        relationships.remove(each.id)
        if each.target in package:
            drop_with_dependants(package, each.target)
    references = child(workbook, "externalReferences")
    if references is not None:
        workbook.remove(references)
        package.touch(package.main_part)
    for part in [name for name in package.names if package.content_type(name).endswith("spreadsheetml.table+xml")]:
        _forget_query(package, part)
    return len(links)


def _forget_query(package: Package, part: str) -> None:
    """A table that a query filled is a plain table from now on."""
    table = package.tree(part)
    if table.get("tableType") not in {"queryTable", "xml"}:
        return
    for name in ("tableType", "connectionId"):
        table.attrib.pop(name, "")
    for column in table.iter("{*}tableColumn"):
        column.attrib.pop("queryTableFieldId", "")
        for item in elements(column):
            if local(item) == "xmlColumnPr":
                column.remove(item)
    relationships = package.relationships(part)
    for each in relationships.of_kind("queryTable"):
        relationships.remove(each.id)
        drop_with_dependants(package, each.target)
    package.touch(part)


def drop_sheet_links(package: Package, part: str, doomed: Doomed) -> None:
    """Take out of one sheet, and the drawings on it, the links that lead to what is dropped or into the house."""
    root, relationships = package.tree(part), package.relationships(part)
    identifier = package.namespaces(part).relationship("id")
    for item in list(root.iter("{*}hyperlink")):
        relationship = relationships.by_id(item.get(identifier, "")) if item.get(identifier) else None
        outward = relationship is not None and relationship.external and _is_of_the_house(relationship.target)
        inward = relationship is None and doomed.is_spoken_of((item.get("location") or "").lstrip("#"))
        parent = item.getparent()
        if (outward or inward) and parent is not None:
            parent.remove(item)
            if relationship is not None:
                relationships.remove(relationship.id)
            if not elements(parent):
                above = parent.getparent()
                if above is not None:
                    above.remove(parent)
            package.touch(part)
    for each in relationships.of_kind("queryTable"):
        relationships.remove(each.id)
        drop_with_dependants(package, each.target)
    for each in relationships.of_kind("drawing"):
        if not each.external and each.target in package:
            _drop_drawing_links(package, each.target, doomed)


def _is_of_the_house(target: str) -> bool:
    return (scheme_of(target) or "").lower().rstrip(":") not in OPEN_SCHEMES


def _drop_drawing_links(package: Package, part: str, doomed: Doomed) -> None:
    root, relationships = package.tree(part), package.relationships(part)
    identifier = package.namespaces(part).relationship("id")
    for each in relationships.of_kind("hyperlink"):
        inside = each.target.startswith("#")
        if (inside and not doomed.is_spoken_of(each.target[1:])) or not (inside or _is_of_the_house(each.target)):
            continue
        for item in list(root.iter(etree.Element)):
            parent = item.getparent()
            if local(item) in {"hlinkClick", "hlinkHover"} and item.get(identifier) == each.id and parent is not None:
                parent.remove(item)
        relationships.remove(each.id)
        package.touch(part)
    for item in root.iter(etree.Element):
        if doomed.is_spoken_of(item.get("textlink") or ""):
            item.attrib.pop("textlink")
            package.touch(part)
