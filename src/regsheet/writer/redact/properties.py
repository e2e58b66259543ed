"""What a file says about its makers: properties, paths, printers, shared editing, other programs' records."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import child, elements, local
from regsheet.writer.strip_sheets import drop_with_dependants

OF_THE_PACKAGE = {
    "core-properties": "author and dates", "extended-properties": "company and contents",
    "custom-properties": "custom properties", "thumbnail": "preview picture", "customXml": "stored records",
    "origin": "signature",
}  # fmt: skip
OF_THE_WORKBOOK = {
    "customXml": "stored records", "person": "names of commenters", "revisionHeaders": "tracked changes",
    "usernames": "names of editors",
}  # fmt: skip
OF_A_SHEET = {"printerSettings": "printer settings", "customProperty": "custom properties"}
PERSONAL_ELEMENTS = ("fileSharing", "customWorkbookViews")


def drop_properties(package: Package, sheets: Sequence[str]) -> list[str]:
    """Take them out of the package, its workbook part and the sheets that stay. Says what, in words, each once."""
    found = _drop(package, "", OF_THE_PACKAGE)
    found += _drop(package, package.main_part, OF_THE_WORKBOOK)
    for part in sheets:
        found += _drop(package, part, OF_A_SHEET)
        _clean_sheet(package, part)
    found += _clean_workbook(package)
    return list(dict.fromkeys(found))


def _drop(package: Package, source: str, kinds: dict[str, str]) -> list[str]:
    relationships = package.relationships(source)
    found: list[str] = []
    for each in list(relationships):
        if each.kind in kinds:
            relationships.remove(each.id)
            if not each.external and each.target in package:
                drop_with_dependants(package, each.target)
                found.append(kinds[each.kind])
    return found


def _clean_workbook(package: Package) -> list[str]:
    """The path it was last saved under, who holds it, and each user's own view."""
    root = package.tree(package.main_part)
    found: list[str] = []
    for name in PERSONAL_ELEMENTS:
        element = child(root, name)
        if element is not None:
            root.remove(element)
            found.append("names of editors")
    for item in [item for item in root.iter(etree.Element) if local(item) == "absPath"]:
        outer = next((above for above in item.iterancestors() if local(above) == "AlternateContent"), item)
        parent = outer.getparent()
        if parent is not None:
            parent.remove(outer)
            found.append("the folder it was saved in")
    if found:
        package.touch(package.main_part)
    return found


def _clean_sheet(package: Package, part: str) -> None:
    root = package.tree(part)
    known = {each.id for each in package.relationships(part)}
    identifier = package.namespaces(part).relationship("id")
    for item in [item for item in root.iter(etree.Element) if local(item) in {"pageSetup", "customPr"}]:
        parent = item.getparent()
        if item.get(identifier) is None or item.get(identifier) in known or parent is None:
            continue
        if local(item) == "pageSetup":
            item.attrib.pop(identifier)
        else:
            parent.remove(item)
        package.touch(part)
    for item in elements(root):
        empty = local(item) == "customProperties" and not elements(item)
        if empty or local(item) == "customSheetViews":
            root.remove(item)
            package.touch(part)
    for scenario in root.iter("{*}scenario"):
        if scenario.attrib.pop("user", ""):
            package.touch(part)
