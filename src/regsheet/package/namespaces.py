"""The XML namespaces of a workbook, in both of its dialects.

The same workbook may be written as Transitional (what Excel saves by itself) or Strict OOXML; the dialects differ in
namespaces, not in element names. Code that reads or patches a part asks for the dialect once and then writes qualified
names, whatever prefixes the file has::

    names = package.namespaces(part)
    for cell in package.tree(part).iter(names.main("c")): ...
    sheet.get(names.relationship("id"))

Constants hold the namespaces that do not depend on the dialect.
"""

from dataclasses import dataclass

PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE_RELATIONSHIP_TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
MARKUP_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
VML_OFFICE = "urn:schemas-microsoft-com:office:office"
VML_EXCEL = "urn:schemas-microsoft-com:office:excel"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Namespaces:
    """The namespaces of one dialect, and qualified names in it (``{namespace}name``, as lxml writes them)."""

    strict: bool
    spreadsheet: str
    document_relationships: str
    drawing: str
    spreadsheet_drawing: str
    chart: str
    extended_properties: str
    custom_properties: str
    variant_types: str
    custom_xml: str

    def main(self, name: str) -> str:
        """A name of SpreadsheetML: worksheets, workbook, styles, shared strings, comments, tables."""
        return f"{{{self.spreadsheet}}}{name}"

    def relationship(self, name: str) -> str:
        """A name for pointing at a relationship, such as ``r:id``."""
        return f"{{{self.document_relationships}}}{name}"

    def draw(self, name: str) -> str:
        """A name of DrawingML, the ``a:`` of themes and shapes."""
        return f"{{{self.drawing}}}{name}"

    def relationship_type(self, kind: str) -> str:
        """The full relationship type of a kind such as 'worksheet' or 'threadedComment'."""
        strict_kind = _STRICT_KINDS.get(kind, kind) if self.strict else kind
        return _OWN_TYPES.get(kind, f"{self.document_relationships}/{strict_kind}")


TRANSITIONAL = Namespaces(
    strict=False,
    spreadsheet="http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    document_relationships="http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    drawing="http://schemas.openxmlformats.org/drawingml/2006/main",
    spreadsheet_drawing="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    chart="http://schemas.openxmlformats.org/drawingml/2006/chart",
    extended_properties="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    custom_properties="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    variant_types="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    custom_xml="http://schemas.openxmlformats.org/officeDocument/2006/customXml",
)

STRICT = Namespaces(
    strict=True,
    spreadsheet="http://purl.oclc.org/ooxml/spreadsheetml/main",
    document_relationships="http://purl.oclc.org/ooxml/officeDocument/relationships",
    drawing="http://purl.oclc.org/ooxml/drawingml/main",
    spreadsheet_drawing="http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    chart="http://purl.oclc.org/ooxml/drawingml/chart",
    extended_properties="http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    custom_properties="http://purl.oclc.org/ooxml/officeDocument/customProperties",
    variant_types="http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
    custom_xml="http://purl.oclc.org/ooxml/officeDocument/customXml",
)

_STRICT_KINDS = {"extended-properties": "extendedProperties", "custom-properties": "customProperties"}

_TRANSITIONAL_KINDS = {strict: kind for kind, strict in _STRICT_KINDS.items()}

_OWN_TYPES = {
    # Kinds that are not of the office document's own namespace: the package's, and Microsoft's later additions.
    "core-properties": f"{PACKAGE_RELATIONSHIP_TYPES}/metadata/core-properties",
    "thumbnail": f"{PACKAGE_RELATIONSHIP_TYPES}/metadata/thumbnail",
    "vbaProject": "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
    "threadedComment": "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
    "person": "http://schemas.microsoft.com/office/2017/10/relationships/person",
}


def namespaces_of(root_tag: str) -> Namespaces | None:
    """The dialect of a part whose root element has this tag; None when it is of neither."""
    namespace = root_tag[1:].partition("}")[0] if root_tag.startswith("{") else ""
    if namespace.startswith("http://purl.oclc.org/ooxml/"):
        return STRICT
    return TRANSITIONAL if namespace.startswith("http://schemas.openxmlformats.org/") else None


def kind_of(relationship_type: str) -> str:
    """The last segment of a relationship type, as Transitional workbooks spell it."""
    kind = relationship_type.rstrip("/").rpartition("/")[2]
    return _TRANSITIONAL_KINDS.get(kind, kind)


def qualified(namespace: str, name: str) -> str:
    """``{namespace}name``, as lxml writes it."""
    return f"{{{namespace}}}{name}"
