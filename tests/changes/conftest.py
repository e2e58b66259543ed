"""Registers and maps to compare, small and quickly read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from regsheet.model.book import Book
from regsheet.pipeline import read

HEADINGS = (
    "Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
    "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "Further Actions", "Target Date",
    "Risk Owner", "Review Date", "Status",
)  # fmt: skip
TITLES = (
    "Flooding of the depot", "Loss of key staff", "Cyber attack on council systems", "Failure of a major supplier",
    "Fraud against the housing service", "Delay to the local plan", "Breach of personal data", "Fire in a tower block",
)  # fmt: skip
CAUSES = (
    "The river rises after a wet winter and drains are not cleared",
    "Pay lags behind neighbouring authorities and private firms",
    "Servers are old and staff open attachments from strangers",
    "One contractor holds several contracts and margins are thin",
    "Applications are not checked against other records before tenancy",
    "The inspector asks for new evidence on transport and schools",
    "Letters are put into wrong envelopes when post is heavy",
    "Cladding and doors have not been surveyed since they were fitted",
)

Row = dict[str, Any]
MakeBook = Callable[..., Book]


def good_rows(number: int = 8) -> list[Row]:
    """Rows that are in order, each told in words of its own."""
    return [
        {
            "Ref": f"R{place}", "Risk Title": TITLES[place - 1], "Cause": CAUSES[place - 1],
            "Consequence": f"Services stop for {place} weeks and costs rise", "Inherent Likelihood": 4,
            "Inherent Impact": 4, "Inherent Rating": 16,
            "Existing Controls": f"□ Yearly inspection {place}\n□ Board reviews each month",
            "Residual Likelihood": 2, "Residual Impact": 3, "Residual Rating": 6,
            "Further Actions": f"Appoint an officer for area {place}", "Target Date": dt.datetime(2025, 3, place),
            "Risk Owner": "Head of Property", "Review Date": dt.datetime(2024, 12, 10), "Status": "Open",
        }
        for place in range(1, number + 1)
    ]  # fmt: skip


def write_register(path: Path, rows: Sequence[Row], headings: Sequence[str] = HEADINGS, sheet: str = "Register",
                   names: dict[str, str] | None = None) -> Path:  # fmt: skip
    """A register with these rows; ``names`` gives headings other words."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, [(names or {}).get(heading, heading) for heading in headings])
        for at, row in enumerate(rows, start=1):
            for column, heading in enumerate(headings):
                value = row.get(heading)
                if isinstance(value, str):
                    page.write_string(at, column, value)
                elif value is not None:
                    page.write(at, column, value)
    return path


@pytest.fixture
def book_of(tmp_path: Path) -> MakeBook:
    """Writes rows into a workbook and reads it: ``book_of("new", rows)``."""

    def make(name: str, rows: Sequence[Row], **choices: Any) -> Book:
        return read(write_register(tmp_path / f"{name}.xlsx", rows, **choices))

    return make
