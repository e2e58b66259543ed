"""Texts in shapes and text boxes, which stand on no cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from regsheet.errors import PackageError
from regsheet.merge.differences import Difference
from regsheet.package import Package


def shape_differences(sent: Package, copy: Package) -> Iterator[Difference]:
    """Paragraphs that shapes of the copy hold and those of the workbook as sent do not."""
    for text in (_texts(copy) - _texts(sent)).elements():
        yield Difference("text box", "", None, None, text, mark=text)


def _texts(package: Package) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in package.names:
        if "/drawings/" in name and name.endswith(".xml") and "/_rels/" not in name:
            try:
                root = package.tree(name)
            except PackageError:
                continue
            found.update(_paragraphs(root))
    return found


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if str(element.tag).endswith("}p"):
            runs = (run for run in element.iter(etree.Element) if str(run.tag).endswith("}t"))
            text = " ".join("".join(run.text or "" for run in runs).split())
            if text:
                yield text
