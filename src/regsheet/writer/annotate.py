"""The writer's whole job: corrected values, colours, notes and new sheets into the workbook, the mark last, proved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regsheet.grid.addresses import Area, address, position
from regsheet.grid.cells import Grid, Sheet
from regsheet.package import Package
from regsheet.rules.findings import Finding
from regsheet.writer.calculation import chain_is_stale, drop_chain, recalculate_on_load
from regsheet.writer.cell_patch import CellRefused, SheetPatch
from regsheet.writer.comment_xml import NoteText
from regsheet.writer.delta import ChangedPart
from regsheet.writer.highlight import Cell, Flagged, flagged_cells, rating_fills
from regsheet.writer.kept_notes import KeptNotes
from regsheet.writer.mark import Mark, spelled_cells
from regsheet.writer.note_text import note_for
from regsheet.writer.notes import add_notes
from regsheet.writer.paint import Painter
from regsheet.writer.palettes import palette_of, spelled
from regsheet.writer.pieces import Kept, pieces
from regsheet.writer.records import NoteRecord, Records, know_rows
from regsheet.writer.report import Report
from regsheet.writer.seal import Before, seal
from regsheet.writer.sheets.names import SheetNames, choose_names
from regsheet.writer.styles import Styles
from regsheet.writer.verify import sheet_parts, verify
from regsheet.writer.vml import ShapeIds
from regsheet.writer.witness import place_witness

if TYPE_CHECKING:
    from regsheet.writer.graft.loose import LooseSheets

WHY_NO_NOTE = {
    "threaded comment": "the cell has a threaded comment, beside which Excel shows no note",
    "drawing": "the sheet's form controls are stored in a form that cannot be added to without loss",
}

SheetBuilder = Callable[[Report, SheetNames], "bytes | LooseSheets"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell that was left as it was: its sheet and address, and why in words."""

    sheet: str
    cell: str
    why: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.why}"


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """What annotating did. ``report`` is the report as written: corrections that a cell refused are open again.

    ``sheets`` are the names of the new sheets, ``without_note`` the flagged cells that could have no note,
    ``not_written`` the corrections that were not made.
    """

    report: Report
    sheets: tuple[str, ...]
    without_note: tuple[LeftOut, ...]
    not_written: tuple[LeftOut, ...]


def annotate(
    package: Package, report: Report, grid: Grid, build: SheetBuilder | None = None, names: SheetNames | None = None
) -> AnnotateResult:
    """Write a finished check into the package it was made from; the caller saves it.

    ``grid`` is the workbook as read from this package, before corrections. ``build`` makes the side workbook with the
    new sheets (``writer.sheets.sheets_to_graft``); None adds none. Raises ``OutputError`` where the result would not
    hold everything that the workbook held.
    """
    before, palette = Before.of(package), palette_of(package)
    names = names or choose_names(sheet.name for sheet in grid.sheets)
    work = _Work(package, grid, names)
    report, not_written = work.correct(report)
    without_note = work.note(work.colour(report))
    work.put_down()
    if chain_is_stale(package):
        drop_chain(package)
    sheets = _graft(package, build(report, names), work.shapes) if build else ()
    work.recalculate()
    written, moved = work.written, work.moved()
    mark = Mark(
        version=report.version, source_name=report.source_name, source_sha256=report.source_sha256, sheets=sheets,
        notes=work.notes, palette=spelled(palette),
    )  # fmt: skip
    work.seal(before, mark)
    del work, mark  # they are large, and told all that they know
    verify(package, before, written, moved)
    return AnnotateResult(report, sheets, tuple(without_note), tuple(not_written))


def _graft(package: Package, side: bytes | LooseSheets, shapes: ShapeIds) -> tuple[str, ...]:
    from regsheet.writer.graft import graft

    return graft(package, side, shapes)


class _Work:
    """One workbook being written on. ``changed`` says what became of its sheets, once put down.

    ``written`` are for each sheet the cells that were given a value, told of then too.
    """

    def __init__(self, package: Package, grid: Grid, names: SheetNames) -> None:
        self.package = package
        self.grid = grid
        self.names = names
        self.styles = Styles(package)
        self.records = Records()
        self.notes = KeptNotes()
        self.shapes = ShapeIds(package)
        self._painters: dict[str, Painter] = {}
        self._moved: dict[str, set[tuple[int, int]]] = {}
        self._formulas_changed = self._wrote_formulas = False
        self._cells: Iterable[bytes] = ()
        self.changed: dict[str, ChangedPart] = {}
        self.written: dict[str, set[Cell]] = {}

    def painter(self, sheet_name: str) -> Painter | None:
        """The painter of a sheet; None where there is no such worksheet."""
        if sheet_name not in self._painters:
            sheet = self._sheet(sheet_name)
            if sheet is None or sheet.part is None or sheet.kind not in {"worksheet", "macrosheet"}:
                return None
            patch = SheetPatch(self.package, sheet.part, self.grid.date_1904)
            self._painters[sheet_name] = Painter(patch, sheet, self.styles, self.records)
        return self._painters[sheet_name]

    def _sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.grid.sheets if sheet.name == name), None)

    def correct(self, report: Report) -> tuple[Report, list[LeftOut]]:
        """Write the corrections. What a cell refuses is taken back from the report."""
        refused: dict[tuple[str, str], LeftOut] = {}
        for change in report.settled.changes:
            correction = change.correction
            painter = self.painter(correction.sheet)
            if painter is None:
                continue
            place = position(correction.cell)
            if correction.after is not None or correction.formula is not None:
                try:
                    painter.correct(*place, correction)
                except CellRefused as refusal:
                    key = (correction.sheet, correction.cell)
                    refused[key] = LeftOut(correction.sheet, correction.cell, str(refusal))
                    continue
            if correction.fill:
                painter.fill({place: correction.fill})
        return (_without(report, refused) if refused else report), list(refused.values())

    def colour(self, report: Report) -> Flagged:
        """Fill the ratings by band and mark the flagged cells. Returns these."""
        ratings, flagged = rating_fills(report.settled.book), flagged_cells(report.settled.findings)
        for sheet_name, fills in ratings.items():
            painter = self.painter(sheet_name)
            if painter is not None:
                painter.fill(fills)
        for sheet_name, cells in flagged.items():
            painter = self.painter(sheet_name)
            if painter is not None:
                painter.flag(cells, ratings.get(sheet_name, {}))
        return flagged

    def note(self, flagged: Flagged) -> list[LeftOut]:
        """A note on every flagged cell. Returns those that could have none."""
        left_out: list[LeftOut] = []
        for sheet_name, cells in flagged.items():
            painter = self.painter(sheet_name)
            if painter is not None:
                left_out += self._note_sheet(painter, cells)
        return left_out

    def _note_sheet(self, painter: Painter, cells: dict[Cell, list[Finding]]) -> list[LeftOut]:
        """Put notes on the cells of a sheet; they are not flagged any more when that is done."""
        patch, sheet = painter.patch, painter.sheet
        gathered = _gathered(cells, patch.merges_among(cells))
        ends = {place: merge.last_column for place, merge in patch.merges_among(gathered).items()}

        def say(place: Cell, is_joined: bool) -> NoteText:
            note = note_for(gathered.pop(place), self.names.findings)
            self.notes.add(NoteRecord(sheet.name, address(*place), str(note), is_joined))
            return note

        outcome = add_notes(patch, list(gathered), say, self.shapes, sheet, ends)
        return [LeftOut(sheet.name, address(*place), WHY_NO_NOTE[why]) for place, why in outcome.left_out]

    def put_down(self) -> None:
        """Have done with the sheets: write them into the package, and give up what was made of them to change them."""
        self._spell_records()
        patches = [painter.patch for painter in self._painters.values()]
        for patch in patches:
            changed = patch.put_down(tell=True)
            if changed is not None:
                self.changed[patch.part] = changed
        self._moved = {patch.part: patch.moved for patch in patches}
        self._formulas_changed = any(patch.formulas_changed for patch in patches)
        self._painters.clear()
        self.package.settle()

    def _spell_records(self) -> None:
        """Spell what the mark is to say of cells; the records are given up."""
        cells = self.records.cells
        know_rows(self.records, [painter.sheet for painter in self._painters.values()])
        self._cells = Kept(pieces(spelled_cells(cells.values())))
        for (sheet, row, column), record in cells.items():
            if record.wrote_value:
                self.written.setdefault(sheet, set()).add((row, column))
        self._wrote_formulas = any(record.formula_after is not None for record in cells.values())
        cells.clear()

    def recalculate(self) -> None:
        """Have formulas worked out afresh where a value they may depend on changed."""
        if self._formulas_changed:
            drop_chain(self.package)
        if self.written and self._has_formulas():
            recalculate_on_load(self.package)

    def _has_formulas(self) -> bool:
        return self._wrote_formulas or any(True for sheet in self.grid.sheets for _ in sheet.cells.with_formulas())

    def seal(self, before: Before, mark: Mark) -> None:
        """Put the mark into the package, and a witness of it on one of our sheets."""
        if mark.sheets:
            home = self.names.change_log if self.names.change_log in mark.sheets else mark.sheets[-1]
            place_witness(self.package, sheet_parts(self.package)[home], mark, self._cells)
        seal(self.package, before, mark, self.changed, self._cells)

    def moved(self) -> dict[str, set[tuple[int, int]]]:
        """For each sheet part, the cells that took over a shared formula."""
        return self._moved


def _gathered(cells: dict[Cell, list[Finding]], merges: Mapping[Cell, Area]) -> dict[Cell, list[Finding]]:
    """The findings about each cell, those about a cell that a merge covers with those about its first."""
    if not merges:
        return cells
    gathered: dict[Cell, list[Finding]] = {}
    for place, items in cells.items():
        merge = merges.get(place)
        gathered.setdefault((merge.first_row, merge.first_column) if merge else place, []).extend(items)
    return gathered


def _without(report: Report, refused: dict[tuple[str, str], LeftOut]) -> Report:
    """The report with the refused corrections as suggestions and out of the change log."""
    settled = report.settled
    changes = tuple(
        change for change in settled.changes if (change.correction.sheet, change.correction.cell) not in refused
    )
    findings = tuple(
        replace(finding, status="suggested") if _was_refused(finding, refused) else finding
        for finding in settled.findings
    )
    return replace(report, settled=replace(settled, changes=changes, findings=findings))


def _was_refused(finding: Finding, refused: dict[tuple[str, str], LeftOut]) -> bool:
    correction = finding.correction
    if finding.status != "corrected" or correction is None:
        return False
    return (correction.sheet, correction.cell) in refused
