"""Every sentence of refusals.toml that concerns opening, raised by a file that deserves it."""

import os
import re
import string
import sys
import zipfile
from pathlib import Path

import pytest

import regsheet.package
from regsheet import limits
from regsheet.errors import OutputError, PackageError
from regsheet.package import ForeignFormatError, Package, open_package
from regsheet.package.archive import Archive, new_member, write_archive
from regsheet.package.refusals import printable, refusal, sentences

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def compound(stream: str) -> bytes:
    return OLE2 + b"\xff" * 512 + "Root Entry".encode("utf-16-le") + bytes(44) + stream.encode("utf-16-le")


FILES = {
    "empty": b"",
    "encrypted": compound("EncryptedPackage"),
    "xls": compound("Workbook"),
    "word": compound("WordDocument"),
    "powerpoint": compound("PowerPoint Document"),
    "ole": compound("Thumbs"),
    "html": b"\xef\xbb\xbf\r\n<HTML><body><table></table></body></HTML>",
    "xml_spreadsheet": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "csv": "Ref;Risk;Owner\r\n1;Flut;Bürgermeister\r\n".encode("cp1252"),
    "pdf": b"%PDF-1.7\n\x00\x01",
    "unknown": b"\x00\x01\x02\x03" * 50,
    "truncated": b"PK\x03\x04" + bytes(100),
}

OTHERS = [
    ("xls", compound("Book")),
    ("xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100)),
    ("xls", compound("Workbook") + b"PK\x05\x06" + bytes(18)),
    ("html", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"),
    ("csv", "Ref\tRisk\r\n".encode("utf-16")),
    ("csv", b"PKW,1\r\n"),
    ("unknown", b"<a/>"),
    ("unknown", b"   "),
]


@pytest.mark.parametrize(("key", "content"), [*FILES.items(), *OTHERS])
def test_files_that_are_no_zip(key: str, content: bytes, tmp_path: Path, refused) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    with refused(key):
        open_package(path)


def typed(make_parts, content_type: str, main: str = "workbook.xml") -> dict[str, bytes]:
    parts = make_parts()
    parts["[Content_Types].xml"] = re.sub(
        rb"application/vnd[^\"]*sheet\.main\+xml", content_type.encode(), parts["[Content_Types].xml"]
    ).replace(b"/xl/workbook.xml", f"/xl/{main}".encode())
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", main.encode())
    parts[f"xl/{main}"] = parts.pop("xl/workbook.xml")
    return parts


@pytest.mark.parametrize(
    ("key", "content_type", "main"),
    [
        ("xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", "workbook.bin"),
        ("word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "document.xml"),
        ("word", "application/vnd.ms-word.document.macroEnabled.main+xml", "document.xml"),
        ("powerpoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "p.xml"),
        ("powerpoint", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "p.xml"),
    ],
)
def test_other_office_documents(key: str, content_type: str, main: str, make_parts, make_zip, refused) -> None:
    with refused(key):
        Package(make_zip(typed(make_parts, content_type, main)))


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
        "application/xml",
    ],
)
def test_templates_and_workbooks_with_macros_are_opened(content_type: str, make_parts, make_zip) -> None:
    assert Package(make_zip(typed(make_parts, content_type))).main_part == "xl/workbook.xml"


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("ods", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        ("opendocument", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        ("numbers", {"Index/Document.iwa": b"", "Metadata/a": b""}),
        ("zip", {"readme.txt": b"hello"}),
        ("zip", {}),
        ("no_workbook", {"xl/workbook.xml": b"<workbook/>"}),
    ],
)
def test_zips_without_content_types(key: str, parts: dict[str, bytes], make_zip, refused) -> None:
    with refused(key):
        Package(make_zip(parts))


def test_a_package_without_its_workbook_part(make_parts, make_zip, refused) -> None:
    parts = make_parts()
    del parts["xl/workbook.xml"]
    with refused("no_workbook"):
        Package(make_zip(parts))
    with refused("no_workbook"):
        Package(make_zip({**parts, "xl/workbook.xml": b"<worksheet/>"}))
    with refused("part_not_xml"):
        Package(make_zip({**parts, "xl/workbook.xml": b"no xml"}))
    with refused("doctype"):
        Package(make_zip({**parts, "xl/workbook.xml": b"<!DOCTYPE workbook><workbook/>"}))


def test_parts_that_are_there_twice(make_parts, refused) -> None:
    members = [new_member(name, content) for name, content in make_parts().items()]
    for twin in ("XL/Workbook.xml", "xl\\workbook.xml"):
        with refused("duplicated"):
            Package(write_archive(Archive((*members, new_member(twin, b"<workbook/>")))))


def test_foreign_formats_say_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Ref,Risk\n1,Flood\n")
    with pytest.raises(ForeignFormatError) as caught:
        open_package(path)
    assert caught.value.format == "csv"
    assert isinstance(caught.value, PackageError)


def test_files_that_cannot_be_read(tmp_path: Path, refused) -> None:
    with refused("missing"):
        open_package(tmp_path / "none.xlsx")
    with refused("folder"):
        open_package(tmp_path)
    lock = tmp_path / "~$register.xlsx"
    lock.write_bytes(b"\x05Name" + bytes(160))
    with refused("lock_file"):
        open_package(lock)
    with refused("unreadable"):
        open_package(tmp_path / ("x" * 300))
    with refused("missing"):
        open_package(lock / "register.xlsx")


def test_a_name_with_a_zero_byte(tmp_path: Path, refused) -> None:
    with refused("unreadable"):
        open_package(f"{tmp_path}/a\0b.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_ordinary_file(tmp_path: Path, refused) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with refused("not_a_file"):
        open_package(tmp_path / "pipe.xlsx")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with refused("no_permission"):
        open_package(path)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(101))
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    with refused("too_large"):
        open_package(path)


def test_a_file_is_not_held_open(make_parts, make_zip, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_zip(make_parts()))
    package = open_package(path)
    path.unlink()
    assert package.tree("xl/workbook.xml") is not None


@pytest.mark.parametrize("key", sentences())
def test_a_sentence_is_one_and_says_what_to_do(key: str) -> None:
    sentence = sentences()[key]
    assert sentence.startswith(("“{file}”", "There is no file"))
    assert sentence.endswith(".")
    assert ";" in sentence or "which is never" in sentence
    assert ". " not in sentence
    fields = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert fields <= {"file", "part", "limit", "reason", "folder"}


def test_every_sentence_is_used_and_every_use_has_a_sentence() -> None:
    folder = Path(str(regsheet.package.__file__)).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    for key in sentences():
        assert f'"{key}"' in code, f"{key} is used nowhere"
    for key in re.findall(r'refusal\(\s*"(\w+)"', code):
        assert key in sentences()


def test_names_from_the_file_are_made_printable() -> None:
    error = refusal("unsafe_name", "f", part="a\x1b[2J\nb\u202e" + "x" * 1000)
    assert str(error).isprintable()
    assert len(str(error)) < 400
    assert printable("ä {x}") == "ä {x}"
    assert not isinstance(error, OutputError)


def test_braces_in_names_are_harmless(tmp_path: Path, refused) -> None:
    with refused("missing"):
        open_package(tmp_path / "{part}{0}.xlsx")


def test_bytes_around_a_workbook_do_no_harm(make_parts, make_zip, contents) -> None:
    data = make_zip(make_parts(), zipfile.ZIP_STORED)
    assert contents(Package(b"\x00\x01junk" + data).to_bytes()) == make_parts()
