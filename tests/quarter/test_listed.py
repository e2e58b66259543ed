"""Lists that are spelled in one go are what XlsxWriter makes of them, cell by cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regsheet.quarter import list_links
from regsheet.quarter.letters import fitting, width_of
from regsheet.quarter.links import workbook_link
from regsheet.quarter.list_book import ListBook
from regsheet.quarter.list_links import Place, links_of
from regsheet.quarter.listed import Column
from regsheet.quarter.listing import ListPage, finish
from regsheet.writer.sheets.look import DEFAULT_FONT, SLATE, Look
from regsheet.writer.sheets.page import Page
from regsheet.writer.sheets.side_book import SideBook
from regsheet.writer.sheets.tables import HEAD_ROW, add_table
from regsheet.writer.sheets.texts import printable

WIDTHS = (6.0, 11.0, 4.5)
ODD = ["", "a", "two words", "=1+1", "a\nb\r\nc", "<&>\"'", "\x00", "é…", " lead", "x" * 300, "_x0041_", "ends ",
       "long words that need several lines in a cell of this width"]  # fmt: skip
TEXT = (st.sampled_from(ODD) | st.text(max_size=30)).map(lambda text: text if printable(text) else "")
DAY = st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1))
NUMBER = st.integers(-9, 30000) | st.floats(allow_nan=False, allow_infinity=True).map(lambda number: number + 0.0)
OUTPUT = st.sampled_from(["", "a.xlsx", "A/b c.checked.xlsx", "../x.xlsx", "a#b.xlsx", "[1]`^{}.xlsx", "é/ü.xlsx"])
SHEET = st.sampled_from(["", "Register", "Chief's #1", "a/b", "s" * 240, "two\nlines"])
CELL = st.sampled_from([None, "", "B5", "ZZZ1048576", "B5:C6"])
ROWS = st.lists(st.tuples(TEXT, NUMBER | DAY | st.none() | TEXT, TEXT, st.booleans(), OUTPUT, SHEET, CELL,
                          st.sampled_from([None, 0, 2])), max_size=40)  # fmt: skip


def columns(look: Look, rows: list[Any]) -> list[Column]:
    styles = [look("cell strong") if strong else look("cell", align="center") for *_, strong, _, _, _, _ in rows]
    return [
        Column([row[0] for row in rows], look("cell"), fitted=True),
        Column([row[1] for row in rows], styles=styles),
        Column([row[2] for row in rows], look("cell strong"), fitted=True),
    ]


def places(rows: list[Any]) -> list[Place | None]:
    return [None if at is None else Place(at, row[at], row[4], row[5], row[6]) for *row, at in rows]


def book_of(rows: list[Any], kind: type[Page]) -> bytes:
    book = ListBook(DEFAULT_FONT) if kind is ListPage else SideBook(DEFAULT_FONT)
    look = Look(book, DEFAULT_FONT)
    page = kind(book, look, "List", WIDTHS, footer="", tab=SLATE)
    page.title("A list", "of things", 2)
    if isinstance(page, ListPage):
        page.put(columns(look, rows), places(rows))
        finish(page, "Things", "abc", len(rows), "nothing", frozen=1)
    else:
        cell_by_cell(page, columns(look, rows), places(rows))
        if not rows:
            page.blank(HEAD_ROW + 1, 0, 2, look("cell"))
            page.text(HEAD_ROW + 1, 0, "nothing", look("cell quiet", text_wrap=False))
        add_table(page, "Things", "abc", HEAD_ROW + max(len(rows), 1), frozen=1)
    return book.content()


def cell_by_cell(page: Page, made: list[Column], leading: list[Place | None]) -> None:
    for row, place in enumerate(leading):
        for at, column in enumerate(made):
            value, style = column.values[row], column.styles[row] if column.styles else column.style
            here = HEAD_ROW + 1 + row, at
            if column.fitted:
                page.fitted(*here, value, style)
            elif isinstance(value, dt.date):
                page.sheet.write_datetime(*here, dt.datetime.combine(value, dt.time()), style)
            else:
                page.value(*here, value, style)
        if place is not None:
            at, text, output, sheet, cell = place
            link = workbook_link(output, sheet, cell) if text else None
            if link is None:
                page.text(HEAD_ROW + 1 + row, at, text, page.look.unlinked(page.look("cell link")))
            else:
                page.sheet.write_url(HEAD_ROW + 1 + row, at, link, page.look("cell link"), printable(text))


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_a_list_is_what_its_cells_are_one_by_one(rows: list[Any]) -> None:
    assert book_of(rows, ListPage) == book_of(rows, Page)


def test_there_are_no_more_links_than_excel_takes(monkeypatch: Any) -> None:
    monkeypatch.setattr(list_links, "MAX_LINKS", 2)
    made = links_of([Place(0, "text", "a.xlsx", "Sheet", f"A{row}") for row in range(1, 5)])
    assert [link and link.anchor for link in made] == ["'Sheet'!A1", "'Sheet'!A2", None, None]


@given(st.lists(st.sampled_from(["R1", "Housing 12 (3)", "iiii", "", "WWWWWWWW"]), max_size=60), st.floats(0, 400))
@settings(deadline=None)
def test_as_many_texts_are_shown_as_fit(texts: list[str], room: float) -> None:
    def joined(shown: int) -> str:
        return ", ".join(texts[:shown]) + (f" +{len(texts) - shown}" if shown < len(texts) else "")

    shown = len(texts)
    while shown > 1 and width_of(joined(shown), 8.0) > room:
        shown -= 1
    assert fitting(texts, room, 8.0) == joined(shown)
