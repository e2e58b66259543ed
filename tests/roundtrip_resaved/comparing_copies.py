"""Comparing what comes off a copy with the original that had the same done to it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid
from regsheet.grid.addresses import address
from regsheet.grid.cells import Value
from regsheet.package import Package, open_package
from regsheet.pipeline import Options, annotate, examine
from regsheet.writer.strip import is_annotated, strip

OPTIONS = Options(as_of=dt.date(2024, 12, 31))
CLOSE = 1e-9

Cells = dict[tuple[str, str], object]


@dataclass
class Content:
    """What a reader of a workbook sees."""

    sheets: list[str]
    values: Cells
    formulas: Cells
    fills: Cells
    notes: Cells


def content(package: Package) -> Content:
    """The sheets of a package, in tab order, and what is in them."""
    found = Content([], {}, {}, {}, {})
    for sheet in read_grid(package).sheets:
        found.sheets.append(sheet.name)
        for (row, column), cell in sheet.cells.items():
            place = (sheet.name, cell.address)
            found.values[place], found.formulas[place] = cell.value, cell.formula
            found.fills[place] = sheet.style(row, column).fill
        for place_of_note, note in sheet.notes.items():
            found.notes[sheet.name, address(*place_of_note)] = note.text
    return found


def differences(wanted: Content, got: Content, original: Content | None = None) -> list[str]:
    """How two contents differ. A fill may also be as in ``original``, where saving it anew made it another colour."""
    wrong = [] if wanted.sheets == got.sheets else [f"sheets {got.sheets}, not {wanted.sheets}"]
    for kind in ("values", "formulas", "fills", "notes"):
        before, after = getattr(wanted, kind), getattr(got, kind)
        first = getattr(original, kind) if original and kind == "fills" else {}
        for place in sorted({*before, *after}):
            was, now = before.get(place), after.get(place)
            if not _same(was, now) and not (place in first and first[place] == now):
                wrong.append(f"{kind} {place}: {now!r}, not {was!r}")
    return wrong


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= CLOSE * max(1.0, abs(one))
    return one == other


def findings(path: Path) -> list[tuple[str, str, str, str, str]] | str:
    """What a check reports, or that it refuses."""
    try:
        report = examine(path, OPTIONS)
    except RegsheetError as error:
        return type(error).__name__
    return sorted((f.code, f.sheet, f.cell or "", f.message, f.status) for f in report.settled.findings)


def faults(plain: Path, copy: Path, original: Path | None = None) -> list[str]:
    """What is wrong with a copy that was annotated and then edited, beside the original that was edited alike."""
    package = open_package(copy)
    if not is_annotated(package):
        return ["not known as annotated"]
    bare = strip(package)
    first = content(open_package(original)) if original else None
    wrong = differences(content(open_package(plain)), content(bare.package), first)
    if is_annotated(Package(bare.package.to_bytes(), "bare.xlsx")):
        wrong.append("something of ours is left")
    before, after = findings(plain), findings(copy)
    if before != after:
        wrong.append(f"check: {before} became {after}")
    return wrong


def stacked(plain: Path, copy: Path, folder: Path, original: Path | None = None) -> list[str]:
    """What annotating the copy again gives other than annotating the plain one: nothing may be there twice."""
    results = []
    for kind, path in (("plain", plain), ("copy", copy)):
        target = folder / kind / "again.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        named = folder / kind / plain.name
        named.write_bytes(path.read_bytes())
        annotate(named, target, OPTIONS, force=True)
        results.append(content(open_package(target)))
    once, twice = results
    for result in results:  # the summary and the change log name the file's hash, and its record holds the looks
        for place in [place for place, value in result.values.items() if _is_of_the_file(value)]:
            del result.values[place]
    first = content(open_package(original)) if original else None
    return differences(once, twice, first)


def _is_of_the_file(value: object) -> bool:
    return isinstance(value, str) and (value.startswith("Kept for regsheet") or len(value) == 64)
