"""One workbook there and back: kept, refused or lost, beside what openpyxl's load and save keeps of it."""

import datetime as dt
import io
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from losses import losses
from reading_back import changed

from regsheet.doctor.places import Places
from regsheet.doctor.trial import write_trial
from regsheet.errors import PackageError
from regsheet.grid.addresses import position
from regsheet.package import Package
from regsheet.writer.strip import strip

DAY = dt.date(2024, 12, 31)
Judge = Callable[[bytes, bytes], list[str]]
"""Compares a workbook before and after; says what is wrong."""


@dataclass(frozen=True)
class Measured:
    """The outcome for one file: why it was refused or what was lost; and whether openpyxl keeps all of it."""

    file: str
    refused: str
    wrong: tuple[str, ...]
    openpyxl_keeps: bool


def tried(data: bytes, name: str = "workbook.xlsx") -> tuple[bytes, set[tuple[str, int, int]]]:
    """A trial of a workbook in memory: the result, and the cells that were given a value."""
    package = Package(data, name)
    places, _ = write_trial(package, Path(name), DAY)
    return package.to_bytes(), _written(places)


def _written(places: Places) -> set[tuple[str, int, int]]:
    if places.sheet is None or places.value is None:
        return set()
    return {(places.sheet.name, *position(places.value))}


def faults(data: bytes, name: str = "workbook.xlsx", judges: Sequence[Judge] = ()) -> list[str]:
    """What is wrong with a trial of a workbook: losses, cells that read otherwise, an original that does not return."""
    after, written = tried(data, name)
    found = [
        *losses(data, after),
        *changed(data, after, written),
        *(what for judge in judges for what in judge(data, after)),
    ]
    stripped = strip(Package(after, name))
    if (
        not stripped.exact
        or losses(data, stripped.package.to_bytes())
        or _contents(stripped.package) != _contents(Package(data, name))
    ):
        found.append("taking it off does not give the original back")
    return found


def _contents(package: Package) -> list[tuple[str, bytes]]:
    return [(name, package.blob(name)) for name in package.names]


def measure(path: Path, judges: Sequence[Judge] = ()) -> Measured:
    """Try one file."""
    data = path.read_bytes()
    try:
        return Measured(path.name, "", tuple(faults(data, path.name, judges)), openpyxl_keeps(data))
    except PackageError as error:
        return Measured(path.name, str(error), (), openpyxl_keeps(data))


class _Lasting(io.BytesIO):
    """A stream that outlives an archive which openpyxl leaves half written."""

    def close(self) -> None:
        """Stay open."""


def openpyxl_keeps(data: bytes) -> bool:
    """Whether openpyxl loads and saves a workbook without loss, though it change nothing.

    It is asked to keep what it can. That it writes the document's properties anew is not held against it.
    """
    stream, has_macros = _Lasting(), b"vbaProject.bin" in data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            openpyxl.load_workbook(io.BytesIO(data), keep_vba=has_macros, rich_text=True).save(stream)
    except Exception:  # noqa: BLE001 - it fails in many ways, and each is a workbook not kept
        return False
    return not [what for what in losses(data, stream.getvalue()) if not what.startswith("docProps/")]


def table(rows: Iterable[tuple[str, Sequence[Measured]]]) -> str:
    """The figures, a line a set of files."""
    lines = [f"{'':24}{'files':>7}{'kept':>7}{'refused':>9}{'lost':>7}{'openpyxl keeps':>17}"]
    for name, measured in rows:
        refused, lost = sum(bool(m.refused) for m in measured), sum(bool(m.wrong) for m in measured)
        kept = len(measured) - refused - lost
        by_openpyxl = sum(m.openpyxl_keeps for m in measured)
        lines.append(f"{name:24}{len(measured):7}{kept:7}{refused:9}{lost:7}{by_openpyxl:17}")
    return "\n".join(lines)
