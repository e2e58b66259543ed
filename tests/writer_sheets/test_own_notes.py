"""Notes are spelled here as XlsxWriter itself spells them."""

from __future__ import annotations

import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st
from xlsxwriter.packager import Packager

from regsheet.writer.sheets.side_book import SideBook
from regsheet.writer.sheets.texts import printable
from regsheet.writer.sheets.worksheet import PlainWorksheet

Notes = dict[tuple[int, int], str]

TEXTS = st.text(max_size=12).map(printable).filter(bool)
NOTES = st.dictionaries(st.tuples(st.integers(0, 40), st.integers(0, 30)), TEXTS, min_size=1, max_size=4)


class CalledBook(SideBook):
    """The same workbook with every part made by XlsxWriter."""

    def _get_packager(self) -> Packager:
        return Packager()


def parts(book: SideBook, sheets: list[Notes]) -> dict[str, bytes]:
    """What is made of the notes of some sheets, by the names of the parts."""
    for number, notes in enumerate(sheets):
        sheet = book.add_worksheet(f"Sheet {number}", PlainWorksheet)
        sheet.set_column(1, 3, 4.5)
        sheet.set_row(5, 60)
        for (row, column), text in notes.items():
            options = {"author": "A & B", "font_name": "Tahoma", "font_size": 9, "width": 260, "height": 40 + row}
            sheet.write_comment(row, column, text, options)
    archive = zipfile.ZipFile(io.BytesIO(book.content()))
    return {name: archive.read(name) for name in archive.namelist() if "comments" in name or "vml" in name}


@given(st.lists(NOTES, min_size=1, max_size=2))
@settings(max_examples=25)
@example([{(0, 0): " two\nlines ", (7, 2): "_x0041_ & <b>"}, {}, {(16, 2): "“third”"}])
def test_notes_are_spelled_as_by_xlsxwriter(sheets: list[Notes]) -> None:
    made = parts(SideBook("Arial"), sheets)
    assert len([name for name in made if "vml" in name]) == sum(map(bool, sheets))
    assert made == parts(CalledBook("Arial"), sheets)
