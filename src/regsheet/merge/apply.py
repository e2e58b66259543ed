"""Edits into the original workbook: only the cells concerned are written, their looks stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from regsheet.grid.addresses import position
from regsheet.grid.cells import CellError, Grid, Sheet, Value
from regsheet.merge.formulas import has_moved_along
from regsheet.merge.plan import Brought
from regsheet.merge.values import same
from regsheet.package import Package
from regsheet.writer.calculation import drop_chain, recalculate_on_load
from regsheet.writer.cell_patch import CellRefused, SheetPatch
from regsheet.writer.merged import MergedEdit
from regsheet.writer.styles import Change, Styles

DATE_FORMAT, TIME_FORMAT = "dd/mm/yyyy", "hh:mm"
GENERAL = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """The original workbook with the edits in it, and those that a cell refused, with why in words."""

    package: Package
    refused: tuple[tuple[MergedEdit, str], ...]
    has_formulas: bool


def apply_edits(original: Package, grid: Grid, edits: Iterable[MergedEdit], copies: Iterable[Brought]) -> Applied:
    """Write edits into a copy of the original workbook, which itself stays as it is."""
    edits = tuple(edits)
    work = Package(original.to_bytes(), original.file)
    if not edits:
        return Applied(Package(work.to_bytes(), original.file, original.path), (), has_formulas=False)
    writer = _Writer(work, grid)
    refused = tuple((edit, why) for edit in edits if (why := writer.write(edit)))
    formulas = any(cell.formula is not None for sheet in grid.sheets for cell in sheet.filled())
    if formulas:
        made = [edit for edit in edits if edit not in {each for each, _ in refused}]
        writer.refresh(made, tuple(copies))
        recalculate_on_load(work)
    for patch in writer.patches.values():
        patch.put_down()
    if any(patch.formulas_changed for patch in writer.patches.values()):
        drop_chain(work)
    return Applied(Package(work.to_bytes(), original.file, original.path), refused, formulas)


class _Writer:
    def __init__(self, package: Package, grid: Grid) -> None:
        self.package, self.grid = package, grid
        self.patches: dict[str, SheetPatch] = {}
        self._styles: Styles | None = None

    def patch(self, sheet: Sheet) -> SheetPatch | None:
        if sheet.part is None:
            return None
        if sheet.name not in self.patches:
            self.patches[sheet.name] = SheetPatch(self.package, sheet.part, self.grid.date_1904)
        return self.patches[sheet.name]

    def write(self, edit: MergedEdit) -> str:
        """Write one edit. Returns why the cell refused it, else nothing."""
        sheet = self.grid.sheet(edit.sheet)
        patch, place = self.patch(sheet), position(edit.cell)
        if patch is None:
            return "the sheet holds no cells"
        if sheet.formula(*place) is not None:
            return "the cell holds a formula in the original workbook"
        if same(sheet.value(*place), edit.after):
            return ""  # a corrected cell that was put back
        try:
            patch.set_value(*place, edit.after)
        except CellRefused as refusal:
            return str(refusal)
        self._show(patch, sheet, place, edit.after)
        return ""

    def _show(self, patch: SheetPatch, sheet: Sheet, place: tuple[int, int], value: Value) -> None:
        """A date needs a date's number format to be seen as one, and a plain number must not have one."""
        look = sheet.style(*place)
        dated = isinstance(value, dt.datetime | dt.time)
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if (dated and look.is_date) or (not dated and not (plain and look.is_date)):
            return
        if self._styles is None:
            self._styles = Styles(self.package)
        if dated:
            code = TIME_FORMAT if isinstance(value, dt.time) else self._date_format(sheet, place[1])
            change = Change(number_format=self._styles.append_number_format(code))
        else:
            change = Change(number_format=GENERAL)
        patch.set_style(*place, self._styles.variant(patch.style(*place), change))

    def _date_format(self, sheet: Sheet, column: int) -> str:
        """How the column's other dates are shown."""
        found = (sheet.style(cell.row, column).number_format for cell in sheet.filled()
                 if cell.column == column and isinstance(cell.value, dt.datetime))  # fmt: skip
        return next((code for code in found if "y" in code.casefold()), DATE_FORMAT)

    # -- results of formulas -----------------------------------------------------------------------------------

    def refresh(self, edits: list[MergedEdit], copies: tuple[Brought, ...]) -> None:
        """Give formulas in edited rows the results that the copy shows from which all edits of the row came.

        Only where the copy holds no other changes in that row, so that its results are those of the merged row.
        """
        rows: dict[tuple[str, int], list[MergedEdit]] = {}
        for edit in edits:
            rows.setdefault((edit.sheet, position(edit.cell)[0]), []).append(edit)
        for (name, row), made in rows.items():
            wanted = {edit.cell for edit in made}
            source = next((copy for copy in copies if _changed(copy, name, row) == {position(c) for c in wanted}), None)
            if source is not None:
                self._refresh_row(self.grid.sheet(name), row, source)

    def _refresh_row(self, sheet: Sheet, row: int, source: Brought) -> None:
        alignment, patch = source.compared.alignments[sheet.name], self.patch(sheet)
        for cell in [cell for cell in sheet.filled() if cell.row == row and cell.formula is not None]:
            there = alignment.there(row, cell.column)
            now = None if there is None else alignment.copy.cells.get(there)
            if there is None or now is None or now.formula is None or now.value is None or same(now.value, cell.value):
                continue
            if not has_moved_along(cell.formula or "", (row, cell.column), now.formula, there):
                continue
            result = now.value
            if patch is None or isinstance(result, bool | CellError) or not isinstance(result, str | int | float):
                continue
            patch.set_result(row, cell.column, result)


def _changed(copy: Brought, sheet: str, row: int) -> set[tuple[int, int]]:
    differences = (each for each in copy.compared.differences if each.kind is None and each.sheet == sheet)
    return {each.place for each in differences if each.place is not None and each.place[0] == row}
