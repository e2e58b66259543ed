"""Makes the workbooks of ``tests/data/roundtrip``: run it when one is to be added. They are kept, not made in tests."""

import datetime as dt
from pathlib import Path

import openpyxl
from odd_packages import ODDITIES
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from package_parts import parts_of, zipped
from packings import PACKINGS
from rich_workbook import FEATURES, rich_workbook

FOLDER = Path(__file__).resolve().parent.parent / "data" / "roundtrip"
WANTED = (
    "strict", "prefixed", "utf16", "chart_sheet_first", "dialog_sheet_first", "threaded", "unsound_vml", "revisions",
    "macros", "label_and_items", "no_styles", "inline_strings", "other_case", "elsewhere", "shared_formula",
)  # fmt: skip


def make() -> None:
    """Write every file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "rich.xlsx").write_bytes(rich_workbook())
    (FOLDER / "plain.xlsx").write_bytes(rich_workbook(frozenset()))
    bare = rich_workbook(frozenset(FEATURES) - {"names", "filter", "print settings", "hidden first"})
    for name in WANTED:
        parts = parts_of(bare)
        ODDITIES[name](parts)
        (FOLDER / f"{name}.{'xlsm' if name == 'macros' else 'xlsx'}").write_bytes(zipped(parts))
    for name in ("streamed", "backslashed", "wide"):
        (FOLDER / f"{name}.xlsx").write_bytes(PACKINGS[name](parts_of(bare)))
    _by_openpyxl(FOLDER / "openpyxl.xlsx")


def _by_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = dt.datetime(2024, 1, 1)
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Number"], ["One", 1], ["Two", 2], ["Sum", "=SUM(B2:B3)"]):
        sheet.append(row)
    sheet["A2"].comment = Comment("A note", "Somebody")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    sheet.conditional_formatting.add("B2:B3", openpyxl.formatting.rule.CellIsRule("greaterThan", ["1"]))
    book.save(path)


if __name__ == "__main__":
    make()
