"""Notes join what a sheet has: other notes, threads, form controls."""

import re
from collections.abc import Collection

import pytest
from workbooks import SHEET, made, plain, saved, with_parts, with_rows

from regsheet.grid import read_grid
from regsheet.package import Package
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.comment_xml import SEPARATOR, NoteText, Paragraph
from regsheet.writer.notes import NotesAdded, add_notes
from regsheet.writer.pieces import LEAST
from regsheet.writer.vml import BLOCK, ShapeIds, blocks_of, ids_of, is_sound, note_cells

OURS = NoteText((Paragraph("Error SC001 (wrong-overall-rating):", "R1: it is wrong."),))
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def noted(package: Package, *cells: tuple[int, int]) -> NotesAdded:
    return put_on(package, SHEET, cells, ShapeIds(package))


def put_on(package: Package, part: str, cells: Collection[tuple[int, int]], *more: object) -> NotesAdded:
    patch = SheetPatch(package, part)
    added = add_notes(patch, cells, lambda *_: OURS, *more)
    patch.put_down()
    return added


def drawing(package: Package) -> bytes:
    return b"".join(package.blob(name) for name in package.names if name.endswith(".vml"))


def notes(package: Package) -> dict[tuple[int, int], str]:
    return {cell: note.text for cell, note in read_grid(saved(package)).sheets[0].notes.items()}


def test_a_sheet_without_notes_gets_all_that_a_note_needs() -> None:
    package = plain()
    outcome = noted(package, (3, 5), (2, 2))
    assert (outcome.new, outcome.joined, outcome.left_out) == ([(2, 2), (3, 5)], [], [])
    assert notes(package) == {(2, 2): str(OURS), (3, 5): str(OURS)}
    assert sorted(note_cells(drawing(package))) == [(2, 2), (3, 5)]
    assert package.content_type("xl/drawings/vmlDrawing1.vml").endswith("vmlDrawing")
    tags = [str(item.tag).rpartition("}")[2] for item in package.tree(SHEET)]
    assert tags.index("legacyDrawing") > tags.index("pageMargins")


def test_a_note_on_a_flagged_cell_is_written_on() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.write_comment("B2", "Agreed at the board.", {"author": "Chief"})
        sheet.write_comment("C3", "Somebody's own.", {"author": "Chief"})

    package = made(fill)
    before = drawing(package)
    outcome = noted(package, (2, 2))
    assert outcome.joined == [(2, 2)]
    assert notes(package) == {(2, 2): f"Agreed at the board.\n\n{SEPARATOR}\n{OURS}", (3, 3): "Somebody's own."}
    assert drawing(package) == before
    assert read_grid(saved(package)).sheets[0].notes[2, 2].author == "Chief"


def test_form_controls_and_shapes_in_the_same_drawing_keep_their_bytes() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.insert_button("D4", {"caption": "Refresh"})
        sheet.write_comment("B2", "Own note")

    package = made(fill)
    before = drawing(package)
    noted(package, (5, 5), (6, 5))
    after = drawing(package)
    end = before.rindex(b"</xml>")
    assert after.startswith(before[:end])
    assert after.endswith(before[end:])
    assert len(ids_of(after)) == len(set(ids_of(after)))
    assert sorted(note_cells(after)) == [(2, 2), (5, 5), (6, 5)]
    assert blocks_of(after) == blocks_of(before)


def test_header_pictures_have_a_drawing_of_their_own() -> None:
    def fill(_: object, sheet: object) -> None:
        from io import BytesIO

        png = bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360000000020001e221bc330000000049454e44ae426082"
        )
        sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": BytesIO(png)})

    package = made(fill)
    header = package.blob("xl/drawings/vmlDrawing1.vml")
    noted(package, (2, 2))
    assert package.blob("xl/drawings/vmlDrawing1.vml") == header
    assert notes(package) == {(2, 2): str(OURS)}
    blocks = [blocks_of(package.blob(name)) for name in package.names if name.endswith(".vml")]
    assert len(blocks) == 2
    assert not set(blocks[0]) & set(blocks[1])


def test_blocks_of_shape_ids_are_unique_in_the_workbook() -> None:
    def fill(book: object, sheet: object) -> None:
        sheet.write_comment("A1", "one")
        book.add_worksheet("Other").write_comment("A1", "two")

    package = made(fill)
    ids = ShapeIds(package)
    for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        put_on(package, part, [(row, 3) for row in range(1, 1200)], ids)
    seen = [blocks_of(package.blob(name)) for name in package.names if name.endswith(".vml")]
    assert [len(blocks) for blocks in seen] == [2, 2]
    assert len({block for blocks in seen for block in blocks}) == 4
    for name in package.names:
        if name.endswith(".vml"):
            blob = package.blob(name)
            assert {number // BLOCK for number in ids_of(blob)} == set(blocks_of(blob))
            assert len(note_cells(blob)) == 1200


def test_a_cell_with_a_threaded_comment_gets_no_note() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.write_comment("B2", "[Threaded comment]\n\nYour version of Excel …", {"author": "tc={1}"})

    package = made(fill)
    thread = '<threadedComment ref="C3" id="{1}"><text>Hm</text></threadedComment>'
    text = f'<ThreadedComments xmlns="{THREADED}">{thread}</ThreadedComments>'
    name = "xl/threadedComments/threadedComment1.xml"
    package.add(name, text.encode(), "application/vnd.ms-excel.threadedcomments+xml")
    package.relationships(SHEET).add("threadedComment", name)
    package = saved(package)
    comments = package.blob("xl/comments1.xml")
    outcome = noted(package, (2, 2), (3, 3))
    assert outcome.left_out == [((2, 2), "threaded comment"), ((3, 3), "threaded comment")]
    assert package.blob("xl/comments1.xml") == comments


def test_notes_that_another_program_left_without_shapes_get_theirs() -> None:
    package = made(lambda _, sheet: sheet.write_comment("B2", "Own note"))
    blob = drawing(package)
    bare = re.sub(rb"<v:shape .*</v:shape>", b"", blob, flags=re.DOTALL)
    package = with_parts(package, **{"xl/drawings/vmlDrawing1.vml": bare})
    assert note_cells(drawing(package)) == []
    noted(package, (4, 4))
    assert sorted(note_cells(drawing(package))) == [(2, 2), (4, 4)]


def test_a_drawing_that_is_no_xml_is_left_alone() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.insert_button("D4", {"caption": "Refresh"})

    package = made(fill)
    broken = drawing(package).replace(b"Refresh", b"Re<br>fresh")
    package = with_parts(package, **{"xl/drawings/vmlDrawing1.vml": broken})
    assert not is_sound(broken)
    assert noted(package, (2, 2)).left_out == [((2, 2), "drawing")]
    assert drawing(package) == broken
    assert notes(package) == {}


@pytest.mark.parametrize("prefix", ["v", "ns0"])
def test_drawings_with_other_prefixes_and_no_block_list(prefix: str) -> None:
    package = made(lambda _, sheet: sheet.insert_button("D4"))
    text = (
        f'<xml xmlns:{prefix}="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<{prefix}:shape id="shape_0"><x:ClientData ObjectType="Button"/></{prefix}:shape></xml>'
    )
    package = with_parts(package, **{"xl/drawings/vmlDrawing1.vml": text})
    noted(package, (2, 2), (3, 3))
    blob = drawing(package)
    assert is_sound(blob)
    assert sorted(note_cells(blob)) == [(2, 2), (3, 3)]
    assert {number // BLOCK for number in ids_of(blob)} == set(blocks_of(blob))


def test_a_note_stands_beside_its_merge_and_within_the_sheet() -> None:
    package = with_rows('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    put_on(package, SHEET, [(1, 16384), (1, 2)], ShapeIds(package), None, {(1, 2): 5})
    anchors = [list(map(int, found.split(b","))) for found in re.findall(rb"<x:Anchor>([^<]*)<", drawing(package))]
    assert anchors[0][0] == 5
    for first_column, _, first_row, _, last_column, _, last_row, _ in anchors:
        assert 0 <= first_column < last_column < 16384
        assert 0 <= first_row <= last_row


def test_each_note_is_asked_for_once_in_the_order_of_the_cells() -> None:
    def fill(_: object, sheet: object) -> None:
        sheet.write_comment("C4", "Somebody's own.")
        sheet.write_comment("C7", "[Threaded comment] of the board")

    package = made(fill)
    patch = SheetPatch(package, SHEET)
    asked: list[tuple[tuple[int, int], bool]] = []

    def say(cell: tuple[int, int], is_joined: bool) -> NoteText:
        asked.append((cell, is_joined))
        return NoteText((Paragraph("Note:", f"of {cell}"),))

    outcome = add_notes(patch, [(7, 3), (9, 1), (4, 3), (2, 2)], say, ShapeIds(package))
    patch.put_down()
    assert asked == [((2, 2), False), ((4, 3), True), ((9, 1), False)]
    assert (outcome.new, outcome.joined) == ([(2, 2), (9, 1)], [(4, 3)])
    assert {cell: text.rpartition("\n")[2] for cell, text in notes(package).items() if cell != (7, 3)} == {
        cell: f"Note: of {cell}" for cell, _ in asked
    }


def test_notes_and_shapes_of_many_pieces_are_whole() -> None:
    package = plain()
    patch = SheetPatch(package, SHEET)
    cells = [(row, column) for row in range(1, 400) for column in (2, 5)]
    said = {cell: NoteText((Paragraph("Note:", f"{cell} – " * (cell[0] % 40) + "!"),)) for cell in cells}
    add_notes(patch, cells, lambda cell, _: said[cell], ShapeIds(package))
    patch.put_down()
    assert len(package.blob("xl/comments1.xml")) > 3 * LEAST
    assert notes(package) == {cell: str(note) for cell, note in said.items()}
    assert note_cells(drawing(package)) == cells
    heights = [int(found) for found in re.findall(rb";height:([0-9]+)", drawing(package))]
    assert heights[0] < heights[2 * 38]
