"""Small helpers for building and placing SpreadsheetML: names, order of children, texts that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from regsheet.limits import MAX_TEXT_LENGTH

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKUP_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

WORKSHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""The children of a worksheet, in the only order that Excel accepts."""

WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
"""The children of a workbook, in order."""

STYLES_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
"""The children of a style sheet, in order."""

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def namespace(element: etree._Element) -> str:
    """The namespace that an element is in; Transitional and Strict workbooks differ."""
    return str(element.tag).rpartition("}")[0][1:]


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def sibling_tag(element: etree._Element, name: str) -> str:
    """``name`` in the namespace of ``element``."""
    return f"{{{namespace(element)}}}{name}"


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name in the parent's own namespace."""
    return element.find(sibling_tag(element, name))


def elements(parent: etree._Element) -> list[etree._Element]:
    """The children that are elements: comments and processing instructions left out."""
    return [item for item in parent if isinstance(item.tag, str)]


def _place_name(element: etree._Element) -> str:
    """The name that decides an element's place; for alternate content, that of the first thing inside it."""
    if local(element) == "AlternateContent" and namespace(element) == MARKUP_COMPATIBILITY:
        return next((local(inner) for choice in element for inner in choice if isinstance(inner.tag, str)), "")
    return local(element)


def insert_in_order(parent: etree._Element, new: etree._Element, order: Sequence[str]) -> None:
    """Put a new child where the sequence ``order`` wants it: before the first child that must come later."""
    after = set(order[order.index(local(new)) + 1 :])
    for index, existing in enumerate(parent):
        if isinstance(existing.tag, str) and _place_name(existing) in after:
            parent.insert(index, new)
            return
    parent.append(new)


def escape_text(text: str) -> str:
    """A text as SpreadsheetML holds it: ``_x0007_`` for a control character, and its own look-alikes kept apart."""
    if len(text) > MAX_TEXT_LENGTH:
        text = text[:MAX_TEXT_LENGTH]
    if "_x" not in text and (text.isprintable() or text.replace("\n", "").isprintable()):
        return text  # most texts
    text = LOOKS_ESCAPED.sub("_x005F_", text)
    return UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def in_text(text: str) -> str:
    """A text that XML can hold, as it stands between tags."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def in_attribute(text: str) -> str:
    """A text that XML can hold, as it stands in the double quotes of an attribute."""
    text = in_text(text)
    if text.isprintable() and '"' not in text:
        return text
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def keeps_space(text: str) -> bool:
    """Whether a text has outer blanks or line ends, which a ``<t>`` loses unless it says that it keeps them."""
    return "\n" in text or text != text.strip()


def set_text(element: etree._Element, text: str) -> None:
    """Give a ``<t>`` its text, with outer blanks and line ends kept."""
    element.text = escape_text(text)
    if keeps_space(text):
        element.set(XML_SPACE, "preserve")


def rich_text(parts: Iterable[etree._Element]) -> str:
    """The text of a string item: its own and its runs', phonetic hints left out."""
    found: list[str] = []
    for part in parts:
        name = local(part)
        if name == "t":
            found.append(part.text or "")
        elif name == "r":
            found += [inner.text or "" for inner in part if local(inner) == "t"]
    return "".join(found)
