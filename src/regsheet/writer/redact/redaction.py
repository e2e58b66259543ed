"""The order of the work, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from regsheet.errors import OutputError
from regsheet.grid import read_grid
from regsheet.package import Package
from regsheet.writer.calculation import drop_chain
from regsheet.writer.redact.formats import drop_formats
from regsheet.writer.redact.formulas import formulas_to_values
from regsheet.writer.redact.links import drop_links, drop_sheet_links
from regsheet.writer.redact.names import doomed_names, drop_names
from regsheet.writer.redact.notes import drop_notes
from regsheet.writer.redact.ours import blank_rows, drop_record, sheets_that_tell
from regsheet.writer.redact.pictures import charts_to_values
from regsheet.writer.redact.pivots import drop_pivots
from regsheet.writer.redact.properties import drop_properties
from regsheet.writer.redact.speaking import Doomed
from regsheet.writer.redact.strings import blank_unused_strings
from regsheet.writer.sheets.names import is_one_of_ours
from regsheet.writer.sheets.texts import count_words
from regsheet.writer.strip_sheets import remove_sheets
from regsheet.writer.traces import our_sheets

DATA_MODEL = (
    "“{name}” holds a data model (Power Pivot), which cannot be taken out without breaking it; "
    "save a copy without it and run again, or leave --redact out."
)
ALL_HIDDEN = "Every sheet of “{name}” is hidden, so nothing would be left of it; show the sheets that may be seen."
SHEETS = "Dropped {count}: {names}."
TELLING = "Dropped {names}, because {it} told what the hidden sheets hold."
NOTES = "Dropped {count} of other people."
PROPERTIES = "Dropped the document's properties: {names}."
LINKS = "Dropped {count} and what came from it."
VALUES = "{count} pointed at what was dropped; the value stays."
FORMATS = "Dropped {count} that pointed at what was dropped."
PIVOTS = "Dropped {count} whose data was dropped; the figures stay."
RECORD = "Dropped the record that 'regsheet strip' reads: the original cannot be had from this copy."
MACROS = "The macros stay; look through them before the file leaves the house."
EMBEDDED = "Embedded files stay; look through them before the file leaves the house."


def redact(package: Package) -> tuple[str, ...]:
    """Drop from a workbook, in place, what its reader does not see. Says what was dropped, a sentence each.

    Hidden sheets, other people's notes, properties, links to other workbooks, and our own record for ``strip``. Hidden
    rows and columns of a sheet that is seen stay. Raises ``OutputError`` where that cannot be done safely.
    """
    if any(name.lower().startswith("xl/model/") for name in package.names):
        raise OutputError(DATA_MODEL.format(name=package.file))
    grid = read_grid(package)
    ours = our_sheets(grid, [sheet.name for sheet in grid.sheets if is_one_of_ours(sheet.name)])
    hidden = [sheet for sheet in grid.sheets if sheet.state != "visible" and ours.get(sheet.name) != "findings"]
    seen = [sheet for sheet in grid.sheets if sheet.state == "visible" and sheet.name not in ours]
    if hidden and not seen:
        raise OutputError(ALL_HIDDEN.format(name=package.file))
    telling = sheets_that_tell(package, grid, ours, {sheet.name for sheet in hidden})
    said: list[str] = []
    if hidden:
        said.append(
            SHEETS.format(count=count_words(len(hidden), "hidden sheet"), names=_quoted(s.name for s in hidden))
        )
    if telling:
        it = "it" if len(telling) == 1 else "they"
        said.append(TELLING.format(names=_quoted(telling), it=it))
    doomed = Doomed.of(grid, {*(sheet.name for sheet in hidden), *telling})
    doomed = doomed.with_names(doomed_names(package, doomed))
    kept = [sheet.part for sheet in grid.sheets if sheet.name not in doomed.sheets and sheet.part in package]
    blank_rows(package, grid, ours, {sheet.name for sheet in hidden})
    values = sum(formulas_to_values(package, part, doomed) for part in kept if part)
    formats = sum(drop_formats(package, grid, part, doomed) for part in kept if part)
    for part in kept:
        drop_sheet_links(package, part or "", doomed)
    charts_to_values(package, doomed)
    pivots = drop_pivots(package, doomed)
    drop_names(package, doomed)
    links = drop_links(package)
    notes = sum(drop_notes(package, part) for part in kept if part)
    properties = drop_properties(package, [part for part in kept if part])
    record = drop_record(package, grid, ours)
    remove_sheets(package, set(doomed.sheets))
    drop_chain(package)
    blank_unused_strings(package)
    counts = (
        (links, LINKS, "link to another workbook", "links to other workbooks"), (values, VALUES, "formula", None),
        (formats, FORMATS, "format or drop-down list", "formats or drop-down lists"),
        (pivots, PIVOTS, "pivot table", None), (notes, NOTES, "note", None),
    )  # fmt: skip
    said += [text.format(count=count_words(number, one, many)) for number, text, one, many in counts if number]
    if properties:
        said.append(PROPERTIES.format(names=", ".join(properties)))
    said += [RECORD] * record
    return (*said, *_remarks(package))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _remarks(package: Package) -> list[str]:
    lower = [name.lower() for name in package.names]
    remarks = [MACROS] * any(name.endswith("vbaproject.bin") for name in lower)
    return remarks + [EMBEDDED] * any("/embeddings/" in name for name in lower)
