"""Oddities of the workbook, its styles and its texts."""

# ruff: noqa: E501 - XML reads better on one line
import re

from package_parts import MAIN, OFFICE, RELS, STRINGS, STYLES, TYPES, WORKBOOK, Parts, add_type, relate, sub


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
    parts["docMetadata/LabelInfo.xml"] = (
        b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>'
    )
    relate(
        parts,
        "_rels/.rels",
        "rIdLabel",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
        "docMetadata/LabelInfo.xml",
    )
    add_type(parts, "docMetadata/LabelInfo.xml", "application/vnd.ms-office.classificationlabels+xml")
    parts["customXml/item1.xml"] = (
        b'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>'
    )
    relate(parts, RELS, "rIdItem", "customXml", "../customXml/item1.xml")
    parts["customXml/itemProps1.xml"] = (
        b'<ds:datastoreItem ds:itemID="{9B8C6A5A-0000-4000-8000-000000000001}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    )
    add_type(parts, "customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
    parts["customXml/_rels/item1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
    ).encode()


def revisions(parts: Parts) -> None:
    """A shared workbook's log."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.revisionHeaders+xml"
    parts["xl/revisions/revisionHeaders.xml"] = (
        f'<headers xmlns="{MAIN}" guid="{{00000000-0000-0000-0000-000000000001}}"/>'.encode()
    )
    add_type(parts, "xl/revisions/revisionHeaders.xml", kind)
    relate(parts, RELS, "rIdLog", "revisionHeaders", "revisions/revisionHeaders.xml")


def macros(parts: Parts) -> None:
    """A project of macros with a signature."""
    parts["xl/vbaProject.bin"] = bytes(range(256)) * 8
    parts["xl/vbaProjectSignature.bin"] = b"signature"
    sub(
        parts,
        TYPES,
        "<Override",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override',
        1,
    )
    sub(
        parts,
        TYPES,
        r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    relate(parts, RELS, "rIdVba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    parts["xl/_rels/vbaProject.bin.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature" Target="vbaProjectSignature.bin"/></Relationships>'
    )


def chain_of_calculation(parts: Parts) -> None:
    """A calculation chain."""
    parts["xl/calcChain.xml"] = (
        f'<calcChain xmlns="{MAIN}"><c r="F2" i="1"/><c r="F3"/><c r="F4"/></calcChain>'.encode()
    )
    add_type(parts, "xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    relate(parts, RELS, "rIdChain", "calcChain", "calcChain.xml")


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
    parts["xl/dialogsheets/sheet1.xml"] = (
        f'<dialogsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></dialogsheet>'.encode()
    )
    add_type(
        parts,
        "xl/dialogsheets/sheet1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet+xml",
    )
    relate(parts, RELS, "rIdDialog", "dialogsheet", "dialogsheets/sheet1.xml")
    sub(parts, WORKBOOK, "<sheets>", '<sheets><sheet name="Dialog1" sheetId="77" r:id="rIdDialog"/>')


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
        text = re.sub(
            r' t="s"><v>(\d+)</v>',
            lambda found: f' t="inlineStr"><is>{items[int(found[1])]}</is>',
            parts[name].decode(),
        )
        parts[name] = text.encode()
    sub(parts, RELS, r'<Relationship [^>]*Target="sharedStrings\.xml"/>', "")
    sub(parts, TYPES, r'<Override PartName="/xl/sharedStrings\.xml"[^>]*/>', "")
