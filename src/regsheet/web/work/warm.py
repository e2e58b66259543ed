"""Imported once before workers are forked: everything they need, read and run in, so that a job starts at once."""

from __future__ import annotations

import datetime as dt
import gc
import tempfile
import warnings
from pathlib import Path

from regsheet.errors import RegsheetError
from regsheet.web.work.orders import GivenFile, Order, Task
from regsheet.web.work.tasks import carry_out

_ROWS = (
    ("Ref", "Risk Title", "Likelihood", "Impact", "Rating", "Risk Owner"),
    ("R1", "Loss of a building", 4, 4, 12, "Head of Property"),
)
_JOBS: tuple[Task, ...] = ("recognise", "check")


def run_in() -> None:
    """Do the jobs once on a small register of our own, so that vocabularies, rules and templates have been read."""
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix="regsheet-warm-") as folder:
        with xlsxwriter.Workbook(Path(folder, "warm.xlsx")) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(_ROWS):
                sheet.write_row(number, 0, row)
        given = GivenFile("warm.xlsx", "warm.xlsx")
        for task in _JOBS:
            try:
                carry_out(Order(task, folder, (given,), as_of=dt.date(2024, 12, 31)), lambda _: None)
            except RegsheetError:  # a smaller warm-up is a warm-up too
                continue


# The process that is forked from does nothing but fork; jemalloc's own thread, which pyarrow brings, is fit for it.
warnings.filterwarnings("ignore", message=r".*multi-threaded, use of fork\(\)", category=DeprecationWarning)
run_in()
gc.collect()
gc.freeze()
