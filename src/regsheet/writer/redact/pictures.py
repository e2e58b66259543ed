"""Charts and form controls that take their figures from what is dropped: the figures they show stay."""

from __future__ import annotations

from lxml import etree

from regsheet.package import Package
from regsheet.writer.markup import child, elements, local, sibling_tag
from regsheet.writer.redact.speaking import Doomed

LITERALS = {"numRef": "numLit", "strRef": "strLit"}
CACHES = {"numCache", "strCache"}
CONTROL_FORMULAS = ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "fmlaMacro")


def charts_to_values(package: Package, doomed: Doomed) -> None:
    """Write figures out in charts, and unlink controls, that speak of what goes or of another workbook."""
    for part in package.names:
        kind = package.content_type(part).lower()
        if kind.endswith("drawingml.chart+xml"):
            _chart(package, part, doomed)
        elif "controlproperties" in kind:
            _control(package, part, doomed)


def _chart(package: Package, part: str, doomed: Doomed) -> None:
    root = package.tree(part)
    for reference in [item for item in root.iter(etree.Element) if local(item) in {*LITERALS, "multiLvlStrRef"}]:
        formula = child(reference, "f")
        if formula is not None and doomed.is_spoken_of(formula.text or ""):
            _to_literal(reference)
            package.touch(part)
    relationships = package.relationships(part)
    identifier = package.namespaces(part).relationship("id")
    for each in list(relationships):
        if each.external and each.kind != "hyperlink":
            for item in list(root.iter(etree.Element)):
                parent = item.getparent()
                if local(item) == "externalData" and item.get(identifier) == each.id and parent is not None:
                    parent.remove(item)
            relationships.remove(each.id)
            package.touch(part)


def _to_literal(reference: etree._Element) -> None:
    """Put in place of a reference the values that it showed last."""
    parent = reference.getparent()
    if parent is None:
        return
    cache = next((item for item in elements(reference) if local(item) in CACHES), None)
    name = LITERALS.get(local(reference))
    if local(parent) == "tx":
        value = etree.Element(sibling_tag(reference, "v"))
        value.text = "" if cache is None else "".join(item.text or "" for item in cache.iter("{*}v"))
        parent.replace(reference, value)
    elif name is None or cache is None:
        above = parent.getparent()
        if above is not None:  # categories of several levels have no written-out form
            above.remove(parent)
    else:
        literal = etree.Element(sibling_tag(reference, name))
        literal.extend(elements(cache))
        parent.replace(reference, literal)


def _control(package: Package, part: str, doomed: Doomed) -> None:
    root = package.tree(part)
    for name in CONTROL_FORMULAS:
        if doomed.is_spoken_of(root.get(name) or ""):
            root.attrib.pop(name)
            package.touch(part)
