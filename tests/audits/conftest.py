"""Makes the small registers of these tests: rows that are in order but for what a test changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from regsheet.config import load_config
from regsheet.pipeline import Options, load
from regsheet.pipeline import check_book as check_loaded
from regsheet.rules.findings import Finding

HEADINGS = (
    "Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
    "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "Residual Band",
    "Further Actions", "Action Date", "Target Likelihood", "Target Impact", "Target Rating", "Risk Owner",
    "Review Date", "Commentary", "Previous Score", "Direction of Travel",
)  # fmt: skip
AS_OF = dt.date(2024, 12, 31)
SUBJECTS = (
    "Loss of the main depot", "Theft from the collections", "Collapse of a care provider", "A contested election",
    "Ash dieback along the highways", "Failure of the payroll system",
)  # fmt: skip
COLOURS = {"Red": "#FF0000", "Amber": "#FFC000", "White": "#FFFFFF"}
CONFIGURATION = """
[scoring]
rule = "product"
likelihood = { Rare = 1, Unlikely = 2, Possible = 3, Likely = 4, "Almost certain" = 5 }
impact = { Negligible = 1, Minor = 2, Moderate = 3, Major = 4, Severe = 5 }
bands = [
  { name = "White", low = 1, high = 7, colour = "FFFFFF" },
  { name = "Amber", low = 8, high = 14, colour = "FFC000" },
  { name = "Red", low = 15, high = 25, colour = "FF0000" },
]
"""

Row = Mapping[str, object]


def good_row(number: int) -> dict[str, object]:
    """A risk with which nothing is wrong at the end of 2024."""
    return {
        "Ref": f"SR{number + 1}", "Risk Title": SUBJECTS[number % len(SUBJECTS)],
        "Cause": f"Budgets were cut in {2018 + number} and have not come back",
        "Consequence": f"Residents of ward {number + 1} go without for days", "Inherent Likelihood": 4,
        "Inherent Impact": 4, "Inherent Rating": 16,
        "Existing Controls": f"Yearly inspection by the insurers of site {number + 1}", "Residual Likelihood": 3,
        "Residual Impact": 3, "Residual Rating": 9, "Residual Band": "Amber",
        "Further Actions": f"Agree a standby contract for site {number + 1}", "Action Date": dt.datetime(2025, 6, 30),
        "Target Likelihood": 2, "Target Impact": 3, "Target Rating": 6, "Risk Owner": f"Director {number + 1}",
        "Review Date": dt.datetime(2024, 12, 10), "Commentary": f"Site {number + 1} was inspected this autumn.",
        "Previous Score": 9, "Direction of Travel": "→",
    }  # fmt: skip


@dataclass
class Council:
    """Writes registers into a folder and checks them there."""

    folder: Path

    def register(self, changes: Sequence[Row] = (), name: str = "register.xlsx", *, leave_out: Sequence[str] = (),
                 fonts: Mapping[str, str] | None = None, fills: Mapping[tuple[int, str], str] | None = None,
                 sheet_name: str = "Risk Register") -> Path:  # fmt: skip
        """A register of six risks in which row after row is changed as told. None blanks a cell."""
        headings = [heading for heading in HEADINGS if heading not in leave_out]
        path = self.folder / name
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet(sheet_name)
            head = book.add_format({"bold": True, "text_wrap": True})
            sheet.write_row(0, 0, headings, head)
            for number in range(max(6, len(changes))):
                row = {**good_row(number), **(changes[number] if number < len(changes) else {})}
                for column, heading in enumerate(headings):
                    looks: dict[str, object] = {}
                    if isinstance(row[heading], dt.datetime):
                        looks["num_format"] = "dd/mm/yyyy"
                    if fonts and heading in fonts:
                        looks["font_name"] = fonts[heading]
                    if fills and (number, heading) in fills:
                        looks["bg_color"] = COLOURS[fills[number, heading]]
                    sheet.write(number + 1, column, row[heading], book.add_format(looks))
        return path

    def check(self, path: Path, *, previous: Path | None = None, owners: str | None = None, beside: Path | None = None,
              history: Mapping[dt.date, Path] | None = None, as_of: dt.date = AS_OF) -> list[Finding]:  # fmt: skip
        """Every finding of the whole line; ``owners`` is the text of an owners list, ``beside`` another workbook."""
        from regsheet.model.history import quarter_of

        settings = self.folder / "regsheet.toml"
        settings.write_text(CONFIGURATION, encoding="utf-8")
        owners_path = None
        if owners is not None:
            owners_path = self.folder / "owners.csv"
            owners_path.write_text(owners, encoding="utf-8")
        options = Options(as_of=as_of, configuration=load_config(settings), previous=previous, owners=owners_path)
        loaded = load(path, options)
        others = (load(beside, options).book,) if beside else ()
        quarters = tuple(quarter_of(load(one, options).book, day) for day, one in (history or {}).items())
        settled = check_loaded(loaded.book, options, previous=loaded.previous, owners=loaded.owners, others=others,
                               history=quarters if history is not None else None)  # fmt: skip
        return list(settled.findings)


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(tmp_path)
