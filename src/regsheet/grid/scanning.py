"""What reading a part straight from its text takes: the text, its entities, and when to leave it to a real parser."""

from __future__ import annotations

import codecs
import re

SPREADSHEET = r"http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main"
"""The two namespaces of SpreadsheetML, as a pattern."""

_NO_CONTROL = bytes([9, 10, 13, *range(32, 256)])
_DECLARATION = 60
"""How far the XML declaration usually reaches, its own signs included."""
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class UnusualError(Exception):
    """The text is not of the plain shape: read the tree."""


def resolve(text: str) -> str:
    """Text with its entities resolved. Raises ``UnusualError`` for one that XML does not know."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    named, decimal, hexadecimal = found.groups()
    if named:
        return _NAMED[named]
    if not (decimal or hexadecimal):
        raise UnusualError
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not (code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000):
        raise UnusualError
    return chr(code)


def plain_text(blob: bytes) -> str:
    """The part as text with the line ends of XML."""
    try:
        return plain_bytes(blob).decode("utf-8")
    except UnicodeDecodeError:
        raise UnusualError from None


def plain_bytes(blob: bytes) -> bytes:
    """The same still as bytes, without a byte-order mark; whether they are UTF-8 shows when they are decoded."""
    if blob.translate(None, _NO_CONTROL):
        raise UnusualError
    blob = blob.removeprefix(codecs.BOM_UTF8)
    # Comments, character data sections and document types begin with the first of these, processing instructions with
    # the second. Single signs are found twenty times as fast as pairs, and most parts have none.
    if b"!" in blob and b"<!" in blob:
        raise UnusualError
    late = blob.find(b"?", _DECLARATION - 1)
    if b"<?" in blob[2:_DECLARATION] or (late >= 0 and blob.find(b"<?", late - 1) >= 0):
        raise UnusualError
    if _OTHER_ENCODING.match(blob):
        raise UnusualError
    return blob.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in blob else blob
