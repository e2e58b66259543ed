"""Cells as odd programs write them. Each workbook is read both ways: from its text and from its tree."""
# ruff: noqa: E501 - XML is read best unbroken

import datetime as dt

import pytest
from tests.grid.parts import MAIN, STRICT, STRICT_OFFICE, as_tree, grid_of, rows, sheet_of, values, workbook

from regsheet.errors import GridError, PackageError
from regsheet.grid import read_grid, sheet_cells
from regsheet.grid.cells import CellError, TextRun

STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts><numFmt numFmtId="164" formatCode="[$-809]dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<fonts><font/><font><b/><strike val="0"/></font></fonts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="21"/>
<xf fontId="1"/></cellXfs>
</styleSheet>"""
STYLED = {"xl/styles.xml": STYLES}
STYLE_LINK = (("rId9", "styles", "styles.xml"),)


def both(worksheet, parts=None, **more):
    """The sheet, once it is sure that both ways of reading give the same."""
    package = workbook(worksheet, parts, **more)
    quick = read_grid(package).sheets[0]
    slow = read_grid(as_tree(package)).sheets[0]
    assert slow == quick
    return quick


def styled(worksheet):
    return both(worksheet, STYLED, workbook_links=STYLE_LINK)


def test_types_of_values():
    sheet = both(
        rows(
            '<row r="1"><c r="A1"><v>4</v></c><c r="B1" t="n"><v>4.0</v></c><c r="C1"><v>0.1</v></c>'
            '<c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="str"><v>a&amp;b</v></c>'
            '<c r="G1" t="inlineStr"><is><t xml:space="preserve"> in </t></is></c><c r="H1"><v>1E3</v></c>'
            '<c r="I1"><v>12345678901234567890</v></c><c r="J1"><v>1_0</v></c><c r="K1"><v>nan</v></c></row>'
        )
    )
    found = values(sheet)
    assert found == {
        "A1": 4, "B1": 4, "C1": 0.1, "D1": True, "E1": "#REF!", "F1": "a&b", "G1": " in ", "H1": 1000,
        "I1": 12345678901234567890.0, "J1": "1_0", "K1": "nan",
    }  # fmt: skip
    assert type(found["B1"]) is int
    assert type(found["I1"]) is float
    assert isinstance(found["E1"], CellError)
    assert found["D1"] is True


def test_places_are_worked_out():
    sheet = sheet_of(
        rows(
            '<row><c t="str"><v>a</v></c><c r="C1"><v>1</v></c><c><v>2</v></c></row>'
            '<row r="4"><c r="b4"><v>3</v></c><c r="$D$4"><v>4</v></c></row><row><c><v>5</v></c></row>'
            '<row><c r="A9"><v>6</v></c></row>'
        )
    )
    assert values(sheet) == {"A1": "a", "C1": 1, "D1": 2, "B4": 3, "D4": 4, "A5": 5, "A9": 6}


def test_cells_come_row_by_row_whatever_the_order_of_the_file():
    sheet = both(
        rows('<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="C1"><v>1</v></c></row>')
    )
    assert list(values(sheet).items()) == [("C1", 1), ("A3", 3), ("B3", 4)]


@pytest.mark.parametrize(
    ("style", "number", "value"),
    [
        (1, "45443", dt.datetime(2024, 5, 31)),
        (2, "45443.5", dt.datetime(2024, 5, 31, 12)),
        (3, "1.5", 1.5),
        (4, "0.25", dt.time(6)),
        (1, "1", dt.datetime(1900, 1, 1)),
        (1, "59", dt.datetime(1900, 2, 28)),
        (1, "61", dt.datetime(1900, 3, 1)),
        (1, "-1", -1),
        (1, "2958466", 2958466),
        (1, "2958465", dt.datetime(9999, 12, 31)),
        (99, "45443", 45443),
    ],
)
def test_dates_by_number_format(style, number, value):
    assert styled(rows(f'<row r="1"><c r="A1" s="{style}"><v>{number}</v></c></row>')).value(1, 1) == value


def test_dates_of_1904():
    grid = grid_of(
        rows('<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>43981</v></c></row>'),
        STYLED,
        workbook_links=STYLE_LINK,
        workbook_extra='<workbookPr date1904="1"/>',
    )
    assert grid.date_1904
    assert values(grid.sheets[0]) == {"A1": dt.datetime(1904, 1, 1), "B1": dt.datetime(2024, 5, 31)}


def test_iso_dates_of_strict_workbooks():
    sheet = both(
        rows(
            '<row r="1"><c r="A1" t="d"><v>2024-05-31</v></c><c r="B1" t="d"><v>2024-05-31T09:30:00.5Z</v></c>'
            '<c r="C1" t="d"><v>T09:30:00</v></c><c r="D1" t="d"><v>soon</v></c></row>'
        ),
        namespace=STRICT,
        office=STRICT_OFFICE,
    )
    assert values(sheet) == {
        "A1": dt.datetime(2024, 5, 31),
        "B1": dt.datetime(2024, 5, 31, 9, 30, 0, 500_000),
        "C1": dt.time(9, 30),
        "D1": "soon",
    }


def test_shared_formulas_move_and_may_come_before_their_first():
    sheet = both(
        rows(
            '<row r="1"><c r="C1"><f t="shared" si="0"/><v>1</v></c></row>'
            '<row r="2"><c r="C2"><f t="shared" ref="C1:C3" si="0">A2*$B$2&amp;"A2"</f><v>2</v></c></row>'
            '<row r="3"><c r="C3"><f t="shared" si="0"/><v>3</v></c><c r="D3"><f t="shared" si="7"/></c></row>'
        )
    )
    assert [sheet.formula(row, 3) for row in (1, 2, 3)] == ['A1*$B$2&"A2"', 'A2*$B$2&"A2"', 'A3*$B$2&"A2"']
    assert sheet.formula(3, 4) is None


def test_array_formulas_and_data_tables_keep_their_area():
    sheet = both(
        rows(
            '<row r="1"><c r="A1"><f t="array" ref="A1:A3">ROW(1:3)</f><v>1</v></c>'
            '<c r="B1"><f t="dataTable" ref="B1:C2" dt2D="1" dtr="1" r1="E1" r2="E2"/><v>2</v></c></row>'
        )
    )
    assert sheet.formula(1, 1) == "ROW(1:3)"
    assert sheet.formula(1, 2) == "TABLE(E1,E2)"
    assert {cell: str(area) for cell, area in sheet.array_formulas.items()} == {(1, 1): "A1:A3", (1, 2): "B1:C2"}


def test_formula_without_cached_value_and_with_an_empty_one():
    sheet = both(rows('<row r="1"><c r="A1"><f>=1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c></row>'))
    assert (sheet.value(1, 1), sheet.formula(1, 1)) == (None, "1+1")
    assert sheet.value(1, 2) == ""


SHARED = f"""<sst xmlns="{MAIN}"><si><t>plain</t></si><si><t></t></si><si><t xml:space="preserve"> a_x000D_
b_x005F_x000D_ </t></si>
<si><r><t>own</t></r><r><rPr><b/><strike/></rPr><t xml:space="preserve"> gone</t></r><rPh sb="0" eb="1"><t>guide</t></rPh></si>
<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si></sst>"""


def test_shared_strings_with_escapes_runs_and_phonetic_guides():
    inner = "".join(
        f'<row r="{row}"><c r="A{row}" s="{5 if row == 4 else 0}" t="s"><v>{row - 1}</v></c></row>'
        for row in range(1, 8)
    )
    sheet = both(
        rows(inner),
        STYLED | {"xl/sharedStrings.xml": SHARED},
        workbook_links=(*STYLE_LINK, ("rId8", "sharedStrings", "sharedStrings.xml")),
    )
    assert [sheet.value(row, 1) for row in range(1, 8)] == [
        "plain", "", " a\r\nb_x000D_ ", "own gone", "課", None, None,
    ]  # fmt: skip
    assert sheet.rich_text == {(4, 1): (TextRun("own", True, False), TextRun(" gone", True, True))}


def test_missing_parts_are_no_trouble():
    sheet = both(rows('<row r="1"><c r="A1" t="s" s="3"><v>0</v></c><c r="B1" s=""><v>1</v></c></row>'))
    assert sheet.value(1, 1) is None
    assert sheet.value(1, 2) == 1
    assert sheet.style(1, 1) == sheet.styles[0]


def test_prefixed_namespaces_and_alternatives():
    package = workbook("")
    package.replace(
        "xl/worksheets/sheet1.xml",
        f"""<x:worksheet xmlns:x="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:unknown="urn:unknown"><x:sheetData><mc:AlternateContent><mc:Choice Requires="unknown"><x:row r="1"/>
        </mc:Choice><mc:Fallback><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></mc:Fallback></mc:AlternateContent>
        <x:row r="2"><x:c r="A2"><x:v>8</x:v></x:c></x:row></x:sheetData></x:worksheet>""".encode(),
    )
    assert values(read_grid(package).sheets[0]) == {"A1": 7, "A2": 8}


def test_hidden_rows_and_looks_of_rows():
    sheet = styled(
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="99999" width="0"/><col min="1" max="1" style="5"/></cols>'
        + rows(
            '<row r="1" hidden="1"/><row r="2" ht="0" customHeight="1"/><row r="3" s="1" customFormat="1"/>'
            '<row r="4" s="1"/>'
        )
    )
    assert sheet.hidden_rows == {1, 2}
    assert {2, 3, 5, 16384} <= sheet.hidden_columns
    assert 4 not in sheet.hidden_columns
    assert sheet.style(3, 9).is_date
    assert not sheet.style(4, 9).is_date
    assert sheet.style(4, 1).bold


def test_blank_styled_cells_are_kept_but_not_without_end(monkeypatch):
    monkeypatch.setattr(sheet_cells, "MAX_BLANK_ROWS", 3)
    inner = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(1, 10))
    sheet = styled(rows('<row r="1"><c r="A1" s="1"/></row>' + inner + '<row r="10"><c r="A10"><v>1</v></c></row>'))
    assert {row for row, _ in sheet.cells} == {1, 2, 10}


def test_too_many_cells_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sheet_cells, "MAX_CELLS", 2)
    with pytest.raises(GridError, match="more than 2 filled cells"):
        grid_of(rows('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c></row>'))


def test_escaped_halves_of_characters():
    sheet = both(
        rows('<row r="1"><c r="A1" t="str"><v>_xD83D__xDE00_</v></c><c r="B1" t="str"><v>a_xD83D_b</v></c></row>')
    )
    assert values(sheet) == {"A1": "😀", "B1": "a\ufffdb"}


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="A1"><v>&bogus;</v></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1" t="str"><v>\x07</v></c></row>',
        "<row r=\"1\"><c r='A1' t='str'><v>&#1;</v></c></row>",
    ],
)
def test_damaged_xml_is_refused_and_not_half_read(inner):
    with pytest.raises(PackageError):
        grid_of(rows(inner))


@pytest.mark.parametrize(
    "inner",
    [
        "<row r=\"1\"><c r='A1'><v>5</v></c></row>",
        '<row r="1"><c  r="A1"><v>5</v></c></row>',
        '<row r="1"><c t="n" r="A1"><v>5</v></c></row>',
        '<row r="1"> <c r="A1"> <v>5</v> </c> </row>',
        '<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>',
        '<row r="1"><c r="A1"><v>5</v><extLst/></c></row>',
        '<row r="1"><!-- <v>6</v> --><c r="A1"><v>5</v></c></row>',
        '<row r="1"\n spans="1:1"><c r="A1"><v>&#53;</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>5</t></r></is></c></row>',
    ],
)
def test_unusual_xml_means_the_same(inner):
    assert str(sheet_of(rows(inner)).value(1, 1)) == "5"
