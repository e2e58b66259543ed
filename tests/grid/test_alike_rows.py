"""Rows of one make are read with one pattern: what comes of it is what the tree gives, whatever rows stand between."""

import random
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.grid.parts import MAIN, as_tree, rows, workbook

from regsheet.grid import alike, read_grid, scanned_rows, sheet_cells
from regsheet.grid.alike import AlikeRows
from regsheet.grid.scanned_rows import ScannedSheet
from regsheet.grid.scanning import UnusualError
from regsheet.package import Package

STRINGS = ["Ref", "a &amp; b", " edge ", "", "line&#10;end", "_x000D_", "Open", "5"]
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    "</styleSheet>"
)
SHARED = (
    f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in STRINGS)
    + "<si><r><rPr><b/></rPr><t>bold</t></r><r><t> rest</t></r></si></sst>"
)  # fmt: skip
PLAIN = SHARED.replace("<si><r><rPr><b/></rPr><t>bold</t></r><r><t> rest</t></r></si>", "<si><t>plain</t></si>")

NUMBERS = st.sampled_from(["4", "4.0", "0.1", "45292", "1E3", "-2", "nonsense", "1_0", ""])
FORMULA_TEXTS = st.sampled_from(["A1*2", 'IF(A1&gt;1,"x","y")', "=B2", ""])
NO_VALUE = st.sampled_from(["<v/>", "<v></v>", ""])
TEXTS = st.sampled_from(["plain", "a &lt; b", "&#65;", "_x0041_", " ", ""])


def cell(kind: str, style: str, draw) -> str:
    """The inside of a cell after its address, of a kind and with texts drawn."""
    look = f' s="{style}"' if style else ""
    made = {
        "blank": lambda: f"{look}/>",
        "number": lambda: f"{look}><v>{draw(NUMBERS)}</v></c>",
        "explicit": lambda: f'{look} t="n"><v>{draw(NUMBERS)}</v></c>',
        "shared": lambda: f'{look} t="s"><v>{draw(st.integers(0, 9))}</v></c>',
        "truth": lambda: f'{look} t="b"><v>{draw(st.sampled_from("01"))}</v></c>',
        "error": lambda: f'{look} t="e"><v>#REF!</v></c>',
        "day": lambda: f'{look} t="d"><v>2026-03-{draw(st.integers(10, 28))}</v></c>',
        "inline": lambda: f'{look} t="inlineStr"><is><t>{draw(TEXTS)}</t></is></c>',
        "formula": lambda: f"{look}><f>{draw(FORMULA_TEXTS)}</f><v>{draw(NUMBERS)}</v></c>",
        "uncalculated": lambda: f"{look}><f>{draw(FORMULA_TEXTS)}</f>{draw(NO_VALUE)}</c>",
        "noted": lambda: f'{look}><f aca="false">{draw(FORMULA_TEXTS)}</f><v>{draw(NUMBERS)}</v></c>',
        "words": lambda: f'{look} t="str"><f>{draw(FORMULA_TEXTS)}</f><v>{draw(TEXTS)}</v></c>',
        "moved": lambda: f'{look}><f t="shared" si="0"/><v>{draw(NUMBERS)}</v></c>',
        "array": lambda: f'{look}><f t="array" ref="A1:B2">{draw(FORMULA_TEXTS)}</f><v>1</v></c>',
    }  # fmt: skip
    return made[kind]()


KINDS = ("blank", "number", "explicit", "shared", "truth", "error", "day", "inline", "formula", "uncalculated", "noted",
         "words", "moved", "array")  # fmt: skip
MAKES = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "0", "1", "2", "9"])), max_size=5)
OPENINGS = st.sampled_from(
    ["", ' spans="1:5"', ' ht="15"', ' ht="30.5"', ' ht="0"', ' hidden="1"', ' s="1" customFormat="1"']
)


@st.composite
def sheets(draw) -> str:
    """Rows of a few makes that recur, some of them out of order or twice, with gaps, with the odd one between."""
    made, number = [], 0
    full = st.integers(0, draw(st.sampled_from([0, 4])))
    if draw(st.booleans()):
        made.append('<row r="1"><c r="A1"><f t="shared" ref="A1:A99" si="0">B1+$C$1</f><v>3</v></c></row>')
        number = 1
    makes = draw(st.lists(st.tuples(OPENINGS, MAKES), min_size=1, max_size=3))
    for opening, make in draw(st.lists(st.sampled_from(makes), max_size=24)):
        number += draw(st.sampled_from([1, 1, 1, 1, 2, 0, -1])) if number > 1 else 1
        letters = draw(st.sampled_from(["ABCDE", "ABCDE", "ABCDE", "BACDE"]))
        named = draw(st.sampled_from([number, number, number, number + 1]))  # a cell's own row counts, whatever it says
        filled = [(kind if kind == "blank" or draw(full) < 4 else "blank", style) for kind, style in make]
        cells = (f'<c r="{letter}{named}"{cell(*one, draw)}' for letter, one in zip(letters, filled, strict=False))
        made.append(f'<row r="{number}"{opening}>{"".join(cells)}</row>')
    return rows("".join(made))


def parts(strings: str) -> dict[str, object]:
    return {
        "parts": {"xl/styles.xml": STYLES, "xl/sharedStrings.xml": strings},
        "workbook_links": (("rId2", "styles", "styles.xml"), ("rId3", "sharedStrings", "sharedStrings.xml")),
    }


def everything(package: Package) -> list[object]:
    """All that is read of the cells, with the kinds of the values, in the order they are kept."""
    sheet = read_grid(package).sheets[0]
    told = [(*one, type(one.value)) for one in sheet.cells.values()]
    return [told, list(sheet.cells), sheet.rich_text, sheet.hidden_rows, sheet.row_styles, sheet.array_formulas]


@pytest.fixture(autouse=True, scope="module")
def soon():
    """Patterns are made at the third row of a make, so that small sheets have them."""
    from regsheet.grid import scanned_rows

    scanned_rows.FEWEST_ALIKE = 3
    yield
    scanned_rows.FEWEST_ALIKE = alike.FEWEST_ALIKE


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.sampled_from([SHARED, PLAIN]), st.sampled_from([(200, 1000), (4, 1)]))
def test_rows_alike_are_what_the_tree_gives(worksheet, strings, limits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned_rows, "MOST_AT_ONCE", limits[0])
        patch.setattr(sheet_cells, "MAX_BLANK_ROWS", limits[1])
        scanned = everything(workbook(worksheet, **parts(strings)))
        assert repr(scanned) == repr(everything(as_tree(workbook(worksheet, **parts(strings)))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.integers(1, 300))
def test_a_sheet_is_read_a_stretch_at_a_time(worksheet, at_a_time):
    """However it is cut, the rows are those of the tree, unless the text is unusual either way."""
    package, blob = workbook(worksheet, **parts(SHARED)), worksheet.encode()
    stretches = [blob[start : start + at_a_time] for start in range(0, len(blob), at_a_time)]
    with pytest.MonkeyPatch.context() as patch:
        of_part = {"xl/worksheets/sheet1.xml": stretches, "xl/sharedStrings.xml": [SHARED.encode()]}
        patch.setattr(Package, "stretches", lambda _, name: iter(of_part[name]))
        assert repr(everything(package)) == repr(everything(as_tree(workbook(worksheet, **parts(SHARED)))))
    whole, cut = ScannedSheet([blob]), ScannedSheet(stretches)
    plain = is_plain(whole)
    assert is_plain(cut) == plain
    assert not plain or whole.rest() == cut.rest()


def is_plain(scanned: ScannedSheet) -> bool:
    try:
        return sum(1 for _ in scanned.rows()) >= 0
    except UnusualError:
        return False


def test_rows_alike_are_read_with_a_pattern():
    made = "".join(
        f'<row r="{n}" spans="1:3" ht="{n}"><c r="A{n}" t="s"><v>{n % 9}</v></c>'
        f'<c r="B{n}" s="1"><v>{45000 + n}</v></c><c r="C{n}"><f>B{n}*2</f><v>{n}</v></c></row>'
        for n in range(1, 101)
    )
    package = workbook(rows(made), **parts(PLAIN))
    found = [
        row for row in ScannedSheet(package.stretches("xl/worksheets/sheet1.xml")).rows() if isinstance(row, AlikeRows)
    ]
    assert sum(rows.count for rows in found) == 97
    assert repr(everything(package)) == repr(everything(as_tree(workbook(rows(made), **parts(PLAIN)))))


def test_rows_that_differ_in_what_is_blank_are_read_with_one_pattern():
    made = []
    for n in range(1, 101):
        texts = "".join(
            f'<c r="{letter}{n}" s="1"/>' if n > 8 and n % step == 0 else f'<c r="{letter}{n}" s="1" t="s"><v>6</v></c>'
            for letter, step in (("B", 2), ("C", 3), ("D", 5), ("E", 7))
        )
        made.append(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{texts}</row>')
    package = workbook(rows("".join(made)), **parts(PLAIN))
    found = [
        row for row in ScannedSheet(package.stretches("xl/worksheets/sheet1.xml")).rows() if isinstance(row, AlikeRows)
    ]
    assert [(rows.count, len(rows.texts)) for rows in found] == [(97, 1)]
    assert repr(everything(package)) == repr(everything(as_tree(workbook(rows("".join(made)), **parts(PLAIN)))))


def test_many_makes_cost_no_more_than_a_few_patterns():
    chance = random.Random(4)  # noqa: S311 - the same rows each time
    made = []
    for number in range(1, 3001):
        cells = "".join(
            f'<c r="{letter}{number}"><v>1</v></c>' for letter in "ABCDEFGHIJKLMNOP" if chance.random() < 0.5
        )
        made.append(f'<row r="{number}">{cells}</row>')
    from regsheet.grid.scanned_rows import _RowScanner

    found = []

    class Scanner(_RowScanner):
        def __init__(self) -> None:
            super().__init__()
            found.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("regsheet.grid.scanned_rows._RowScanner", Scanner)
        package = workbook(rows("".join(made)))
        read_grid(package)
    assert len(found[0].patterns) <= alike.MOST_PATTERNS
    assert len(found[0]._makes) <= alike.MOST_MAKES


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), max_size=8), st.booleans())
def test_plain_strings_are_what_the_tree_gives(texts, spaced):
    said = ' xml:space="preserve"' if spaced else ""
    items = "".join(f"<si><t{said}>{escape(text)}</t></si>" for text in texts)
    table = rows("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, len(texts) + 1)))
    strings = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}" count="1">{items}</sst>'
    assert repr(everything(workbook(table, **parts(strings)))) == repr(
        everything(as_tree(workbook(table, **parts(strings))))
    )
