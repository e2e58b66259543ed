"""The sheet Files: every workbook, what came of it, and why one could not be read."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import FileLine
from regsheet.quarter.links import Linked
from regsheet.quarter.listing import finish, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW

WIDTHS = (36.0, 18.0, 14.0, 34.0, 7.0, 7.0, 9.0, 7.0, 10.0, 32.0, 40.0, 11.0)
OUTPUT = 3


def add_files(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words = wording("sheets")
    page = start(book, look, "files", WIDTHS, words["files_subtitle"], footer)
    linked = Linked(page)
    for row, line in enumerate(summary.files, HEAD_ROW + 1):
        _write(page, linked, row, line)
    finish(page, "Quarter_files", words["files_heads"], len(summary.files), words["files_none"], frozen=1)


def _write(page: Page, linked: Linked, row: int, line: FileLine) -> None:
    look, read = page.look, line.stage in ("annotated", "checked")
    centre = look("cell", align="center")
    page.fitted(row, 0, line.file, look("cell"))
    page.fitted(row, 1, line.service, look("cell"))
    page.fitted(row, 2, wording("sheets")[line.stage], look("cell" if read else "cell strong"))
    name = PurePosixPath(line.output).name
    page.fitted(row, OUTPUT, name, look("cell"))
    linked.put(row, OUTPUT, name, line.output, "", None, look("cell link"))
    found = line.findings
    numbers = (line.risks, found.errors, found.warnings, found.notes, line.corrections)
    for column, number in enumerate(numbers, OUTPUT + 1):
        page.value(row, column, number if read else None, centre)
    page.fitted(row, 9, line.previous, look("cell"))
    page.fitted(row, 10, remarks_words(line), look("cell"))
    page.value(row, 11, len({code for code, _ in line.not_run}) if read else None, centre)


def remarks_words(line: FileLine) -> str:
    """Why a workbook could not be read, and what else is to be said of it."""
    return " ".join(filter(None, (line.reason, *line.remarks)))
