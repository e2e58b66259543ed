"""Sheets whose rows are handed over apart give the very workbook that a whole side workbook gives."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.writer_sheets.conftest import report_on, write_register
from tests.writer_sheets.test_sheets import finding, with_findings

from regsheet.package import Package
from regsheet.writer.graft import graft
from regsheet.writer.graft.later_rows import ROW, Each, LaterRows
from regsheet.writer.graft.loose import put_back
from regsheet.writer.graft.marked_rows import Numbering, mark
from regsheet.writer.report import Report
from regsheet.writer.sheets import SheetNames, build_sheets, sheets_to_graft
from regsheet.writer.sheets.lines import Lines, PutLines
from regsheet.writer.sheets.row_sizes import RowSizes
from regsheet.writer.sheets.similar import _leading

TEXTS = st.text(st.sampled_from("ab _x0041\"'&<>\n\t\r\x07\xa0é→\ufffe="), max_size=120) | st.sampled_from(
    ["<r>a</r>", "<r><t>a</t></r>", "_x0041_", " a ", "\n", "word " * 60, "long" * 40]
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("host") / "host.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Register").write_row(0, 0, ["Ref", "Risk Title"], book.add_format({"bold": True}))
    return path.read_bytes()


def both_ways(host: bytes, report: Report) -> tuple[bytes, bytes]:
    """The host with the sheets grafted from a whole workbook, and from loose sheets."""
    whole, loose = Package(host), Package(host)
    assert graft(whole, build_sheets(report, SheetNames())) == graft(loose, sheets_to_graft(report, SheetNames()))
    return whole.to_bytes(), loose.to_bytes()


def test_a_whole_report(host: bytes, report: Report) -> None:
    whole, loose = both_ways(host, report)
    assert whole == loose


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(TEXTS, min_size=6, max_size=6), max_size=4), st.integers(0, 40))
@example(rows=[["", "", "", "", "\ufffe", ""]], more=0)  # an owner of whom nothing can be written
def test_any_texts_and_any_number_of_rows(host: bytes, report: Report, rows: list[list[str]], more: int) -> None:
    made = [
        finding(message=message, advice=advice, ref=ref, title=title, owner=owner, value=value or None)
        for message, advice, ref, title, owner, value in rows
    ]
    many = with_findings(report, (*made, *(finding(cell=f"E{row + 2}", value=row / 7) for row in range(more))))
    whole, loose = both_ways(host, many)
    # A text that looks like markup has a blank behind it among shared texts, so that it stays a text.
    if not any(text.startswith("<r>") for row in rows for text in row):
        assert whole == loose


def test_zero_stays_on_its_side(host: bytes, report: Report) -> None:
    made = tuple(finding(cell=f"E{row + 2}", value=value) for row, value in enumerate((0, -0.0, 0.0, 1, 1.5, 2, "0")))
    whole, loose = both_ways(host, with_findings(report, made))
    assert whole == loose and b"<v>-0</v>" in Package(loose).blob("xl/worksheets/sheet3.xml")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Two registers one below the other on the Heatmap, with notes on both, and long lists of everything."""
    risks = [
        (f"R{row}", f"Title {row} " + "& more " * (row % 9), (row % 2 + 1, 2, 1, row % 3, 1, 1)) for row in range(67)
    ]
    made = report_on(write_register(tmp_path_factory.mktemp("crowded") / "register.xlsx", risks))
    book = made.settled.book
    twice = replace(made.settled, book=replace(book, registers=(*book.registers, *book.registers)))
    several = tuple(finding(cell=f"E{row + 2}", value=row, code=f"SC00{row % 3}") for row in range(61))
    return with_findings(replace(made, settled=twice), several)


@pytest.mark.parametrize(("held", "batch", "together"), [(20, 9, 4), (20, 16, 128), (40, 20, 7), (0, 33, 16)])
def test_rows_that_are_held_packed_are_the_same(
    held: int, batch: int, together: int, host: bytes, crowded: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_sheets, plain = build_sheets(crowded, SheetNames()), parts_of(both_ways(host, crowded)[1])
    monkeypatch.setattr("regsheet.writer.sheets.lines.HELD", held)
    monkeypatch.setattr("regsheet.writer.sheets.long_table.BATCH", batch)
    monkeypatch.setattr("regsheet.writer.graft.later_rows.TOGETHER", together)
    rows = sheets_to_graft(crowded, SheetNames()).rows
    for one in (rows["Findings"], rows["Heatmap"]):
        assert not any(isinstance(piece, LaterRows) for piece in one.pieces)
        assert any(isinstance(piece, bytes) and not piece.startswith(b"<") for piece in one.pieces)
    assert any(isinstance(piece, bytes) and not piece.startswith(b"<") for piece in rows["Findings"].links)
    assert build_sheets(crowded, SheetNames()) == plain_sheets
    assert parts_of(both_ways(host, crowded)[0]) == parts_of(both_ways(host, crowded)[1]) == plain


def parts_of(data: bytes) -> dict[str, bytes]:
    package = Package(data)
    return {name: package.blob(name) for name in package.names}


def test_links_stand_in_the_order_of_their_cells_wherever_they_were_put() -> None:
    lines, others = PutLines(), {(20, 0): "i", (2, 1): "b", (2, 0): "a", (9, 0): "f"}
    lines.put(Lines(range(3, 6), (), "", (0, 1), {(4, 1): "d", (3, 0): "c", (5, 0): "e"}))
    lines.put(Lines(range(10, 12), (), "", (0, 1), {(11, 0): "h", (10, 0): "g"}))
    assert b"".join(lines.links(others)) == b"abcdefghi"
    with pytest.raises(ValueError, match="too late"):
        list(lines.links({(4, 0): "x"}))


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.sampled_from([15, 27.0, 409.0]), min_size=1)), max_size=4))
def test_sizes_of_rows_are_looked_up_as_if_each_were_noted(tables: list[tuple[int, list[float]]]) -> None:
    noted = {15: "a", 27.0: "b", 409.0: "c"}
    plain, sizes, row = {0: "own"}, RowSizes(), 1
    sizes[0] = "own"
    for gap, heights in tables:
        rows = range(row + gap, row + gap + len(heights))
        sizes.add_rows(rows, heights, noted)
        plain |= zip(rows, map(noted.__getitem__, heights), strict=True)
        row = rows.stop
    for row in range(-1, max(plain) + 2):
        assert (row in sizes) == (row in plain)
        if row in plain:
            assert sizes[row] == plain[row]
        else:
            with pytest.raises(KeyError):
                sizes[row]


@given(st.lists(st.sampled_from(["", "B2", "C3"]), max_size=24), st.integers(0, 20))
def test_where_there_are_too_many_links_the_last_columns_go_without(cells: list[str], room: int) -> None:
    cells += [""] * (-len(cells) % 4)
    columns = [cells[start::4] for start in range(4)]
    left = [cell for column in columns for cell in column if cell][:room]
    led = _leading(cells, room)
    assert [cell for column in led for cell in column if cell] == left
    assert all(
        cell in ("", was) for new, old in zip(led, columns, strict=True) for cell, was in zip(new, old, strict=True)
    )


def test_a_sheet_without_a_place_for_its_merges_is_refused() -> None:
    assert b"".join(put_back(b"<a><sheetData/></a>", [b"<row/>"], [], [])) == b"<a><sheetData><row/></sheetData></a>"
    with pytest.raises(ValueError, match="no <mergeCells/>"):
        list(put_back(b"<a><sheetData/></a>", [], [b"<mergeCells>1</mergeCells>"], []))


def test_marks_become_numbers_in_the_order_in_which_they_are_met() -> None:
    asked: list[int] = []

    def number(position: int) -> int:
        asked.append(position)
        return 70 + position

    rows = f'<c r="A1" s="{mark(2)}"/><c r="B1" s="{mark(0)}"><v>1</v></c><c r="C1" s="{mark(2)}"/>'.encode()
    numbering = Numbering(number)
    assert numbering.settle(rows) == b'<c r="A1" s="72"/><c r="B1" s="70"><v>1</v></c><c r="C1" s="72"/>'
    assert asked == [2, 0]
    assert numbering.settle(b"<c/>") == b"<c/>"


STYLES = st.integers(0, 3)


@given(st.integers(1, 6).flatmap(lambda count: st.tuples(
    STYLES, st.lists(STYLES, min_size=count, max_size=count), st.lists(STYLES, min_size=count, max_size=count),
    st.lists(st.sampled_from(["", "é", f"B{ROW}"]), min_size=count, max_size=count),
)))  # fmt: skip
def test_rows_put_together_late_are_those_put_together_one_by_one(
    made: tuple[int, list[int], list[int], list[str]],
) -> None:
    always, tags, styles, texts = made
    asked: tuple[list[int], list[int]] = [], []
    late, soon = (Numbering(lambda position, asked=one: asked.append(position) or len(asked)) for one in asked)
    marks = {style: mark(style) for style in (*tags, *styles)}
    parts = [
        f"<r{ROW}", Each(tags, {style: marks[style] for style in tags}, marked=True), f">{mark(always)}", "<",
        Each(styles, {style: marks[style] for style in styles}, marked=True), Each(texts), "/>",
    ]  # fmt: skip
    rows = "".join(
        f"<r{ROW}{marks[tag]}>{mark(always)}<{marks[style]}{text}/>".replace(ROW, str(number))
        for number, (tag, style, text) in enumerate(zip(tags, styles, texts, strict=True), 7)
    )
    assert b"".join(LaterRows.of(7, len(tags), parts).spelled(late.settle)) == soon.settle(rows.encode())
    assert asked[0] == asked[1]


def test_a_text_that_looks_like_markup_stays_a_text(report: Report) -> None:
    odd = with_findings(report, (finding(title="<r><b>&</r>"),))
    data = build_sheets(replace(odd, standalone=True), SheetNames())
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Findings"]
    assert "<r><b>&</r>" in {str(cell.value).strip() for row in sheet.iter_rows() for cell in row}
