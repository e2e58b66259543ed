"""What our own sheets tell of what is dropped, and the record that ``strip`` reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from regsheet.grid.addresses import position
from regsheet.grid.cells import Grid, Sheet
from regsheet.layout import find_tables
from regsheet.package import Package
from regsheet.values.text import one_line
from regsheet.writer.mark import find_mark
from regsheet.writer.markup import child, elements, local
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.witness import LAST_ROW, WORDS

CHECKED = {"register", "assurance-map"}
LISTS = {"findings", "changes"}
"""Our sheets with a row for each thing; of the others a sheet tells too much as a whole."""


def sheets_that_tell(package: Package, grid: Grid, ours: Mapping[str, str], hidden: Collection[str]) -> list[str]:
    """Our sheets, the lists aside, that show what stands on a hidden sheet: all of them where one was checked."""
    views = [sheet for sheet in grid.sheets if ours.get(sheet.name) not in {None, *LISTS} and sheet.name not in hidden]
    doomed = Doomed.of(grid, hidden)
    told = bool(hidden) and (
        any(_names(cell.value, hidden) for sheet in views for cell in sheet.filled())  # the summary lists what was read
        or any(_points_at(package, sheet, doomed) for sheet in views)
        or any(table.sheet in hidden for table in find_tables(grid).tables if table.kind in CHECKED)
    )
    return [sheet.name for sheet in views] if told else []


def _points_at(package: Package, sheet: Sheet, doomed: Doomed) -> bool:
    if sheet.part is None or sheet.part not in package:
        return False
    formulas = [cell.formula for cell in sheet.cells.with_formulas() if cell.formula]
    links = [item.get("location") or "" for item in package.tree(sheet.part).iter("{*}hyperlink")]
    return any(doomed.is_spoken_of(text.lstrip("#")) for text in (*formulas, *links))


def blank_rows(package: Package, grid: Grid, ours: Mapping[str, str], hidden: Collection[str]) -> None:
    """Blank the rows of our lists that are about a hidden sheet."""
    doomed = Doomed.of(grid, hidden)
    for sheet in grid.sheets:
        if ours.get(sheet.name) not in LISTS or sheet.part is None or not hidden:
            continue
        root = package.tree(sheet.part)
        rows = {cell.row for cell in sheet.filled() if cell.row > LAST_ROW // 4 and _names(cell.value, hidden)}
        for link in root.iter("{*}hyperlink"):
            if doomed.is_spoken_of((link.get("location") or "").lstrip("#")):
                rows.add(position((link.get("ref") or "A1").partition(":")[0])[0])
        for row in [item for item in root.iter("{*}row") if item.get("r") in {str(number) for number in rows}]:
            for cell in elements(row):
                for inner in list(cell):
                    cell.remove(inner)
                cell.attrib.pop("t", "")
            package.touch(sheet.part)


def _names(value: object, hidden: Collection[str]) -> bool:
    """Whether a cell is the name of a hidden sheet, as it stands where a finding has no cell."""
    return isinstance(value, str) and one_line(value) in {one_line(name) for name in hidden}


def drop_record(package: Package, grid: Grid, ours: Mapping[str, str]) -> bool:
    """Take out what is left of the record: the second one, on a sheet of ours. Says whether there was a record."""
    found = find_mark(package) is not None
    for sheet in grid.sheets:
        cells = {
            cell.address
            for cell in sheet.filled()
            if cell.row <= LAST_ROW and isinstance(cell.value, str) and cell.value.startswith(WORDS)
        }
        if not cells or sheet.part is None or sheet.part not in package or sheet.name not in ours:
            continue
        found = True
        root = package.tree(sheet.part)
        for cell in [item for item in root.iter("{*}c") if item.get("r") in cells]:
            parent = cell.getparent()
            if parent is not None:
                parent.remove(cell)
        columns = child(root, "cols")
        first = min(position(cell)[1] for cell in cells)
        for column in elements(columns) if columns is not None else ():
            if columns is not None and local(column) == "col" and int(column.get("min", "0")) >= first:
                columns.remove(column)
        package.touch(sheet.part)
    return found
