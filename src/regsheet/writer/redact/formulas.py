"""Formulas that point at what is dropped become the value they showed last."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import child, set_text, sibling_tag
from regsheet.writer.redact.speaking import Doomed


def formulas_to_values(package: Package, part: str, doomed: Doomed) -> int:
    """Turn them into values on one sheet. A shared formula goes with every cell that shares it. Says how many cells."""
    root = package.tree(part)
    cells = [(cell, formula) for cell in root.iter("{*}c") if (formula := child(cell, "f")) is not None]
    spoken = [(cell, formula) for cell, formula in cells if doomed.is_spoken_of(formula.text or "")]
    shared = {formula.get("si") for _, formula in spoken if formula.get("t") == "shared"} - {None}
    going = {id(cell): (cell, formula) for cell, formula in spoken}
    if shared:
        going |= {
            id(cell): (cell, formula)
            for cell, formula in cells
            if formula.get("t") == "shared" and formula.get("si") in shared
        }
    for cell, formula in going.values():
        _to_value(cell, formula)
    if going:
        package.touch(part)
    return len(going)


def _to_value(cell: etree._Element, formula: etree._Element) -> None:
    cell.remove(formula)
    cell.attrib.pop("cm", "")  # a formula that spills is marked so
    value = child(cell, "v")
    if cell.get("t") != "str":
        return
    if value is None:
        cell.attrib.pop("t", "")
        return
    cell.remove(value)
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, sibling_tag(cell, "is")), sibling_tag(cell, "t"))
    set_text(text, "")
    text.text = value.text
