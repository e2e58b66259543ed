"""Packages as dictionaries of parts, and the little that changing them takes."""

import io
import re
import zipfile

Parts = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
WORKBOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET, SHEET_RELS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"


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


def add_type(parts: Parts, name: str, content_type: str) -> None:
    """Say what a part is."""
    sub(parts, TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>')


def relate(parts: Parts, rels: str, identity: str, kind: str, target: str) -> None:
    """Point at a part from the relationships in ``rels``."""
    full = kind if ":" in kind else f"{OFFICE}/{kind}"
    sub(
        parts,
        rels,
        "</Relationships>",
        f'<Relationship Id="{identity}" Type="{full}" Target="{target}"/></Relationships>',
    )
