"""Defined names that speak of what is dropped."""

from __future__ import annotations

from regsheet.package import Package
from regsheet.writer.markup import child, elements
from regsheet.writer.redact.speaking import Doomed


def doomed_names(package: Package, doomed: Doomed) -> set[str]:
    """Names, in lower case, that speak of what goes, or of a name that does. Excel's own (print areas) are left out."""
    listing = child(package.tree(package.main_part), "definedNames")
    if listing is None:
        return set()
    found: set[str] = set()
    while True:
        wider = doomed.with_names(found)
        more = {
            (item.get("name") or "").casefold()
            for item in elements(listing)
            if wider.is_spoken_of(item.text or "") and not (item.get("name") or "").lower().startswith("_xlnm.")
        }
        if more <= found:
            return found
        found |= more


def drop_names(package: Package, doomed: Doomed) -> None:
    """Take out the names that speak of what goes."""
    workbook = package.tree(package.main_part)
    listing = child(workbook, "definedNames")
    if listing is None:
        return
    for item in elements(listing):
        if doomed.is_spoken_of(item.text or ""):
            listing.remove(item)
            package.touch(package.main_part)
    if not elements(listing):
        workbook.remove(listing)
