"""Where a trial writes: the first worksheet's first free cell of row 1, and its first used cell."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.doctor.wording import wording
from regsheet.grid.addresses import address
from regsheet.grid.cells import Grid, Sheet
from regsheet.limits import MAX_COLUMNS
from regsheet.package import Package
from regsheet.writer.cell_patch import SheetPatch


@dataclass(frozen=True, slots=True)
class Places:
    """The sheet and the addresses; None where there is no such sheet or cell. ``fill`` is unlike the cell's own."""

    sheet: Sheet | None = None
    value: str | None = None
    look: str | None = None
    fill: str = ""


def choose_places(package: Package, grid: Grid) -> Places:
    """The places of a trial. A sheet without content has one cell for all: the free one."""
    sheet = next((sheet for sheet in grid.sheets if sheet.kind == "worksheet" and sheet.part is not None), None)
    if sheet is None or sheet.part is None:
        return Places()
    patch = SheetPatch(package, sheet.part, grid.date_1904)
    free = next((column for column in range(1, MAX_COLUMNS + 1) if _is_free(patch, sheet, column)), None)
    value = None if free is None else address(1, free)
    used = min(((cell.row, cell.column) for cell in sheet.filled()), default=None)
    if used is not None:
        # What a merge covers is not to be seen: its first cell stands for it.
        used = patch.anchor(*used)
    look = value if used is None else address(*used)
    words = wording("trial")
    own = None if used is None else sheet.style(*used).fill
    return Places(sheet, value, look, words["other_fill"] if own == words["fill"] else words["fill"])


def _is_free(patch: SheetPatch, sheet: Sheet, column: int) -> bool:
    """Whether a cell of row 1 holds nothing, is not covered by a merge, and may be written."""
    cell = sheet.cells.get((1, column))
    if cell is not None and (cell.value is not None or cell.formula is not None):
        return False
    return patch.merge_at(1, column) is None and patch.refusal(1, column) is None
