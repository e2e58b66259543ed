"""How a run over a folder grows: ``python tests/benchmarks/batch.py [two] [memory] [linear]``.

Builds a council of 300 registers of 15 to 60 risks in five layouts with maps, runs ``regsheet batch`` over it with one
process and with two, and prints the ratio of their times and the memory of each process over the run. Then the same
for 100 and for 1,000 workbooks, and the ratio of the times a workbook. Wall times mean something only on a computer
that does nothing else; processor times are printed beside them. Not a test: nothing fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from council import build_council

MEGABYTE = 1024**2
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
COMMAND = (sys.executable, "-c", "from regsheet.cli.main import main; main()", "batch")


@dataclass
class Process:
    """What was seen of one process: processor seconds, and its memory at each look."""

    seconds: float = 0.0
    memory: list[tuple[float, int]] = field(default_factory=list)


@dataclass
class Measured:
    """One run: wall seconds, and its processes by number; the first is the one that was started."""

    wall: float
    processes: dict[int, Process]
    first: int

    @property
    def processor(self) -> float:
        """Processor seconds of all processes."""
        return sum(process.seconds for process in self.processes.values())

    @property
    def workers(self) -> list[Process]:
        """The processes that did most of the work."""
        others = [process for pid, process in self.processes.items() if pid != self.first]
        most = max((process.seconds for process in others), default=0.0)
        return [process for process in others if process.seconds > most / 4]


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()]  # fmt: skip
    except OSError:
        return []


def _look(pid: int, seen: dict[int, Process], began: float) -> None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return
    process = seen.setdefault(pid, Process())
    process.seconds = (int(fields[11]) + int(fields[12])) / TICKS
    process.memory.append((time.monotonic() - began, resident))
    for child in _children(pid):
        _look(child, seen, began)


def run(folder: Path, output: Path, jobs: int) -> Measured:
    """Run over a folder from nothing, and watch its processes."""
    shutil.rmtree(output.parent, ignore_errors=True)
    seen: dict[int, Process] = {}
    began = time.monotonic()
    command = [
        *COMMAND,
        str(folder),
        "-o",
        str(output),
        "--jobs",
        str(jobs),
        "--as-of",
        "2024-12-31",
        "--fail-on",
        "never",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        stop = threading.Event()

        def watch() -> None:
            while not stop.wait(0.2):
                _look(process.pid, seen, began)

        watcher = threading.Thread(target=watch)
        watcher.start()
        status = process.wait()
        stop.set()
        watcher.join()
    if status:
        raise SystemExit(f"regsheet batch ended with status {status}")
    return Measured(time.monotonic() - began, seen, process.pid)


def two_against_one(folder: Path, output: Path, workbooks: int) -> None:
    """Print how much faster two processes are."""
    one, two = (run(folder, output, jobs) for jobs in (1, 2))
    for jobs, measured in ((1, one), (2, two)):
        print(f"  {jobs} process(es): wall {measured.wall:7.1f} s, processor {measured.processor:7.1f} s, "
              f"{1000 * measured.wall / workbooks:6.0f} ms a workbook")  # fmt: skip
    print(f"  two against one: {one.wall / two.wall:.2f} times (bar 1.7)")
    main = two.processes[two.first].seconds
    print(f"  of the processor time of two, {main:.1f} s in the process that hands out the work")
    memory(two)


def memory(measured: Measured) -> None:
    """Print the memory of each worker: its peak, and the peaks of the thirds of its life."""
    for process in measured.workers:
        peak = max(size for _, size in process.memory) / MEGABYTE
        third = max(len(process.memory) // 3, 1)
        parts = [process.memory[at * third : (at + 1) * third] for at in range(3)]
        peaks = ", ".join(f"{max(size for _, size in part) / MEGABYTE:.0f}" for part in parts if part)
        print(f"  a worker's memory: peak {peak:.0f} MB (bar 250); by thirds of the run {peaks} MB")


def linear(scratch: Path) -> None:
    """Print the time a workbook in a small and in a large run."""
    times = {}
    for count in (100, 1000):
        folder = scratch / f"of {count}"
        made = build_council(folder, 0, workbooks=count)
        measured = run(folder, scratch / "out/quarter", 2)
        times[count] = measured.wall / len(made), measured.processor / len(made)
        print(f"  {len(made):5} workbooks: wall {measured.wall:7.1f} s, processor {measured.processor:7.1f} s")
        memory(measured)
        shutil.rmtree(folder)
    wall, processor = (times[1000][at] / times[100][at] for at in (0, 1))
    print(f"  1,000 against 100, a workbook: wall {wall:.2f}, processor {processor:.2f} (bar 1.10)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure regsheet batch.")
    parser.add_argument("what", nargs="*", choices=["two", "linear", []], help="only this")
    parser.add_argument("--registers", type=int, default=300)
    given = parser.parse_args()
    wanted = set(given.what) or {"two", "linear"}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if "two" in wanted:
            made = build_council(scratch / "council", given.registers)
            print(f"{given.registers} registers with maps, {len(made)} workbooks")
            two_against_one(scratch / "council", scratch / "out/quarter", len(made))
        if "linear" in wanted:
            linear(scratch)


if __name__ == "__main__":
    main()
