import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from regsheet import limits
from regsheet.errors import PackageError
from regsheet.package.xml import DECLARATION, parse, serialise

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))

DECLARATIONS = [
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    b"<?xml version='1.0' encoding='utf-8'?>\n",
    b'<?xml version="1.0"?>',
    b'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n\n',
    b"",
]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_a_part_begins_again_as_it_began(declaration: bytes, mark: bytes) -> None:
    original = mark + declaration + b'<x:a xmlns:x="urn:x" b="&#10;"><!--c--><x:d> &amp; \xc3\xa4 </x:d></x:a>'
    assert serialise(parse(original, "f", "p"), original) == original


@given(text=TEXT, attribute=TEXT)
def test_text_and_attributes_survive(text: str, attribute: str) -> None:
    root = etree.Element("{urn:x}a", {"b": attribute})
    root.text = text or None
    again = parse(serialise(root), "f", "p")
    assert (again.text or "", again.get("b")) == (text, attribute)
    assert serialise(again) == serialise(root)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_and_become_utf8(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    declared = "utf-16" if encoding.startswith("utf-16") else encoding
    original = mark + f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'.encode(encoding)
    root = parse(original, "f", "p")
    assert root.text == "é"
    assert serialise(root, original) == DECLARATION + "<a>é</a>".encode()


def test_processing_instructions_and_comments_beside_the_root_stay() -> None:
    original = DECLARATION + b'<?mso-application progid="Excel.Sheet"?><!--x--><a/>'
    written = serialise(parse(original, "f", "p"), original)
    assert [node.tag for node in etree.fromstring(written).itersiblings(preceding=True)] == [etree.Comment, etree.PI]


def test_character_data_sections_stay() -> None:
    original = b"<a><![CDATA[<!DOCTYPE a>]]></a>"
    assert serialise(parse(original, "f", "p"), original) == original


BOMB = "<!DOCTYPE a [" + "<!ENTITY x0 'xxxxxxxxxx'>"
BOMB += "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b"<!--" + b"x" * 200_000 + b"--><!DOCTYPE a><a/>",
        (BOMB + "<a>&x11;</a>").encode(),
        (BOMB + "<a b='&x11;'/>").encode(),
        (BOMB + "<a>&x11;</a>").encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(content: bytes, refused) -> None:
    with refused("doctype"):
        parse(content, "f", "p")


@pytest.mark.parametrize("use", ["<a>&x11;</a>", "<a b='&x11;'/>", "<a/>"])
def test_an_unusual_encoding_hides_no_entities(use: str) -> None:
    with pytest.raises(PackageError):
        parse(('<?xml version="1.0" encoding="utf-32"?>' + BOMB + use).encode("utf-32"), "f", "p")


def test_depth_is_bounded(refused) -> None:
    with refused("too_deep"):
        parse(b"<a>" * 100_000 + b"</a>" * 100_000, "f", "p")


@pytest.mark.parametrize("piece", ["<b/>", "<b></b>", "<b a='' c=''/>"])
def test_markup_is_bounded(piece: str, monkeypatch: pytest.MonkeyPatch, refused) -> None:
    monkeypatch.setattr(limits, "MAX_MARKUP", 1000)
    assert len(parse(f"<a>{piece * 100}</a>".encode(), "f", "p")) == 100
    for encoding in ("utf-8", "utf-16"):
        with refused("too_much_markup"):
            parse(f"<a>{piece * 1000}</a>".encode(encoding), "f", "p")


@pytest.mark.parametrize("content", [b"", b"PK", b"<a>", b"<a></b>", b"<a>\x00</a>", b"<a>\xff</a>", b"<a>&b;</a>"])
def test_what_is_not_xml_is_damage(content: bytes, refused) -> None:
    with refused("part_not_xml"):
        parse(content, "f", "p")


@given(content=st.binary(max_size=300) | st.binary(max_size=60).map(lambda data: b"<?xml " + data + b"?><a/>"))
def test_any_bytes_parse_or_are_refused(content: bytes) -> None:
    try:
        root = parse(content, "f", "p")
    except PackageError:
        return
    assert parse(serialise(root, content), "f", "p").tag == root.tag
