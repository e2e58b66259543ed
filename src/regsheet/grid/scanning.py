"""What reading a part straight from its text takes: the text, its entities, and when to leave it to a real parser."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

SPREADSHEET = r"http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main"
"""The two namespaces of SpreadsheetML, as a pattern."""

_NO_CONTROL = bytes([9, 10, 13, *range(32, 256)])
_DECLARATION = 60
"""How far the XML declaration usually reaches, its own signs included."""
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_REFERENCE = re.compile("&[#A-Za-z0-9]{1,8};|&")
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class UnusualError(Exception):
    """The text is not of the plain shape: read the tree."""


def resolve(text: str) -> str:
    """Text with its entities resolved. Raises ``UnusualError`` for one that XML does not know."""
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(found: re.Match[str]) -> str:
    return _character(found[0])


@lru_cache(1000)
def _character(reference: str) -> str:
    """The character that a reference stands for: some programs write every bullet and dash as one."""
    found = _ENTITY.fullmatch(reference)
    if found is None:
        raise UnusualError
    named, decimal, hexadecimal = found.groups()
    if named:
        return _NAMED[named]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not (code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000):
        raise UnusualError
    return chr(code)


def plain_pieces(stretches: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    """A part in pieces, each as ``plain_bytes`` gives it, all but the last with their end behind a mark: ``</row>``.

    The mark ends with ``>``, so nothing that this module looks for lies across two pieces.
    """
    for place, piece in enumerate(_cut(stretches, mark)):
        yield plain_bytes(piece, is_start=not place)


def _cut(stretches: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    """The stretches cut anew, each behind the last mark in it; at the end what is left."""
    held: list[bytes] = []
    for stretch in stretches:
        cut = stretch.rfind(mark) + len(mark)
        if cut < len(mark):
            held.append(stretch)
            continue
        yield b"".join([*held, stretch[:cut]])
        held = [stretch[cut:]]
    yield b"".join(held)


def text_of(piece: bytes) -> str:
    """A piece as text."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        raise UnusualError from None


def plain_bytes(blob: bytes, is_start: bool = True) -> bytes:
    """A part, or a piece of one, without a byte-order mark and with the line ends of XML.

    Whether it is UTF-8 shows when it is decoded.
    """
    if blob.translate(None, _NO_CONTROL):
        raise UnusualError
    if is_start:
        blob = blob.removeprefix(codecs.BOM_UTF8)
    # Comments, character data sections and document types begin with the first of these, processing instructions with
    # the second. Single signs are found twenty times as fast as pairs, and most parts have none.
    if b"!" in blob and b"<!" in blob:
        raise UnusualError
    late = blob.find(b"?", _DECLARATION - 1 if is_start else 0)
    if late >= 0 and blob.find(b"<?", max(0, late - 1)) >= 0:
        raise UnusualError
    if is_start and (b"<?" in blob[2:_DECLARATION] or _OTHER_ENCODING.match(blob)):
        raise UnusualError
    return blob.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in blob else blob
