"""Oddities of XML, of part names and of relationships."""

# ruff: noqa: E501 - XML reads better on one line
import re

from package_parts import (
    MAIN,
    OFFICE,
    RELS,
    SHEET,
    SHEET_RELS,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    Parts,
    add_type,
    relate,
    sub,
)


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
                for rest in (
                    "main",
                    "chart",
                    "spreadsheetDrawing",
                    "relationships",
                    "extended-properties",
                    "docPropsVTypes",
                ):
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
    sub(
        parts,
        SHEET,
        "<pageMargins",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="foo"><foo:print/></mc:Choice><mc:Fallback><printOptions gridLines="1"/></mc:Fallback></mc:AlternateContent><pageMargins',
    )


def extensions(parts: Parts) -> None:
    """Extension lists everywhere."""
    ext = '<extLst><ext uri="{{00000000-0000-0000-0000-000000000001}}"><y:thing xmlns:y="urn:y" kept="1"/></ext></extLst>'.replace(
        "{{", "{"
    ).replace("}}", "}")
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
    add_type(parts, "xl/worksheets/sheet6.xml", "application/xml")


def dangling(parts: Parts) -> None:
    """Relationships to parts that are not there."""
    relate(parts, RELS, "rIdGone", "calcChain", "calcChain.xml")
    relate(parts, RELS, "rIdGone2", "customXml", "../customXml/item1.xml")


def defaults_only(parts: Parts) -> None:
    """Worksheets known by the default for their extension."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    text = re.sub(rf'<Override [^>]*ContentType="{re.escape(sheet)}"[^>]*/>', "", parts[TYPES].decode())
    text = re.sub(r'<Default Extension="xml"[^>]*/>', "", text)
    parts[TYPES] = re.sub(
        "(<Types[^>]*>)", rf'\1<Default Extension="xml" ContentType="{sheet}"/>', text, count=1
    ).encode()
