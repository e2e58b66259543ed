"""Whatever is done to a workbook's XML, it is read or refused in a sentence; and the walk that the writer shares."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.grid.parts import MAIN, rows, workbook

from regsheet.errors import RegsheetError
from regsheet.grid import read_grid, walk

SHEET = rows(
    '<row r="1" s="1" customFormat="1" ht="15"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>'
    '<row r="2" hidden="1"><c r="A2"><f t="shared" ref="A2:A3" si="0">B1+1</f><v>1</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>2</v></c><c r="B3" t="d"><v>2024-05-31</v></c></row>'
) + (
    '<mergeCells><mergeCell ref="A5:B6"/></mergeCells><conditionalFormatting sqref="A1:B3"><cfRule type="cellIs" '
    'dxfId="0" priority="1"/></conditionalFormatting>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fills><fill>'
    '<patternFill patternType="solid"><fgColor theme="4" tint="0.4"/></patternFill></fill></fills><cellXfs><xf/>'
    '<xf numFmtId="164" fillId="0"/></cellXfs><dxfs><dxf/></dxfs></styleSheet>'
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>text</t></si></sst>'
PARTS = {"xl/worksheets/sheet1.xml": None, "xl/styles.xml": STYLES, "xl/sharedStrings.xml": STRINGS}
LINKS = (("rId8", "styles", "styles.xml"), ("rId9", "sharedStrings", "sharedStrings.xml"))
JUNK = [
    "",
    "-1",
    "0",
    "9" * 30,
    "nan",
    "1e999",
    "A0",
    "ZZZZ9",
    "true",
    "٤",
    "&",
    "<",
    '"',
    "<!-- -->",
    "&#0;",
    "_xD800_",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.integers(0, 10_000), st.sampled_from(JUNK))
def test_damage_is_read_or_refused(part, choice, junk):
    package = workbook(SHEET, {name: text for name, text in PARTS.items() if text}, workbook_links=LINKS)
    text = package.blob(part).decode()
    places = [found.span(1) for found in re.finditer(r'="([^"]*)"', text)]
    places += [found.span(1) for found in re.finditer(r">([^<]*)<", text)]
    start, end = places[choice % len(places)]
    package.replace(part, (text[:start] + junk + text[end:]).encode())
    try:
        grid = read_grid(package)
    except RegsheetError as error:
        assert str(error)
    else:
        for sheet in grid.sheets:
            assert all(row > 0 and column > 0 for row, column in sheet.cells)


def test_walk_finds_rows_and_cells_of_a_tree():
    tree = etree.fromstring(
        f'<sheetData xmlns="{MAIN}"><row><c/><c r="D1"/></row><row r="7"><c r="b7"/></row></sheetData>'
    )
    assert [number for number, _ in walk.rows(tree)] == [1, 7]
    assert [column for column, _ in walk.cells(tree[1])] == [2]
    assert [column for column, _ in walk.cells(tree[0])] == [1, 4]
