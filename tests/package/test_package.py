import os
import string
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from regsheet import limits
from regsheet.errors import PackageError
from regsheet.package import STRICT, TRANSITIONAL, Namespaces, Package, content_types, open_package, serialise
from regsheet.package.namespaces import PACKAGE_RELATIONSHIPS
from regsheet.package.opening import read_file
from regsheet.package.part import HELD_PACKED

PART_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
SEGMENT = st.text(string.ascii_letters + string.digits + " _-é+'", min_size=1, max_size=8).map(str.strip).filter(bool)


def odd_spelling(draw: st.DrawFn, name: str) -> str:
    """The same target in another spelling that real files have."""
    spelt = draw(st.sampled_from([name, name.upper(), f"/{name}", f"./{name}", name.replace("o", "%6F")]))
    return spelt.replace("/", "\\") if draw(st.booleans()) else spelt


@st.composite
def odd_workbooks(draw: st.DrawFn, make_parts, dialects) -> tuple[dict[str, bytes], str, Namespaces]:
    """A workbook with odd names, prefixes, targets, encodings and spellings; its sheet's name; its dialect."""
    dialect = draw(st.sampled_from(dialects))
    folder = "/".join(draw(st.lists(SEGMENT, min_size=1, max_size=3)))
    prefix = draw(st.sampled_from(["", "x", "ns0", "S"]))
    parts = make_parts(dialect, folder, prefix)
    for relationships, target in (
        ("_rels/.rels", f"{folder}/workbook.xml"),
        (f"{folder}/_rels/workbook.xml.rels", "worksheets/sheet1.xml"),
    ):
        root = etree.fromstring(parts[relationships])
        root[0].set("Target", odd_spelling(draw, target))
        parts[relationships] = serialise(root)
    encoding, mark = draw(st.sampled_from([("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b"")]))
    respelt = {}
    for name, content in parts.items():
        text = content.decode().replace('encoding="UTF-8"', f'encoding="{encoding}"')
        stored = name.replace("/", "\\") if draw(st.booleans()) else name
        respelt[stored.upper() if name == "[Content_Types].xml" else stored] = mark + text.encode(encoding)
    return respelt, f"{folder}/worksheets/sheet1.xml", dialect


@given(data=st.data())
def test_odd_workbooks_are_found_their_way_about(data: st.DataObject, make_parts, make_zip, contents) -> None:
    parts, sheet, dialect = data.draw(odd_workbooks(make_parts, [TRANSITIONAL, STRICT]))
    package = Package(make_zip(parts))
    assert package.strict == dialect.strict
    (related,) = package.relationships(package.main_part).of_kind("worksheet")
    assert (related.id, related.target) == ("rId1", sheet)
    assert package.tree(related.target).tag == dialect.main("worksheet")
    assert package.content_type(sheet).endswith("worksheet+xml")
    assert contents(package.to_bytes()) == parts

    package.tree(sheet).set("changed", "1")
    package.touch(sheet)
    written = contents(package.to_bytes())
    assert list(written) == list(parts)
    assert [name.replace("\\", "/") for name in parts if written[name] != parts[name]] == [sheet]
    assert Package(package.to_bytes()).tree(sheet).get("changed") == "1"


@pytest.fixture
def parts(make_parts, dialect: Namespaces) -> dict[str, bytes]:
    return make_parts(dialect)


@pytest.fixture
def package(parts: dict[str, bytes], make_zip) -> Package:
    return Package(make_zip(parts), "f.xlsx")


SHEET = "xl/worksheets/sheet1.xml"


def test_names_are_in_the_order_of_the_zip(package: Package, parts: dict[str, bytes]) -> None:
    assert package.names == tuple(parts)


def test_a_part_is_found_in_any_spelling(package: Package) -> None:
    for spelling in ("/xl/Worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml", "XL/%77orksheets/sheet1.XML"):
        assert spelling in package
        assert package.find(spelling) == SHEET
        assert package.blob(spelling) == package.blob(SHEET)
    assert "xl/worksheets/sheet2.xml" not in package
    assert 1 not in package


def test_a_tree_is_parsed_once(package: Package) -> None:
    assert package.tree(SHEET) is package.tree("/XL/worksheets/sheet1.xml")


def test_touching_without_changing_changes_nothing(package: Package, parts: dict[str, bytes], contents) -> None:
    for name in package.names:
        package.touch(name)
        assert not package.is_changed(name)
    assert contents(package.to_bytes()) == parts


def test_a_tree_that_was_changed_and_not_touched_stays_out(package: Package, parts: dict[str, bytes]) -> None:
    package.tree(SHEET).set("a", "1")
    assert package.blob(SHEET) == parts[SHEET]
    package.touch(SHEET)
    assert package.is_changed(SHEET)
    assert b' a="1"' in package.blob(SHEET)
    assert package.original_blob(SHEET) == parts[SHEET]


def test_replacing_and_putting_back(package: Package, parts: dict[str, bytes], make_zip) -> None:
    before = package.to_bytes()
    package.tree(SHEET)
    package.replace(SHEET, b"<other/>")
    assert package.tree(SHEET).tag == "other"
    assert package.is_changed(SHEET)
    assert package.to_bytes() != before
    package.replace(SHEET, parts[SHEET])
    assert not package.is_changed(SHEET)
    assert package.to_bytes() == before


@pytest.mark.parametrize("hashed", [False, True])
def test_a_hash_is_that_of_the_bytes_as_they_stand(hashed: bool, parts: dict[str, bytes], make_zip) -> None:
    package = Package(make_zip(parts), hashed=hashed)

    def is_right() -> bool:
        return all(package.sha256(name) == sha256(package.blob(name)).digest() for name in package.names)

    assert is_right()
    before = package.sha256(SHEET)
    package.tree(SHEET).set("changed", "1")
    assert is_right()
    package.touch(SHEET)
    assert is_right()
    assert package.sha256(SHEET) != before
    package.settle()
    package.to_bytes()
    assert is_right()
    package.replace(SHEET, parts[SHEET])
    assert is_right()
    assert package.sha256(SHEET) == before


def test_changing_a_tree_keeps_how_the_part_begins(package: Package) -> None:
    package.tree(SHEET).set("changed", "1")
    package.touch(SHEET)
    assert package.blob(SHEET).startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet ')
    assert b'changed="1"' in package.blob(SHEET)


def test_adding_a_part_adds_what_it_is(package: Package, contents) -> None:
    name = package.add("xl/tables/table1.xml", b"<table/>", PART_TYPE)
    again = Package(package.to_bytes())
    assert again.names[-1] == name
    assert again.content_type(name) == PART_TYPE
    assert package.is_changed(name)
    assert package.original_blob(name) is None
    assert again.blob(name) == b"<table/>"


def test_a_part_in_pieces_is_the_same_as_a_whole_one(package: Package) -> None:
    pieces = [b"<table>", *(b'<c r="A%d">text</c>' % row for row in range(20_000)), b"", b"</table>"]
    for name in ("xl/tables/table1.xml", "xl/tables/table2.xml", "xl/tables/table3.xml"):
        package.add(name, b"<x/>", PART_TYPE)
    package.replace("xl/tables/table1.xml", b"".join(pieces))
    package.replace_packed("xl/tables/table2.xml", iter(pieces))
    package.replace_packed("xl/tables/table3.xml", [b"<table/>"])
    package.tree("xl/tables/table3.xml").set("id", "7")
    package.touch("xl/tables/table3.xml")
    again = Package(package.to_bytes())
    for one in (package, again):
        assert one.blob("xl/tables/table1.xml") == one.blob("xl/tables/table2.xml") == b"".join(pieces)
        assert one.tree("xl/tables/table3.xml").get("id") == "7"
    package.add_packed("xl/tables/table4.xml", iter(pieces), PART_TYPE)
    assert package.content_type("xl/tables/table4.xml") == PART_TYPE
    for one in (package, Package(package.to_bytes())):
        assert b"".join(one.stretches("xl/tables/table4.xml")) == b"".join(pieces)
    assert not list(package.original_stretches("xl/tables/table4.xml"))
    with pytest.raises(ValueError, match="already"):
        package.add_packed("xl/Tables/table4.xml", [b""], PART_TYPE)


def test_what_is_opened_again_is_what_would_be_saved(package: Package, tmp_path: Path) -> None:
    package.tree(SHEET).set("changed", "1")
    package.touch(SHEET)
    package.add("xl/tables/table1.xml", b"<table/>" * 90_000, PART_TYPE)
    changed = {SHEET, "xl/tables/table1.xml", content_types.PART}
    saved = Package(package.to_bytes())
    package.save(tmp_path / "b.xlsx")
    for again in (package.opened_again(), open_package(tmp_path / "b.xlsx")):
        assert again.names == saved.names
        for name in saved.names:
            assert again.blob(name) == saved.blob(name)
            assert again.holds_as_it_was(name, package) == (name not in changed)
        assert again.to_bytes() == saved.to_bytes()


def test_a_part_of_the_file_may_be_given_pieces(package: Package, contents) -> None:
    original = package.blob(SHEET)
    package.tree(SHEET).set("changed", "1")
    package.touch(SHEET)
    package.replace_packed(SHEET, [original[:50], b"<!-- more -->", original[50:]])
    changed = original[:50] + b"<!-- more -->" + original[50:]
    assert package.is_changed(SHEET)
    assert package.sha256(SHEET) == sha256(changed).digest()
    for one in (package, Package(package.to_bytes())):
        assert one.blob(SHEET) == b"".join(one.stretches(SHEET)) == changed
    assert b"".join(package.original_stretches(SHEET)) == original
    package.replace_packed(SHEET, [original[:9], original[9:]])
    assert not package.is_changed(SHEET)
    assert package.sha256(SHEET) == sha256(original).digest()


def test_a_part_whose_pieces_fail_stays_as_it_was(package: Package) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"<worksheet>"
        raise RuntimeError

    package.tree(SHEET).set("changed", "1")
    package.touch(SHEET)
    before = package.blob(SHEET)
    with pytest.raises(RuntimeError):
        package.replace_packed(SHEET, pieces())
    assert package.blob(SHEET) == before


def test_a_part_that_is_there_is_not_added_again(package: Package) -> None:
    with pytest.raises(ValueError, match="already"):
        package.add("XL/workbook.xml", b"", PART_TYPE)


def test_pictures_and_vml_are_announced_by_extension(package: Package) -> None:
    types = package.tree("[Content_Types].xml")
    overrides = len(types.findall("{*}Override"))
    package.add("xl/media/image1.png", b"", "image/png")
    package.add("xl/media/image2.PNG", b"", "image/png")
    package.add("customXml/item1.xml", b"<a/>", "application/xml")
    package.add("xl/other.png", b"", "image/other")
    assert package.content_type("xl/media/image2.PNG") == "image/png"
    assert [d.get("Extension") for d in types.findall("{*}Default")] == ["rels", "xml", "png"]
    assert len(types.findall("{*}Override")) == overrides + 1
    assert package.content_type("xl/other.png") == "image/other"
    assert package.content_type("customXml/item1.xml") == "application/xml"
    assert package.content_type("a.unknown") == ""


def test_dropping_a_part_drops_what_belongs_to_it(package: Package) -> None:
    before = package.to_bytes()
    name = package.add("xl/tables/table1.xml", b"<table/>", PART_TYPE)
    package.relationships(name).add("hyperlink", "https://a.b", external=True)
    package.drop(name)
    assert name not in package
    assert "xl/tables/_rels/table1.xml.rels" not in package
    assert package.to_bytes() == before
    package.drop(SHEET)
    assert package.original_blob(SHEET) is not None
    assert SHEET not in Package(package.to_bytes()).names
    assert not [e for e in package.tree("[Content_Types].xml") if (e.get("PartName") or "").endswith("sheet1.xml")]


def test_a_missing_part_is_damage(package: Package, refused) -> None:
    for ask in (package.blob, package.tree, package.touch, package.drop, package.is_changed):
        with refused("part_missing"):
            ask("xl/none.xml")


def test_relationships_are_added_and_removed(package: Package) -> None:
    relationships = package.relationships(SHEET)
    assert list(relationships) == []
    table = package.add("xl/tables/table1.xml", b"<table/>", PART_TYPE)
    first = relationships.add("table", table)
    second = relationships.add("hyperlink", "https://example.org/?a=b c", external=True)
    third = relationships.add("threadedComment", "xl/threadedComments/threadedComment1.xml")
    assert (first, second, third) == ("rId1", "rId2", "rId3")
    again = Package(package.to_bytes()).relationships(SHEET)
    assert [(r.id, r.kind, r.target, r.external) for r in again] == [
        ("rId1", "table", table, False),
        ("rId2", "hyperlink", "https://example.org/?a=b c", True),
        ("rId3", "threadedComment", "xl/threadedComments/threadedComment1.xml", False),
    ]
    assert again.by_id("rId1") == again.to(table)[0] == again.of_kind("table")[0]
    assert again.by_id("rId9") is None
    assert again.of_kind("table")[0].type == package.namespaces().relationship_type("table")
    assert "purl.oclc.org" not in again.of_kind("threadedComment")[0].type
    package.relationships(SHEET).remove("rId1")
    assert relationships.add("table", table) == "rId4"
    for identity in ("rId2", "rId3", "rId4", "rId9"):
        relationships.remove(identity)
    assert len(relationships) == 0
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in package


def test_relationships_see_what_is_done_to_their_part(package: Package) -> None:
    relationships = package.relationships(package.main_part)
    assert len(relationships) == 1
    package.replace("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"/>'.encode())
    assert len(relationships) == 0


def test_free_names(package: Package) -> None:
    assert package.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet2.xml"
    assert package.free_name("XL/WORKSHEETS/SHEET{}.xml") == "XL/WORKSHEETS/SHEET2.xml"
    assert package.free_name("xl/tables/table{}.xml") == "xl/tables/table1.xml"
    package.relationships(package.main_part).add("worksheet", "xl/worksheets/Sheet2.xml")  # promised, not there
    package.add("xl/worksheets/_rels/sheet3.xml.rels", b"<x/>", "application/xml")
    types = package.tree("[Content_Types].xml")
    etree.SubElement(types, types[-1].tag, PartName="/xl/worksheets/sheet4.xml", ContentType="a/b")
    package.touch("[Content_Types].xml")
    package.drop("xl/worksheets/_rels/sheet3.xml.rels")
    assert package.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet3.xml"
    package.add("xl/worksheets/sheet3.xml", b"<a/>", "application/xml")
    assert package.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet5.xml"


def test_dialects_of_parts(package: Package, dialect: Namespaces) -> None:
    package.add("xl/drawings/vmlDrawing1.vml", b"<xml/>", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    assert package.namespaces() is dialect
    assert package.namespaces(SHEET) is dialect
    assert package.namespaces("xl/drawings/vmlDrawing1.vml") is dialect
    assert package.namespaces().main("c") == f"{{{dialect.spreadsheet}}}c"


@given(
    names=st.lists(SEGMENT.map(lambda name: f"xl/more/{name}.xml"), max_size=6, unique_by=str.lower),
    content=st.binary(max_size=100),
)
def test_what_is_added_is_there_and_the_rest_untouched(
    names: list[str], content: bytes, make_parts, make_zip, contents
) -> None:
    parts = make_parts()
    package = Package(make_zip(parts))
    for name in names:
        package.add(name, content, PART_TYPE)
        package.relationships(SHEET).add("table", name)
    again = Package(package.to_bytes())
    assert [r.target for r in again.relationships(SHEET)] == names
    assert all(again.content_type(name) == PART_TYPE and again.blob(name) == content for name in names)
    written = contents(package.to_bytes())
    assert all(written[name] == parts[name] for name in parts if name != "[Content_Types].xml")
    assert len({r.id for r in again.relationships(SHEET)}) == len(names)
    for name in names:
        package.relationships(SHEET).remove(package.relationships(SHEET).to(name)[0].id)
        package.drop(name)
    assert contents(package.to_bytes()) == parts


def test_folders_in_the_zip_stay_and_are_no_parts(make_parts, make_zip, contents) -> None:
    parts = {"xl/": b"", **make_parts(), "docProps/": b""}
    package = Package(make_zip(parts))
    assert not [name for name in package.names if name.endswith("/")]
    assert contents(package.to_bytes()) == parts


def test_a_workbook_without_package_relationships_is_found_by_its_content_type(make_parts, make_zip) -> None:
    parts = make_parts(folder="odd")
    del parts["_rels/.rels"]
    assert Package(make_zip(parts)).main_part == "odd/workbook.xml"


def test_relationships_to_nowhere_and_to_themselves_do_no_harm(package: Package) -> None:
    relationships = package.relationships(SHEET)
    relationships.add("worksheet", SHEET)
    relationships.add("image", "xl/NULL")
    root = package.tree("xl/worksheets/_rels/sheet1.xml.rels")
    for target in ("", "#Sheet1!A1", "https://a.b/c", "C:\\a.xlsx", "..%2F..%2Fetc"):
        etree.SubElement(root, root[0].tag, Id=f"t{target}", Type="x/hyperlink", Target=target)
    etree.SubElement(root, root[0].tag)
    found = [(r.target, r.external, r.target in package) for r in relationships]
    assert found == [
        (SHEET, False, True),
        ("xl/NULL", False, False),
        ("", False, False),
        ("#Sheet1!A1", False, False),
        ("https://a.b/c", True, False),
        ("C:\\a.xlsx", True, False),
        ("etc", False, False),
        ("", False, False),
    ]


def test_saving_and_opening(package: Package, tmp_path, parts: dict[str, bytes], contents) -> None:
    path = tmp_path / "a ä.xlsx"
    package.save(path)
    assert contents(path.read_bytes()) == parts
    assert open_package(str(path)).source_bytes == path.read_bytes()
    assert open_package(path).to_bytes() == package.to_bytes()


def test_parts_that_were_never_packed_are_a_workbook(package: Package, parts: dict[str, bytes], contents) -> None:
    loose = Package(parts)
    assert (loose.names, loose.main_part, loose.strict) == (package.names, package.main_part, package.strict)
    assert [(item.kind, item.target) for item in loose.relationships(loose.main_part)] == [
        (item.kind, item.target) for item in package.relationships(package.main_part)
    ]
    assert all(loose.blob(name) == parts[name] and loose.is_changed(name) for name in loose.names)
    assert contents(loose.to_bytes()) == parts


def test_a_file_that_grows_while_it_is_opened_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, stat = tmp_path / "a.xlsx", Path.stat

    def earlier(file: Path, **options: bool) -> os.stat_result:
        status = list(stat(file, **options))
        status[6] = 100
        return os.stat_result(status)

    path.write_bytes(bytes(range(256)) * 10)
    monkeypatch.setattr(Path, "stat", earlier)
    assert read_file(path) == bytes(range(256)) * 10
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 2_000)
    with pytest.raises(PackageError):
        read_file(path)


def test_large_content_is_held_packed_and_read_as_it_is(package: Package) -> None:
    blob = b"<x>" + b"y" * HELD_PACKED + b"</x>"
    original = package.blob(SHEET)
    package.add("xl/large.xml", blob, "application/xml")
    package.replace(SHEET, blob)
    for current in (package, Package(package.to_bytes())):
        assert current.blob("xl/large.xml") == current.blob(SHEET) == blob
    assert package.is_changed(SHEET)
    assert package.original_blob(SHEET) == original
    package.replace(SHEET, original)
    assert not package.is_changed(SHEET)


def test_damage_in_a_part_is_told_when_it_is_read(parts: dict[str, bytes], make_zip, refused) -> None:
    data = make_zip(parts, 0)
    package = Package(data.replace(b"sheetData", b"sheetDate"))
    with refused("part_damaged"):
        package.tree(SHEET)
    with pytest.raises(PackageError):
        package.blob(SHEET)


def test_a_part_holds_what_it_held_however_it_is_packed(make_zip, make_parts) -> None:
    workbook = make_zip(make_parts(TRANSITIONAL))
    original = Package(workbook)
    changed = Package(workbook)
    changed.replace("xl/workbook.xml", changed.blob("xl/workbook.xml") + b"<!-- -->")
    same = Package(workbook)
    same.replace("xl/workbook.xml", same.blob("xl/workbook.xml") + b" ")
    same.replace("xl/workbook.xml", original.blob("xl/workbook.xml"))
    assert all(Package(same.to_bytes()).holds_as_it_was(name, original) for name in original.names)
    assert not Package(changed.to_bytes()).holds_as_it_was("xl/workbook.xml", original)
    assert not changed.holds_as_it_was("xl/workbook.xml", original)
