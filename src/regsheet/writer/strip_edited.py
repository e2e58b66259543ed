"""Taking off our annotation where the file was edited or re-saved since: what can be recognised goes."""

from __future__ import annotations

from regsheet.grid import read_grid
from regsheet.grid.cells import Grid, Sheet
from regsheet.grid.colours import Palette
from regsheet.package import Package
from regsheet.writer.calculation import drop_chain, recalculate_on_load
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.mark import Mark, find_mark
from regsheet.writer.note_records import note_records
from regsheet.writer.palettes import palette_of, spelled, understood
from regsheet.writer.records import CellRecord, row_keys
from regsheet.writer.sheets.texts import count_words
from regsheet.writer.sheets.wording import wording
from regsheet.writer.strip_cells import Restorer, log_records
from regsheet.writer.strip_notes import remove_notes
from regsheet.writer.strip_sheets import drop_with_dependants, remove_sheets
from regsheet.writer.styles import Styles
from regsheet.writer.traces import our_sheets
from regsheet.writer.witness import read_witness

LOG_COLUMNS = (1, 2, 4, 6, 7, 8)
"""Sheet, cell, risk, before, after and basis among the headings of the Change log."""

NO_MARK = (
    "Our record of this copy is gone, because the program that saved it dropped it or our sheets were deleted: fills "
    "of ratings stay as they are, and looks of flagged cells were taken from their neighbours."
)
KEPT = "{sheet}!{cell} was corrected and has been changed, moved or deleted since; what is there stays as it is."
NOT_FOUND = (
    "{cells} on {sheet} that had been coloured could not be found again, because their rows were deleted or "
    "rewritten; where they are still there, they keep the colour."
)
GONE = "The sheet {sheet} is no longer there, or cannot be known again, so nothing on it was given back."
NOT_OURS = "The sheet {sheet} was changed so much that it is no longer recognised as one of ours; it stays."


def strip_edited(package: Package, mark: Mark | None) -> tuple[Package, tuple[str, ...]]:
    """The workbook without what is ours, as far as it can be told, and sentences about the rest."""
    work = Package(package.to_bytes(), package.file)
    grid = read_grid(work)
    mark = mark or read_witness(grid)
    ours = our_sheets(grid, mark.sheets if mark else ())
    remarks = [] if mark is not None else [NO_MARK]
    records = _Records(grid, mark, ours)
    palette = _palette(work, mark)
    for sheet in grid.sheets:
        if sheet.name not in ours and sheet.part is not None and sheet.kind == "worksheet":
            remarks += _strip_sheet(work, grid, sheet, records.of(sheet), palette)
    remarks += [KEPT.format(sheet=sheet, cell=cell) for sheet, cell in records.unsure]
    remarks += [GONE.format(sheet=name) for name in records.lost]
    if mark is not None:
        existing = {sheet.name for sheet in grid.sheets}
        remarks += [NOT_OURS.format(sheet=name) for name in mark.sheets if name in existing and name not in ours]
    remove_sheets(work, set(ours))
    _remove_mark(work)
    return Package(work.to_bytes(), package.file, package.path), tuple(remarks)


def _strip_sheet(
    work: Package, grid: Grid, sheet: Sheet, records: list[CellRecord], palette: Palette | None
) -> list[str]:
    """Take what is ours off one sheet. Returns remarks."""
    part = sheet.part or ""
    remove_notes(work, part)
    patch = SheetPatch(work, part, grid.date_1904)
    restorer = Restorer(patch, sheet, Styles(work), palette)
    kept = restorer.restore(records)
    patch.put_down()
    if patch.formulas_changed:
        drop_chain(work)
    if any(record.wrote_value for record in records):
        recalculate_on_load(work)
    remarks = [KEPT.format(sheet=item.sheet, cell=item.cell) for item in kept]
    if restorer.not_found:
        remarks.append(NOT_FOUND.format(sheet=sheet.name, cells=count_words(restorer.not_found, "cell")))
    return remarks


def _palette(work: Package, mark: Mark | None) -> Palette | None:
    """What the colours of kept looks meant, where the workbook has other ones now."""
    before = understood(mark.palette) if mark else None
    return None if before is None or spelled(before) == spelled(palette_of(work)) else before


class _Records:
    """What was done to the cells of each sheet, by the mark, its second witness, the Change log, or our notes."""

    def __init__(self, grid: Grid, mark: Mark | None, ours: dict[str, str]) -> None:
        self._log = next((grid.sheet(name) for name, section in ours.items() if section == "changes"), None)
        self._mark = mark
        self._by_sheet: dict[str, list[CellRecord]] = {}
        for record in mark.cells if mark else ():
            self._by_sheet.setdefault(record.sheet, []).append(record)
        names = {sheet.name for sheet in grid.sheets} - set(ours)
        others = [sheet for sheet in grid.sheets if sheet.name in names and sheet.name not in self._by_sheet]
        self.lost: list[str] = []
        self.unsure: list[tuple[str, str]] = []
        for name in [name for name in self._by_sheet if name not in names]:
            renamed = _renamed(self._by_sheet[name], others)
            if renamed is None:
                self.lost.append(name)
            else:
                self._by_sheet[renamed.name] = self._by_sheet.pop(name)
                others.remove(renamed)

    def of(self, sheet: Sheet) -> list[CellRecord]:
        """Those of one sheet."""
        if self._mark is not None:
            return self._by_sheet.get(sheet.name, [])
        if self._log is None:
            records, unsure = note_records(sheet)
            self.unsure += [(sheet.name, cell) for cell in unsure]
            return records
        heads = wording("changes")["heads"]
        return log_records(self._log, sheet, tuple(heads[column] for column in LOG_COLUMNS))


def _renamed(records: list[CellRecord], sheets: list[Sheet]) -> Sheet | None:
    """The sheet that most of the recorded rows are on now, under another name."""
    wanted = {record.row_key for record in records if record.row_key}
    found = [(len(wanted & set(row_keys(sheet).values())), -sheet.position, sheet) for sheet in sheets]
    shared, _, sheet = max(found, key=lambda item: item[:2], default=(0, 0, None))
    return sheet if shared and 2 * shared >= len(wanted) else None


def _remove_mark(package: Package) -> None:
    name = find_mark(package)
    if name is None:
        return
    for source in ("", package.main_part):  # LibreOffice moves the relationship to the package
        relationships = package.relationships(source)
        for relationship in relationships.to(name):
            relationships.remove(relationship.id)
    drop_with_dependants(package, name)
