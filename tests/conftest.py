"""What every test may ask for."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # machines are shared and noisy: no test fails by the clock

REPOSITORY = Path(__file__).resolve().parent.parent


def evaluation_folder() -> Path:
    """Where the evaluation folder is, or would be: REGSHEET_EVALUATION, else ``shared`` beside the repository."""
    return Path(os.environ.get("REGSHEET_EVALUATION") or REPOSITORY.parent / "shared").resolve()


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder of evaluation workbooks; a test that needs it is skipped where it is absent, and fails in CI."""
    folder = evaluation_folder()
    if not folder.is_dir():
        reason = f"the evaluation folder {folder} is absent; name it in REGSHEET_EVALUATION"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for tests marked ``chromium``; ended with the module, as Playwright keeps an event loop running."""
    from tests.browser import started

    with started() as browser:
        yield browser


HEADINGS = (
    "Ref", "Risk Title", "Cause", "Consequence", "Inherent Likelihood", "Inherent Impact", "Inherent Rating",
    "Existing Controls", "Residual Likelihood", "Residual Impact", "Residual Rating", "Further Actions", "Target Date",
    "Risk Owner", "Review Date",
)  # fmt: skip
"""The headings of the small register that tests of the whole line use."""

MakeRegister = Callable[..., Path]


def _good_row(number: int) -> list[object]:
    return [
        f"R{number}", f"Loss of building {number}", "An ageing boiler fails", "Services stop for a week", 4, 4, 16,
        "Yearly inspection of every boiler", 2, 3, 6, None, None, "Head of Property", dt.datetime(2024, 12, 10),
    ]  # fmt: skip


@pytest.fixture
def make_register(tmp_path: Path) -> MakeRegister:
    """Makes ``register.xlsx``: rows that are in order, with ``changes`` of (row number from 1, heading) to value."""

    def make(
        changes: Mapping[tuple[int, str], object] | None = None,
        rows: int = 6,
        name: str = "register.xlsx",
        formulas: bool = False,
    ) -> Path:
        body = [_good_row(number) for number in range(1, rows + 1)]
        for (number, heading), value in (changes or {}).items():
            body[number - 1][HEADINGS.index(heading)] = value
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            sheet = book.add_worksheet("Register")
            sheet.write_row(0, 0, HEADINGS)
            for place, row in enumerate(body, start=1):
                for column, value in enumerate(row):
                    if formulas and HEADINGS[column].endswith("Rating") and value is not None:
                        left, right = (chr(65 + column - back) for back in (2, 1))
                        sheet.write_formula(place, column, f"={left}{place + 1}*{right}{place + 1}", None, value)
                    elif value is not None:
                        sheet.write(place, column, value)
        return path

    return make
