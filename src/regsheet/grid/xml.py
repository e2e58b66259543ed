"""The little that reading workbook XML takes: local names, children with alternatives resolved, attributes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
"""An element that offers the same content twice: for readers that know an extension and for those that do not."""

KNOWN_EXTENSIONS = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
        "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main",
        "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
    }
)
"""Namespaces whose elements are read here. Long validation lists (``x12ac``) are not: their fallback is complete."""

TRUE = frozenset({"1", "true", "on"})


def local(element: etree._Element) -> str:
    """The element's name without namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """The element's namespace in braces, ready to put before a name; empty when it has none."""
    brace = element.tag.find("}")
    return element.tag[: brace + 1]


def children(element: etree._Element, name: str | None = None) -> Iterator[etree._Element]:
    """The element's children, or those of one local name, with alternatives resolved in place."""
    for child in element:
        if child.tag == ALTERNATE:
            chosen = _chosen(child)
            if chosen is not None:
                yield from children(chosen, name)
        elif isinstance(child.tag, str) and (name is None or local(child) == name):
            yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that local name."""
    return None if element is None else next(children(element, name), None)


def path(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element reached by going from first child to first child of the given local names."""
    for name in names:
        element = child(element, name)
    return element


def texts(element: etree._Element, name: str) -> tuple[str, ...]:
    """The texts of all children of one local name."""
    return tuple(each.text or "" for each in children(element, name))


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by local name, whatever its namespace."""
    value = element.get(name)
    if value is not None:
        return value
    return next((str(text) for key, text in element.attrib.items() if str(key).endswith("}" + name)), None)


def flag(element: etree._Element, name: str, default: bool = False) -> bool:
    """A true-or-false attribute."""
    value = element.get(name)
    return default if value is None else value.strip().lower() in TRUE


def number(element: etree._Element, name: str, default: int = 0) -> int:
    """A whole-number attribute; the default where it is missing or no number."""
    try:
        return int(element.get(name, ""))
    except ValueError:
        return default


def decimal(element: etree._Element, name: str) -> float | None:
    """A decimal attribute; None where it is missing or no number."""
    try:
        return float(element.get(name, ""))
    except ValueError:
        return None


def _chosen(alternate: etree._Element) -> etree._Element | None:
    """The first choice whose extensions are all known, else the fallback."""
    fallback = None
    for option in alternate:
        name = local(option)
        if name == "Choice":
            needed = [option.nsmap.get(prefix) for prefix in option.get("Requires", "").split()]
            if needed and KNOWN_EXTENSIONS.issuperset(needed):
                return option
        elif name == "Fallback":
            fallback = option
    return fallback
