"""Which sheet of a copy is which sheet as sent: by name, by what ours are, by content."""

from __future__ import annotations

from regsheet.grid.cells import Grid, Sheet
from regsheet.layout.tables import Layout
from regsheet.merge.alignment import Alignment, Hints
from regsheet.merge.columns import match_columns
from regsheet.merge.copies import Workbook
from regsheet.merge.findings_sheet import findings_columns
from regsheet.merge.rows import match_rows
from regsheet.merge.values import cell_key

ALIKE = 0.5
"""From this share of equal contents on, a sheet under another name is the same one."""


def match_sheets(sent: Workbook, copy: Workbook) -> dict[str, str]:
    """Names as sent to names in the copy."""
    here, there = _worksheets(sent.grid), _worksheets(copy.grid)
    found: dict[str, str] = {}
    folded = {sheet.name.casefold(): sheet.name for sheet in there}
    for sheet in here:
        if (name := folded.get(sheet.name.casefold())) is not None:
            found[sheet.name] = name
    for name, section in sent.ours.items():
        rest = [other for other, kind in copy.ours.items() if kind == section and other not in found.values()]
        if name not in found and rest:
            found[name] = rest[0]
    _by_content([s for s in here if s.name not in found], [s for s in there if s.name not in found.values()], found)
    return found


def _worksheets(grid: Grid) -> list[Sheet]:
    return [sheet for sheet in grid.sheets if sheet.kind in {"worksheet", "macrosheet"}]


def _by_content(here: list[Sheet], there: list[Sheet], found: dict[str, str]) -> None:
    keys = {sheet.name: {cell_key(cell) for cell in sheet.filled()} for sheet in (*here, *there)}
    pairs = [
        (len(keys[one.name] & keys[other.name]) / max(len(keys[one.name] | keys[other.name]), 1), one, other)
        for one in here
        for other in there
    ]
    for share, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1].position, pair[2].position)):
        if share >= ALIKE and one.name not in found and other.name not in found.values():
            found[one.name] = other.name


def align_sheets(sent: Workbook, copy: Workbook, layout: Layout) -> dict[str, Alignment]:
    """For each sheet as sent that the copy has, where its rows and columns are now."""
    names = match_sheets(sent, copy)
    return {
        here: align(sent.grid.sheet(here), copy.grid.sheet(there), layout, sent.ours.get(here))
        for here, there in names.items()
    }


def align(sent: Sheet, copy: Sheet, layout: Layout, section: str | None = None) -> Alignment:
    """One sheet as sent beside the same one of a copy. ``section`` is what it is where it is one of ours."""
    hints = Hints.of(sent, layout)
    header = hints.header
    if section == "findings" and (findings := findings_columns(sent)) is not None:
        header = findings.header  # columns of answers, blank as sent, are known by their headings alone
    columns = match_columns(sent, copy, header)
    return Alignment(sent, copy, match_rows(sent, copy, columns, hints), columns)
