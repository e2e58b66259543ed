"""Shared strings that no sheet uses any more: the texts of a dropped sheet would stay in the file."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import child, sibling_tag


def blank_unused_strings(package: Package) -> None:
    """Blank the shared strings that no cell uses; the others keep their numbers."""
    workbook = package.relationships(package.main_part)
    parts = [each.target for each in workbook.of_kind("sharedStrings") if each.target in package]
    used: set[int] = set()
    count = 0
    for each in workbook:
        if each.external or not each.kind.lower().endswith("sheet") or each.target not in package:
            continue
        for cell in package.tree(each.target).iter("{*}c"):
            value = child(cell, "v") if cell.get("t") == "s" else None
            if value is not None and (value.text or "").strip().isdigit():
                used.add(int(value.text or ""))
                count += 1
    for part in parts:
        root = package.tree(part)
        for number, item in enumerate(root.iterchildren(sibling_tag(root, "si"))):
            if number not in used:
                for inner in list(item):
                    item.remove(inner)
                etree.SubElement(item, sibling_tag(root, "t"))
        if root.get("count") is not None:
            root.set("count", str(count))
        package.touch(part)
