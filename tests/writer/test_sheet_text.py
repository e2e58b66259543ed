"""A sheet changed in its text is the sheet that changing its tree gives, and its earlier bytes come back."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from workbooks import MAIN, SHEET, with_parts, with_rows
from workbooks import plain as small

from regsheet.errors import PackageError
from regsheet.grid.addresses import address
from regsheet.package import Package, archive
from regsheet.writer import cell_patch, sheet_rows, sheet_shape
from regsheet.writer.cell_patch import CellRefused, SheetPatch
from regsheet.writer.delta import apply_delta
from regsheet.writer.sheet_text import SheetText
from regsheet.writer.sheet_tree import SheetTree

CELLS = st.sampled_from([
    '<c r="{at}"/>',
    '<c r="{at}" s="1"/>',
    '<c r="{at}" s="2" />',
    '<c r="{at}" s="1"></c>',
    '<c r="{at}"><v>5</v></c>',
    '<c r="{at}" s="2"><v>1.50</v></c>',
    '<c r="{at}" s="1" t="s"><v>0</v></c>',
    '<c r="{at}" t="s" s="3"><v>1</v></c>',
    '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> a &lt; b\n</t></is></c>',
    '<c r="{at}" t="b" ph="1"><v>1</v></c>',
    '<c r="{at}"><f>A1+1</f><v>3</v></c>',
    '<c r="{at}" t="str"><f>"c s="&amp;"&gt;"</f><v>é</v></c>',
    '<c r="{at}"><f>A1</f><v/></c>',
    '<c r="{at}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="{at}"><f t="shared" ref="A1:C9" si="0">B2*2</f><v>3</v></c>',
    '<c r="{at}" vm="1" t="e"><v>#VALUE!</v></c>',
    '<c r="{at}"><f t="array" ref="{at}">1+1</f><v>2</v></c>',
])  # fmt: skip
ODD_CELLS = st.sampled_from([
    '<c r="{at}" t="inlineStr"><is><r><t>rich</t></r></is></c>', "<c r='{at}'><v>1</v></c>", "<c><v>9</v></c>",
    '<c s="1" r="{at}"><v>8</v></c>',
])  # fmt: skip
ROWS = st.sampled_from([
    ' spans="2:3"', ' spans="1:7" ht="30" customHeight="1"', "", "", ' s="2" customFormat="1"', ' hidden="1"', ' s="1"',
])  # fmt: skip
BLANKS = st.sampled_from(["", "", "", "\n", "\r\n  "])
TEXTS = st.sampled_from(["Amber", "", " <two>\nlines & more ", "=1", "é\x07"])
VALUES = st.one_of(st.none(), st.integers(-99, 99), st.just(2.5), st.just(True), TEXTS)
COLUMNS = '<dimension ref="B2:C3"/><cols><col min="3" max="4" width="9" style="2"/></cols>'
MERGES = "<mergeCells><mergeCell ref='B2:C3' /></mergeCells>\n<pageMargins left='0.7' />"
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["value", "value", "style", "style", "formula", "result", "remove"]),
        st.integers(1, 8), st.integers(1, 5), VALUES, st.integers(0, 4),
    ),
    max_size=14,
)  # fmt: skip


@st.composite
def sheets(draw: Callable[[st.SearchStrategy[object]], object], cells: st.SearchStrategy[str] = CELLS) -> bytes:
    """A worksheet part as some program or other writes it."""
    parts = []
    for number in sorted(draw(st.sets(st.integers(1, 8), max_size=6))):
        columns = sorted(draw(st.sets(st.integers(1, 5), max_size=4)))
        tag = f'<row r="{number}"{draw(ROWS)}'
        spelled = "".join(draw(BLANKS) + draw(cells).format(at=address(number, column)) for column in columns)
        ended = draw(BLANKS)
        parts.append(draw(BLANKS) + (f"{tag}/>" if not spelled and ended else f"{tag}>{spelled}{ended}</row>"))
    begun = draw(st.sampled_from(["", '<?xml version="1.0" encoding="utf-8"?>\r\n', "\ufeff"]))
    before, after = draw(st.sampled_from(["", COLUMNS])), draw(st.sampled_from(["", MERGES]))
    text = f'{begun}<worksheet xmlns="{MAIN[1:-1]}">{before}<sheetData>{"".join(parts)}</sheetData>{after}</worksheet>'
    return text.encode()


def edited(blob: bytes, edits: list[tuple[str, int, int, object, int]], way: type) -> tuple[object, ...]:
    """What one way of changing the sheet makes of it, and what it says of the cells meanwhile."""
    package = with_parts(small(1), sheet=blob)
    with pytest.MonkeyPatch.context() as patching:
        if way is SheetTree:
            patching.setattr(cell_patch, "_opened", SheetTree)
        patch = SheetPatch(package, SHEET)
        said: list[object] = [sorted(patch.row_looks())]
        for edit in edits:
            said.append(_apply(patch, *edit))
        changed = patch.put_down(tell=True)
    if changed is not None:
        assert apply_delta(package.blob(SHEET), changed.recipe, len(blob)) == blob
    return _canonical(package), said, patch.formulas_changed, patch.moved


def _apply(patch: SheetPatch, kind: str, row: int, column: int, value: object, style: int) -> object:
    found = patch.has(row, column), patch.style(row, column), patch.refusal(row, column)
    try:
        if kind == "style":
            patch.set_style(row, column, style)
        elif kind == "result":
            patch.set_result(row, column, 7.5 if value is None or isinstance(value, bool) else value)
        elif kind == "remove":
            patch.remove_empty(row, column)
        else:
            patch.set_value(row, column, value, "A1<B1" if kind == "formula" else None)
    except CellRefused as refusal:
        return found, str(refusal)
    return found, patch.has(row, column), patch.style(row, column)


def _canonical(package: Package) -> bytes:
    root = etree.fromstring(package.blob(SHEET))
    for value in root.iter(f"{MAIN}v"):
        # A result that is replaced says by itself whether its blanks count.
        value.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    for item in root.iter(f"{MAIN}sheetData", f"{MAIN}row", f"{MAIN}c"):
        item.text = item.tail = None  # blanks between cells go with the cell before them, or stay
    canonical: bytes = etree.tostring(root, method="c14n")
    return canonical


@settings(max_examples=200)
@given(sheets(), EDITS)
def test_both_ways_give_the_same_sheet(blob: bytes, edits: list[tuple[str, int, int, object, int]]) -> None:
    assert edited(blob, edits, SheetText) == edited(blob, edits, SheetTree)


@settings(max_examples=75)
@given(sheets(st.one_of(CELLS, CELLS, CELLS, ODD_CELLS)), EDITS)
def test_also_where_some_rows_are_spelled_in_unusual_ways(
    blob: bytes, edits: list[tuple[str, int, int, object, int]]
) -> None:
    assert edited(blob, edits, SheetText) == edited(blob, edits, SheetTree)


@settings(max_examples=100)
@given(sheets(), EDITS, st.integers(1, 200), st.integers(1, 3))
def test_a_large_sheet_is_changed_as_a_small_one(
    blob: bytes, edits: list[tuple[str, int, int, object, int]], size: int, most: int
) -> None:
    whole, apart = with_parts(small(1), sheet=blob), with_parts(small(1), sheet=blob)
    with pytest.MonkeyPatch.context() as patching:
        said = changed_by(whole, edits)
        patching.setattr(sheet_shape, "BLOCK", size)
        patching.setattr(sheet_rows, "MOST_OPEN", most)
        patching.setattr(archive, "_MOST_INFLATED", size)
        assert changed_by(apart, edits) == said
    assert apart.blob(SHEET) == whole.blob(SHEET)


def changed_by(package: Package, edits: list[tuple[str, int, int, object, int]]) -> tuple[object, ...]:
    """What is said of the cells while a sheet is changed, and what became of it."""
    patch = SheetPatch(package, SHEET)
    said = [_apply(patch, *edit) for edit in edits]
    return said, patch.own_styles([(row, 3 - row % 2) for row in range(9, 0, -1)]), patch.put_down(tell=True)


@given(sheets(), st.integers(1, 300), st.integers(1, 300))
def test_a_part_is_cut_before_rows_however_it_comes(blob: bytes, stretch: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(sheet_shape, "BLOCK", size)
        head, *rows, tail = sheet_shape.cut(blob[at : at + stretch] for at in range(0, len(blob), stretch))
    assert b"".join([head, *rows, tail]) == blob
    assert head.endswith(b"<sheetData>")
    assert tail.startswith(b"</sheetData>")
    assert all(piece.startswith(b"<row ") for piece in rows[1:])
    assert all(len(piece) >= size and piece.find(b"<row ", size) < 0 for piece in rows[:-1])


def test_a_damaged_part_is_not_taken_for_a_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    package = small()

    def damaged(*_: object) -> Iterator[bytes]:
        yield package.blob(SHEET)
        raise PackageError("damaged")

    monkeypatch.setattr(package, "stretches", damaged)
    with pytest.raises(PackageError):
        SheetPatch(package, SHEET)


def way_of(package: Package, *rows: int) -> type:
    patch = SheetPatch(package, SHEET)
    for row in rows:
        patch.has(row, 1)
    return type(patch._cells)


def test_a_usual_sheet_is_changed_in_its_text() -> None:
    assert way_of(small(), 1, 2, 3, 4, 5, 99) is SheetText


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v></c></row>", '<row r="2"/><row r="1"/>', '<row r="1"/><row r="1"/>', "<!-- --><row r='1'/>",
        '<row r="1" xmlns:x="urn:x"><c r="A1"/></row>', '<row r="1"/> and text',
        '<row r="1"/></sheetData><sheetData><row r="2"/>',
        '<row r="1"><c r="A1"><f t="array">1</f><v>1</v></c><c r="B1"><f t=\'array\' ref="B1">1</f></c></row>',
        '<row r="9999999"/>',
    ],
)  # fmt: skip
def test_an_unusual_one_is_changed_in_its_tree(rows: str) -> None:
    assert way_of(with_rows(rows)) is SheetTree


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c><v>1</v></c></row>', '<row r="1"><c r="A2"/></row>', '<row r="1"><c r="a1"/></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>x</t></r></is></c></row>', '<row r="1"> x </row>',
        '<row r="1"><x:c xmlns:x="urn:x" r="A1"/></row>', '<row r="1"><c r="A1" xmlns="abc"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f xmlns="urn:x">B1</f><v>1</v></c></row>', '<row r="1"><c r="A1" t="s"/><d/></row>',
    ],
)  # fmt: skip
def test_one_with_an_unusual_row_is_changed_in_its_tree_once_that_row_is_asked_for(row: str) -> None:
    package = with_rows(f'{row}<row r="2"/>')
    assert way_of(package, 2) is SheetText
    assert way_of(package, 2, 1) is SheetTree


def test_what_is_not_changed_keeps_its_spelling() -> None:
    row = '<row r="1" spans="1:2" ><c r="A1" s="1" /> <c r="B1" ><v>2</v></c></row>'
    package = with_rows(row, after="<pageMargins  left='1'/>")
    blob = package.blob(SHEET)
    patch = SheetPatch(package, SHEET)
    patch.set_style(1, 2, 3)
    patch.put_down()
    assert package.blob(SHEET) == blob.replace(b'<c r="B1" >', b'<c r="B1" s="3">')


def test_what_became_of_a_part_is_told_only_where_it_was_as_in_the_file() -> None:
    package = small()
    for is_told in (True, False):
        patch = SheetPatch(package, SHEET)
        patch.set_value(2, 2, "Another title" if is_told else "Yet another")
        assert (patch.put_down(tell=True) is not None) == is_told
