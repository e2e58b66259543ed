"""A mark that somebody else wrote: taking the annotation off stays within bounds, and removes nothing but ours."""

import base64
import hashlib
import zlib

import pytest
from tests.hostile.bounds import bounded
from tests.hostile.conftest import OPTIONS
from tests.hostile.workbooks import pack, parts_of, register_bytes

from regsheet.package import Package
from regsheet.pipeline import annotate, strip
from regsheet.writer.delta import apply_delta
from regsheet.writer.mark import fingerprint, read_mark

BASE = parts_of(register_bytes(more=lambda book: book.add_worksheet("Other").write(0, 0, 1)))
SPACE = "urn:regsheet:annotation:1"


def forged(inner: str, untouched: str = "0") -> bytes:
    package = Package(pack(BASE))
    text = f'<annotation xmlns="{SPACE}" version="1" source="x" sha256="0" untouched="{untouched}">{inner}</annotation>'
    name = package.add("customXml/item1.xml", text.encode(), "application/xml")
    package.relationships(package.main_part).add("customXml", name)
    return package.to_bytes()


def packed(recipe: bytes) -> str:
    return base64.b64encode(zlib.compress(recipe, 9)).decode()


def sha(part: str) -> str:
    return hashlib.sha256(BASE[part]).hexdigest()


def changed(part: str, recipe: bytes) -> str:
    return f'<changed name="{part}" before="0" after="{sha(part)}">{packed(recipe)}</changed>'


def cell(address: str, before: str = '<before type="number">1</before>') -> str:
    return f'<cell sheet="Register" cell="{address}">{before}<after type="number">5</after></cell>'


MARKS = {
    "empty": "",
    "no cell": cell("ZZZZ99999999"),
    "past the sheet": cell("XFD1048577"),
    "an area": cell("A1:B9"),
    "huge number": cell("K3", f'<before type="number">{"9" * 5000}</before>'),
    "no date": cell("K3", '<before type="date">nonsense</before>'),
    "a formula": cell("K3", '<before type="blank" formula="cmd|x!A0"></before>'),
    "entities": '<look id="1">&lt;!DOCTYPE x [&lt;!ENTITY a "b"&gt;]&gt;&lt;fill&gt;&amp;a;&lt;/fill&gt;</look>'
    '<cell sheet="Register" cell="K3" fill_before="1" fill_after="x"/>',
    "no look": '<look id="1">no xml</look><cell sheet="Register" cell="K3" font_before="1" border_before="1"/>',
    "everything added": "".join(f'<added name="{name}"/>' for name in BASE),
    "a sheet of theirs": '<sheet name="Register"/><sheet name="Other"/>',
    "outside": '<dropped name="../../x.xml" behind="">eJwDAAAAAAE=</dropped><added name="../../x.xml"/>',
    "many steps": changed("xl/workbook.xml", b"c 0 5\n" * 8_000_000),
    "absurd offsets": changed("xl/workbook.xml", b"c 999999999999 9\nc -5 9\nl -1\n"),
    "not a recipe": changed("xl/workbook.xml", b"x" * 10),
    "not compressed": f'<changed name="xl/workbook.xml" before="0" after="{sha("xl/workbook.xml")}">eHh4</changed>',
    "a bomb": f'<dropped name="xl/calcChain.xml" behind="">{packed(bytes(600 * 1024**2))}</dropped>',
    "twice": changed("xl/workbook.xml", b"") * 2,
    "many cells": "".join(cell(f"A{row}") for row in range(1, 30_000)),
    "many notes": "".join(f'<note sheet="Register" cell="A{row}" joined="0">x</note>' for row in range(1, 30_000)),
}


@pytest.mark.parametrize("name", MARKS)
def test_forged_marks(name: str, tmp_path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(forged(MARKS[name]))

    def work() -> str:
        annotate(path, tmp_path / "annotated.xlsx", OPTIONS)
        return f"stripped {strip(path).exact}"

    said = bounded(work)
    assert said.startswith("stripped") or "holds nothing of regsheet's" in said
    result = tmp_path / "register.stripped.xlsx"
    if result.exists():
        left = parts_of(result.read_bytes())
        assert {part for part in BASE if part not in left} == set()
        sheets = [part for part in BASE if "worksheets" in part or "sharedStrings" in part]
        assert [part for part in sheets if left[part] != BASE[part] and name != "a formula"] == []
    assert {file.name for file in tmp_path.iterdir()} <= {"register.xlsx", "annotated.xlsx", "register.stripped.xlsx"}


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/theme/theme1.xml"])
def test_a_consistent_mark_that_calls_their_parts_ours(part: str, tmp_path) -> None:
    """Everything about it agrees, and yet a sheet that is not ours must not go."""
    package = Package(forged(f'<added name="{part}"/><added name="customXml/item1.xml"/>'))
    mine = {part, "customXml/item1.xml"}
    whole = fingerprint(package, [name for name in package.names if name not in mine])
    data = forged(f'<added name="{part}"/><added name="customXml/item1.xml"/>', whole)
    mark = read_mark(Package(data))
    assert mark is not None
    assert mark.untouched == whole
    path = tmp_path / "register.xlsx"
    path.write_bytes(data)
    left = parts_of(strip(path).path.read_bytes())
    assert left[part] == BASE[part] or part == "xl/styles.xml"
    assert "xl/worksheets/sheet1.xml" in left


def test_recipes_are_bounded() -> None:
    with pytest.raises(ValueError, match="too large"):
        apply_delta(b"abc", zlib.compress(bytes(10_000)), 100)
    with pytest.raises(ValueError, match="damaged"):
        apply_delta(b"a" * 1000, zlib.compress(b"c 0 1000\n" * 50), 10_000)
    with pytest.raises(ValueError, match="damaged"):
        apply_delta(b"abc", zlib.compress(b"c 0 9\n"), 100)
    assert apply_delta(b"abc", zlib.compress(b"c 1 2\nl 1\nx"), 100) == b"bcx"
