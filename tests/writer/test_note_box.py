"""Where boxes of notes stand: sizes worked out once for all notes are those worked out for each by itself."""

from __future__ import annotations

import gc
import weakref

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from regsheet.grid.addresses import Area
from regsheet.grid.cells import Cell, CellRows, CellStyle, Sheet, Value
from regsheet.writer import vml
from regsheet.writer.note_box import SheetGeometry, lines_of, note_box

WRAPPED = 1
TEXTS = st.one_of(
    st.none(), st.integers(0, 9), st.sampled_from(["", "\n", "short", "a\nb\nc", "x" * 700]),
    st.text(st.sampled_from("ab \n"), max_size=90),
)  # fmt: skip
ROOT = etree.fromstring(
    '<worksheet xmlns="m"><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="1" width="4"/><col min="3" max="3" width="30"/><col min="5" max="6" hidden="1"/></cols>'
    "</worksheet>"
)
FITS = {1: 3, 2: 8, 3: 29, 4: 8}
"""Characters on a line of each column."""


def sheet_of(lines: list[list[tuple[Value, bool]]], merges: list[Area]) -> Sheet:
    cells = {
        (row, column): Cell(row, column, value, None, int(wrapped))
        for row, line in enumerate(lines, 1) for column, (value, wrapped) in enumerate(line, 1)
    }  # fmt: skip
    return Sheet("Register", 1, cells=CellRows(cells), styles=[CellStyle(), CellStyle(wrap=True)], merges=merges)


def height_of(line: list[tuple[Value, bool]], merged: set[int]) -> int:
    """What a row takes, told the long way."""
    needed = [
        sum(max(1, -(-len(part) // FITS[column])) for part in value.split("\n"))
        for column, (value, wrapped) in enumerate(line, 1)
        if isinstance(value, str) and value and wrapped and column not in merged
    ]
    return max(20, min(545, 15 * max(needed) + 5)) if needed else 20


@given(
    st.lists(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=4), max_size=8), st.booleans(), st.data()
)
def test_rows_are_as_tall_as_their_tallest_text(
    lines: list[list[tuple[Value, bool]]], merged: bool, data: st.DataObject
) -> None:
    sheet = sheet_of(lines, [Area(1, 2, 2, 3)] if merged else [])
    said = {row: data.draw(st.sampled_from([None, "0", "30", "x"])) for row in range(1, len(lines) + 1)}
    hidden = {row: data.draw(st.sampled_from([None, "0", "1"])) for row in said}
    geometry = SheetGeometry(ROOT, [(row, hidden[row], said[row]) for row in said], sheet)
    expected = [
        0
        if hidden[row] == "1"
        else 40
        if said[row] == "30"
        else height_of(line, {2, 3} if merged and row < 3 else set())
        for row, line in enumerate(lines, 1)
    ]
    asked = data.draw(st.permutations(range(1, len(lines) + 3)))
    assert {row: geometry.tops[row] for row in asked} == {
        row: sum([*expected, 20, 20][: row - 1]) for row in range(1, len(lines) + 3)
    }
    assert [geometry.heights[row] for row in range(1, len(lines) + 1)] == expected


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9), st.integers(0, 2), TEXTS.map(str)), max_size=9))
def test_a_box_is_the_same_whatever_boxes_were_made_before(notes: list[tuple[int, int, int, str]]) -> None:
    sheet = sheet_of([[("a\nb\nc", True)], [("x" * 60, True)]], [])
    shared = SheetGeometry(ROOT, [(5, "1", None)], sheet)
    for row, column, further, text in notes:
        alone = note_box(SheetGeometry(ROOT, [(5, "1", None)], sheet), row, column, column + further, lines_of(text))
        assert note_box(shared, row, column, column + further, lines_of(text)) == alone


@given(st.lists(st.sampled_from([
    '<o:idmap v:ext="edit" data="1,2"/>', "<o:idmap data='7'/>", '<idmap idmap="3" data=" 4 "/>', "idmap",
    "<o:idmapped data=\"5\"/>", ">", '<x a="idmap" data="6"/>', '<p:idmap x="idmap"/>',
])))  # fmt: skip
def test_blocks_are_found_as_by_searching_the_whole_drawing(pieces: list[str]) -> None:
    blob = "".join(pieces).encode()
    searched = [int(item) for found in vml.IDMAP.findall(blob) for item in found.split(b",") if item.strip().isdigit()]
    assert vml.blocks_of(blob) == searched


def test_what_was_worked_out_goes_with_its_use() -> None:
    geometry = SheetGeometry(ROOT, [], sheet_of([[("x" * 60, True)]], []))
    note_box(geometry, 1, 1, 1, 3)
    held = [weakref.ref(each) for each in (geometry.heights, geometry.tops, geometry.across)]
    gc.disable()  # which is to have nothing to do
    try:
        del geometry
        assert [each() for each in held] == [None, None, None]
    finally:
        gc.enable()
