"""What a file is, told from its first bytes and its parts, when it is not a workbook that can be opened."""

from collections.abc import Iterable

OLE2_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_XLS_MARKS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")
"""How Excel's oldest workbooks begin, which are not wrapped in OLE2."""
_OLE2_STREAMS = (
    # Stream names stand in an OLE2 file's directory as UTF-16; the most telling come first.
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "powerpoint"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_ODF_SPREADSHEETS = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/x-vnd.oasis.opendocument.spreadsheet",
)
_MAIN_TYPES = (
    # How the content type of the main part begins, for each kind of Office document.
    ("application/vnd.ms-excel.sheet.binary", "xlsb"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.", "word"),
    ("application/vnd.ms-word.", "word"),
    ("application/vnd.openxmlformats-officedocument.presentationml.", "powerpoint"),
    ("application/vnd.ms-powerpoint.", "powerpoint"),
)
_WORKBOOK_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.", "application/vnd.ms-excel.")
_HTML_TAGS = ("<!doctype html", "<html", "<head", "<body", "<table")
_LOOKED_AT = 4096


def kind_of_bytes(data: bytes) -> str:
    """The key of the refusal for a file that is no zip: 'empty', 'xls', 'encrypted', 'html', 'csv' …"""
    if not data:
        return "empty"
    if data.startswith(OLE2_MARK):
        return next((kind for name, kind in _OLE2_STREAMS if name.encode("utf-16-le") in data), "ole")
    if data.startswith(_BARE_XLS_MARKS):
        return "xls"
    if data.startswith(b"%PDF"):
        return "pdf"
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    head = _text(data[:_LOOKED_AT])
    if head is None:
        return "unknown"
    lowered = head.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return "xml_spreadsheet"
    if lowered.startswith("mime-version:") or (lowered.startswith("<") and any(tag in lowered for tag in _HTML_TAGS)):
        return "html"
    return "csv" if lowered and not lowered.startswith("<") else "unknown"


def _text(head: bytes) -> str | None:
    """The beginning of a file as text, or None when it is not text."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = head.decode(encoding, errors="replace" if encoding == "utf-16" else "surrogateescape")
    odd = sum(1 for character in text if ord(character) < 32 and character not in "\t\r\n\f\x1a")
    return None if odd else text


def kind_of_content_type(content_type: str) -> str | None:
    """The key of the refusal for a main part of another Office program; None when it may be a workbook."""
    return next((kind for prefix, kind in _MAIN_TYPES if content_type.lower().startswith(prefix)), None)


def is_workbook_type(content_type: str) -> bool:
    """Whether a part with this content type is a workbook in XML (or a template, an add-in, one with macros)."""
    lowered = content_type.lower()
    return lowered.endswith(".main+xml") and lowered.startswith(_WORKBOOK_TYPES)


def kind_of_members(names: Iterable[str], mimetype: bytes) -> str:
    """The key of the refusal for a zip without content types, by the names of its members and its ``mimetype``."""
    if mimetype.startswith(_ODF_SPREADSHEETS):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "opendocument"
    lowered = {name.lower() for name in names}
    if any(name.endswith(".iwa") for name in lowered) or "index.zip" in lowered:
        return "numbers"
    return "no_workbook" if any(name.endswith("workbook.xml") for name in lowered) else "zip"
