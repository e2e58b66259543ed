"""Merges, notes, threads, tables, conditional formats, validations, names, links."""
# ruff: noqa: E501 - XML is read best unbroken

from tests.grid.parts import MAIN, OFFICE, grid_of, relationships, sheet_of

from regsheet.grid.cells import Note

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
LATE = "http://schemas.microsoft.com/office/2017/10/relationships"


def test_merges_and_what_covers_a_cell():
    sheet = sheet_of(
        '<sheetData/><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="D4:D4"/><mergeCell ref="B:B"/>'
        '<mergeCell ref="rubbish"/></mergeCells>'
    )
    assert [str(area) for area in sheet.merges] == ["A1:C1", "B1:B1048576"]
    assert str(sheet.merge_at(1, 3)) == "A1:C1"
    assert str(sheet.merge_at(900, 2)) == "B1:B1048576"
    assert sheet.merge_at(4, 4) is None
    sheet.merges.append(sheet.merges[0].parse("E5:F6"))
    assert str(sheet.merge_at(6, 6)) == "E5:F6"


COMMENTS = f"""<comments xmlns="{MAIN}"><authors><author>Pat</author><author>tc={{1}}</author></authors><commentList>
<comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>Pat:</t></r><r><t xml:space="preserve">
check</t></r></text></comment>
<comment ref="B1" authorId="1"><text><t>[Threaded comment]

Your version of Excel allows you to read this threaded comment.

Comment:
    Why?
Reply:
    Because.</t></text></comment>
<comment ref="C1" authorId="1"><text><t>[Threaded comment]

Comment:
    First
    still first
Reply:
    Second</t></text></comment><comment ref="?" authorId="0"/></commentList></comments>"""
THREADS = f"""<ThreadedComments xmlns="{THREADED}"><threadedComment ref="B1" personId="{{aA}}" id="1"><text>Why?</text>
</threadedComment><threadedComment ref="B1" personId="{{zz}}" id="2" parentId="1"><text>Because.</text></threadedComment>
</ThreadedComments>"""
PEOPLE = f'<personList xmlns="{THREADED}"><person displayName="Alex" id="{{AA}}"/></personList>'


def test_notes_and_threads():
    sheet = sheet_of(
        "<sheetData/>",
        {"xl/comments1.xml": COMMENTS, "xl/threads.xml": THREADS, "xl/people.xml": PEOPLE},
        workbook_links=(("rId7", f"{LATE}/person", "people.xml"),),
        sheet_links=(("rId1", "comments", "../comments1.xml"), ("rId2", f"{LATE}/threadedComment", "../threads.xml")),
    )
    assert sheet.notes == {(1, 1): Note("Pat:\ncheck", "Pat")}
    assert sheet.threads == {
        (1, 2): (Note("Why?", "Alex"), Note("Because.", None)),
        # The thread's own part is lost; its shadow still tells what was said.
        (1, 3): (Note("First\n    still first"), Note("Second")),
    }


def test_tables():
    table = (
        f'<table xmlns="{MAIN}" id="1" name="t" displayName="Risks" ref="B2:C9" totalsRowCount="1">'
        '<tableColumns><tableColumn id="1" name="Ref"/><tableColumn id="2" name="Two_x000a_lines"/></tableColumns></table>'
    )
    sheet = sheet_of("<sheetData/>", {"xl/table1.xml": table}, sheet_links=(("rId1", "table", "../table1.xml"),))
    (found,) = sheet.tables
    assert (found.name, str(found.area), found.columns) == ("Risks", "B2:C9", ("Ref", "Two\nlines"))
    assert (found.header_rows, found.totals_rows) == (1, 1)


def test_conditional_formats_of_both_kinds():
    styles = (
        f'<styleSheet xmlns="{MAIN}"><dxfs><dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>'
        '<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs></styleSheet>'
    )
    sheet = sheet_of(
        '<sheetData/><conditionalFormatting sqref="A1:A9 C:C"><cfRule type="cellIs" dxfId="0" priority="1" '
        'operator="between" stopIfTrue="1"><formula>15</formula><formula>25</formula></cfRule>'
        '<cfRule type="containsText" dxfId="1" priority="2" operator="containsText" text="High">'
        '<formula>x</formula></cfRule><cfRule type="dataBar" dxfId="9" priority="3"/></conditionalFormatting>'
        f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="{XM}"><x14:conditionalFormattings><x14:conditionalFormatting>'
        '<x14:cfRule type="expression" priority="4"><xm:f>Other!A1&gt;3</xm:f><x14:dxf><fill><patternFill>'
        '<bgColor rgb="FF0000FF"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>D1:D5 5:6</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>",
        {"xl/styles.xml": styles},
        workbook_links=(("rId8", "styles", "styles.xml"),),
    )
    first, second, third, fourth = sheet.conditional_formats
    assert [str(area) for area in first.areas] == ["A1:A9", "C1:C1048576"]
    assert (first.kind, first.operator, first.formulas) == ("cellIs", "between", ("15", "25"))
    assert (first.fill, first.priority, first.stop_if_true, first.extension) == ("FF0000", 1, True, False)
    assert (second.fill, second.text) == ("00FF00", "High")
    assert third.fill is None
    assert (fourth.fill, fourth.formulas, fourth.extension) == ("0000FF", ("Other!A1>3",), True)
    assert [str(area) for area in fourth.areas] == ["D1:D5", "A5:XFD6"]


def test_validations_of_both_kinds():
    sheet = sheet_of(
        '<sheetData/><dataValidations xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x12ac="http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac">'
        '<dataValidation type="list" sqref="A1:A9"><mc:AlternateContent><mc:Choice Requires="x12ac"><x12ac:list>"a,b",c'
        '</x12ac:list></mc:Choice><mc:Fallback><formula1>"a,c"</formula1></mc:Fallback></mc:AlternateContent>'
        '</dataValidation><dataValidation type="whole" operator="between" sqref="B1"><formula1>1</formula1>'
        "<formula2>5</formula2></dataValidation></dataValidations>"
        f'<extLst><ext xmlns:x14="{X14}" xmlns:xm="{XM}"><x14:dataValidations><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>Lists!$A$1:$A$5</xm:f></x14:formula1><xm:sqref>C1:C9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    listed, whole, other = sheet.validations
    assert (listed.kind, listed.formulas) == ("list", ('"a,c"',))
    assert (whole.operator, whole.formulas, str(whole.areas[0])) == ("between", ("1", "5"), "B1")
    assert (other.formulas, other.extension, str(other.areas[0])) == (("Lists!$A$1:$A$5",), True, "C1:C9")


def test_header_and_footer_without_codes():
    sheet = sheet_of(
        '<sheetData/><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12OFFICIAL&amp;C&amp;K01+000Q1 R&amp;&amp;D&amp;R&amp;D'
        "</oddHeader><oddFooter>Page &amp;P of &amp;N</oddFooter></headerFooter>"
    )
    assert sheet.header_footer == "OFFICIAL\nQ1 R&D\nPage  of"


def test_names_links_states_and_other_sheets():
    grid = grid_of(
        "<sheetData/>",
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Chart" sheetId="1" state="veryHidden" r:id="rId2"/>'
            '<sheet name="Sheet1" sheetId="2" state="hidden" r:id="rId1"/><sheet name="Gone" sheetId="3" r:id="rId5"/></sheets>'
            '<externalReferences><externalReference r:id="rId3"/><externalReference r:id="rId4"/></externalReferences>'
            '<definedNames><definedName name="Scores">Sheet1!$A$1</definedName>'
            '<definedName name="_xlnm.Print_Area" localSheetId="1">Sheet1!$A$1:$C$9</definedName></definedNames></workbook>',
            "xl/chartsheets/sheet1.xml": f'<chartsheet xmlns="{MAIN}"/>',
            "xl/link1.xml": f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"/></externalLink>',
            "xl/_rels/link1.xml.rels": relationships(("rId1", "externalLinkPath", "last%20quarter.xlsx")).replace(
                "/></", ' TargetMode="External"/></'
            ),
            "xl/link2.xml": f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
        },
        workbook_links=(
            ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
            ("rId3", "externalLink", "link1.xml"),
            ("rId4", "externalLink", "link2.xml"),
        ),
    )
    assert [(sheet.name, sheet.position, sheet.state, sheet.kind) for sheet in grid.sheets] == [
        ("Chart", 0, "very hidden", "chartsheet"),
        ("Sheet1", 1, "hidden", "worksheet"),
        ("Gone", 2, "visible", "worksheet"),
    ]
    assert grid.sheet("Gone").part is None
    assert grid.defined_names == {"Scores": "Sheet1!$A$1", "Sheet1!_xlnm.Print_Area": "Sheet1!$A$1:$C$9"}
    assert len(grid.external_links) == 2
    assert grid.external_links[0].endswith("quarter.xlsx")
    assert grid.external_links[1] == "cmd|/c calc"
