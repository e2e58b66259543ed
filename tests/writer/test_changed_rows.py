"""Which rows are looked at again before a result is given out: all that differ in more than the looks of a cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regsheet.writer.changed_rows import differing_rows

HEAD = b'<worksheet xmlns="x"><cols/><sheetData>'
TAIL = b"</sheetData><pageMargins/></worksheet>"


def sheet(*rows: bytes) -> bytes:
    return HEAD + b"".join(rows) + TAIL


def row(number: int, *cells: bytes) -> bytes:
    return b'<row r="%d" spans="1:9">' % number + b"".join(cells) + b"</row>"


def cell(address: bytes, style: int, value: int) -> bytes:
    return b'<c r="%s" s="%d"><v>%d</v></c>' % (address, style, value)


def test_a_row_in_other_looks_is_passed_over_and_one_with_another_value_is_not() -> None:
    before = sheet(row(1, cell(b"A1", 1, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 7), cell(b"B3", 1, 4)))
    after = sheet(row(1, cell(b"A1", 9, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 8), cell(b"B3", 2, 4)))
    found = differing_rows(before, after)
    assert found is not None
    assert found[0] == HEAD + row(3, b'<c r="A3"><v>7</v></c>') + b"</sheetData></worksheet>"
    assert found[1] == HEAD + row(3, b'<c r="A3"><v>8</v></c>') + b"</sheetData></worksheet>"


def test_a_cell_that_moved_to_another_row_is_missing_from_its_own() -> None:
    found = differing_rows(sheet(row(1, cell(b"A1", 1, 5)), row(2)), sheet(row(1), row(2, cell(b"A1", 1, 5))))
    assert found is not None
    assert b"<v>5</v>" in found[0]


def test_cells_placed_by_their_order_are_kept_with_their_neighbours() -> None:
    before = sheet(row(1, b"<c><v>1</v></c>", b"<c><v>2</v></c>"))
    after = sheet(row(1, b"<c><v>9</v></c>", b"<c><v>2</v></c>"))
    found = differing_rows(before, after)
    assert found is not None
    assert all(b"<v>2</v>" in spelling for spelling in found)


def test_what_looks_like_cells_in_a_comment_is_not_told_apart() -> None:
    odd = sheet(row(1, b"<!-- <c r=", cell(b"A1", 1, 5)))
    assert differing_rows(odd, odd) is None


def test_a_text_that_speaks_of_formats_is_no_format() -> None:
    before = sheet(row(1, b'<c r="A1" t="inlineStr"><is><t>&lt;c s="5"</t></is></c>'))
    after = sheet(row(1, b'<c r="A1" t="inlineStr"><is><t>&lt;c s="6"</t></is></c>'))
    found = differing_rows(before, after)
    assert found is not None
    assert b's="5"' in found[0] and b's="6"' in found[1]


def test_rows_numbered_by_their_order_are_not_told_apart() -> None:
    assert differing_rows(HEAD + b"<row><c><v>1</v></c></row>" + TAIL, sheet()) is None
    assert differing_rows(b'<x:worksheet xmlns:x="x"><x:sheetData/></x:worksheet>', sheet()) is None


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=6), st.data())
def test_every_row_whose_values_changed_is_there(values: list[list[int]], data: st.DataObject) -> None:
    changed = [[data.draw(st.integers(0, 3)) for _ in line] for line in values]

    def spelled(lines: list[list[int]], style: int) -> bytes:
        cells = [[cell(b"ABCD"[at : at + 1] + b"%d" % n, style, v) for at, v in enumerate(line)]
                 for n, line in enumerate(lines, 1)]  # fmt: skip
        return sheet(*(row(n, *line) for n, line in enumerate(cells, 1)))

    found = differing_rows(spelled(values, 1), spelled(changed, 2))
    assert found is not None
    for number, (then, now) in enumerate(zip(values, changed, strict=True), 1):
        for spelling in found:
            assert (b'<row r="%d"' % number in spelling) == (then != now)
