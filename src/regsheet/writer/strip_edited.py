"""Taking off our annotation where the file was edited or re-saved since: what can be recognised goes."""

from __future__ import annotations

from regsheet.grid import read_grid
from regsheet.grid.cells import Grid, Sheet
from regsheet.package import Package
from regsheet.writer.calculation import drop_chain, recalculate_on_load
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.mark import Mark, find_mark
from regsheet.writer.records import CellRecord
from regsheet.writer.sheets.wording import wording
from regsheet.writer.strip_cells import Kept, Restorer, log_records
from regsheet.writer.strip_notes import remove_notes
from regsheet.writer.strip_sheets import drop_with_dependants, remove_sheets
from regsheet.writer.styles import Styles
from regsheet.writer.traces import our_sheets

LOG_COLUMNS = (1, 2, 4, 6, 7, 8)
"""Sheet, cell, risk, before, after and basis among the headings of the Change log."""

NO_MARK = (
    "The program that saved this copy last dropped our record of it, so fills of ratings stay as they are, and looks "
    "of flagged cells were taken from their neighbours."
)
KEPT = "{sheet}!{cell} was corrected and has been changed or moved since; it stays as it is."
NOT_OURS = "The sheet {sheet} was changed so much that it is no longer recognised as one of ours; it stays."


def strip_edited(package: Package, mark: Mark | None) -> tuple[Package, tuple[str, ...]]:
    """The workbook without what is ours, as far as it can be told, and sentences about the rest."""
    work = Package(package.to_bytes(), package.file)
    grid = read_grid(work)
    ours = our_sheets(grid)
    remarks = [] if mark is not None else [NO_MARK]
    log = next((grid.sheet(name) for name, section in ours.items() if section == "changes"), None)
    for sheet in grid.sheets:
        if sheet.name not in ours and sheet.part is not None and sheet.kind == "worksheet":
            kept = _strip_sheet(work, grid, sheet, mark, log)
            remarks += [KEPT.format(sheet=item.sheet, cell=item.cell) for item in kept]
    if mark is not None:
        existing = {sheet.name for sheet in grid.sheets}
        remarks += [NOT_OURS.format(sheet=name) for name in mark.sheets if name in existing and name not in ours]
    remove_sheets(work, set(ours))
    _remove_mark(work)
    return Package(work.to_bytes(), package.file, package.path), tuple(remarks)


def _strip_sheet(work: Package, grid: Grid, sheet: Sheet, mark: Mark | None, log: Sheet | None) -> list[Kept]:
    part = sheet.part or ""
    remove_notes(work, part)
    records = _records(sheet, mark, log)
    patch = SheetPatch(work, part, grid.date_1904)
    restorer = Restorer(patch, sheet, Styles(work))
    kept = restorer.restore(records)
    if patch.formulas_changed:
        drop_chain(work)
    if any(record.wrote_value for record in records):
        recalculate_on_load(work)
    return kept


def _records(sheet: Sheet, mark: Mark | None, log: Sheet | None) -> list[CellRecord]:
    if mark is not None:
        return [record for record in mark.cells if record.sheet == sheet.name]
    if log is None:
        return []
    heads = wording("changes")["heads"]
    return log_records(log, sheet, tuple(heads[column] for column in LOG_COLUMNS))


def _remove_mark(package: Package) -> None:
    name = find_mark(package)
    if name is None:
        return
    for source in ("", package.main_part):  # LibreOffice moves the relationship to the package
        relationships = package.relationships(source)
        for relationship in relationships.to(name):
            relationships.remove(relationship.id)
    drop_with_dependants(package, name)
