"""How long reading a large register takes beside python-calamine and pandas: ``python tests/benchmarks/reading.py``.

Writes a register of 10,000 risks and 20 columns with prose of realistic length, reads it several times each way, turn
and turn about, and prints medians of processor time and of wall time, and their ratios. Not a test: nothing fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import python_calamine
import xlsxwriter

import regsheet

HEADINGS = (
    "Ref", "Risk Title", "Risk Description", "Category", "Root Cause", "Consequence", "Inherent Likelihood",
    "Inherent Impact", "Inherent Rating", "Existing Controls", "Residual Likelihood", "Residual Impact",
    "Residual Rating", "Further Actions", "Target Date", "Target Likelihood", "Target Impact", "Target Rating",
    "Risk Owner", "Review Date",
)  # fmt: skip
WORDS = (
    "service", "council", "budget", "policy", "review", "delivery", "resident", "supplier", "contract", "staff",
    "training", "audit", "plan", "system", "process", "housing", "community", "resilience", "grant", "school",
    "highway", "planning", "licence", "income", "saving", "pressure", "demand", "capacity", "legal",
)  # fmt: skip
JOINTS = ("of the", "for", "and", "because of", "leading to", "with", "in", "across", "under")
OWNERS = ("Head of Housing", "Chief Finance Officer", "Director of Place", "Head of Digital", "Monitoring Officer")


def prose(chance: random.Random, words: int) -> str:
    """A text of about so many words."""
    parts = [chance.choice(WORDS if place % 3 else JOINTS) for place in range(1, words + 1)]
    return " ".join(parts).capitalize() + "."


def bullets(chance: random.Random, items: int) -> str:
    """A list as people type it in a cell."""
    return "\n".join(f"• {prose(chance, 9)}" for _ in range(items))


def risk(chance: random.Random, number: int) -> list[object]:
    """One row of the register."""
    likelihood, impact = chance.randint(2, 5), chance.randint(2, 5)
    left, aim = max(1, likelihood - 1), max(1, likelihood - 2)
    day = dt.datetime(2026, 1, 1) + dt.timedelta(days=chance.randint(0, 400))
    return [
        f"R{number}", prose(chance, 6), prose(chance, 25), chance.choice(("Financial", "Legal", "People")),
        prose(chance, 18), prose(chance, 22), likelihood, impact, likelihood * impact, bullets(chance, 4), left,
        impact, left * impact, bullets(chance, 2), day, aim, impact, aim * impact, chance.choice(OWNERS),
        day - dt.timedelta(days=200),
    ]  # fmt: skip


def write_register(path: Path, risks: int) -> None:
    """The register that is read."""
    chance = random.Random(20)  # noqa: S311 - the same register each time
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Risk register")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, risks + 1):
            sheet.write_row(number, 0, risk(chance, number))


def bare_calamine(path: Path) -> pd.DataFrame:
    """The cells as python-calamine gives them, in a dataframe."""
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return pd.DataFrame(rows[1:], columns=rows[0])


WAYS: dict[str, Callable[[Path], object]] = {
    "regsheet.read": regsheet.read,
    "pandas.read_excel, calamine": lambda path: pd.read_excel(path, engine="calamine"),
    "calamine and DataFrame": bare_calamine,
}


Times = dict[str, list[float]]


def measure(path: Path, rounds: int, clock: Callable[[], float]) -> Times:
    """The seconds of each way in each round, turn and turn about; a first round, which imports, is not counted."""
    times: Times = {name: [] for name in WAYS}
    for _ in range(rounds + 1):
        for name, read in WAYS.items():
            start = clock()
            read(path)
            times[name].append(clock() - start)
    return {name: found[1:] for name, found in times.items()}


def ratios(times: Times, other: str) -> list[float]:
    """How many times as long as another way ours took, round by round: what slows one slows the other beside it."""
    return [ours / theirs for ours, theirs in zip(times["regsheet.read"], times[other], strict=True)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time regsheet.read beside python-calamine and pandas.")
    parser.add_argument("--risks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count, at least five [default: 7]")
    parser.add_argument("--wall", action="store_true", help="time on the wall instead of the processor's")
    given = parser.parse_args()
    rounds = max(5, given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_register(path, given.risks)
        times = measure(path, rounds, time.perf_counter if given.wall else time.process_time)
    kind = "wall" if given.wall else "processor"
    print(f"{given.risks:,} risks x {len(HEADINGS)} columns, {kind} time, medians of {rounds} rounds side by side")
    for name, found in times.items():
        print(f"  {name:28} {statistics.median(found):6.2f} s")
    for name in list(WAYS)[1:]:
        found = ratios(times, name)
        print(f"  ratio to {name:28} {statistics.median(found):.2f}   (from {min(found):.2f} to {max(found):.2f})")


if __name__ == "__main__":
    main()
