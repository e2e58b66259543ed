"""The sheet Assurance: each risk and each line of defence, with the latest date and opinion, and the gaps."""

from __future__ import annotations

from typing import Any

from regsheet.model.assurance_map import LINES
from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import AssuranceLine, Cover
from regsheet.quarter.links import Linked
from regsheet.quarter.listing import MAX_ROWS, finish, start
from regsheet.quarter.risks_sheet import _date
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.assurance import EMPTY
from regsheet.writer.sheets.look import Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.tables import HEAD_ROW

FIRST = (18.0, 22.0, 18.0, 9.0, 34.0)
LINE_WIDTHS = (8.0, 11.0, 15.0)
GAPS = 22.0


def add_assurance(book: Any, look: Look, summary: Summary, footer: str) -> None:
    """Add the sheet."""
    words, rows = wording("sheets"), summary.assurance[:MAX_ROWS]
    used = {line for one in rows for line in one.lines}
    lines = [line for line in LINES if line in used] or list(LINES[:3])
    widths = (*FIRST, *LINE_WIDTHS * len(lines), GAPS)
    page = start(book, look, "assurance", widths, words["assurance_subtitle"], footer)
    linked = Linked(page)
    for row, one in enumerate(rows, HEAD_ROW + 1):
        _first(page, linked, row, one)
        for place, line in enumerate(lines):
            _cover(page, row, len(FIRST) + 3 * place, one.lines.get(line))
        style = page.look("cell strong" if one.gaps or not one.mapped else "cell quiet")
        page.fitted(row, len(widths) - 1, gap_words(one), style)
    heads = [*words["assurance_heads"],
             *(head.format(line=line) for line in lines for head in words["assurance_line_heads"]),
             words["assurance_gaps"]]  # fmt: skip
    finish(page, "Quarter_assurance", heads, len(rows), words["assurance_none"], frozen=5)


def gap_words(one: AssuranceLine) -> str:
    """Which lines give no assurance, in words."""
    words = wording("sheets")
    if not one.mapped:
        return str(words["gap_map"])
    return ", ".join(words["gap_line"].format(line=line) for line in one.gaps) or str(words["gap_none"])


def _first(page: Page, linked: Linked, row: int, one: AssuranceLine) -> None:
    texts = (one.outcome.service, one.outcome.file, one.cluster, one.ref, one.title)
    for column, text in enumerate(texts):
        page.fitted(row, column, text, page.look("cell strong" if column == 3 else "cell"))
    column = 3 if one.ref else 4
    linked.put(row, column, texts[column], one.outcome.output, one.sheet, one.cell, page.look("cell link"))


def _cover(page: Page, row: int, column: int, cover: Cover | None) -> None:
    look = page.look
    empty = cover is not None and not cover.items
    fill = {"bg_color": EMPTY} if empty else {}
    page.value(row, column, cover.items if cover else None, look("cell", align="center", bold=empty, **fill))
    if cover is not None and cover.latest is not None:
        _date(page, row, column + 1, cover.latest)
    else:
        page.text(row, column + 1, "", look("cell", **fill))
    page.fitted(row, column + 2, cover.opinion if cover else "", look("cell", **fill))
