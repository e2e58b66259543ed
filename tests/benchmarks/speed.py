"""How fast annotating and checking are: ``python tests/benchmarks/speed.py``; ``--help`` shows what may be given.

Writes registers of 14, 1,000 and 20,000 risks and measures, side by side in one run: annotating against openpyxl's
``load_workbook`` and ``save`` of the same file, checking against ``pandas.read_excel``, the commands against bare
imports. What is done of 1,000 risks is measured twice: all in one process, turn and turn about, as a batch or a server
does it; and each in processes of their own, as the first large workbook that they see. All others are in processes of
their own. Each process has imported what it needs and done the 14 risks once before the clock starts. Medians of
processor time, not of time on the wall, and of the most memory that a process held. Prints a table for the README.

``--guard`` measures all but the largest and fails where a ratio is far above what is wanted: a guard against work that
became slower unnoticed. Ratios of one run, never seconds, and with room for noise.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

SMALL, MIDDLE, LARGE = 14, 1_000, 20_000
COMMAND = (sys.executable, "-c", "from regsheet.cli.main import main; main()")
IMPORTS = "import pandas, lxml.etree, xlsxwriter, click"
NEW_SHEETS = ("xl/worksheets/", "xl/tables/", "xl/charts/", "xl/drawings/drawing")
MEGABYTE = 1024**2
ROOM = 1.5
"""How many times what is wanted a ratio may be before the guard fails: machines are noisy."""


@dataclass(frozen=True)
class Taken:
    """What one piece of work took: processor seconds, and the most memory of its process in bytes."""

    seconds: float
    memory: int = 0


# -- in processes of their own -------------------------------------------------------------------------------------


def _annotate(path: Path, output: Path) -> None:
    from registers import AS_OF

    import regsheet

    regsheet.annotate(path, output, as_of=AS_OF, force=True)


def _check(path: Path, _output: Path) -> None:
    from registers import AS_OF

    import regsheet

    regsheet.check(path, as_of=AS_OF)


def _openpyxl(path: Path, output: Path) -> None:
    import openpyxl

    openpyxl.load_workbook(path).save(output)


def _pandas(path: Path, _output: Path) -> None:
    import pandas as pd

    pd.read_excel(path, engine="openpyxl")


WORK: dict[str, Callable[[Path, Path], None]] = {
    "annotate": _annotate, "check": _check, "openpyxl": _openpyxl, "pandas": _pandas,
}  # fmt: skip


def do(work: str, warm: Path, path: Path, output: Path) -> None:
    """Do a piece of work, on the small workbook first, and print what it took."""
    WORK[work](warm, output)
    start = time.process_time()
    WORK[work](path, output)
    print(json.dumps([time.process_time() - start, peak_memory()]))


def do_together(rounds: int, warm: Path, path: Path) -> None:
    """Do every piece of work in one process, turn and turn about, and print the times that each took."""
    times: dict[str, list[float]] = {work: [] for work in WORK}
    for file in (warm, *[path] * rounds):
        for work, taken in times.items():
            start = time.process_time()
            WORK[work](file, path.with_name(f"{path.stem}.{work}.xlsx"))
            taken.append(time.process_time() - start)
    print(json.dumps({work: taken[1:] for work, taken in times.items()}))


def peak_memory() -> int:
    """The most memory that this process held, in bytes; what its parent held before it does not count."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


# -- side by side --------------------------------------------------------------------------------------------------


def in_child(work: str, warm: Path, path: Path) -> Taken:
    """What a piece of work takes in a process of its own."""
    output = path.with_name(f"{path.stem}.{work}.xlsx")
    command = [sys.executable, __file__, "--do", work, str(warm), str(path), str(output)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(path.parent))
    return Taken(*json.loads(done.stdout))


def in_one_child(rounds: int, warm: Path, path: Path) -> dict[str, list[Taken]]:
    """What each piece of work takes where one process does them all, turn and turn about."""
    command = [sys.executable, __file__, "--do-together", str(rounds), str(warm), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(path.parent))
    return {work: [Taken(each) for each in times] for work, times in json.loads(done.stdout).items()}


def environment(folder: Path) -> dict[str, str]:
    """Where modules stay compiled from one process to the next, as those of an installed package do."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def command_time(folder: Path, command: Sequence[str]) -> Taken:
    """The processor time of a whole command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=quiet, stderr=quiet, env=environment(folder))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def turn_about(rounds: int, *ways: Callable[[], Taken]) -> list[list[Taken]]:
    """Every way in every round, so that what slows one slows the others beside it."""
    found: list[list[Taken]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, taken in zip(ways, found, strict=True):
            taken.append(way())
    return found


def seconds(taken: Sequence[Taken]) -> float:
    """The median of the times."""
    return statistics.median(each.seconds for each in taken)


def memory(taken: Sequence[Taken]) -> float:
    """The median of the most memory."""
    return statistics.median(each.memory for each in taken)


class Table:
    """The rows of the table as they are measured. ``slower``: what each ratio is that the guard does not let pass."""

    def __init__(self) -> None:
        self.slower: list[str] = []
        print("| measured | figures | ratio | wanted |\n|---|---|---|---|")

    def row(self, what: str, ours: float, theirs: float, wanted: float, unit: str = "s") -> None:
        """A row: ours against theirs."""
        figures = f"{ours:,.2f} {unit} against {theirs:,.2f} {unit}" if unit == "s" else (
            f"{ours / MEGABYTE:,.1f} MB against {theirs / MEGABYTE:,.1f} MB"
        )  # fmt: skip
        ratio = ours / theirs
        print(
            f"| {what} | {figures} | {ratio:.2f} | {wanted:g}{'' if ratio <= wanted else ' (not reached)'} |",
            flush=True,
        )
        limit = wanted * ROOM
        if ratio > limit:
            self.slower.append(f"{what}: {ratio:.2f}, and the guard lets {limit:.2f} pass")


def sizes(source: Path, output: Path) -> tuple[int, int]:
    """How large the output is; and how large the input is with the new sheets' parts as they are packed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(output) as after:
        known = set(before.namelist())
        new = [part for part in after.infolist() if part.filename not in known and part.filename.startswith(NEW_SHEETS)]
    return output.stat().st_size, source.stat().st_size + sum(part.compress_size for part in new)


def measure(folder: Path, rounds: int, large_rounds: int) -> list[str]:
    """Measure everything and print it; gives what the guard does not let pass."""
    from registers import AS_OF, write_register

    small, middle = (write_register(folder / f"{risks}.xlsx", risks) for risks in (SMALL, MIDDLE))
    table = Table()
    works = ("annotate", "openpyxl", "check", "pandas")
    together = in_one_child(rounds, small, middle)
    ours, theirs, checked, read = turn_about(rounds, *(partial(in_child, work, small, middle) for work in works))
    annotating = f"annotate {MIDDLE:,} risks : openpyxl load and save"
    checking = f"check {MIDDLE:,} risks : pandas.read_excel"
    table.row(annotating, seconds(together["annotate"]), seconds(together["openpyxl"]), 0.6)
    table.row(f"{annotating}, first of a process", seconds(ours), seconds(theirs), 0.6)
    table.row(checking, seconds(together["check"]), seconds(together["pandas"]), 0.6)
    table.row(f"{checking}, first of a process", seconds(checked), seconds(read), 0.6)
    table.row(f"size of the output, {MIDDLE:,} risks : input and new sheets",
              *sizes(middle, folder / f"{MIDDLE}.annotate.xlsx"), 1.3, "MB")  # fmt: skip
    whole = [*COMMAND, "annotate", str(small), "-o", str(folder / "small.xlsx"), "--force", "--as-of", str(AS_OF),
             "--fail-on", "never"]  # fmt: skip
    commands = [whole, [*COMMAND, "--help"], [*COMMAND, "explain", "SC001"], [sys.executable, "-c", IMPORTS],
                [sys.executable, "-c", "import click"]]  # fmt: skip
    for command in commands:
        command_time(folder, command)  # compiles what it imports
    full, shown, explained, imports, click = turn_about(
        rounds, *(partial(command_time, folder, command) for command in commands)
    )
    table.row(f"regsheet annotate, {SMALL} risks : {IMPORTS}", seconds(full), seconds(imports), 1.5)
    table.row("regsheet --help : import click", seconds(shown), seconds(click), 2)
    table.row("regsheet explain SC001 : import click", seconds(explained), seconds(click), 2)
    if not large_rounds:
        return table.slower
    large = write_register(folder / f"{LARGE}.xlsx", LARGE)
    big, their_big = turn_about(large_rounds, *(partial(in_child, work, small, large) for work in works[:2]))
    table.row(f"annotate {LARGE:,} risks : openpyxl load and save", seconds(big), seconds(their_big), 0.6)
    table.row(f"annotate {LARGE:,} risks : {MIDDLE:,} risks", seconds(big), seconds(ours), 21)
    table.row(f"most memory, {LARGE:,} risks : openpyxl load and save", memory(big), memory(their_big), 0.7, "MB")
    return table.slower


def main() -> None:
    """Measure and print, or do one piece of work in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all but the largest [default: 5]")
    parser.add_argument("--large", type=int, default=3, help="rounds of the largest [default: 3]")
    parser.add_argument("--without-large", action="store_true", help="leave out the 20,000 risks")
    parser.add_argument("--guard", action="store_true", help="fail where a ratio became far worse; not the largest")
    parser.add_argument("--do", nargs=4, metavar=("WORK", "SMALL", "FILE", "OUTPUT"), help=argparse.SUPPRESS)
    parser.add_argument("--do-together", nargs=3, metavar=("ROUNDS", "SMALL", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.do:
        work, warm, path, output = given.do
        do(work, Path(warm), Path(path), Path(output))
        return
    if given.do_together:
        times, warm, path = given.do_together
        do_together(int(times), Path(warm), Path(path))
        return
    with tempfile.TemporaryDirectory() as folder:
        slower = measure(Path(folder), given.rounds, 0 if given.without_large or given.guard else given.large)
    if given.guard and slower:
        sys.exit("\n".join(slower))


if __name__ == "__main__":
    main()
