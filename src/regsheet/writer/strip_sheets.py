"""Taking whole sheets out of a workbook: the sheet, the parts that only it uses, and the names that speak of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from regsheet.package import Package
from regsheet.package.names import relationships_name
from regsheet.writer.calculation import drop_chain
from regsheet.writer.markup import child, elements, sibling_tag


def remove_sheets(package: Package, names: Collection[str]) -> None:
    """Take out the sheets of these names. The last visible sheet of a workbook is never taken out."""
    workbook = package.tree(package.main_part)
    listing = child(workbook, "sheets")
    if listing is None:
        return
    before = elements(listing)
    gone = [sheet for sheet in before if sheet.get("name") in names]
    if not gone or not any(sheet.get("state") in {None, "visible"} for sheet in before if sheet not in gone):
        return
    identifier = package.namespaces().relationship("id")
    relationships = package.relationships(package.main_part)
    for sheet in gone:
        relationship = relationships.by_id(sheet.get(identifier, ""))
        listing.remove(sheet)
        if relationship is not None:
            relationships.remove(relationship.id)
            drop_with_dependants(package, relationship.target)
    positions = {before.index(sheet) for sheet in gone}
    _renumber_names(workbook, positions, {sheet.get("name", "") for sheet in gone})
    _renumber_views(workbook, positions, len(before) - len(gone))
    drop_chain(package)
    package.touch(package.main_part)


def drop_with_dependants(package: Package, part: str) -> None:
    """Drop a part nobody points at any more, and then those that only it pointed at."""
    if part not in package.names or _is_used(package, part):
        return
    targets = [item.target for item in package.relationships(part) if not item.external]
    package.drop(part)
    for target in dict.fromkeys(targets):
        drop_with_dependants(package, target)


def _is_used(package: Package, part: str) -> bool:
    sources = ["", *(name for name in package.names if not name.endswith(".rels"))]
    return any(
        package.relationships(source).to(part)
        for source in sources
        if not source or relationships_name(source) in package.names
    )


def _renumber_names(workbook: etree._Element, gone: set[int], sheets: set[str]) -> None:
    """Defined names of the sheets go; those of later sheets count one place less."""
    listing = child(workbook, "definedNames")
    if listing is None:
        return
    for name in elements(listing):
        home = name.get("localSheetId")
        if home is not None and home.isdigit():
            if int(home) in gone:
                listing.remove(name)
                continue
            name.set("localSheetId", str(_moved(int(home), gone)))
        if any(_speaks_of(name.text or "", sheet) for sheet in sheets):
            listing.remove(name)
    if not elements(listing):
        workbook.remove(listing)


def _speaks_of(formula: str, sheet: str) -> bool:
    quoted = re.escape("'" + sheet.replace("'", "''") + "'!")
    return re.search(rf"(?:{quoted}|(?<![\w.']){re.escape(sheet)}!)", formula) is not None


def _renumber_views(workbook: etree._Element, gone: set[int], count: int) -> None:
    for view in workbook.iter(sibling_tag(workbook, "workbookView")):
        for attribute in ("activeTab", "firstSheet"):
            text = view.get(attribute)
            if text is not None and text.isdigit():
                place = 0 if int(text) in gone else _moved(int(text), gone)
                view.set(attribute, str(min(place, count - 1)))


def _moved(place: int, gone: set[int]) -> int:
    return place - sum(1 for other in gone if other < place)
