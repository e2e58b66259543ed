"""The copy of the annotated workbook that one person gets: opened on the Findings sheet, filtered to their rows.

Nothing else of it is changed, and ``strip`` gives the same original back as from the workbook itself. Rows that the
filter hides are still there, so an answer on any of them is read.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from regsheet.grid import read_grid
from regsheet.grid.addresses import area as area_of
from regsheet.grid.cells import Sheet
from regsheet.mail.contents import Contents
from regsheet.package import Package
from regsheet.values.text import one_line
from regsheet.writer.markup import WORKBOOK_ORDER, child, elements, insert_in_order, local, sibling_tag
from regsheet.writer.redact import redact
from regsheet.writer.reseal import reseal
from regsheet.writer.sheets.wording import wording
from regsheet.writer.strip import strip

LONGEST_CHOICE = 255
"""Characters of a text that Excel can filter by."""


def workbook_for(contents: Contents, owners: Collection[str], *, redacted: bool = False) -> bytes:
    """The workbook for one person. ``owners`` are the texts of the Owner column that are theirs, "" for a blank one.

    ``redacted``: without hidden sheets, other people's notes, properties and links; such a copy keeps no record for
    ``strip`` either. For copies for many people, make one ``Copies``.
    """
    return Copies(contents, redacted=redacted).for_owners(owners)


class Copies:
    """Copies of one annotated workbook. ``said``: what redaction dropped from each of them, a sentence each."""

    def __init__(self, contents: Contents, *, redacted: bool = False) -> None:
        self._name = contents.path.name
        package = Package(contents.data, self._name)
        self.said = redact(package) if redacted else ()
        self._data = package.to_bytes() if redacted else contents.data
        bare = None if redacted else strip(package)
        self._original = bare.package if bare is not None and bare.exact else None

    def for_owners(self, owners: Collection[str]) -> bytes:
        """The copy that shows the rows of these owners, as the Owner column has them, "" for a blank one."""
        package = Package(self._data, self._name)
        show_findings(package, owners)
        if self._original is not None:
            reseal(package, self._original)
        return package.to_bytes()


def show_findings(package: Package, owners: Collection[str]) -> None:
    """Have a workbook open on its Findings sheet, with the rows of these owners; without a Findings sheet, nothing."""
    sheet = next((sheet for sheet in read_grid(package).sheets if _owner_column(sheet) is not None), None)
    if sheet is None or sheet.part is None or sheet.state != "visible":
        return
    _open_on(package, sheet)
    _filter(package, sheet, owners)


def _owner_column(sheet: Sheet) -> tuple[int, int] | None:
    """Row and column of the heading Owner of a Findings sheet; None on any other sheet."""
    heads = set(wording("findings")["heads"])
    rows: dict[int, dict[str, int]] = {}
    for cell in sheet.filled():
        if cell.row > 12:
            break
        if isinstance(cell.value, str):
            rows.setdefault(cell.row, {}).setdefault(one_line(cell.value), cell.column)
    return next(((row, found["Owner"]) for row, found in rows.items() if heads <= set(found)), None)


# -- which sheet is shown ----------------------------------------------------------------------------------------


def _open_on(package: Package, sheet: Sheet) -> None:
    """Make one sheet the active one. No other may stay selected: typing would then go into both."""
    workbook = package.tree(package.main_part)
    views = child(workbook, "bookViews")
    if views is None:
        views = etree.Element(sibling_tag(workbook, "bookViews"))
        insert_in_order(workbook, views, WORKBOOK_ORDER)
    if not elements(views):
        etree.SubElement(views, sibling_tag(workbook, "workbookView"))
    for view in elements(views):
        view.set("activeTab", str(sheet.position))
    package.touch(package.main_part)
    for relationship in package.relationships(package.main_part):
        part = relationship.target
        if relationship.external or not relationship.kind.lower().endswith("sheet") or part not in package:
            continue
        if part != sheet.part and b"tabSelected" in package.blob(part):
            for view in package.tree(part).iter("{*}sheetView"):
                view.attrib.pop("tabSelected", "")
            package.touch(part)
    for view in package.tree(sheet.part or "").iter("{*}sheetView"):
        view.set("tabSelected", "1")
    package.touch(sheet.part or "")


# -- which rows are shown ----------------------------------------------------------------------------------------


def _filter(package: Package, sheet: Sheet, owners: Collection[str]) -> None:
    """Set the filter of the table of findings to these owners, and hide the other rows, as Excel would."""
    found = _owner_column(sheet)
    if found is None or any(len(owner) > LONGEST_CHOICE for owner in owners):
        return
    heading, column = found
    wanted = {owner.strip().casefold() for owner in owners}
    for relationship in package.relationships(sheet.part or "").of_kind("table"):
        if relationship.target not in package:
            continue
        table = package.tree(relationship.target)
        area = area_of(table.get("ref", ""))
        if area is None or area.first_row != heading or not area.first_column <= column <= area.last_column:
            continue
        _set_filter(table, column - area.first_column, _choices(sheet, heading, area.last_row, column, wanted))
        package.touch(relationship.target)
        _hide_rows(package, sheet, range(heading + 1, area.last_row + 1), column, wanted)


def _text(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    return "" if value is None else str(value)


def _choices(sheet: Sheet, heading: int, last: int, column: int, wanted: Collection[str]) -> list[str]:
    """The texts of the column that are let through, each spelling once, as the filter's list has them."""
    texts = (_text(sheet, row, column) for row in range(heading + 1, last + 1))
    return list(dict.fromkeys(text for text in texts if text.strip().casefold() in wanted))


def _set_filter(table: etree._Element, place: int, choices: Collection[str]) -> None:
    old = child(table, "autoFilter")
    new = etree.Element(sibling_tag(table, "autoFilter"), ref=table.get("ref", ""))
    if old is None:
        table.insert(0, new)
    else:
        table.replace(old, new)
    rule = etree.SubElement(new, sibling_tag(table, "filterColumn"), colId=str(place))
    filters = etree.SubElement(rule, sibling_tag(table, "filters"))
    for choice in choices:
        if choice.strip():
            etree.SubElement(filters, sibling_tag(table, "filter"), val=choice)
        else:
            filters.set("blank", "1")


def _hide_rows(package: Package, sheet: Sheet, rows: range, column: int, wanted: Collection[str]) -> None:
    for element in package.tree(sheet.part or "").iter("{*}row"):
        number = element.get("r", "")
        if local(element) != "row" or not number.isdigit() or int(number) not in rows:
            continue
        if _text(sheet, int(number), column).strip().casefold() in wanted:
            element.attrib.pop("hidden", "")
        else:
            element.set("hidden", "1")
    package.touch(sheet.part or "")
