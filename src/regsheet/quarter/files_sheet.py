"""The sheet Files: every workbook, what came of it, and why one could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import FileLine
from regsheet.quarter.list_links import Place
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import finish, fitted, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.look import Look

WIDTHS = (36.0, 18.0, 14.0, 34.0, 7.0, 7.0, 9.0, 7.0, 10.0, 32.0, 40.0, 11.0)
OUTPUT = 3


def add_files(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words = wording("sheets")
    page = start(book, look, "files", WIDTHS, words["files_subtitle"], footer)
    places = [Place(OUTPUT, PurePosixPath(line.output).name, line.output) for line in summary.files]
    page.put(_columns(look, summary.files), places)
    finish(page, "Quarter_files", words["files_heads"], len(summary.files), words["files_none"], frozen=1)


def _columns(look: Look, lines: Sequence[FileLine]) -> list[Column]:
    cell, strong, centre = look("cell"), look("cell strong"), look("cell", align="center")
    words, read = wording("sheets"), [line.stage in ("annotated", "checked") for line in lines]
    figures = [
        (line.risks, line.findings.errors, line.findings.warnings, line.findings.notes, line.corrections,
         len({code for code, _ in line.not_run})) if was_read else (None,) * 6
        for line, was_read in zip(lines, read, strict=True)
    ]  # fmt: skip
    *counts, not_run = [Column([row[at] for row in figures], centre) for at in range(6)]
    return [
        fitted([line.file for line in lines], cell),
        fitted([line.service for line in lines], cell),
        Column([words[line.stage] for line in lines], styles=[cell if one else strong for one in read], fitted=True),
        fitted([PurePosixPath(line.output).name for line in lines], cell),
        *counts,
        fitted([line.previous for line in lines], cell),
        fitted([remarks_words(line) for line in lines], cell),
        not_run,
    ]


def remarks_words(line: FileLine) -> str:
    """Why a workbook could not be read, and what else is to be said of it."""
    return " ".join(filter(None, (line.reason, *line.remarks)))
