"""The style sheet: appended to, never renumbered."""

import pytest
from lxml import etree
from workbooks import MAIN, made, patched, plain, saved, with_parts

from regsheet.grid import read_grid
from regsheet.package import Package
from regsheet.writer.styles import MAX_CELL_FORMATS, Change, Line, Styles

PURPLE = Line("medium", "7030A0")


def formats(package: Package) -> list[bytes]:
    return [etree.tostring(item, method="c14n") for item in package.tree("xl/styles.xml").find(f"{MAIN}cellXfs")]


def styled() -> Package:
    def fill(book: object, sheet: object) -> None:
        look = {"bold": True, "font_color": "#FF0000", "num_format": "0.0", "text_wrap": True, "border": 1}
        look["locked"] = False
        sheet.write(0, 0, 16, book.add_format(look))

    return made(fill)


def test_a_variant_differs_only_in_what_was_asked() -> None:
    package = styled()
    before, styles = formats(package), Styles(package)
    index = styles.variant(1, Change(fill="FFC000", line=PURPLE))
    with patched(package) as patch:
        patch.set_style(1, 1, index)
    old, new = read_grid(styled()).sheets[0].style(1, 1), read_grid(saved(package)).sheets[0].style(1, 1)
    assert new.fill == "FFC000"
    assert (new.bold, new.font_colour, new.number_format, new.wrap, new.locked) == (
        old.bold, old.font_colour, old.number_format, old.wrap, old.locked,
    )  # fmt: skip
    assert formats(package)[: len(before)] == before
    assert styles.format(index).get("xfId") == styles.format(1).get("xfId")


def test_a_border_keeps_the_sides_that_were_not_asked_for() -> None:
    styles = Styles(styled())
    border = styles.border_of(styles.variant(1, Change(line=PURPLE, sides=("left", "top"))))
    assert {etree.QName(side).localname: side.get("style") for side in border} == {
        "left": "medium", "right": "thin", "top": "medium", "bottom": "thin", "diagonal": None,
    }  # fmt: skip


def test_the_same_wish_is_stored_once_and_counts_agree() -> None:
    package = styled()
    styles = Styles(package)
    first = styles.variant(1, Change(fill="FF0000", font_colour="000000"))
    assert styles.variant(1, Change(fill="FF0000", font_colour="000000")) == first
    assert Styles(saved(package)).variant(1, Change(fill="FF0000", font_colour="000000")) == first
    for block in package.tree("xl/styles.xml"):
        if block.get("count") is not None:
            assert int(block.get("count")) == len(block)


def test_number_formats_are_found_again_or_numbered_on() -> None:
    styles = Styles(styled())
    assert styles.append_number_format("0.0") == styles.append_number_format("0.0") == 164
    assert styles.append_number_format('0" days"') == 165


def test_a_differential_format_makes_its_collection_in_place() -> None:
    sheet = f'<styleSheet xmlns="{MAIN[1:-1]}"><cellXfs><xf/></cellXfs><tableStyles count="0"/></styleSheet>'
    package = with_parts(plain(), styles=sheet)
    styles = Styles(package)
    dxf = etree.fromstring(f'<dxf xmlns="{MAIN[1:-1]}"><font><b/></font></dxf>')
    assert (styles.append_differential(dxf), styles.append_differential(dxf)) == (0, 0)
    order = [etree.QName(block).localname for block in styles.root]
    assert order == ["cellXfs", "dxfs", "tableStyles"]
    styles.variant(0, Change(fill="FF0000"))
    order = [etree.QName(block).localname for block in styles.root]
    assert order == ["fills", "cellXfs", "dxfs", "tableStyles"]
    fills = [pattern.get("patternType") for pattern in styles.root.iter(f"{MAIN}patternFill")]
    assert fills == ["none", "gray125", "solid"], "the first two fills have fixed meanings"


def test_a_workbook_without_styles_gets_some() -> None:
    package = plain()
    relationships = package.relationships(package.main_part)
    relationships.remove(relationships.of_kind("styles")[0].id)
    package.drop("xl/styles.xml")
    package = saved(package)
    with patched(package) as patch:
        patch.set_style(1, 1, Styles(package).variant(0, Change(fill="92D050")))
    assert read_grid(saved(package)).sheets[0].style(1, 1).fill == "92D050"


def test_a_style_past_the_end_counts_as_the_first() -> None:
    styles = Styles(plain())
    assert styles.format(999) is styles.format(0)


def test_a_full_collection_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    package = styled()
    monkeypatch.setattr("regsheet.writer.styles.MAX_CELL_FORMATS", len(formats(package)))
    assert Styles(package).variant(1, Change(fill="FF0000")) == 1
    assert MAX_CELL_FORMATS == 64_000


def test_elements_of_another_dialect_come_into_the_hosts() -> None:
    styles = Styles(plain())
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    font = etree.fromstring(f'<x:font xmlns:x="{strict}"><x:sz val="17"/></x:font>')
    styles.append_font(font)
    assert not styles.root.xpath(f"//*[namespace-uri()='{strict}']")
    assert styles.root.xpath("//*[local-name()='sz'][@val='17']")
