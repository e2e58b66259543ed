"""What the API asks for: the command line's own output, byte for byte."""

from __future__ import annotations

from pathlib import Path

from regsheet.errors import OutputError
from regsheet.layout import find_tables
from regsheet.pipeline import Loaded, examine_loaded, output_path, report_on
from regsheet.reports.json_report import as_text, layout_object, report_object
from regsheet.web.work.checking import Say
from regsheet.web.work.given import configuration_of, load_all, open_given, others_of
from regsheet.web.work.orders import Order
from regsheet.writer.annotate import annotate
from regsheet.writer.sheets import sheets_to_graft

ANSWER, NAME = "answer", "answer-name"
"""The files that hold an answer, and what it is to be called."""


def inspect_for_api(order: Order, say: Say) -> None:
    """How the workbook is understood, as JSON."""
    say("reading")
    given = order.workbooks[0]
    grid = open_given(given, Path(order.folder)).grid
    layout = find_tables(grid, configuration_of(order).config.column_mappings)
    _answer(order, as_text([layout_object(given.name, layout)]) + "\n")


def check_for_api(order: Order, say: Say) -> None:
    """The findings on the first workbook as JSON, the others in view."""
    first, together = _load(order, say)
    report = examine_loaded(first, others_of(first, together))
    _answer(order, as_text([report_object(order.workbooks[0].name, report)]) + "\n")


def annotate_for_api(order: Order, say: Say) -> None:
    """The first workbook, annotated."""
    first, together = _load(order, say)
    package, name = first.opened.package, first.opened.path
    if package is None:
        raise OutputError(
            f"“{name.name}” is not an .xlsx or .xlsm workbook, so it cannot be annotated; open it in Excel, "
            "save it as an Excel Workbook (.xlsx) and run again."
        )
    report = report_on(first, others_of(first, together))
    say("annotating")
    annotate(package, report, first.opened.grid, sheets_to_graft)
    _answer(order, package.to_bytes(), output_path(name, None, "checked").name)


def _load(order: Order, say: Say) -> tuple[Loaded, list[Loaded]]:
    say("reading")
    together = load_all(order)
    say("checking")
    return together[0], together


def _answer(order: Order, content: str | bytes, name: str = "") -> None:
    folder = Path(order.folder)
    (folder / NAME).write_text(name, encoding="utf-8")
    (folder / ANSWER).write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
