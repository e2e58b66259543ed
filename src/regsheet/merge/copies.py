"""The workbook that was sent and the copies that came back, opened and read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid
from regsheet.grid.cells import Grid
from regsheet.package import Package
from regsheet.package.opening import read_file
from regsheet.writer.mark import read_mark
from regsheet.writer.strip import is_annotated
from regsheet.writer.traces import our_sheets
from regsheet.writer.witness import read_witness


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it is, our annotation still on it. ``ours`` maps the names of our sheets to their sections.

    ``redacted``: it is annotated and has no record of that, so hidden sheets and notes were taken out of it before it
    was sent. Programs that save a workbook anew keep one of the two records.
    """

    path: Path
    sha256: str
    package: Package
    grid: Grid
    ours: dict[str, str]
    annotated: bool
    redacted: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """A copy that came back: what it is called in reports, and the workbook; else why it could not be read."""

    name: str
    path: Path
    sha256: str
    book: Workbook | None
    why: str = ""


def read_workbook(path: Path, known: Iterable[str] = ()) -> Workbook:
    """Open and read an .xlsx or .xlsm. ``known`` are the names of our sheets in the workbook that was sent.

    Raises ``RegsheetError``; for other formats too, since their notes and formulas cannot be read.
    """
    data = read_file(path)
    package = Package(data, path.name, path)
    grid = read_grid(package)
    mark = read_mark(package)
    ours = our_sheets(grid, (*known, *(mark.sheets if mark else ())))
    annotated = is_annotated(package, grid)
    redacted = bool(ours) and mark is None and read_witness(grid) is None
    return Workbook(path, hashlib.sha256(data).hexdigest(), package, grid, ours, annotated, redacted)


def read_copies(paths: Iterable[Path], sent: Workbook) -> list[Returned]:
    """Every copy, in an order that does not depend on how they were given. None of them stops the others."""
    unique = {path.resolve(): path for path in paths}.values()
    counts = Counter(path.name for path in unique)
    found = [_read(path, _name(path, counts), sent) for path in unique]
    return sorted(found, key=lambda copy: (copy.name, copy.sha256, str(copy.path)))


def _name(path: Path, counts: Counter[str]) -> str:
    """A copy's file name, with its folder where several are called alike."""
    return path.name if counts[path.name] == 1 else f"{path.parent.name}/{path.name}"


def _read(path: Path, name: str, sent: Workbook) -> Returned:
    try:
        book = read_workbook(path, sent.ours)
    except RegsheetError as error:
        return Returned(name, path, "", None, str(error))
    return Returned(name, path, book.sha256, book)
