"""Pivot tables whose data is dropped: the stored copy of the data goes, the figures in the cells stay."""

from __future__ import annotations

from regsheet.errors import OutputError
from regsheet.package import Package
from regsheet.writer.markup import child, elements
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.strip_sheets import drop_with_dependants

SLICERS = (
    "“{name}” has slicers on a pivot table whose data would be dropped; "
    "delete the slicers in a copy and run again, or leave --redact out."
)


def drop_pivots(package: Package, doomed: Doomed) -> int:
    """Drop pivot tables, and their stored data, whose source goes; who refreshed the others is not told. How many.

    Raises ``OutputError`` where slicers hang on one.
    """
    caches = [name for name in package.names if package.content_type(name).endswith("pivotCacheDefinition+xml")]
    going = [cache for cache in caches if _goes(package, cache, doomed)]
    for cache in caches:
        if package.tree(cache).attrib.pop("refreshedBy", ""):
            package.touch(cache)
    if not going:
        return 0
    if any("slicercache" in package.content_type(name).lower() for name in package.names):
        raise OutputError(SLICERS.format(name=package.file))
    count = 0
    for source in [name for name in package.names if not name.endswith(".rels")]:
        relationships = package.relationships(source)
        for each in relationships.of_kind("pivotTable"):
            if any(package.relationships(each.target).to(cache) for cache in going):
                relationships.remove(each.id)
                drop_with_dependants(package, each.target)
                count += 1
    for cache in going:
        _forget(package, cache)
    return count


def _goes(package: Package, cache: str, doomed: Doomed) -> bool:
    """Whether a cache's source goes: a sheet, a name, another workbook or a database."""
    source = child(package.tree(cache), "cacheSource")
    if source is None or source.get("type") not in {None, "worksheet"}:
        return True
    place = child(source, "worksheetSource")
    if place is None:
        return True
    name = (place.get("name") or "").casefold()
    outside = any(each.external for each in package.relationships(cache))
    return outside or place.get("sheet") in doomed.sheets or name in doomed.names


def _forget(package: Package, cache: str) -> None:
    workbook, relationships = package.tree(package.main_part), package.relationships(package.main_part)
    identifier = package.namespaces().relationship("id")
    listing = child(workbook, "pivotCaches")
    for each in relationships.to(cache):
        for item in elements(listing) if listing is not None else ():
            if listing is not None and item.get(identifier) == each.id:
                listing.remove(item)
        relationships.remove(each.id)
    if listing is not None and not elements(listing):
        workbook.remove(listing)
    package.touch(package.main_part)
    drop_with_dependants(package, cache)
