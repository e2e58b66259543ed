"""Recalculation: when the workbook's formulas must be worked out afresh, and the chain that lists them."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import WORKBOOK_ORDER, child, insert_in_order, sibling_tag


def drop_chain(package: Package) -> tuple[str, ...]:
    """Take out the calculation chain, which Excel makes again. Do so when a formula goes or is added.

    Returns the names of the parts dropped.
    """
    relationships = package.relationships(package.main_part)
    dropped: list[str] = []
    for relationship in list(relationships.of_kind("calcChain")):
        relationships.remove(relationship.id)
        if relationship.target in package.names:
            package.drop(relationship.target)
            dropped.append(relationship.target)
    return tuple(dropped)


def recalculate_on_load(package: Package) -> None:
    """Ask the program that opens the workbook next to work out every formula."""
    root = package.tree(package.main_part)
    settings = child(root, "calcPr")
    if settings is None:
        settings = etree.Element(sibling_tag(root, "calcPr"))
        insert_in_order(root, settings, WORKBOOK_ORDER)
    if settings.get("fullCalcOnLoad") not in {"1", "true"}:
        settings.set("fullCalcOnLoad", "1")
        package.touch(package.main_part)
