"""Cells that are painted together come out as when they are painted one after the other."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from workbooks import SHEET, made

from regsheet.grid import read_grid
from regsheet.package import Package
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.paint import Painter, Told
from regsheet.writer.records import Records
from regsheet.writer.styles import Styles

LOOKS = [{}, {"bg_color": "#FFC000"}, {"bold": True, "border": 1}, {"font_color": "#FFFFFF", "bg_color": "#1F4E79"}]
PLACES = st.tuples(st.integers(1, 7), st.integers(1, 5))
MERGES = st.sampled_from([(), ("B2:C3",), ("A1:A2", "D5:E5"), ("B2:B6", "C3:E4")])
FILLS = st.lists(
    st.tuples(PLACES, st.sampled_from(["FFC000", "000000", "00B050"])), max_size=8, unique_by=lambda x: x[0]
)
HALVES = st.none() | st.sampled_from(["", "<a/>", "<b/>"])
TOLD = st.builds(Told, HALVES, HALVES, HALVES, HALVES, HALVES)


def workbook(styles: list[int], merges: Iterable[str]) -> Package:
    """Five rows of three cells with these looks, one of the rows blank, and merges."""

    def fill(book: object, sheet: object) -> None:
        looks = [book.add_format(look) for look in LOOKS]
        for merge in merges:
            sheet.merge_range(merge, "", looks[0])
        for number, style in enumerate(styles):
            sheet.write(number // 3, number % 3, None if number // 3 == 2 else f"Text {number}", looks[style])

    return made(fill)


def painted(package: Package, fills: dict, flags: list, at_once: bool) -> tuple[object, ...]:
    """The sheet and the styles that come of it, and what is told."""
    records, sheet = Records(), read_grid(package).sheets[0]
    painter = Painter(SheetPatch(package, SHEET), sheet, Styles(package), records)
    for part in [fills] if at_once else [{place: colour} for place, colour in fills.items()]:
        painter.fill(part)
    for cells in [flags] if at_once else [[place] for place in flags]:
        painter.flag(cells, fills)
    painter.patch.put_down()
    return package.blob(SHEET), package.blob("xl/styles.xml"), list(records.cells.values())


@given(st.lists(st.integers(0, 3), min_size=15, max_size=15), MERGES, FILLS, st.lists(PLACES, max_size=8, unique=True))
def test_together_is_as_one_by_one(styles: list[int], merges: tuple[str, ...], fills: list, flags: list) -> None:
    ways = [painted(workbook(styles, merges), dict(fills), flags, at_once) for at_once in (True, False)]
    assert ways[0] == ways[1]


@given(TOLD, TOLD, TOLD)
def test_the_first_look_is_told_and_the_last(one: Told, two: Told, three: Told) -> None:
    assert one.and_then(two).and_then(three) == one.and_then(two.and_then(three))
    assert one.and_then(Told()) == one
    told = one.and_then(two)
    assert told.fill_before == (one.fill_before or (one.fill_before if two.fill_before is None else two.fill_before))
    assert told.fill_after == (two.fill_after or one.fill_after)
