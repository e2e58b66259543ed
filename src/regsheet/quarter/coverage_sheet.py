"""The sheet Assurance: each risk and each line of defence, with the latest date and opinion, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regsheet.model.assurance_map import LINES
from regsheet.quarter.figures import Summary
from regsheet.quarter.lines import AssuranceLine, Cover
from regsheet.quarter.list_links import Place
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import MAX_ROWS, days, finish, fitted, start
from regsheet.quarter.wording import wording
from regsheet.writer.sheets.assurance import EMPTY
from regsheet.writer.sheets.look import Look

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
    covers = (column for line in lines for column in _cover(look, [one.lines.get(line) for one in rows]))
    strong, quiet = look("cell strong"), look("cell quiet")
    gaps = Column([gap_words(one) for one in rows], fitted=True,
                  styles=[strong if one.gaps or not one.mapped else quiet for one in rows])  # fmt: skip
    page.put([*_first(look, rows), *covers, gaps], [_place(one) for one in rows])
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


def _place(one: AssuranceLine) -> Place:
    column, text = (3, one.ref) if one.ref else (4, one.title)
    return Place(column, text, one.outcome.output, one.sheet, one.cell)


def _first(look: Look, rows: Sequence[AssuranceLine]) -> list[Column]:
    cell = look("cell")
    return [
        fitted([one.outcome.service for one in rows], cell),
        fitted([one.outcome.file for one in rows], cell),
        fitted([one.cluster for one in rows], cell),
        fitted([one.ref for one in rows], look("cell strong")),
        fitted([one.title for one in rows], cell),
    ]


def _cover(look: Look, covers: Sequence[Cover | None]) -> Iterator[Column]:
    """The items of a line of defence, their latest day and its opinion; shaded where there is none."""
    empty = {"bg_color": EMPTY}
    is_empty = [cover is not None and not cover.items for cover in covers]
    some, none = look("cell", align="center", bold=False), look("cell", align="center", bold=True, **empty)
    yield Column([cover.items if cover else None for cover in covers],
                 styles=[none if one else some for one in is_empty])  # fmt: skip
    cell, shaded = look("cell"), look("cell", **empty)
    styles = [shaded if one else cell for one in is_empty]
    yield days([cover.latest if cover else None for cover in covers], look, styles)
    yield Column([cover.opinion if cover else None for cover in covers], styles=styles, fitted=True)
