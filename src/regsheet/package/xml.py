"""XML of parts: parsed without entities or network, written back in the style it came in."""

from xml.parsers import expat

from lxml import etree

from regsheet import limits
from regsheet.package.refusals import refusal

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
"""How Excel begins its parts."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WHITE_SPACE = b" \t\r\n"
_CHUNK = 64 * 1024
_RESOURCE_LIMIT = 114
"""libxml2's code for elements nested too deeply and for texts that are too long."""


class _DoctypeFoundError(Exception):
    """Raised out of the scanner at a document type."""


class _PrologEndedError(Exception):
    """Raised out of the scanner at the first element."""


def parse(content: bytes, file: object, part: str) -> etree._Element:
    """The root element of a part.

    Raises PackageError when it is not XML, has a document type (and so perhaps entities), nests too deeply, or is so
    large that its tree would fill the memory.
    """
    if content.count(b"<") + content.count(b"=") > limits.MAX_MARKUP:
        raise refusal("too_much_markup", file, part=part)
    if _has_doctype(content):
        raise refusal("doctype", file, part=part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        key = "too_deep" if getattr(error, "code", None) == _RESOURCE_LIMIT else "part_not_xml"
        raise refusal(key, file, part=part) from None
    # An encoding that the scanner does not know may have hidden one from it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal("doctype", file, part=part)
    return root


def _has_doctype(content: bytes) -> bool:
    """Whether a document type stands before the first element; nothing after that is looked at.

    It is looked for before parsing, so that entities declared in it never come to be expanded.
    """
    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = _found
    scanner.StartElementHandler = _ended
    try:
        start, size = 0, _CHUNK
        while start < len(content):
            scanner.Parse(content[start : start + size], False)
            # A long comment is scanned again from its beginning with each piece: pieces that grow keep that short.
            start, size = start + size, size * 2
    except _DoctypeFoundError:
        return True
    except (_PrologEndedError, expat.ExpatError, ValueError, LookupError):
        # What is wrong with it, or an encoding unknown here, is for the real parser to say.
        return False
    return False


def _found(*_: object) -> None:
    raise _DoctypeFoundError


def _ended(*_: object) -> None:
    raise _PrologEndedError


def serialise(root: etree._Element, original: bytes | None = None) -> bytes:
    """The part as bytes: in UTF-8, begun as ``original`` began, or as Excel begins its parts.

    A byte-order mark, the XML declaration and the line end after it are kept when they are of UTF-8; a part that came
    in another encoding gets Excel's declaration. Comments and processing instructions beside the root stay.
    """
    whole = root if root.getparent() is not None else root.getroottree()
    body: bytes = etree.tostring(whole, encoding="UTF-8", xml_declaration=False, with_tail=False)
    return (DECLARATION if original is None else _beginning(original)) + body


def _beginning(original: bytes) -> bytes:
    mark = _BYTE_ORDER_MARK if original.startswith(_BYTE_ORDER_MARK) else b""
    rest = original[len(mark) :]
    if rest.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in rest[:4]:
        return DECLARATION
    if not rest.startswith(b"<?xml") or rest[5:6] not in (b" ", b"\t", b"\r", b"\n"):
        return mark
    end = rest.find(b"?>") + len(b"?>")
    declaration = rest[:end]
    lowered = declaration.lower()
    if b"encoding" in lowered and b"utf-8" not in lowered:
        return DECLARATION
    following = rest[end:]
    blank = following[: len(following) - len(following.lstrip(_WHITE_SPACE))]
    return mark + declaration + blank
