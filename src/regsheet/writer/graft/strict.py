"""A part of Transitional OOXML said in Strict: other namespaces, and percentages written as such."""

from __future__ import annotations

from typing import Any

from lxml import etree

from regsheet.package import STRICT, TRANSITIONAL
from regsheet.writer.markup import local

NAMESPACES = {
    TRANSITIONAL.spreadsheet: STRICT.spreadsheet,
    TRANSITIONAL.document_relationships: STRICT.document_relationships,
    TRANSITIONAL.drawing: STRICT.drawing,
    TRANSITIONAL.spreadsheet_drawing: STRICT.spreadsheet_drawing,
    TRANSITIONAL.chart: STRICT.chart,
}
PERCENTAGES = frozenset(
    {"gapWidth", "overlap", "lblOffset", "gapDepth", "hPercent", "depthPercent", "holeSize", "bubbleScale"}
)
"""Chart settings that Transitional writes as a bare number and Strict with a percent sign."""


def to_strict(root: etree._Element) -> etree._Element:
    """The same tree in the namespaces of Strict."""
    new = etree.Element(_name(str(root.tag)), nsmap=_prefixes(root))
    _fill(new, root)
    return new


def _fill(new: etree._Element, old: etree._Element) -> None:
    new.text, new.tail = old.text, old.tail
    for key, value in old.attrib.items():
        new.set(_name(str(key)), _value(old, str(key), str(value)))
    for item in old:
        if isinstance(item.tag, str):
            inner = etree.SubElement(new, _name(item.tag), nsmap=_prefixes(item))
            _fill(inner, item)


def _prefixes(element: etree._Element) -> Any:
    """The prefixes in scope; None stands for the default namespace, which lxml's type stubs leave out."""
    return {prefix: NAMESPACES.get(space, space) for prefix, space in element.nsmap.items()}


def _name(name: str) -> str:
    if not name.startswith("{"):
        return name
    space, _, bare = name[1:].partition("}")
    return f"{{{NAMESPACES.get(space, space)}}}{bare}"


def _value(element: etree._Element, key: str, value: str) -> str:
    if key == "uri":
        return NAMESPACES.get(value, value)
    percentage = key == "val" and local(element) in PERCENTAGES and not value.endswith("%")
    return f"{value}%" if percentage else value
