"""The mark says again what it was told, and nothing else is taken for one."""

import datetime as dt
import zlib

from hypothesis import given
from hypothesis import strategies as st
from workbooks import plain, saved

from regsheet.grid.cells import CellError
from regsheet.writer.mark import ChangedPart, DroppedPart, Mark, place_mark, read_mark, spelled_cells, written
from regsheet.writer.pieces import compressed, pieces
from regsheet.writer.records import CellRecord, NoteRecord

TEXTS = st.text(max_size=20)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), TEXTS,
    st.just(CellError("#REF!")), st.datetimes(dt.datetime(1900, 3, 1)), st.times(),
)  # fmt: skip
RECORDS = st.builds(
    CellRecord, sheet=TEXTS, cell=st.just("B5"), existed=st.booleans(), wrote_value=st.just(True), value_before=VALUES,
    formula_before=st.none() | TEXTS, value_after=VALUES, formula_after=st.none() | TEXTS,
    fill_before=st.none() | st.sampled_from(["<fill/>", "<fill><a b='1'/></fill>", ""]),
    fill_after=st.none() | st.just("FF0000"), border_before=st.none() | st.just("<border/>"),
    row_key=st.none() | st.just("0123456789abcdef"),
)  # fmt: skip


NOTES = st.builds(NoteRecord, TEXTS, st.just("A1"), TEXTS, st.booleans())


@given(st.lists(RECORDS, max_size=4), st.lists(NOTES, max_size=3))
def test_a_mark_is_read_as_it_was_written(cells: list[CellRecord], notes: list[NoteRecord]) -> None:
    package = plain(1)
    item, properties = place_mark(package, "0" * 64)
    mark = Mark(
        "0.1.0", "Register & “co”.xlsx", "0" * 64, ("Findings", "Check <summary>"), cells, notes,
        [ChangedPart("xl/workbook.xml", "a", "b", b"\x00\x01")],
        [DroppedPart("xl/calcChain.xml", "xl/styles.xml", b"\xff")],
        (item, properties), "c",
    )  # fmt: skip
    package.replace_packed(item, written(mark))
    found = read_mark(saved(package))
    mark.part = item
    assert found == mark
    assert [type(record.value_before) for record in found.cells] == [type(record.value_before) for record in cells]


def test_a_mark_of_many_pieces_is_read_as_it_was_written() -> None:
    package = plain(1)
    item, properties = place_mark(package, "0" * 64)
    looks = [f"<fill><a b='{number}'/></fill>" for number in range(40)]
    cells = [
        CellRecord("A & “b”", f"B{n}", wrote_value=True, value_after="é€" * 20, fill_before=looks[n % len(looks)])
        for n in range(1, 3000)
    ]
    notes = [NoteRecord("A & “b”", f"A{n}", "x" * 90, joined=True) for n in range(1, 2000)]
    content = bytes(range(256)) * 700 + b"\x00"
    mark = Mark(
        "0.1.0", "a.xlsx", "0" * 64, ("Findings",), cells, notes,
        [ChangedPart("xl/a.xml", "a", "b", content)], [DroppedPart("xl/calcChain.xml", "", content[1:])], (properties,),
    )  # fmt: skip
    spelled = list(written(mark))
    assert max(map(len, spelled)) < 300_000
    assert list(written(mark, pieces(spelled_cells(cells)))) == spelled
    assert compressed(spelled) == zlib.compress(b"".join(spelled))
    package.replace_packed(item, spelled)
    mark.part = item
    assert read_mark(saved(package)) == mark


def test_custom_items_of_others_and_damaged_marks_are_no_marks() -> None:
    package = plain(1)
    assert read_mark(package) is None
    item, _ = place_mark(package, "0" * 64)
    for text in (
        "<other/>",
        "<broken urn:regsheet:annotation:1",
        '<x xmlns="urn:regsheet:annotation:1"/>',
        '<annotation xmlns="urn:regsheet:annotation:1"><cell/></annotation>',
        '<annotation xmlns="urn:regsheet:annotation:1"><changed name="a" before="b" after="c">?</changed></annotation>',
    ):
        package.replace(item, text.encode())
        assert read_mark(saved(package)) is None


def test_the_mark_does_not_take_the_place_of_another_item() -> None:
    package = plain(1)
    package.add("customXml/item1.xml", b"<theirs/>", "application/xml")
    package.add("customXml/itemProps2.xml", b"<theirs/>", "application/xml")
    item, properties = place_mark(package, "0" * 64)
    assert (item, properties) not in {("customXml/item1.xml", "customXml/itemProps2.xml")}
    assert package.blob("customXml/item1.xml") == package.blob("customXml/itemProps2.xml") == b"<theirs/>"
