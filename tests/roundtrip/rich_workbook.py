"""A workbook with much of what programs lose, made by XlsxWriter; random choices of it make random workbooks."""

import datetime as dt
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import xlsxwriter

FEATURES = (
    "note", "button", "text box", "chart", "chart sheet", "image", "table", "conditional formats", "validations",
    "sparklines", "merge", "header", "header picture", "hidden sheet", "very hidden sheet", "protection", "names",
    "links", "formulas", "array", "rich text", "filter", "print settings", "outline", "background", "hidden first",
)  # fmt: skip
MADE = dt.datetime(2024, 1, 1)


def rich_workbook(
    features: frozenset[str] = frozenset(FEATURES), rows: int = 6, name: str = "Chief's data & more"
) -> bytes:
    """A workbook of two sheets and more, with these features on the first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE, "title": "Round trip"})
    sheet = book.add_worksheet(name)
    other = book.add_worksheet("Other")
    look = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    for row in range(rows):
        sheet.write_row(row + 1, 1, [f"Text {row}", row, row * 1.5, row % 2 == 0], look if row % 2 else None)
    sheet.write("A2", "Ref", look)
    other.write_row(0, 0, ["One", 2, 3.5])
    other.write_comment("A1", "A note on another sheet")
    for feature in sorted(features):
        _ADDERS[feature](book, sheet, other, name)
    if "hidden first" in features:
        other.activate()
        other.set_first_sheet()
        sheet.hide()
    book.close()
    return buffer.getvalue()


def png(colour: bytes = b"\x40\x80\xc0") -> io.BytesIO:
    """A picture of 8 by 8 points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * 8) * 8)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def _chart(book: Any, sheet: Any, _other: Any, name: str) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [name, 1, 2, 4, 2], "name": "Series"})
    sheet.insert_chart("H20", chart)


def _chart_sheet(book: Any, _sheet: Any, _other: Any, name: str) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": [name, 1, 2, 4, 2]})
    book.add_chartsheet("Picture").set_chart(chart)


def _formats(book: Any, sheet: Any, _other: Any, _name: str) -> None:
    sheet.conditional_format("C2:C7", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("D2:D7", {"type": "3_color_scale"})
    red = book.add_format({"bg_color": "#FF0000"})
    sheet.conditional_format("C2:D7", {"type": "cell", "criteria": ">", "value": 3, "format": red})


def _validations(_book: Any, sheet: Any, _other: Any, _name: str) -> None:
    sheet.data_validation("B2:B7", {"validate": "list", "source": ["Open", "Closed"]})
    sheet.data_validation("C2:C7", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 9})


def _formulas(_book: Any, sheet: Any, _other: Any, _name: str) -> None:
    sheet.write_formula("F2", "=C2*D2", None, 0)
    sheet.write_formula("F3", '=IF(C3>1,"yes","no")', None, "no")
    sheet.write_formula("F4", "=Other!B1+1", None, 3)


def _array(_book: Any, sheet: Any, _other: Any, _name: str) -> None:
    sheet.write_array_formula("G2:G4", "{=C2:C4*2}", None, 0)
    sheet.write_dynamic_array_formula("G6:G7", "=SORT(C2:C3)", None, 0)


def _rich_text(book: Any, sheet: Any, _other: Any, _name: str) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("A4", "Some ", bold, "bold", " text ", bold, "\u2013 twice")


def _names(book: Any, _sheet: Any, _other: Any, name: str) -> None:
    book.define_name("Scores", f"='{name.replace(chr(39), chr(39) * 2)}'!$C$2:$C$7")
    book.define_name("Other!Local", "=Other!$A$1")


def _print(_book: Any, sheet: Any, _other: Any, _name: str) -> None:
    sheet.repeat_rows(1)
    sheet.print_area("A1:F7")
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks([4])


_Adder = Callable[[Any, Any, Any, str], object]
_ADDERS: dict[str, _Adder] = {
    "note": lambda _b, sheet, _o, _n: sheet.write_comment("B3", "Some words", {"author": "Somebody", "visible": True}),
    "button": lambda _b, sheet, _o, _n: sheet.insert_button("H2", {"macro": "Go", "caption": "Press"}),
    "text box": lambda _b, sheet, _o, _n: sheet.insert_textbox("H5", "A text box & more"),
    "chart": _chart,
    "chart sheet": _chart_sheet,
    "image": lambda _b, sheet, _o, _n: sheet.insert_image("H10", "a.png", {"image_data": png()}),
    "table": lambda _b, sheet, _o, _n: sheet.add_table("J2:L5", {"name": "Things"}),
    "conditional formats": _formats,
    "validations": _validations,
    "sparklines": lambda _b, sheet, _o, n: sheet.add_sparkline(
        "F6", {"range": f"'{n.replace(chr(39), chr(39) * 2)}'!C2:C7"}
    ),
    "merge": lambda _b, sheet, _o, _n: sheet.merge_range("B12:D13", "Merged", None),
    "header": lambda _b, sheet, _o, _n: sheet.set_header("&LLeft &D&RPage &P"),
    "header picture": lambda _b, _s, other, _n: other.set_header(
        "&L&G", {"image_left": "b.png", "image_data_left": png()}
    ),
    "hidden sheet": lambda book, _s, _o, _n: book.add_worksheet("Hidden").hide(),
    "very hidden sheet": lambda book, _s, _o, _n: book.add_worksheet("Very hidden").very_hidden(),
    "protection": lambda _b, sheet, _o, _n: sheet.protect("secret", {"objects": False}),
    "names": _names,
    "links": lambda _b, sheet, _o, _n: sheet.write_url("A6", "https://example.org/a?b=1&c=2", None, "A link"),
    "formulas": _formulas,
    "array": _array,
    "rich text": _rich_text,
    "filter": lambda _b, sheet, _o, _n: sheet.autofilter("A2:E7"),
    "print settings": _print,
    "outline": lambda _b, sheet, _o, _n: sheet.set_row(4, None, None, {"level": 1, "hidden": True}),
    "background": lambda _b, _s, other, _n: other.set_background(png()),
    "hidden first": lambda _b, _s, _o, _n: None,
}
