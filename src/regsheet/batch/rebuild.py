"""Makes a lost ledger again from the annotated workbooks of each quarter.

A copy holds the workbook that it is of and what people answered in it, and its Check summary names the day that it was
checked as of. So every quarter is run again, from its copies, the oldest first.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import msgspec

from regsheet.batch.crew import Pool
from regsheet.batch.gather import original_name
from regsheet.batch.request import Request, Watcher
from regsheet.batch.run import run_batch
from regsheet.changes.files import is_own_report
from regsheet.config import LoadedConfig, find_config, load_config
from regsheet.errors import BatchError, PackageError
from regsheet.grid import read_grid
from regsheet.grid.cells import Sheet
from regsheet.ledger import Ledger
from regsheet.ledger.quarters import quarter_key
from regsheet.outcome.records import Outcome, Run
from regsheet.package import open_package
from regsheet.pipeline import Options
from regsheet.values.dates import read_periods
from regsheet.values.text import one_line
from regsheet.writer.mark import read_mark
from regsheet.writer.sheets.wording import wording
from regsheet.writer.strip import is_annotated

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""What an annotated workbook's name may end in."""

ANOTHER_CONFIGURATION = (
    "The workbooks in {folder} were checked with another configuration than {configuration}; what is found in them may "
    "differ from what was found then. Name the configuration with --config."
)
NOTHING_FROM_OTHERS = (
    "Workbooks that could only be checked (.csv, .xls, .xlsb, .ods) leave no copy and are not in the ledger; to have "
    "them in it, run 'regsheet batch' on the quarter's workbooks again."
)


@dataclass(slots=True)
class Quarter:
    """The annotated workbooks of one output folder: paths within it, to the day that each was checked as of."""

    folder: Path
    days: dict[str, dt.date] = field(default_factory=dict)
    configurations: set[str] = field(default_factory=set)

    @property
    def as_of(self) -> dt.date:
        """The day that the run was as of: the last that any of its workbooks names."""
        return max(self.days.values())


def rebuild(path: Path, folders: Sequence[Path], config_path: Path | None = None, *, jobs: int = 1,
            watcher: Watcher | None = None) -> list[str]:  # fmt: skip
    """Make a ledger from the output folders of one quarter each. Gives what there is to say of it, in sentences.

    Raises ``BatchError`` where a ledger is there already, or a folder holds no annotated workbooks or those of several
    quarters; nothing is written then.
    """
    if path.exists():
        raise BatchError(f"{path} is there already; move it away first, or name another file.")
    quarters = sorted((_quarter(folder) for folder in folders), key=lambda quarter: quarter.as_of)
    for one, other in pairwise(quarters):
        if quarter_key(one.as_of) == quarter_key(other.as_of):
            raise BatchError(f"{one.folder} and {other.folder} are of the same quarter; name one of them.")
    said: list[str] = []
    with tempfile.TemporaryDirectory(prefix="regsheet-") as place, Pool(jobs) as crew:
        room, previous = Path(place), None
        for number, quarter in enumerate(quarters):
            originals = room / f"{number}"
            outputs = _laid_out(quarter, originals)
            configuration = load_config(config_path or find_config(quarter.folder / "workbook"))
            said += _remarks(quarter, configuration)
            request = Request(
                (str(originals),), room / f"{number}-output", room / "ledger.db",
                Options(as_of=quarter.as_of, configuration=configuration), previous,
            )  # fmt: skip
            run = run_batch(request, crew, watcher).run
            with Ledger(request.ledger) as ledger:
                ledger.record(_as_then(run, outputs))
            said.append(_summary(quarter, run))
            previous = originals
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(room / "ledger.db", path)
    return [*said, NOTHING_FROM_OTHERS]


def _quarter(folder: Path) -> Quarter:
    if not folder.is_dir():
        raise BatchError(f"{folder} is no folder; name the output folder of each quarter.")
    found = Quarter(folder)
    for file in _workbooks(folder):
        seen = _seen(folder / file)
        if seen is not None:
            found.days[file], configuration = seen
            found.configurations.add(configuration)
    if not found.days:
        raise BatchError(f"{folder} holds no annotated workbook; name the output folder of each quarter.")
    by_quarter = {quarter_key(day): file for file, day in found.days.items()}
    if len(by_quarter) > 1:
        names = " and ".join(f"“{file}”" for file in list(by_quarter.values())[:2])
        raise BatchError(f"{folder} holds workbooks of several quarters, such as {names}; put those of each quarter "
                         "into a folder of their own.")  # fmt: skip
    return found


def _workbooks(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from ((Path(place) / name).relative_to(folder).as_posix() for name in sorted(names)
                    if name.lower().endswith(ENDINGS) and not name.startswith((".", "~$"))
                    and not is_own_report(Path(place) / name))  # fmt: skip


def _seen(path: Path) -> tuple[dt.date, str] | None:
    """The day that an annotated workbook was checked as of, and the hash of the configuration; None for any other."""
    try:
        package = open_package(path)
        mark = read_mark(package)
        if mark is None or not is_annotated(package):
            return None
        sheets = [sheet for sheet in read_grid(package).sheets if sheet.name in mark.sheets]
    except PackageError:
        return None
    words = wording("summary")
    for sheet in sheets:
        said = _labelled(sheet)
        periods = read_periods(said.get(words["as_of"], ""))
        if periods and periods[0].end is not None:
            return periods[0].end, said.get(words["configuration_sha256"], "")
    return None


def _labelled(sheet: Sheet) -> dict[str, str]:
    """What stands beside each label in the first column; the first of a name counts."""
    found: dict[str, str] = {}
    for cell in sheet.filled():
        if cell.column == 1 and isinstance(cell.value, str):
            found.setdefault(one_line(cell.value), one_line(sheet.value(cell.row, 2)))
    return found


def _laid_out(quarter: Quarter, folder: Path) -> dict[str, str]:
    """Copy the workbooks to where they are called as they were before; gives each one's path in the output folder."""
    outputs: dict[str, str] = {}
    for file in quarter.days:
        name = original_name(file)
        name = file if name in outputs else name
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(quarter.folder / file, target)
        outputs[name] = file
    return outputs


def _as_then(run: Run, outputs: dict[str, str]) -> Run:
    """The run as it was: over the workbooks that were annotated, into the copies that are there."""
    return msgspec.structs.replace(run, outcomes=tuple(_outcome(outcome, outputs) for outcome in run.outcomes))


def _outcome(outcome: Outcome, outputs: dict[str, str]) -> Outcome:
    return msgspec.structs.replace(outcome, sha256=outcome.source_sha256, output=outputs.get(outcome.file, ""))


def _remarks(quarter: Quarter, configuration: LoadedConfig) -> Iterator[str]:
    if quarter.configurations - {"", configuration.sha256}:
        yield ANOTHER_CONFIGURATION.format(folder=quarter.folder, configuration=configuration.name)


def _summary(quarter: Quarter, run: Run) -> str:
    read = sum(outcome.stage != "failed" for outcome in run.outcomes)
    workbooks = f"{read} workbook{'' if read == 1 else 's'}"
    day = quarter.as_of
    text = f"{quarter.folder}: {workbooks} as of {day.day} {day:%B %Y}."
    return text + "".join(f" {outcome.file} could not be read: {outcome.reason}"
                          for outcome in run.outcomes if outcome.stage == "failed")  # fmt: skip
