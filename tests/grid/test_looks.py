"""Colours, styles and number formats."""
# ruff: noqa: E501 - XML is read best unbroken

import pytest
from tests.grid.parts import MAIN, rows, sheet_of

from regsheet.grid.cells import CellStyle
from regsheet.grid.colours import tinted
from regsheet.grid.number_formats import is_date_format

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
THEME = f"""<a:theme xmlns:a="{DRAWING}"><a:themeElements><a:clrScheme name="x">
<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FEFEFE"/></a:lt1>
<a:dk2><a:srgbClr val="111111"/></a:dk2><a:lt2><a:srgbClr val="EEEEEE"/></a:lt2><a:accent1><a:srgbClr val="4472c4"/></a:accent1>
</a:clrScheme></a:themeElements></a:theme>"""


def look(fill: str, *, colours: str = "", xf: str = "", fonts: str = "<font/>") -> CellStyle:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts>{fonts}</fonts><fills><fill>{fill}</fill></fills>'
        f"<cellXfs>{xf or '<xf/>'}</cellXfs>{colours}</styleSheet>"
    )
    sheet = sheet_of(
        rows('<row r="1"><c r="A1" s="0"/></row>'),
        {"xl/styles.xml": styles, "xl/theme/theme1.xml": THEME},
        workbook_links=(("rId8", "styles", "styles.xml"), ("rId9", "theme", "theme/theme1.xml")),
    )
    return sheet.style(1, 1)


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill>'


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (solid('rgb="FF00b050"'), "00B050"),
        (solid('rgb="00B050"'), "00B050"),
        (solid('rgb="nonsense"'), None),
        (solid('theme="0"'), "FEFEFE"),
        (solid('theme="1"'), "000000"),
        (solid('theme="2"'), "EEEEEE"),
        (solid('theme="3"'), "111111"),
        (solid('theme="4"'), "4472C4"),
        # What Excel shows as "Blue, Accent 1, Lighter 80%" and "Darker 25%".
        (solid('theme="4" tint="0.79998168889431442"'), "DAE3F3"),
        (solid('theme="4" tint="-0.249977111117893"'), "2F5597"),
        (solid('theme="77"'), None),
        (solid('indexed="10"'), "FF0000"),
        (solid('indexed="64"'), "000000"),
        (solid('indexed="65"'), "FFFFFF"),
        ('<patternFill patternType="none"><fgColor rgb="FFFF0000"/></patternFill>', None),
        ("<patternFill/>", None),
        ('<patternFill patternType="gray125"/>', "DFDFDF"),
        (
            '<patternFill patternType="lightUp"><fgColor rgb="FF0000FF"/><bgColor rgb="FFFFC000"/></patternFill>',
            "FFC000",
        ),
        (
            '<patternFill patternType="darkGray"><fgColor rgb="FF0000FF"/><bgColor rgb="FFFFC000"/></patternFill>',
            "0000FF",
        ),
        (
            '<gradientFill><stop position="0"><color rgb="FFABCDEF"/></stop><stop position="1"/></gradientFill>',
            "ABCDEF",
        ),
        ("", None),
    ],
)
def test_fill(fill, colour):
    found = look(fill).fill
    if found is None or colour is None:
        assert found == colour
    else:
        # Excel rounds a tint in steps of its own; a step or two either way is the same colour to the eye.
        pairs = [(int(found[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (0, 2, 4)]
        assert all(abs(ours - theirs) <= 2 for ours, theirs in pairs), found


def test_own_indexed_colours():
    colours = "<colors><indexedColors>" + '<rgbColor rgb="00123456"/>' * 11 + "</indexedColors></colors>"
    assert look(solid('indexed="10"'), colours=colours).fill == "123456"
    assert look(solid('indexed="11"'), colours=colours).fill == "00FF00"


@pytest.mark.parametrize(("tint", "colour"), [(1.0, "FFFFFF"), (-1.0, "000000"), (0.5, "808080")])
def test_tint(tint, colour):
    assert tinted("000000" if tint > 0 else "FFFFFF", tint) == colour


def test_font_alignment_and_protection():
    found = look(
        "",
        fonts='<font><b/><strike val="1"/><color theme="4"/><name val="Wingdings"/></font>',
        xf='<xf numFmtId="9"><alignment wrapText="1"/><protection locked="0"/></xf>',
    )
    assert found == CellStyle("0%", False, None, "Wingdings", "4472C4", True, True, True, False)


@pytest.mark.parametrize(
    "code",
    [
        "dd/mm/yyyy", "mmm-yy", "[$-809]d mmmm yyyy;@", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "h:mm AM/PM", "yyyy",
        'd"."m"."yyyy', "mm:ss.0", "[Red]dd/mm/yy", "DD/MM/YYYY", "yyyy/mm/dd\\ hh:mm;@", "[$-411]ge.m.d", '"Due "mmm',
    ],
)  # fmt: skip
def test_dates_and_times(code):
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00", "#,##0;[Red]-#,##0", "@", "[h]:mm", "[mm]:ss", '0" days"', "0.00E+00", '"Day "0', "\\d0",
        '_("$"* #,##0_)', "[$£-809]#,##0.00", "0%", ";;;", "", "Standard", "[Magenta]0", '"unfinished', "# ?/?",
    ],
)  # fmt: skip
def test_not_dates(code):
    assert not is_date_format(code)
