"""A trial of the round trip on any workbook: a value, a fill, a note and two sheets into a copy of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from regsheet.doctor.places import Places, choose_places
from regsheet.doctor.trial_report import trial_report
from regsheet.doctor.wording import wording
from regsheet.errors import OutputError
from regsheet.grid import read_grid
from regsheet.package import Package, open_package
from regsheet.pipeline import output_path
from regsheet.writer.annotate import AnnotateResult, annotate
from regsheet.writer.graft.loose import LooseSheets
from regsheet.writer.report import Report
from regsheet.writer.sheets import sheets_to_graft
from regsheet.writer.sheets.names import SheetNames
from regsheet.writer.strip import is_annotated, strip

SHEETS = ("findings", "heatmap")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial wrote: the addresses (None where there was no such cell), the sheets, and all of it in sentences."""

    path: Path
    sheet: str | None
    value: str | None
    look: str | None
    noted: bool
    sheets: tuple[str, ...]
    sentences: tuple[str, ...]


def trial(path: Path, output: Path, *, as_of: dt.date | None = None, force: bool = False) -> Trial:
    """Write the copy. The workbook itself is never changed.

    Raises ``PackageError`` where the workbook is damaged or encrypted, ``OutputError`` where the copy may not be
    written or would not hold everything that the workbook holds.
    """
    target = output_path(path, output, "trial")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already; give another name, or --force to replace it.")
    package = open_package(path)
    package, was_annotated = _bare(package)
    places, done = write_trial(package, path, as_of or dt.date.today())
    package.save(target)
    sentences = [wording("trial")["said"]["stripped"]] if was_annotated else []
    sentences += _sentences(places, done)
    noted = places.look is not None and not done.without_note
    name = None if places.sheet is None else places.sheet.name
    return Trial(target, name, places.value, places.look, noted, done.sheets, tuple(sentences))


def write_trial(package: Package, path: Path, as_of: dt.date) -> tuple[Places, AnnotateResult]:
    """Annotate a package in memory as a trial; the caller saves it. ``path`` is the file's, for its name."""
    grid = read_grid(package)
    places = choose_places(package, grid)
    sha256 = hashlib.sha256(package.source_bytes).hexdigest()
    report = trial_report(path, sha256, grid, places, as_of)
    return places, annotate(package, report, grid, _build)


def _build(report: Report, names: SheetNames) -> LooseSheets:
    return sheets_to_graft(report, names, SHEETS)


def _bare(package: Package) -> tuple[Package, bool]:
    """The workbook without an annotation of ours, and whether it had one."""
    if not is_annotated(package):
        return package, False
    return strip(package).package, True


def _sentences(places: Places, done: AnnotateResult) -> list[str]:
    words = wording("trial")
    said = words["said"]
    found: list[str] = []
    if places.sheet is None:
        found.append(said["no_sheet"])
    else:
        name = places.sheet.name
        key = "no_room" if places.value is None else "value"
        found.append(said[key].format(sheet=name, cell=places.value, value=words["value"]))
        if places.look is not None:
            why = next((left.why for left in done.without_note), None)
            key = "look" if why is None else "look_only"
            found.append(said[key].format(sheet=name, cell=places.look, why=why))
    found.append(said["sheets"].format(sheets=" and ".join(f"“{name}”" for name in done.sheets)))
    return [*found, said["whole"]]
