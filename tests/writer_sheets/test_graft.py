"""Grafted sheets arrive whole, and the host keeps all it had."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from regsheet.package import Package
from regsheet.writer.graft import graft

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Rewrite = Callable[..., Path]

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def host(path: Path) -> Path:
    """A workbook with a table, names, notes, a chart and conditional formats of its own, in an odd default font."""
    with xlsxwriter.Workbook(path, {"default_format_properties": {"font_name": "Georgia", "font_size": 14}}) as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row("A1", ["Ref", "Score"])
        sheet.add_table("A1:B4", {"name": "GRAFTED", "columns": [{"header": "Ref"}, {"header": "Score"}]})
        sheet.write_comment("A2", "Ours")
        sheet.write_formula("D1", "=SUM(B2:B4)", book.add_format({"num_format": "0.000", "bold": True}), 0)
        sheet.conditional_format("B2:B4", {"type": "cell", "criteria": ">", "value": 1,
                                           "format": book.add_format({"bg_color": "#00FF00"})})  # fmt: skip
        sheet.repeat_rows(0)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Register!$B$2:$B$4"})
        sheet.insert_chart("F2", chart)
        book.add_worksheet("Other").activate()
        book.define_name("Grafted_too", "=Register!$A$1")
    return path


def grafted(path: Path, side: bytes) -> tuple[Package, bytes]:
    package = Package(path.read_bytes())
    graft(package, side)
    return package, package.to_bytes()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sheets_come_last_and_are_named(tmp_path: Path, side: bytes) -> None:
    package = Package(host(tmp_path / "host.xlsx").read_bytes())
    assert graft(package, side) == ("New one", "New two")
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert book.sheetnames == ["Register", "Other", "New one", "New two"]


def test_only_four_parts_change_and_none_goes(tmp_path: Path, side: bytes) -> None:
    path = host(tmp_path / "host.xlsx")
    before, after = parts_of(path.read_bytes()), parts_of(grafted(path, side)[1])
    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def test_cells_look_as_they_did_in_the_side_workbook(tmp_path: Path, side: bytes) -> None:
    new = openpyxl.load_workbook(io.BytesIO(grafted(host(tmp_path / "host.xlsx"), side)[1]), rich_text=True)
    old = openpyxl.load_workbook(io.BytesIO(side), rich_text=True)
    compared = 0
    for name in old.sheetnames:
        for row in old[name].iter_rows():
            for cell in row:
                if cell.value is None:
                    continue  # absent from the file, so it looks as the host likes
                twin = new[name][cell.coordinate]
                expected, found = cell.value, twin.value
                if hasattr(expected, "text"):  # an array formula
                    expected, found = expected.text, found.text
                assert str(found) == str(expected)
                for look in ("number_format", "alignment", "border", "fill"):
                    assert repr(getattr(twin, look)) == repr(getattr(cell, look))
                assert (twin.font.name, twin.font.sz, twin.font.b) == (cell.font.name, cell.font.sz, cell.font.b)
                compared += 1
        assert new[name].print_title_rows == old[name].print_title_rows
        assert len(new[name]._charts) == len(old[name]._charts)
    assert compared > 20


def test_nothing_depends_on_the_hosts_theme(tmp_path: Path, side: bytes) -> None:
    path = host(tmp_path / "host.xlsx")
    count = len(etree.fromstring(parts_of(path.read_bytes())["xl/styles.xml"]).find(f"{{{MAIN}}}fonts"))
    fonts = etree.fromstring(parts_of(grafted(path, side)[1])["xl/styles.xml"]).find(f"{{{MAIN}}}fonts")
    added = fonts[count:]
    assert added
    for font in added:
        assert font.find(f"{{{MAIN}}}scheme") is None
        assert all(color.get("theme") is None for color in font.iter(f"{{{MAIN}}}color"))


def test_tables_have_names_and_numbers_of_their_own(tmp_path: Path, side: bytes) -> None:
    parts = parts_of(grafted(host(tmp_path / "host.xlsx"), side)[1])
    tables = [etree.fromstring(blob) for name, blob in parts.items() if name.startswith("xl/tables/")]
    # One of the names is the host's table, another a defined name of the host; case is no difference.
    assert sorted(table.get("displayName") for table in tables) == ["GRAFTED", "Grafted_2", "Grafted_too_2"]
    assert len({table.get("id") for table in tables}) == 3


def test_conditional_formats_keep_their_looks(tmp_path: Path, side: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(grafted(host(tmp_path / "host.xlsx"), side)[1]))
    rules = [rule for area in book["New one"].conditional_formatting for rule in area.rules]
    red = next(rule for rule in rules if rule.type == "cellIs")
    assert red.dxf.fill.bgColor.rgb == "FFFF0000"
    assert red.dxf.numFmt.formatCode == "0.00"
    mine = [rule for area in book["Register"].conditional_formatting for rule in area.rules]
    assert mine[0].dxf.fill.bgColor.rgb == "FF00FF00"


def test_every_note_has_a_shape_in_a_block_of_its_own(tmp_path: Path, side: bytes) -> None:
    parts = parts_of(grafted(host(tmp_path / "host.xlsx"), side)[1])
    drawings = [blob for name, blob in parts.items() if name.endswith(".vml")]
    blocks = [re.findall(rb'idmap [^>]*data="([0-9,]+)"', blob)[0] for blob in drawings]
    shapes = [int(number) for blob in drawings for number in re.findall(rb'<v:shape id="_x0000_s(\d+)"', blob)]
    assert len(set(blocks)) == len(blocks) == 3
    assert len(set(shapes)) == len(shapes) == 4
    assert {number // 1024 for number in shapes} == {int(block) for block in blocks}


def test_no_new_sheet_is_selected_and_the_active_one_stays(tmp_path: Path, side: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(grafted(host(tmp_path / "host.xlsx"), side)[1]))
    assert [sheet.sheet_view.tabSelected for sheet in book][2:] == [None, None]
    assert book.active.title == "Other"


def test_the_same_graft_gives_the_same_bytes(tmp_path: Path, side: bytes) -> None:
    path = host(tmp_path / "host.xlsx")
    assert grafted(path, side)[1] == grafted(path, side)[1]


def test_a_second_graft_joins_the_first(tmp_path: Path, side: bytes, make_side: Callable[..., bytes]) -> None:
    package, _ = grafted(host(tmp_path / "host.xlsx"), side)
    graft(package, make_side("Third", "Fourth"))
    book = openpyxl.load_workbook(io.BytesIO(package.to_bytes()))
    assert book.sheetnames[2:] == ["New one", "New two", "Third", "Fourth"]
    assert book["Fourth"].print_title_rows == "$4:$4"
    assert len({table.displayName for sheet in book for table in sheet.tables.values()}) == 5


def test_a_name_that_is_taken_is_refused(tmp_path: Path, make_side: Callable[..., bytes]) -> None:
    package = Package(host(tmp_path / "host.xlsx").read_bytes())
    with pytest.raises(ValueError, match="REGISTER"):
        graft(package, make_side("REGISTER", "x"))


# -- odd hosts -----------------------------------------------------------------------------------------------------


def test_a_host_without_styles_or_names(tmp_path: Path, side: bytes, rewrite: Rewrite) -> None:
    def bare(name: str, blob: bytes) -> bytes | None:
        if name == "xl/styles.xml":
            return None
        if name in {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}:
            return re.sub(rb'<(Override|Relationship) [^>]*styles.xml"[^>]*/>', b"", blob)
        blob = re.sub(rb"<definedNames>.*</definedNames>", b"", blob) if name == "xl/workbook.xml" else blob
        return re.sub(rb' s="\d+"| dxfId="\d+"', b"", blob)

    path = rewrite(host(tmp_path / "host.xlsx"), bare, tmp_path / "bare.xlsx")
    _, data = grafted(path, side)
    root = etree.fromstring(parts_of(data)["xl/workbook.xml"])
    order = [etree.QName(item).localname for item in root]
    assert order.index("sheets") < order.index("definedNames") < order.index("calcPr")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["New one"]["A1"].font.b
    assert not book["Register"]["A1"].font.b


def test_a_host_with_prefixes(tmp_path: Path, side: bytes, rewrite: Rewrite) -> None:
    def prefixed(name: str, blob: bytes) -> bytes:
        if name not in {"xl/workbook.xml", "xl/styles.xml"}:
            return blob
        root = etree.fromstring(blob)
        new = etree.Element(root.tag, nsmap={"x": MAIN})
        for key, value in root.attrib.items():
            new.set(key, value)
        new.extend(list(root))
        etree.cleanup_namespaces(new, keep_ns_prefixes=["x"])
        return etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True)

    path = rewrite(host(tmp_path / "host.xlsx"), prefixed, tmp_path / "prefixed.xlsx")
    _, data = grafted(path, side)
    workbook = parts_of(data)["xl/workbook.xml"]
    assert b"<x:sheet " in workbook
    assert b"<sheet " not in workbook
    assert openpyxl.load_workbook(io.BytesIO(data))["New one"]["A2"].value == " plain "


def test_a_strict_host_gets_strict_parts(tmp_path: Path, side: bytes, rewrite: Rewrite) -> None:
    swaps = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"),
    )  # fmt: skip

    def strict(name: str, blob: bytes) -> bytes:
        for old, new in swaps:
            blob = blob.replace(old, new)
        return blob

    path = rewrite(host(tmp_path / "host.xlsx"), strict, tmp_path / "strict.xlsx")
    before, after = parts_of(path.read_bytes()), parts_of(grafted(path, side)[1])
    new = {name: blob for name, blob in after.items() if name not in before}
    assert len(new) > 8
    assert not [name for name, blob in new.items() if swaps[0][0] in blob or swaps[1][0] in blob or swaps[2][0] in blob]
    chart = next(blob for name, blob in new.items() if "/charts/" in name)
    assert b'gapWidth val="40%"' in chart


def test_a_sheet_id_that_the_calculation_chain_still_names_is_not_taken(
    tmp_path: Path, side: bytes, rewrite: Rewrite
) -> None:
    chain = b'<calcChain xmlns="%s"><c r="D1" i="1"/><c r="B1" i="9"/></calcChain>' % MAIN.encode()
    path = host(tmp_path / "host.xlsx")
    package = Package(path.read_bytes())
    package.add("xl/calcChain.xml", chain, "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    package.relationships(package.main_part).add("calcChain", "xl/calcChain.xml")
    graft(package, side)
    sheets = package.tree("xl/workbook.xml").iter(f"{{{MAIN}}}sheet")
    assert [sheet.get("sheetId") for sheet in sheets] == ["1", "2", "10", "11"]
    assert package.blob("xl/calcChain.xml") == chain


FOLDERS = ("corpus", "real", "data")


@pytest.mark.evaluation
@pytest.mark.parametrize("share", range(8))
@pytest.mark.filterwarnings("ignore")  # openpyxl has things to say of the originals
def test_every_workbook_of_the_corpora(evaluation: Path, side: bytes, tmp_path: Path, share: int) -> None:
    """After grafting, nothing is lost and nothing is wrong that was not wrong before."""
    validate, fidelity = _tool(evaluation, "validate"), _tool(evaluation, "fidelity")
    files = [path for folder in FOLDERS for path in sorted((evaluation / folder).glob("*.xls[xm]"))]
    assert len(files) > 100
    bad = {}
    for path in files[share::8]:
        target = tmp_path / path.name
        package = Package(path.read_bytes())
        graft(package, side)
        package.save(target)
        wrong = _wrong(validate.examine(target))
        if wrong:
            wrong = [item for item in wrong if item not in _wrong(validate.examine(path))]
        report = fidelity.compare(path, target)
        if wrong or report["gone"] or report["lost"]:
            bad[path.name] = (wrong, report["gone"], report["lost"])
        target.unlink()
    assert not bad


def _wrong(examined: tuple[list[str], dict[str, int], dict[str, str]]) -> list[str]:
    """What the validator says, one thing an item: of the package, of the schemas, of other readers."""
    found, schema, readers = examined
    return [*found, *schema, *(f"{reader} cannot open it" for reader, error in readers.items() if error)]


def _tool(evaluation: Path, name: str):  # type: ignore[no-untyped-def]
    import importlib.util

    spec = importlib.util.spec_from_file_location(name, evaluation / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
