"""A side workbook with one of everything that is grafted, registers of every scale, and a report on each."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from regsheet.writer.report import Report
from regsheet.writer.sheets import build_sheets, choose_names

AS_OF = dt.date(2026, 6, 30)


def side_workbook(first: str = "New one", second: str = "New two") -> bytes:
    """Two sheets: a table, a chart, array formulas, notes, links, conditional formats, validations, rich text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "white", "font_name": "Arial"})
    points = book.add_format({"num_format": '0.0" points"', "border": 1})
    red = book.add_format({"bg_color": "#FF0000", "font_color": "#000000", "num_format": "0.00"})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(first)
    sheet.set_column(0, 0, 20, head)
    sheet.set_column(1, 3, 12)
    sheet.write_string(0, 0, "Título & <plain> _x0041_ \x07", head)
    sheet.write_string(1, 0, " plain ")
    sheet.write_rich_string(2, 0, "some ", bold, "bold", " text")
    sheet.write_url(3, 0, f"internal:'{second}'!B2", None, "jump")
    sheet.write_url(4, 0, "https://example.org/a?b=c&d", None, "outside")
    sheet.add_table(6, 0, 9, 2, {
        "name": "Grafted", "data": [["a", 1, "x"], ["b", 2, "y"], ["c", 3, "z"]],
        "columns": [{"header": "Name", "header_format": head}, {"header": "Points"}, {"header": "Note"}],
    })  # fmt: skip
    sheet.write_number(10, 1, 2.5, points)
    join = '{=IFERROR(_xlfn.TEXTJOIN(", ",TRUE,IF(B8:B10>1,A8:A10,"")),"b, c")}'
    sheet.write_array_formula("D1:D1", join, None, "b, c")
    sheet.write_comment(1, 0, "A note")
    sheet.write_comment(1, 1, "Another", {"author": "Somebody"})
    sheet.conditional_format("B8:B10", {"type": "cell", "criteria": ">=", "value": 2, "format": red})
    sheet.conditional_format("B8:B10", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C8:C10", {"validate": "list", "source": ["Agree", "Disagree"]})
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    chart.add_series({"categories": [first, 7, 0, 9, 0], "values": [first, 7, 1, 9, 1], "gap": 40})
    sheet.insert_chart("F2", chart, {"description": "Points by name"})
    sheet.repeat_rows(6)
    sheet.print_area(0, 0, 12, 12)
    other = book.add_worksheet(second)
    other.write_formula("A1", f"='{first}'!B11*2", None, 5)
    other.write_datetime("B2", dt.datetime(2026, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    other.write_comment("B2", "On the second sheet")
    other.add_table(3, 0, 5, 1, {"name": "Grafted_too", "columns": [{"header": "A"}, {"header": "B"}]})
    other.repeat_rows(3)
    book.close()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def side() -> bytes:
    return side_workbook()


@pytest.fixture
def make_side() -> Callable[..., bytes]:
    return side_workbook


HEADINGS = ("Ref", "Risk Title", "Inherent Likelihood", "Inherent Impact", "Inherent Risk Rating", "Existing Controls",
            "Residual Likelihood", "Residual Impact", "Residual Risk Rating", "Actions", "Target Likelihood",
            "Target Impact", "Target Risk Rating", "Risk Owner")  # fmt: skip

Scores = tuple[object, object, object, object, object, object]


def write_register(path: Path, risks: Sequence[tuple[object, str, Scores]], sheet: str = "Register") -> Path:
    """A register whose ratings are products: reference, title, and likelihood and impact of each stage."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, HEADINGS)
        for row, (ref, title, scores) in enumerate(risks, 1):
            values: list[object] = [ref, title]
            for stage in range(3):
                likelihood, impact = scores[2 * stage : 2 * stage + 2]
                both = all(isinstance(value, int | float) for value in (likelihood, impact))
                rating = likelihood * impact if both else None  # type: ignore[operator]
                values += [likelihood, impact, rating]
                if stage < 2:
                    values.append("Something is done about it" if stage == 0 else "Something more will be done")
            values.append("Head of Property")
            for column, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(row, column, value)
                elif value is not None:
                    page.write(row, column, value)
    return path


@pytest.fixture
def register_file(tmp_path: Path) -> Callable[..., Path]:
    def make(risks: Sequence[tuple[object, str, Scores]], name: str = "register.xlsx", sheet: str = "Register") -> Path:
        return write_register(tmp_path / name, risks, sheet)

    return make


def report_on(path: Path) -> Report:
    from regsheet.pipeline import Options, examine

    return examine(path, Options(as_of=AS_OF))


def sheets_of(report: Report) -> openpyxl.Workbook:
    """The side workbook of a report, read back."""
    names = choose_names(sheet.name for sheet in report.settled.book.grid.sheets)
    return openpyxl.load_workbook(io.BytesIO(build_sheets(report, names)), rich_text=False)


def twenty() -> list[tuple[object, str, Scores]]:
    """Twenty risks of a council, two of them without every score."""
    titles = ("Loss of a depot", "Budget gap", "Flooding", "Cyber attack", "Failure of a supplier")
    risks: list[tuple[object, str, Scores]] = []
    for number in range(20):
        scores: Scores = (number % 5 + 1, (number * 2) % 5 + 1, number % 4 + 1, (number * 2) % 4 + 1, 1, number % 3 + 1)
        risks.append((f"R{number + 1}", f"{titles[number % 5]} {number // 5 + 1}", scores))
    risks[3] = ("R4", "Cyber attack 1", (5, 5, None, 4, 2, 2))
    risks[7] = (None, "Flooding 2", (3, 3, None, None, 2, 2))
    return risks


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report on twenty risks."""
    return report_on(write_register(tmp_path_factory.mktemp("report") / "register.xlsx", twenty()))


@pytest.fixture(scope="session")
def sheets(report: Report) -> openpyxl.Workbook:
    """The new sheets of that report, read back by openpyxl."""
    return sheets_of(report)


@pytest.fixture
def report_of() -> Callable[[Path], Report]:
    return report_on


@pytest.fixture
def read_sheets() -> Callable[[Report], openpyxl.Workbook]:
    return sheets_of


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], target: Path) -> Path:
    """A copy of a workbook with each part's bytes changed; None leaves a part out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            blob = change(name, old.read(name))
            if blob is not None:
                new.writestr(name, blob)
    return target


@pytest.fixture
def rewrite() -> Callable[..., Path]:
    return rewritten
