"""Recalculation: when the workbook's formulas must be worked out afresh, and the chain that lists them."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import WORKBOOK_ORDER, child, elements, insert_in_order, sibling_tag


def drop_chain(package: Package) -> None:
    """Take out the calculation chain, which Excel makes again. Do so when a formula goes or is added."""
    relationships = package.relationships(package.main_part)
    parts = _chains(package)
    for relationship in relationships.of_kind("calcChain"):
        relationships.remove(relationship.id)
    for part in parts:
        package.drop(part)


def _chains(package: Package) -> list[str]:
    """The parts that are calculation chains, though the workbook may have forgotten them."""
    related = {item.target for item in package.relationships(package.main_part).of_kind("calcChain")}
    return [name for name in package.names if name in related or name.lower().endswith("/calcchain.xml")]


def chain_is_stale(package: Package) -> bool:
    """Whether the calculation chain names a sheet that the workbook does not have: a new one might get its number."""
    workbook = package.tree(package.main_part)
    sheets = child(workbook, "sheets")
    known = {sheet.get("sheetId") for sheet in elements(sheets)} if sheets is not None else set()
    cells = [cell for part in _chains(package) for cell in elements(package.tree(part))]
    return any(cell.get("i") not in {None, *known} for cell in cells)


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
