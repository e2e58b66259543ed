"""Which rows are looked at again before a result is given out: all that differ in more than the looks of a cell."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import plain

from regsheet.errors import OutputError
from regsheet.writer import verify
from regsheet.writer.changed_rows import differing_rows
from regsheet.writer.seal import Before

HEAD = b'<worksheet xmlns="x"><cols/><sheetData>'
TAIL = b"</sheetData><pageMargins/></worksheet>"
SIZES = st.sampled_from((1, 2, 7, 60, 1_000_000))
"""So many bytes are read at a time."""


def cut(content: bytes, size: int = 1_000_000) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


def differing(earlier: bytes, present: bytes, sizes: tuple[int, int] = (50, 50)) -> tuple[bytes, bytes] | None:
    return differing_rows(lambda: cut(earlier, sizes[0]), lambda: cut(present, sizes[1]))


def sheet(*rows: bytes) -> bytes:
    return HEAD + b"".join(rows) + TAIL


def row(number: int, *cells: bytes) -> bytes:
    return b'<row r="%d" spans="1:9">' % number + b"".join(cells) + b"</row>"


def cell(address: bytes, style: int, value: int) -> bytes:
    return b'<c r="%s" s="%d"><v>%d</v></c>' % (address, style, value)


def test_a_row_in_other_looks_is_passed_over_and_one_with_another_value_is_not() -> None:
    before = sheet(row(1, cell(b"A1", 1, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 7), cell(b"B3", 1, 4)))
    after = sheet(row(1, cell(b"A1", 9, 5)), b'<row r="2"/>', row(3, cell(b"A3", 1, 8), cell(b"B3", 2, 4)))
    found = differing(before, after)
    assert found is not None
    assert found[0] == HEAD + b'<row r="2"/>' + row(3, cell(b"A3", 1, 7)) + TAIL
    assert found[1] == HEAD + b'<row r="2"/>' + row(3, cell(b"A3", 1, 8)) + TAIL


def test_a_cell_that_moved_to_another_row_is_missing_from_its_own() -> None:
    found = differing(sheet(row(1, cell(b"A1", 1, 5)), row(2)), sheet(row(1), row(2, cell(b"A1", 1, 5))))
    assert found is not None
    assert b"<v>5</v>" in found[0]


def test_cells_placed_by_their_order_are_kept_with_their_neighbours() -> None:
    before = sheet(row(1, b"<c><v>1</v></c>", b"<c><v>2</v></c>"))
    after = sheet(row(1, b"<c><v>9</v></c>", b"<c><v>2</v></c>"))
    found = differing(before, after)
    assert found is not None
    assert all(b"<v>2</v>" in spelling for spelling in found)


def test_what_looks_like_cells_in_a_comment_is_not_told_apart() -> None:
    odd = sheet(row(1, b"<!-- <c r=", cell(b"A1", 1, 5)))
    assert differing(odd, odd) is None


def test_a_text_that_speaks_of_formats_is_no_format() -> None:
    before = sheet(row(1, b'<c r="A1" t="inlineStr"><is><t>&lt;c s="5"</t></is></c>'))
    after = sheet(row(1, b'<c r="A1" t="inlineStr"><is><t>&lt;c s="6"</t></is></c>'))
    found = differing(before, after)
    assert found is not None
    assert b's="5"' in found[0] and b's="6"' in found[1]


def test_rows_numbered_by_their_order_are_not_told_apart() -> None:
    assert differing(HEAD + b"<row><c><v>1</v></c></row>" + TAIL, sheet()) is None
    assert differing(b'<x:worksheet xmlns:x="x"><x:sheetData/></x:worksheet>', sheet()) is None


def test_wherever_the_stretches_are_cut_the_outcome_is_the_same() -> None:
    odd = b'<c r="B2" t="inlineStr"><is><t>\xc3\xa9\xe2\x82\xac</t></is></c>'
    before = sheet(row(1, cell(b"A1", 1, 5)), row(2, cell(b"A2", 1, 6), odd), b'<row r="3"/>', row(4))
    after = before.replace(b"<v>6</v>", b"<v>7</v>").replace(b"\xe2\x82\xac", b"\xe2\x82\xad")
    whole = differing(before, after, (1_000_000, 1_000_000))
    assert whole is not None
    assert odd in whole[0] and b"<v>5</v>" not in whole[0]
    for at in range(len(after) + 1):
        cuts = [before[:at], before[at:]], [after[:at], b"", after[at:]]
        assert differing_rows(cuts[0].copy, cuts[1].copy) == whole
    for size in range(1, 60):
        assert differing(before, after, (size, 61 - size)) == whole


@pytest.mark.parametrize("odd", [b"<!-- -->", b"<![CDATA[ ]]>", b"<?x ?>"])
def test_what_may_hide_cells_is_seen_wherever_the_stretches_are_cut(odd: bytes) -> None:
    plain = sheet(row(1, cell(b"A1", 1, 5)), row(2))
    for place in (b"</v>", b"</row>", b"</sheetData>", b"<pageMargins/>"):
        spelled = plain.replace(place, odd + place)
        for at in range(len(spelled)):
            cuts = [spelled[:at], spelled[at:]]
            assert differing_rows([plain].copy, cuts.copy) is None


def test_a_sheet_without_its_beginning_or_end_is_not_told_apart() -> None:
    whole = sheet(row(1, cell(b"A1", 1, 5)), row(2))
    for broken in (b"", whole[:-1], whole.replace(b"<sheetData>", b""), whole.replace(b"</sheetData>", b"")):
        for size in (1, 7, 1_000_000):
            assert differing(whole, broken, (size, size)) is None
            assert differing(broken, whole, (size, size)) is None


def test_rows_that_one_spelling_has_more_are_there() -> None:
    rows = [row(number, cell(b"A%d" % number, 1, number)) for number in range(1, 7)]
    found = differing(sheet(*rows), sheet(*rows[:2], *rows[3:]))
    assert found == (sheet(rows[2]), sheet())
    found = differing(sheet(*rows[:2], *rows[3:]), sheet(*rows))
    assert found == (sheet(), sheet(rows[2]))
    assert differing(sheet(*rows), sheet(*rows, b"</row>")) is None


def test_both_spellings_are_read_to_their_ends() -> None:
    whole = sheet(row(1, cell(b"A1", 1, 5)), row(2))
    for size in (1, 7, 1_000_000):
        both = iter(cut(whole, size)), iter(cut(whole.replace(b"5", b"6"), size))
        assert differing_rows(both[0].__iter__, both[1].__iter__) is not None
        assert [list(left) for left in both] == [[], []]


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=6), st.data())
def test_every_row_whose_values_changed_is_there(values: list[list[int]], data: st.DataObject) -> None:
    changed = [[data.draw(st.integers(0, 3)) for _ in line] for line in values]

    def spelled(lines: list[list[int]], style: int) -> bytes:
        cells = [[cell(b"ABCD"[at : at + 1] + b"%d" % n, style, v) for at, v in enumerate(line)]
                 for n, line in enumerate(lines, 1)]  # fmt: skip
        return sheet(*(row(n, *line) for n, line in enumerate(cells, 1)))

    found = differing(spelled(values, 1), spelled(changed, 2), data.draw(st.tuples(SIZES, SIZES)))
    assert found is not None
    for number, (then, now) in enumerate(zip(values, changed, strict=True), 1):
        for spelling in found:
            assert (b'<row r="%d"' % number in spelling) == (then != now)


KINDS = (
    b"/>", b"><v>%d</v></c>", b' t="s"><v>%d</v></c>', b"><f>A1&gt;%d</f><v>4</v></c>",
    b' t="str"><v>%d\xc3\xa9</v></c>',
    b' t="inlineStr"><is><t>Say s="%d"</t></is></c>', b' t="inlineStr"><is><t>Much</t></is></c>',
)  # fmt: skip
"""Cells from behind their address and format on."""


@st.composite
def pairs_of_sheets(draw: st.DrawFn) -> tuple[bytes, bytes, set[tuple[int, int]]]:
    """A sheet, the same in other looks with other values in some cells, and these cells."""
    written: set[tuple[int, int]] = set()
    lines: tuple[list[bytes], list[bytes]] = [], []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        cells: tuple[list[bytes], list[bytes]] = [], []
        for column, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=4)), 1):
            value, begun = draw(st.integers(0, 3)), b'<c r="%s%d"' % (b"ABCD"[column - 1 : column], number)
            cells[0].append(begun + draw(st.sampled_from((b"", b' s="1"'))) + _filled(kind, value))
            if draw(st.integers(0, 4)) == 0:
                written.add((number, column))
                kind, value = draw(st.sampled_from(KINDS)), value + 1
            cells[1].append(begun + draw(st.sampled_from((b"", b' s="1"', b' s="12"'))) + _filled(kind, value))
        if draw(st.integers(0, 5)) == 0:  # a cell is made for its looks
            cells[1].append(b'<c r="E%d" s="4"/>' % number)
        tag = draw(st.sampled_from((b'<row r="%d"' % number,) * 5 + (b"<row",)))
        for line, own in zip(lines, cells, strict=True):
            line.append(
                b"%s>%s</row>" % (tag, b"".join(own)) if own else tag + draw(st.sampled_from((b"/>", b"></row>")))
            )
    return sheet(*lines[0]), sheet(*lines[1]), written


def _filled(kind: bytes, value: int) -> bytes:
    return kind % value if b"%d" in kind else kind


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with one thing wrong: a byte, a tag, or a stretch from tag to tag that is gone, doubled or moved."""
    what = draw(st.sampled_from(("byte", "insertion", "loss", "stretch")))
    at = draw(st.integers(0, len(content) - 1))
    if what == "byte":
        return (
            content[:at]
            + draw(st.sampled_from((b"0", b"7", b"s", b"\xff", b"<", b">", b'"', b" ")))
            + content[at + 1 :]
        )
    if what == "insertion":
        new = draw(
            st.sampled_from(
                (b"1", b"<v>1</v>", b"</row>", b"<?x ?>", b"<!-- -->", b"]]>", b"</c>", b'<row r="2">', b"<row/>")
            )
        )
        return content[:at] + new + content[at:]
    if what == "loss":
        return content[:at] + content[at + 1 :]
    pieces = content.split(b"<")
    first, last = sorted(draw(st.tuples(*[st.integers(1, len(pieces) - 1)] * 2)))
    put = draw(st.integers(1, len(pieces) - 1))
    stretch = pieces[first:last]
    kept = pieces[:first] + pieces[last:] if draw(st.booleans()) else pieces
    return b"<".join([*kept[:put], *stretch, *kept[put:]] if draw(st.booleans()) else kept)


def _refused(earlier: bytes, present: bytes, written: set[tuple[int, int]], sizes: tuple[int, int] = (50, 50)) -> bool:
    try:
        verify._check_part("the sheet", lambda: cut(earlier, sizes[0]), lambda: cut(present, sizes[1]), written)
    except OutputError:
        return True
    return False


@given(pairs_of_sheets(), st.data())
def test_damage_is_noticed_just_where_comparing_the_whole_sheets_notices_it(
    pair: tuple[bytes, bytes, set[tuple[int, int]]], data: st.DataObject
) -> None:
    earlier, present, written = pair
    sizes = data.draw(st.tuples(SIZES, SIZES))
    assert not _refused(earlier, present, written, sizes)
    present = data.draw(damaged(present))
    noticed = _refused(earlier, present, written, sizes)
    with patch.object(verify, "differing_rows", lambda *_: None):
        assert noticed == _refused(earlier, present, written)


def test_a_row_that_others_hide_is_noticed() -> None:
    rows = [row(number, cell(b"A%d" % number, 1, number)) for number in (1, 2, 3)]
    hidden = [rows[0].removesuffix(b"</row>") + b"<x><row></row>", rows[1], b"<row></row></x></row>", rows[2]]
    assert _refused(sheet(*rows), sheet(*hidden), set())


NUMBERLESS = b"<row><c><v>1</v></c></row>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((row(5), NUMBERLESS), (row(6), NUMBERLESS)),
        ((row(5), b"<row/>", NUMBERLESS), (row(5), NUMBERLESS)),
        ((b'<row r="5"/>', row(6), NUMBERLESS), (b'<row r="5"/>', row(7), NUMBERLESS)),
        ((NUMBERLESS,), (row(1), NUMBERLESS)),
        ((row(5), NUMBERLESS), (b'<row r="5"/><row></row>', NUMBERLESS)),
        ((b'<row/><row r="5"></row>', NUMBERLESS), (b'<row r="5"/><row></row>', NUMBERLESS)),
        ((row(3, cell(b"A3", 1, 7)), NUMBERLESS), (row(2), row(3, cell(b"A3", 1, 7)), row(4), NUMBERLESS)),
    ],
)
def test_a_row_that_does_not_say_its_number_and_moves_is_noticed(
    before: tuple[bytes, ...], after: tuple[bytes, ...]
) -> None:
    assert not _refused(sheet(*before), sheet(*before), set())
    for size in (1, 13, 1_000_000):
        assert _refused(sheet(*before), sheet(*after), set(), (size, size))


def test_a_cell_that_others_hide_is_noticed() -> None:
    cells = [cell(b"%s1" % letter, 1, 5) for letter in (b"A", b"B", b"C")]
    hidden = [cells[0] + b"<x>", cells[1], cells[2] + b"</x>"]
    assert _refused(sheet(row(1, *cells)), sheet(row(1, *hidden)), set())


def test_a_cell_that_says_its_format_twice_is_noticed() -> None:
    twice = b'<c r="A1" s="1" s="x"><v>1</v></c>'
    assert _refused(sheet(row(1, cell(b"A1", 1, 5))), sheet(row(1, twice)), {(1, 1)})


def test_damage_in_the_packed_bytes_of_any_changed_part_is_noticed() -> None:
    package = plain(3)
    before, parts = Before.of(package), ("xl/worksheets/sheet1.xml", "xl/styles.xml")
    for part in parts:
        package.replace(part, package.blob(part).replace(b"><", b"> <", 1))
    verify.verify(package, before, {}, {})
    for part in parts:
        held = package._part(part)
        member = held.packed("f")
        held.content = replace(member, crc=member.crc ^ 1)
        with pytest.raises(OutputError, match=f"the part {part} cannot be read"):
            verify.verify(package, before, {}, {})
        held.content = member
