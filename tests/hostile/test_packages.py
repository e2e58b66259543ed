"""Files that are broken or built to do harm: refused in a sentence or read, within bounds, through the whole line."""

import random
import zlib

import pytest
from tests.hostile.conftest import Run
from tests.hostile.workbooks import MAIN, SHEET, insert, pack, parts_of, register_bytes, register_parts

from regsheet import limits
from regsheet.package.archive import Archive, Member, write_archive
from regsheet.package.archive_reader import read_archive

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def with_note(book) -> None:
    book.add_worksheet("Notes").write_comment(0, 0, "a note")


PARTS = parts_of(register_bytes(more=with_note))
PARSED = [name for name in PARTS if not name.startswith("docProps/")]


@pytest.mark.parametrize("part", PARSED)
def test_entities_in_any_part_are_refused_or_left_alone(part: str, run_whole: Run) -> None:
    content = PARTS[part]
    at = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    said = run_whole(pack({**PARTS, part: content[:at] + ENTITIES + content[at:]}))
    if part.endswith(".vml"):
        assert said == "annotated"  # notes on that sheet are left out; nothing of the drawing is read
    else:
        assert "holds a document type or entities" in said


def test_entities_in_a_custom_part_that_claims_to_be_our_mark(run_whole: Run) -> None:
    parts = register_parts()
    parts["customXml/item1.xml"] = ENTITIES + b'<annotation xmlns="urn:regsheet:annotation:1"/>'
    assert run_whole(pack(parts)) == "annotated"


def deflated(size: int, byte: bytes = b" ") -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = byte * 1024**2
    return b"".join([*(packer.compress(block) for _ in range(size // 1024**2)), packer.flush()])


def test_a_gigabyte_of_shared_strings(run_whole: Run) -> None:
    parts = register_parts()
    strings = "xl/sharedStrings.xml"
    packed = deflated(1024**3)
    assert len(packed) < 2 * 1024**2

    def with_strings(said: int, kept: int) -> bytes:
        member = Member(strings.encode(), memoryview(packed)[:kept], 8, 0, said)
        archive = read_archive(pack(parts), "the register")
        others = [other for other in archive.members if other.name != strings]
        return write_archive(Archive((*others, member)))

    assert "would unpack to more than 512 MB" in run_whole(with_strings(1024**3, len(packed)))
    assert "would unpack to far more than its size" in run_whole(with_strings(300 * 1024**2, 200_000))
    # Said to be small: what it holds beyond that is never unpacked.
    assert "is damaged" in run_whole(with_strings(1000, len(packed)))


def test_many_parts_that_are_large_together(run_whole: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PACKAGE_BYTES", 200_000)
    parts = {**register_parts(), **{f"xl/media/image{number}.bin": bytes(15_000) for number in range(20)}}
    assert "would unpack to more than" in run_whole(pack(parts))


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "C:/evil.xml", "xl\\..\\..\\evil.xml", "a\0b.xml"])
def test_names_that_lead_outside(name: str, run_whole: Run) -> None:
    data = pack({**register_parts(), "x" * len(name): b"evil"}).replace(b"x" * len(name), name.encode())
    assert "the unsafe name" in run_whole(data)


def test_a_part_that_is_there_twice(run_whole: Run) -> None:
    parts = {**register_parts(), SHEET.replace("sheet1", "sheeU1"): b"<worksheet/>"}
    assert "holds the part" in run_whole(pack(parts).replace(b"sheeU1", b"sheet1"))


def test_a_file_cut_short_anywhere(run_whole: Run) -> None:
    data = register_bytes()
    chance = random.Random(5)  # noqa: S311 - not for secrets
    for length in [0, 1, 3, 4, 100, len(data) - 1, *(chance.randrange(len(data)) for _ in range(12))]:
        said = run_whole(data[:length])
        assert said != "annotated"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "by a password"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"<html><table></table></html>", "is a web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is not a workbook"),
        (b"MZ" + bytes(500), "is not a workbook"),
        (b"", "is empty"),
    ],
)
def test_another_kind_of_file_called_a_workbook(content: bytes, words: str, run_whole: Run) -> None:
    assert words in run_whole(content)


def related(*entries: tuple[str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()


def test_relationships_that_run_in_a_circle(run_whole: Run) -> None:
    parts = register_parts()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = related(
        ("table", "sheet1.xml"), ("comments", "../workbook.xml"), ("vmlDrawing", "_rels/sheet1.xml.rels"),
        ("worksheet", "sheet1.xml"), ("threadedComment", "../workbook.xml"),
    )  # fmt: skip
    assert run_whole(pack(parts)) == "annotated"


def test_one_sheet_part_under_many_names(run_whole: Run) -> None:
    parts = register_parts()
    more = b"".join(b'<sheet name="Copy %d" sheetId="%d" r:id="rId1"/>' % (n, n + 2) for n in range(100))
    assert run_whole(pack(insert(parts, "xl/workbook.xml", b"</sheets>", more))) == "annotated"


@pytest.mark.parametrize("depth", [200, 400, 100_000])
def test_elements_within_elements(depth: int, run_whole: Run) -> None:
    nest = b"<extLst>" + b"<ext>" * depth + b"</ext>" * depth + b"</extLst>"
    said = run_whole(pack(insert(register_parts(), SHEET, b"<pageMargins", nest)))
    assert said == "annotated" if depth == 200 else "nests its part" in said


def test_huge_and_many_attributes(run_whole: Run) -> None:
    parts = register_parts()
    huge = b'<x a="' + b"y" * 9_000_000 + b'"/>'
    assert run_whole(pack(insert(parts, SHEET, b"<pageMargins", huge))) == "annotated"
    longer = b'<x a="' + random.Random(1).randbytes(6_000_000).hex().encode() + b'"/>'  # noqa: S311
    assert "holds a text longer than any cell" in run_whole(pack(insert(parts, SHEET, b"<pageMargins", longer)))
    many = b"<x " + b" ".join(b'a%d=""' % number for number in range(200_000)) + b"/>"
    assert run_whole(pack(insert(parts, SHEET, b"<pageMargins", many))) == "annotated"


def test_more_markup_than_can_be_worked_on(run_whole: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MARKUP", 10_000)
    monkeypatch.setattr("regsheet.grid.shared_strings.MAX_MARKUP", 10_000)
    strings = f'<sst xmlns="{MAIN}">'.encode() + b"<si><t/></si>" * 10_000 + b"</sst>"
    said = run_whole(pack({**register_parts(), "xl/sharedStrings.xml": strings}))
    assert "than can be worked on" in said
