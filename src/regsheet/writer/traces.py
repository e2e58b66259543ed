"""Recognising what is ours in a workbook that another program saved since: sheets, notes and flagged cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from lxml import etree

from regsheet.grid.cells import Grid, Sheet
from regsheet.writer.comment_xml import SEPARATOR
from regsheet.writer.highlight import FLAG_LINE
from regsheet.writer.markup import elements
from regsheet.writer.note_text import our_paragraph
from regsheet.writer.sheets.wording import wording

SECTIONS = ("summary", "conflicts", "merged", "findings", "heatmap", "assurance", "changes")
"""The new sheets, as the wording calls them."""

MANY_HEADS, LAST_HEAD_ROW = 10, 12
PLACE = re.compile(r"\{[^{}]*\}")


def our_sheets(grid: Grid, known: Collection[str] = ()) -> dict[str, str]:
    """The names of sheets that are ours, with their section: title and subtitle, or headings, are as we write them.

    Of a sheet that the mark names (``known``) the title alone is enough.
    """
    found = {sheet.name: _section(sheet, sheet.name in known) for sheet in grid.sheets}
    return {name: section for name, section in found.items() if section is not None}


def _section(sheet: Sheet, known: bool) -> str | None:
    by_heads = _headed(sheet)
    title, subtitle = sheet.value(1, 1), sheet.value(2, 1)
    if by_heads is not None or not isinstance(title, str):
        return by_heads
    for section in SECTIONS:
        words, subtitles = _signature(section)
        if title.strip() != words:
            continue
        if known or (isinstance(subtitle, str) and any(_says(template, subtitle.strip()) for template in subtitles)):
            return section
    return None


def _headed(sheet: Sheet) -> str | None:
    """The section whose long row of headings stands near the top of a sheet, wherever columns were moved to."""
    rows: dict[int, set[str]] = {}
    for cell in sheet.filled():
        if cell.row > LAST_HEAD_ROW:
            break
        if isinstance(cell.value, str):
            rows.setdefault(cell.row, set()).add(cell.value.strip())
    return next((section for section, heads in _long_heads() for texts in rows.values() if heads <= texts), None)


@cache
def _long_heads() -> tuple[tuple[str, frozenset[str]], ...]:
    """The sections with so many headings that nobody else's sheet has all of them."""
    found = ((section, frozenset(wording(section).get("heads", ()))) for section in SECTIONS)
    return tuple((section, heads) for section, heads in found if len(heads) >= MANY_HEADS)


@cache
def _signature(section: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The title of a section, and each of its subtitles cut at the places that are filled in."""
    words = wording(section)
    templates = [str(text) for key, text in words.items() if key.startswith("subtitle")]
    if "usual" in words:
        templates += [f"{template} {words['usual']}" for template in templates]
    return str(words["title"]), tuple(tuple(PLACE.split(template)) for template in templates)


def _says(template: tuple[str, ...], text: str) -> bool:
    """Whether a text is a template filled in. Looked through once: a stranger may have written it."""
    first, *others = template
    if not others:
        return text == first
    *middle, last = others
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def is_our_note(text: str) -> bool:
    """Whether a note is one of ours, or has ours below its own text. Its author says nothing: programs drop it."""
    return SEPARATOR in text or our_paragraph().match(text) is not None


def without_our_text(text: str) -> str:
    """What is left of a note when our paragraphs are taken out: its own text, and what was typed since."""
    own, separator, ours = text.partition(SEPARATOR)
    if not separator:
        own, ours = "", text
    kept = [line for line in ours.strip("\n").split("\n") if not our_paragraph().match(line)]
    return "\n".join(part for part in (own.rstrip("\n"), "\n".join(kept)) if part)


def is_flag_border(border: etree._Element | None) -> bool:
    """Whether a border has a side that is the line of flagged cells."""
    return border is not None and any(is_flag_side(side) for side in elements(border))


def is_flag_side(side: etree._Element) -> bool:
    """Whether one side of a border is the line of flagged cells."""
    colour = next(iter(elements(side)), None)
    rgb = "" if colour is None else (colour.get("rgb") or "")
    return side.get("style") == FLAG_LINE.style and rgb[-6:].upper() == FLAG_LINE.colour


def has_traces(grid: Grid) -> bool:
    """Whether a workbook without a readable mark holds sheets or notes of ours."""
    if our_sheets(grid):
        return True
    return any(is_our_note(note.text) for sheet in grid.sheets for note in sheet.notes.values())
