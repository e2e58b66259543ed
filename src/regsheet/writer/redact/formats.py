"""Conditional formats, drop-down lists and sparklines that take something from what is dropped."""

from __future__ import annotations

import re

from lxml import etree

from regsheet.grid.addresses import area
from regsheet.grid.cells import Grid
from regsheet.package import Package
from regsheet.package.namespaces import XM
from regsheet.writer.markup import elements, local
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.sheets.texts import display

LONGEST_LIST = 255
"""Characters of a list that is written out in a validation."""

RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)")
WHOLE = {"cfRule", "dataValidation", "conditionalFormatting", "sparkline"}
"""What goes as a whole when one of its formulas does."""

EMPTY = {"conditionalFormatting", "dataValidations", "conditionalFormattings", "sparklines", "sparklineGroups", "ext",
         "extLst"}  # fmt: skip
"""What goes when nothing is left in it."""


def drop_formats(package: Package, grid: Grid, part: str, doomed: Doomed) -> int:
    """Take them off one sheet; a list from a dropped range is written out where it fits. Says how many went."""
    root = package.tree(part)
    gone = 0
    formulas = [
        item for item in root.iter("{*}formula", "{*}formula1", "{*}formula2", f"{{{XM}}}f") if _is_of_format(item)
    ]
    for formula in formulas:
        if formula.getroottree().getroot() is not root or not doomed.is_spoken_of(formula.text or ""):
            continue
        package.touch(part)
        written = _written_out(formula, grid)
        if written is not None:
            formula.text = written
            continue
        gone += _drop_whole(formula)
    for listing in root.iter("{*}dataValidations"):
        if listing.get("count") is not None:
            listing.set("count", str(len(elements(listing))))
    return gone


def _is_of_format(formula: etree._Element) -> bool:
    return len(elements(formula)) == 0 and any(local(item) in WHOLE for item in formula.iterancestors())


def _drop_whole(formula: etree._Element) -> int:
    """Remove the nearest whole thing that the formula is of, and what is empty then."""
    whole = next((item for item in formula.iterancestors() if local(item) in WHOLE), None)
    parent = None if whole is None else whole.getparent()
    if whole is None or parent is None:
        return 0
    parent.remove(whole)
    while parent is not None and local(parent) in EMPTY and not _left(parent):
        above = parent.getparent()
        if above is None:
            break
        if local(parent) == "sparklines":  # a group is nothing without its sparklines
            parent, above = above, above.getparent()
            if above is None:
                break
        above.remove(parent)
        parent = above
    return 1


def _left(parent: etree._Element) -> list[etree._Element]:
    """What is in it besides where it applies."""
    return [item for item in elements(parent) if local(item) != "sqref"]


def _written_out(formula: etree._Element, grid: Grid) -> str | None:
    """The list of a validation in its own words; None where it does not fit, or the formula is no range."""
    validation = next((item for item in formula.iterancestors() if local(item) == "dataValidation"), None)
    if validation is None or validation.get("type") != "list":
        return None
    text = formula.text or ""
    found = RANGE.fullmatch(grid.defined_names.get(text, text).lstrip("="))
    place = area(found[3].replace("$", "")) if found else None
    sheet = next((s for s in grid.sheets if found and s.name == (found[1] or found[2]).replace("''", "'")), None)
    if place is None or sheet is None or (place.last_row - place.first_row) > LONGEST_LIST:
        return None
    values = [
        display(sheet.value(row, column))
        for row in range(place.first_row, place.last_row + 1)
        for column in range(place.first_column, place.last_column + 1)
    ]
    choices = [value for value in values if value]
    joined = ",".join(choices)
    fits = choices and not any("," in value or '"' in value or "\n" in value for value in choices)
    return f'"{joined}"' if fits and len(joined) <= LONGEST_LIST - 2 else None
