"""Taking off our annotation: the original exactly where the file is as we left it, else what can be recognised."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.grid import read_grid
from regsheet.grid.cells import Grid
from regsheet.package import Package
from regsheet.writer.mark import read_mark
from regsheet.writer.strip_edited import strip_edited
from regsheet.writer.strip_exact import strip_exactly
from regsheet.writer.traces import has_traces


@dataclass(frozen=True, slots=True)
class StripResult:
    """A workbook without our annotation. ``exact`` says that every part has its original bytes.

    ``remarks`` say what could not be given back, in sentences; none when ``exact``.
    """

    package: Package
    exact: bool
    remarks: tuple[str, ...] = ()


def is_annotated(package: Package, grid: Grid | None = None) -> bool:
    """Whether a workbook carries our annotation, or what a program that re-saved it has left of it.

    ``grid`` is what was read from the package, where that was done already.
    """
    return read_mark(package) is not None or has_traces(grid or read_grid(package))


def strip(package: Package) -> StripResult:
    """The workbook as it was before annotating. ``package`` itself is not changed.

    Where the file was edited or re-saved since, our sheets, notes, fills and borders are taken off where they are still
    as we set them, a corrected cell that still holds the corrected value gets its old one, and the rest stays.
    """
    mark = read_mark(package)
    if mark is not None:
        original = strip_exactly(package, mark)
        if original is not None:
            return StripResult(original, exact=True)
    stripped, remarks = strip_edited(package, mark)
    return StripResult(stripped, exact=False, remarks=remarks)
