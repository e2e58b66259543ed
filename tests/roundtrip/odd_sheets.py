"""Oddities of cells, and of the drawings of notes and controls."""

# ruff: noqa: E501 - XML reads better on one line
import re

from package_parts import MAIN, RELS, SHEET, SHEET_RELS, TYPES, Parts, add_type, relate, sub


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
    parts[SHEET] = (
        f'<worksheet {space}><sheetViews><sheetView workbookViewId="0"/></sheetViews><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/></worksheet>'.encode()
    )
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
    add_type(parts, "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    relate(parts, SHEET_RELS, "rIdThread", f"{kind}/threadedComment", "../threadedComments/threadedComment1.xml")
    parts["xl/persons/person.xml"] = f'<personList xmlns="{space}"/>'.encode()
    add_type(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    relate(parts, RELS, "rIdPeople", f"{kind}/person", "persons/person.xml")
