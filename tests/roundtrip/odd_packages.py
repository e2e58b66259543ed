"""Workbooks as other programs, or nobody, write them: each oddity is a function from a package's parts to others.

``ODDITIES`` hold within one workbook in any combination that the functions allow; ``PACKINGS`` are ways to zip parts.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]
Oddity = Callable[[Parts], None]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
WORKBOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, SHEET_RELS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
ORDER = ("sheetData", "sheetProtection", "autoFilter", "mergeCells")


def parts_of(data: bytes) -> Parts:
    """A zip's members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    """Members as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), blob, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def sub(parts: Parts, name: str, pattern: str, new: str, count: int = 0) -> None:
    """Replace a pattern in a part; it must be there."""
    text, found = re.subn(pattern, new, parts[name].decode(), count=count, flags=re.DOTALL)
    assert found, f"{pattern} is not in {name}"
    parts[name] = text.encode()


def _add_type(parts: Parts, name: str, content_type: str) -> None:
    sub(parts, TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>')


def _relate(parts: Parts, rels: str, identity: str, kind: str, target: str) -> None:
    full = kind if ":" in kind else f"{OFFICE}/{kind}"
    sub(parts, rels, "</Relationships>", f'<Relationship Id="{identity}" Type="{full}" Target="{target}"/></Relationships>')


# -- XML ---------------------------------------------------------------------------------------------------------


def prefixed(parts: Parts) -> None:
    """Every element of SpreadsheetML has a prefix."""
    for name in [WORKBOOK, STYLES, STRINGS, *(n for n in parts if n.startswith("xl/worksheets/sheet"))]:
        if name in parts:
            text = parts[name].decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
            parts[name] = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])", r"<\1x:", text).encode()


def strict(parts: Parts) -> None:
    """The namespaces of Strict."""
    for name, blob in parts.items():
        if name.endswith((".xml", ".rels")):
            for part in ("spreadsheetml", "drawingml", "officeDocument"):
                for rest in ("main", "chart", "spreadsheetDrawing", "relationships", "extended-properties", "docPropsVTypes"):
                    short = {"extended-properties": "extendedProperties"}.get(rest, rest)
                    blob = blob.replace(
                        f"http://schemas.openxmlformats.org/{part}/2006/{rest}".encode(),
                        f"http://purl.oclc.org/ooxml/{part}/{short}".encode(),
                    )
            parts[name] = blob
    sub(parts, WORKBOOK, "<workbook ", '<workbook conformance="strict" ')


def utf16(parts: Parts) -> None:
    """Parts in UTF-16."""
    for name in (WORKBOOK, SHEET, STYLES):
        parts[name] = parts[name].decode().replace("UTF-8", "UTF-16").encode("utf-16")


def byte_order_mark(parts: Parts) -> None:
    """Parts that begin with a byte-order mark."""
    for name in (WORKBOOK, SHEET, STYLES, TYPES, RELS):
        parts[name] = b"\xef\xbb\xbf" + parts[name]


def no_declaration(parts: Parts) -> None:
    """Parts without an XML declaration, and with comments round the root."""
    for name in (WORKBOOK, SHEET, STYLES, RELS, TYPES):
        parts[name] = b"<!-- before -->" + re.sub(rb"^<\?xml.*?\?>\s*", b"", parts[name]) + b"<!-- after -->"


def comments_in_cells(parts: Parts) -> None:
    """Comments, instructions and white space among rows and cells."""
    sub(parts, SHEET, "<row ", "\n  <!-- a row --><?keep this?>\n<row ")
    sub(parts, SHEET, "</c>", "</c>\n\t<!-- a cell -->")


def alternate_content(parts: Parts) -> None:
    """What hangs on the sheet stands in two versions."""
    sub(parts, SHEET, "<worksheet ", '<worksheet xmlns:foo="urn:foo" ')
    sub(parts, SHEET, "<pageMargins", '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="foo"><foo:print/></mc:Choice><mc:Fallback><printOptions gridLines="1"/></mc:Fallback></mc:AlternateContent><pageMargins')


def extensions(parts: Parts) -> None:
    """Extension lists everywhere."""
    ext = '<extLst><ext uri="{{00000000-0000-0000-0000-000000000001}}"><y:thing xmlns:y="urn:y" kept="1"/></ext></extLst>'.replace("{{", "{").replace("}}", "}")
    sub(parts, WORKBOOK, "</workbook>", ext + "</workbook>")
    sub(parts, STYLES, "</styleSheet>", ext + "</styleSheet>")


def other_relationship_prefix(parts: Parts) -> None:
    """The relationships' prefix is another one."""
    for name in (WORKBOOK, SHEET):
        parts[name] = parts[name].replace(b"xmlns:r=", b"xmlns:link=").replace(b" r:id=", b" link:id=")


def relationship_prefix_inside(parts: Parts) -> None:
    """The relationships' prefix is declared where it is used, not on the root."""
    for name in (WORKBOOK, SHEET):
        text = parts[name].decode().replace(f' xmlns:r="{OFFICE}"', "")
        parts[name] = text.replace(" r:id=", f' xmlns:r="{OFFICE}" r:id=').encode()


# -- names and relationships -------------------------------------------------------------------------------------


def absolute_targets(parts: Parts) -> None:
    """Targets from the root."""
    sub(parts, RELS, 'Target="(?!/)', 'Target="/xl/')
    sub(parts, "_rels/.rels", 'Target="(?!/)', 'Target="/')


def backslashed_targets(parts: Parts) -> None:
    """Targets as paths of Windows."""
    parts[RELS] = re.sub(rb'Target="([^"]*)"', lambda found: found[0].replace(b"/", b"\\"), parts[RELS])


def dotted_targets(parts: Parts) -> None:
    """Targets with dot segments and doubled slashes."""
    sub(parts, RELS, 'Target="worksheets/', 'Target="./../xl/worksheets//')


def encoded_names(parts: Parts) -> None:
    """Names with blanks and percent signs."""
    parts["xl/worksheets/sheet%201.xml"] = parts.pop(SHEET)
    if SHEET_RELS in parts:
        parts["xl/worksheets/_rels/sheet%201.xml.rels"] = parts.pop(SHEET_RELS)
    sub(parts, RELS, "worksheets/sheet1.xml", "worksheets/sheet%201.xml")
    sub(parts, TYPES, "/xl/worksheets/sheet1.xml", "/xl/worksheets/sheet%201.xml")


def other_case(parts: Parts) -> None:
    """Members in another case than targets and content types say."""
    parts["xl/Worksheets/Sheet1.xml"] = parts.pop(SHEET)
    if SHEET_RELS in parts:
        parts["xl/Worksheets/_rels/Sheet1.xml.rels"] = parts.pop(SHEET_RELS)
    if STRINGS in parts:
        parts["xl/SharedStrings.xml"] = parts.pop(STRINGS)


def elsewhere(parts: Parts) -> None:
    """The workbook in the root folder."""
    parts["book.xml"] = parts.pop(WORKBOOK)
    text = parts.pop(RELS).decode()
    parts["_rels/book.xml.rels"] = re.sub('Target="(?!/)', 'Target="xl/', text).encode()
    sub(parts, "_rels/.rels", "xl/workbook.xml", "book.xml")
    sub(parts, TYPES, "/xl/workbook.xml", "/book.xml")


def orphans(parts: Parts) -> None:
    """Parts that nothing points at, under the names that new parts would like."""
    for name in ("xl/worksheets/sheet6.xml", "xl/comments3.xml", "xl/tables/table2.xml"):
        parts[name] = b"<lost/>"
    _add_type(parts, "xl/worksheets/sheet6.xml", "application/xml")


def dangling(parts: Parts) -> None:
    """Relationships to parts that are not there."""
    _relate(parts, RELS, "rIdGone", "calcChain", "calcChain.xml")
    _relate(parts, RELS, "rIdGone2", "customXml", "../customXml/item1.xml")


def defaults_only(parts: Parts) -> None:
    """Worksheets known by the default for their extension."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    text = re.sub(rf'<Override [^>]*ContentType="{re.escape(sheet)}"[^>]*/>', "", parts[TYPES].decode())
    text = re.sub(r'<Default Extension="xml"[^>]*/>', "", text)
    parts[TYPES] = re.sub("(<Types[^>]*>)", rf'\1<Default Extension="xml" ContentType="{sheet}"/>', text, count=1).encode()


# -- the workbook ------------------------------------------------------------------------------------------------


def no_views_nor_names(parts: Parts) -> None:
    """A workbook of the least: no views, no names, no calculation settings."""
    text = parts[WORKBOOK].decode()
    for element in ("bookViews", "definedNames", "workbookPr", "fileVersion"):
        text = re.sub(rf"<{element}\b(?:[^>]*/>|.*?</{element}>)", "", text, flags=re.DOTALL)
    parts[WORKBOOK] = re.sub("<calcPr[^>]*/>", "", text).encode()


def taken_names(parts: Parts) -> None:
    """Sheets that have the names of the new ones, in another case."""
    sub(parts, WORKBOOK, 'name="Other"', 'name="FINDINGS"')
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"Other!", b"FINDINGS!")


def long_name(parts: Parts) -> None:
    """A sheet name as long as may be."""
    sub(parts, WORKBOOK, 'name="Other"', 'name="Findings of the year 2024 of th"'.replace(" of th", " ofx"))
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"Other!", b"Scores!")


def large_ids(parts: Parts) -> None:
    """Sheet ids with gaps, up to the largest."""
    sub(parts, WORKBOOK, 'sheetId="2"', 'sheetId="4000"')


def workbook_protection(parts: Parts) -> None:
    """Structure and file protected."""
    sub(parts, WORKBOOK, "<bookViews>", '<workbookProtection workbookPassword="CC1A" lockStructure="1"/><bookViews>')


def label_and_items(parts: Parts) -> None:
    """A sensitivity label, custom XML items and custom properties."""
    parts["docMetadata/LabelInfo.xml"] = b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>'
    _relate(parts, "_rels/.rels", "rIdLabel", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")
    _add_type(parts, "docMetadata/LabelInfo.xml", "application/vnd.ms-office.classificationlabels+xml")
    parts["customXml/item1.xml"] = b'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>'
    _relate(parts, RELS, "rIdItem", "customXml", "../customXml/item1.xml")
    parts["customXml/itemProps1.xml"] = b'<ds:datastoreItem ds:itemID="{9B8C6A5A-0000-4000-8000-000000000001}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    _add_type(parts, "customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
    parts["customXml/_rels/item1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
    ).encode()


def revisions(parts: Parts) -> None:
    """A shared workbook's log."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.revisionHeaders+xml"
    parts["xl/revisions/revisionHeaders.xml"] = f'<headers xmlns="{MAIN}" guid="{{00000000-0000-0000-0000-000000000001}}"/>'.encode()
    _add_type(parts, "xl/revisions/revisionHeaders.xml", kind)
    _relate(parts, RELS, "rIdLog", "revisionHeaders", "revisions/revisionHeaders.xml")


def macros(parts: Parts) -> None:
    """A project of macros with a signature."""
    parts["xl/vbaProject.bin"] = bytes(range(256)) * 8
    parts["xl/vbaProjectSignature.bin"] = b"signature"
    sub(parts, TYPES, "<Override", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1)
    sub(parts, TYPES, r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    _relate(parts, RELS, "rIdVba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    parts["xl/_rels/vbaProject.bin.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature" Target="vbaProjectSignature.bin"/></Relationships>'
    )


def chain_of_calculation(parts: Parts) -> None:
    """A calculation chain."""
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="F2" i="1"/><c r="F3"/><c r="F4"/></calcChain>'.encode()
    _add_type(parts, "xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    _relate(parts, RELS, "rIdChain", "calcChain", "calcChain.xml")


def chart_sheet_first(parts: Parts) -> None:
    """The chart sheet is the first tab."""
    text = parts[WORKBOOK].decode()
    sheets = re.findall(r"<sheet [^>]*/>", text)
    chart = next((sheet for sheet in sheets if 'name="Picture"' in sheet), None)
    if chart is not None and "localSheetId" not in text:
        parts[WORKBOOK] = text.replace(chart, "").replace("<sheets>", "<sheets>" + chart).encode()


def dialog_sheet_first(parts: Parts) -> None:
    """A dialog sheet is the first tab."""
    if b"localSheetId" in parts[WORKBOOK]:
        return
    parts["xl/dialogsheets/sheet1.xml"] = f'<dialogsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></dialogsheet>'.encode()
    _add_type(parts, "xl/dialogsheets/sheet1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet+xml")
    _relate(parts, RELS, "rIdDialog", "dialogsheet", "dialogsheets/sheet1.xml")
    sub(parts, WORKBOOK, "<sheets>", '<sheets><sheet name="Dialog1" sheetId="77" r:id="rIdDialog"/>')


# -- styles and strings ------------------------------------------------------------------------------------------


def no_styles(parts: Parts) -> None:
    """No style sheet at all."""
    del parts[STYLES]
    sub(parts, RELS, r'<Relationship [^>]*Target="styles\.xml"/>', "")
    sub(parts, TYPES, r'<Override PartName="/xl/styles\.xml"[^>]*/>', "")
    for name in [n for n in parts if n.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(rb' (?:s|dxfId|style)="[0-9]+"', b"", parts[name])


def bare_styles(parts: Parts) -> None:
    """A style sheet with nothing in it."""
    parts[STYLES] = f'<styleSheet xmlns="{MAIN}"/>'.encode()
    for name in [n for n in parts if n.startswith("xl/worksheets/sheet")]:
        parts[name] = re.sub(rb' (?:s|dxfId|style)="[0-9]+"', b"", parts[name])


def wrong_counts(parts: Parts) -> None:
    """Counts in the style sheet and the strings that are wrong or missing."""
    sub(parts, STYLES, r'<fonts count="\d+"', '<fonts count="99"')
    sub(parts, STYLES, r'<cellXfs count="\d+"', "<cellXfs")
    if STRINGS in parts:
        sub(parts, STRINGS, r'count="\d+" uniqueCount="\d+"', 'count="1"')


def inline_strings(parts: Parts) -> None:
    """Texts in the cells, and no shared strings."""
    if STRINGS not in parts:
        return
    items = re.findall(r"<si>(.*?)</si>", parts.pop(STRINGS).decode(), flags=re.DOTALL)
    for name in [n for n in parts if n.startswith("xl/worksheets/sheet")]:
        text = re.sub(r' t="s"><v>(\d+)</v>', lambda found: f' t="inlineStr"><is>{items[int(found[1])]}</is>', parts[name].decode())
        parts[name] = text.encode()
    sub(parts, RELS, r'<Relationship [^>]*Target="sharedStrings\.xml"/>', "")
    sub(parts, TYPES, r'<Override PartName="/xl/sharedStrings\.xml"[^>]*/>', "")


# -- cells -------------------------------------------------------------------------------------------------------


def no_row_numbers(parts: Parts) -> None:
    """Rows without numbers; what stands in them says."""
    parts[SHEET] = re.sub(rb'<row r="\d+"', b"<row", parts[SHEET])


def no_dimension(parts: Parts) -> None:
    """No dimension, no spans."""
    parts[SHEET] = re.sub(rb"<dimension [^>]*/>", b"", parts[SHEET])
    parts[SHEET] = re.sub(rb' spans="[^"]*"', b"", parts[SHEET])


def wrong_dimension(parts: Parts) -> None:
    """A dimension that claims the whole sheet."""
    sub(parts, SHEET, r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')


def rows_out_of_order(parts: Parts) -> None:
    """The last row stands first."""
    text = parts[SHEET].decode()
    rows = re.findall(r"<row .*?</row>", text, flags=re.DOTALL)
    body = text[text.index("<sheetData>") + 11 : text.index("</sheetData>")]
    parts[SHEET] = text.replace(body, "".join([rows[-1], *rows[:-1]])).encode()


def no_cells_area(parts: Parts) -> None:
    """A sheet without its cells element, and with nothing that needs cells."""
    space = f'xmlns="{MAIN}"'
    parts[SHEET] = f'<worksheet {space}><sheetViews><sheetView workbookViewId="0"/></sheetViews><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/></worksheet>'.encode()
    parts.pop(SHEET_RELS, None)


def empty_sheet(parts: Parts) -> None:
    """A sheet with no row."""
    no_cells_area(parts)
    sub(parts, SHEET, "<pageMargins", "<sheetData/><pageMargins")


def full_first_row(parts: Parts) -> None:
    """Every cell of row 1 holds something."""
    from regsheet.grid.addresses import address

    cells = "".join(f'<c r="{address(1, column)}"><v>{column}</v></c>' for column in range(1, 16385))
    sub(parts, SHEET, "<sheetData>", f'<sheetData><row r="1">{cells}</row>', 1)


def merged_first_row(parts: Parts) -> None:
    """Row 1 is one merge up to its last column but two."""
    if b"<mergeCells" in parts[SHEET]:
        sub(parts, SHEET, r"<mergeCells[^>]*>", '<mergeCells><mergeCell ref="A1:XFB1"/>')


def lower_case_addresses(parts: Parts) -> None:
    """Addresses in lower case."""
    sub(parts, SHEET, r'<c r="([A-Z]+)(\d+)"', lambda found: f'<c r="{found[1].lower()}{found[2]}"')  # type: ignore[arg-type]


def shared_formula(parts: Parts) -> None:
    """The first used cell holds the formula that others share."""
    row = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:C1" si="7">D2+1</f><v>1</v></c><c r="B1"><f t="shared" si="7"/><v>2</v></c>'
        '<c r="C1"><f t="shared" si="7"/><v>3</v></c></row>'
    )
    sub(parts, SHEET, "<sheetData>", f"<sheetData>{row}", 1)


def data_table(parts: Parts) -> None:
    """The first used cell is in a what-if table."""
    row = '<row r="1"><c r="A1"><f t="dataTable" ref="A1:B1" dt2D="0" dtr="1" r1="D2"/><v>1</v></c><c r="B1"><v>2</v></c></row>'
    sub(parts, SHEET, "<sheetData>", f"<sheetData>{row}", 1)


def errors_and_dates(parts: Parts) -> None:
    """Cells with errors, ISO dates, cached texts and no value."""
    row = (
        '<row r="1" customFormat="1" s="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="d"><v>2024-02-29T00:00:00</v></c>'
        '<c r="C1" t="str"><f>A1&amp;"x"</f><v>a_x000D_b</v></c><c r="D1"><f>1/0</f></c><c r="F1" s="1"/></row>'
    )
    sub(parts, SHEET, "<sheetData>", f"<sheetData>{row}", 1)


# -- drawings of notes and controls ------------------------------------------------------------------------------


def _vml(parts: Parts) -> str | None:
    """The drawing of notes and controls of the first sheet."""
    found = re.search(rb'Target="\.\./(drawings/vmlDrawing\d+\.vml)"', parts.get(SHEET_RELS, b""))
    return f"xl/{found[1].decode()}" if found else None


def unsound_vml(parts: Parts) -> None:
    """The drawing is HTML rather than XML."""
    if name := _vml(parts):
        sub(parts, name, "<v:stroke", "<br><v:stroke", 1)


def vml_without_map(parts: Parts) -> None:
    """The drawing does not say which ids are its own."""
    if name := _vml(parts):
        sub(parts, name, "<o:shapelayout.*?</o:shapelayout>", "")


def vml_with_many_blocks(parts: Parts) -> None:
    """The drawing has several blocks of ids, and ids from the last of a block."""
    if name := _vml(parts):
        sub(parts, name, r'data="(\d+)"', r'data="\1,7,9"')
        sub(parts, name, r"_s1025\b", "_s8191")


def vml_single_quotes(parts: Parts) -> None:
    """The drawing quotes with apostrophes and has a byte-order mark."""
    if name := _vml(parts):
        parts[name] = b"\xef\xbb\xbf" + parts[name].replace(b'"', b"'")


def comments_without_vml(parts: Parts) -> None:
    """Comments whose shapes are gone."""
    name = _vml(parts)
    if name and b"comments" in parts[SHEET_RELS]:
        del parts[name]
        sub(parts, SHEET_RELS, r"<Relationship [^>]*vmlDrawing[^>]*/>", "")
        sub(parts, SHEET, r"<legacyDrawing [^>]*/>", "")


def vml_without_comments(parts: Parts) -> None:
    """Shapes whose comments are gone."""
    found = re.search(rb'<Relationship [^>]*Target="\.\./(comments\d+\.xml)"/>', parts.get(SHEET_RELS, b""))
    if found:
        del parts[f"xl/{found[1].decode()}"]
        parts[SHEET_RELS] = parts[SHEET_RELS].replace(found[0], b"")
        sub(parts, TYPES, rf'<Override PartName="/xl/{re.escape(found[1].decode())}"[^>]*/>', "")


def threaded(parts: Parts) -> None:
    """The first used cell has a threaded comment."""
    found = re.search(rb'Target="\.\./(comments\d+\.xml)"/>', parts.get(SHEET_RELS, b""))
    if not found:
        return
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B3" dT="2024-01-01T00:00:00.00" personId="{{00000000-0000-0000-0000-000000000002}}"'
        ' id="{00000000-0000-0000-0000-000000000003}"><text>Said</text></threadedComment></ThreadedComments>'
    ).encode()
    _add_type(parts, "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    _relate(parts, SHEET_RELS, "rIdThread", f"{kind}/threadedComment", "../threadedComments/threadedComment1.xml")
    parts["xl/persons/person.xml"] = f'<personList xmlns="{space}"/>'.encode()
    _add_type(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    _relate(parts, RELS, "rIdPeople", f"{kind}/person", "persons/person.xml")


ODDITIES: dict[str, Oddity] = {
    function.__name__: function
    for function in (
        shared_formula, data_table, errors_and_dates, full_first_row, merged_first_row, rows_out_of_order,
        no_row_numbers, no_dimension, wrong_dimension, lower_case_addresses, inline_strings, empty_sheet, no_cells_area,
        unsound_vml, vml_without_map, vml_with_many_blocks, vml_single_quotes, comments_without_vml,
        vml_without_comments, threaded, no_styles, bare_styles, wrong_counts, chart_sheet_first, dialog_sheet_first,
        no_views_nor_names, taken_names, long_name, large_ids, workbook_protection, label_and_items, revisions, macros,
        chain_of_calculation, alternate_content, extensions, comments_in_cells, prefixed, strict,
        other_relationship_prefix, relationship_prefix_inside, absolute_targets, backslashed_targets, dotted_targets,
        orphans, dangling, defaults_only, encoded_names, other_case, elsewhere, no_declaration, byte_order_mark, utf16,
    )
}  # fmt: skip
"""In an order in which each still finds what it changes."""


# -- the zip -----------------------------------------------------------------------------------------------------


def stored(parts: Parts) -> bytes:
    """Members not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return stream.getvalue()


class _Unseekable(io.RawIOBase):
    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, chunk: object) -> int:
        self.chunks.append(bytes(chunk))  # type: ignore[call-overload]
        return len(self.chunks[-1])


def streamed(parts: Parts) -> bytes:
    """Sizes behind the data, as programs write that cannot go back."""
    stream = _Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return b"".join(stream.chunks)


def wide(parts: Parts) -> bytes:
    """The headers of zip64."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(blob)
    return stream.getvalue()


def with_folders(parts: Parts) -> bytes:
    """Entries for folders, and a comment on the whole."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in sorted({name.rpartition("/")[0] + "/" for name in parts if "/" in name}):
            archive.writestr(zipfile.ZipInfo(folder), b"")
        for name, blob in parts.items():
            archive.writestr(name, blob)
        archive.comment = b"Made by nobody"
    return stream.getvalue()


def with_extra_fields(parts: Parts) -> bytes:
    """Members with times and owners in extra fields, in the reverse order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in reversed(parts.items()):
            member = zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2))
            member.extra = struct.pack("<HHBL", 0x5455, 5, 1, 1_700_000_000)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, blob)
    return stream.getvalue()


def backslashed(parts: Parts) -> bytes:
    """Members named as paths of Windows."""
    return zipped({name.replace("/", "\\"): blob for name, blob in parts.items()})


PACKINGS: dict[str, Callable[[Parts], bytes]] = {
    function.__name__: function for function in (stored, streamed, wide, with_folders, with_extra_fields, backslashed)
}
