"""What reading a part straight from its text takes: the text, its entities, and when to leave it to a real parser."""

from __future__ import annotations

import re

SPREADSHEET = r"http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main"
"""The two namespaces of SpreadsheetML, as a pattern."""

_CONTROL = bytes(sorted({*range(32)} - {9, 10, 13}))
_OTHER_ENCODING = re.compile(r"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
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
    if len(blob.translate(None, _CONTROL)) != len(blob):
        raise UnusualError
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusualError from None
    # Comments, character data sections and document types begin with this; processing instructions with the other.
    if "<!" in text or text.find("<?", 2) >= 0 or _OTHER_ENCODING.match(text):
        raise UnusualError
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
