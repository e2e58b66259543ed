"""Workbooks for tests, written part by part, so that any XML can be put into them."""

import io
import zipfile

from regsheet.grid import read_grid
from regsheet.grid.cells import Grid, Sheet
from regsheet.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def relationships(*entries: tuple[str, str, str], office: str = OFFICE) -> str:
    """A relationships part of (id, kind, target)."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind if ":" in kind else f"{office}/{kind}"}" Target="{target}"/>'
        for name, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def workbook(
    worksheet: str,
    parts: dict[str, str] | None = None,
    *,
    workbook_extra: str = "",
    workbook_links: tuple[tuple[str, str, str], ...] = (),
    sheet_links: tuple[tuple[str, str, str], ...] = (),
    namespace: str = MAIN,
    office: str = OFFICE,
) -> Package:
    """A workbook of one sheet. ``worksheet`` is what stands inside the worksheet element."""
    sheets = f'<sheets><sheet name="Sheet1" sheetId="1" xmlns:r="{office}" r:id="rId1"/></sheets>'
    everything = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml"), office=office),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}">{workbook_extra}{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), *workbook_links, office=office
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}" xmlns:r="{office}">{worksheet}</worksheet>',
    }
    if sheet_links:
        everything["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(*sheet_links, office=office)
    everything |= parts or {}
    return pack(everything)


def pack(parts: dict[str, str]) -> Package:
    """Parts as a package, with content types made up for them."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in TYPES.items())
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in {"[Content_Types].xml": types, **parts}.items():
            archive.writestr(name, text)
    return Package(stream.getvalue())


def grid_of(worksheet: str, parts: dict[str, str] | None = None, **more: object) -> Grid:
    """The grid of such a workbook."""
    return read_grid(workbook(worksheet, parts, **more))  # type: ignore[arg-type]


def sheet_of(worksheet: str, parts: dict[str, str] | None = None, **more: object) -> Sheet:
    """The only sheet of such a workbook."""
    return grid_of(worksheet, parts, **more).sheets[0]


def rows(inner: str) -> str:
    """Rows as a worksheet's inside."""
    return f"<sheetData>{inner}</sheetData>"


def values(sheet: Sheet) -> dict[str, object]:
    """Values by address, cells without one left out."""
    return {cell.address: cell.value for cell in sheet.filled()}


def as_tree(package: Package) -> Package:
    """The same workbook with a comment in each sheet and in the strings, so that it is read through the tree."""
    for name in package.names:
        if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
            package.replace(name, package.blob(name).rstrip() + b"<!-- -->")
    return package
