"""Small registers and maps for tests of a run."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from regsheet.batch.crew import Pool
from regsheet.batch.request import Request, Result
from regsheet.batch.results import write_results
from regsheet.batch.run import run_batch
from regsheet.config import LoadedConfig, load_config
from regsheet.pipeline import Options

AS_OF = dt.date(2024, 12, 31)
HEADINGS = (
    "Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
    "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "RAG", "Further Actions",
    "Target Date", "Risk Owner", "Review Date", "Direction of Travel",
)  # fmt: skip
RISKS = (
    "Collapse of the river bridge", "Theft of library stock", "Shortage of social workers", "Loss of the data centre",
    "Late audit of the accounts", "Injury in a leisure pool",
)  # fmt: skip


def row(number: int, title: str, **other: object) -> dict[str, Any]:
    """A risk in good order, but for what is given."""
    values: dict[str, Any] = dict(zip(HEADINGS, (
        f"R{number}", title, "An ageing structure fails", "Services stop for a week", 4, 4, 16,
        "Yearly inspection", 2, 3, 6, "Green", None, None, "Head of Property", dt.datetime(2024, 12, 10), "→",
    ), strict=True))  # fmt: skip
    return values | {name.replace("_", " "): value for name, value in other.items()}


def write_register(path: Path, titles: Sequence[str] = RISKS, changes: Mapping[int, Mapping[str, object]] | None = None,
                   title: str = "") -> Path:  # fmt: skip
    """A register with these risks; ``changes`` by place from 0."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Register")
        first = 0
        if title:
            sheet.write(0, 0, title)
            first = 2
        sheet.write_row(first, 0, HEADINGS)
        for place, name in enumerate(titles):
            values = row(place + 1, name, **(changes or {}).get(place, {}))
            for column, heading in enumerate(HEADINGS):
                if values[heading] is not None:
                    sheet.write(first + 1 + place, column, values[heading])
    return path


def write_map(path: Path, titles: Sequence[str] = RISKS, first: int = 1) -> Path:
    """An assurance map of these risks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Assurance Map")
        sheet.write_row(0, 0, ["Risk Ref", "Risk", "First line of defence", "Second line of defence",
                               "Third line of defence"])  # fmt: skip
        for place, title in enumerate(titles):
            sheet.write_row(place + 1, 0, [f"R{place + first}", title, "Trained staff", "Monthly report to the board",
                                           "Internal Audit review, June 2024"])  # fmt: skip
    return path


def configuration(folder: Path, text: str) -> LoadedConfig:
    """A configuration of that text."""
    path = folder / "regsheet.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def request(place: Path, output: Path, **other: Any) -> Request:
    """What a run is asked, with ``ledger.db`` beside the output; ``options`` are fields of ``Options``."""
    options = Options(**({"as_of": AS_OF} | other.pop("options", {})))
    return Request((str(place),), output, other.pop("ledger", output.parent / "ledger.db"), options, **other)


def run(place: Path, output: Path, jobs: int = 1, **other: Any) -> Result:
    """A run with its results written."""
    with Pool(jobs) as crew:
        result = run_batch(request(place, output, **other), crew)
    write_results(result, output, side_by_side=jobs > 1)
    return result


def hashes(folder: Path) -> dict[str, str]:
    """Every file of a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip
