"""One copy beside the workbook that was sent: everything it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regsheet.grid.cells import Sheet
from regsheet.layout.tables import Layout
from regsheet.merge.alignment import Alignment, Hints
from regsheet.merge.copies import Workbook
from regsheet.merge.differences import (
    Difference,
    cell_differences,
    column_differences,
    looks_changed,
    row_differences,
    sheet_text,
)
from regsheet.merge.findings_sheet import findings_columns
from regsheet.merge.notes import note_differences
from regsheet.merge.shapes import shape_differences
from regsheet.merge.sheets import align_sheets
from regsheet.merge.values import same

LEAST_FOUND = 0.2
"""A workbook that holds a smaller share of the risks that were sent is no copy of it."""

FEW = 5
"""So few risks may all have been rewritten: then the headings decide."""

MOST_ROWS = 500
"""Rows of a new sheet that are reported one by one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a copy says otherwise. ``is_copy`` is false where hardly a risk that was sent is in it.

    ``alignments`` say, by the name of each sheet as sent, where its rows and columns are now.
    """

    differences: tuple[Difference, ...]
    alignments: dict[str, Alignment]
    looks: int
    is_copy: bool


def compare(sent: Workbook, copy: Workbook, layout: Layout) -> Compared:
    """Compare a copy with the workbook that was sent. ``layout`` is that of the sent workbook."""
    by_sheet = align_sheets(sent, copy, layout)
    if not _is_copy(by_sheet, layout):
        return Compared((), by_sheet, 0, is_copy=False)
    found: list[Difference] = list(_sheet_differences(sent, copy, by_sheet))
    looks = 0
    for name, alignment in by_sheet.items():
        if name in sent.ours:
            found += _typed_on_ours(name, sent.ours[name], alignment, by_sheet)
            continue
        hints = Hints.of(alignment.sent, layout)
        found += cell_differences(name, alignment, by_sheet)
        found += row_differences(name, alignment, hints)
        found += column_differences(name, alignment, hints)
        found += note_differences(name, alignment)
        looks += looks_changed(alignment)
    found += shape_differences(sent.package, copy.package)
    if copy.redacted and not sent.redacted:
        found = [each for each in found if not _was_left_out(each, sent)]
    return Compared(tuple(found), by_sheet, looks, is_copy=True)


def _was_left_out(difference: Difference, sent: Workbook) -> bool:
    """Whether something is not in a copy because it was taken out before the copy was sent."""
    if difference.kind == "note removed":
        return True
    if difference.kind == "sheet removed":
        return sent.grid.sheet(difference.sheet).state != "visible"
    replaced = difference.formula_before is not None and difference.formula is None
    return difference.kind is None and replaced and same(difference.before, difference.after)


def _is_copy(by_sheet: dict[str, Alignment], layout: Layout) -> bool:
    rows = [(table.sheet, row) for kind in ("register", "assurance-map") for table in layout.of_kind(kind)
            for row in table.rows]  # fmt: skip
    there = sum(sheet in by_sheet and row in by_sheet[sheet].rows for sheet, row in rows)
    if len(rows) <= FEW:
        headed = [Hints.of(each.sent, layout).header in each.rows for each in by_sheet.values()]
        return any(headed) or there > 0
    return bool(by_sheet) and there >= LEAST_FOUND * len(rows)


def _sheet_differences(sent: Workbook, copy: Workbook, by_sheet: dict[str, Alignment]) -> Iterator[Difference]:
    """Sheets that are gone, new, or called otherwise."""
    known = {alignment.copy.name for alignment in by_sheet.values()}
    for name, alignment in by_sheet.items():
        if name not in sent.ours and alignment.copy.name != name:
            yield Difference("sheet renamed", name, None, name, alignment.copy.name, mark=alignment.copy.name)
    for sheet in sent.grid.sheets:
        if sheet.name not in by_sheet and sheet.name not in sent.ours and sheet.kind in {"worksheet", "macrosheet"}:
            yield Difference("sheet removed", sheet.name, None, sheet.name, None)
    for sheet in copy.grid.sheets:
        if sheet.name not in known and sheet.name not in copy.ours:
            yield from _sheet_added(sheet)


def _sheet_added(sheet: Sheet) -> Iterator[Difference]:
    lines = sheet_text(sheet)
    if len(lines) > MOST_ROWS:
        lines = [*lines[:MOST_ROWS], f"and {len(lines) - MOST_ROWS:,} rows more; see the copy"]
    for line in lines or ["(an empty sheet)"]:
        yield Difference("sheet added", sheet.name, None, None, line, mark=line)


def _typed_on_ours(
    name: str, section: str, alignment: Alignment, by_sheet: dict[str, Alignment]
) -> Iterator[Difference]:
    """What people typed on one of our sheets, other than the answers; what they cleared there is made afresh anyway."""
    columns = findings_columns(alignment.sent) if section == "findings" else None
    for difference in cell_differences(name, alignment, by_sheet):
        if difference.formula is not None and difference.formula_before is not None:
            continue
        if same(difference.after, None) or same(difference.after, difference.before) or difference.place is None:
            continue
        row, column = difference.place
        is_answer = columns is not None and column in columns.answers and row != columns.header
        if columns is None or not is_answer or alignment.sent.value(row, columns.rule) is None:
            yield difference
    hints = Hints((), frozenset(), None, None, None, {})
    yield from (each for each in row_differences(name, alignment, hints) if each.kind == "row added")
    yield from (each for each in column_differences(name, alignment, hints) if each.kind == "column added")
    yield from (each for each in note_differences(name, alignment) if each.kind != "note removed")
