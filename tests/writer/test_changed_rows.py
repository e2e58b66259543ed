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
    before = sheet(row(1, cell(b"A1", 1, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 7)))
    after = sheet(row(1, cell(b"A1", 9, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 8)))
    found = differing_rows(before, after)
    assert found is not None
    assert found[0] == HEAD + row(3, cell(b"A3", 1, 7)) + b"</sheetData></worksheet>"
    assert found[1] == HEAD + row(3, cell(b"A3", 1, 8)) + b"</sheetData></worksheet>"


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
