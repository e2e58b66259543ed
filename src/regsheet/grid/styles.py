"""How cells look: each style index of the workbook as a ``CellStyle``, and the fills of differential formats."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from regsheet.grid.cells import CellStyle
from regsheet.grid.colours import Palette
from regsheet.grid.number_formats import BUILT_IN, is_date_format
from regsheet.grid.xml import TRUE, child, children, flag, number

COVERAGE = {
    "gray0625": 0.0625,
    "gray125": 0.125,
    "lightGray": 0.25,
    "lightHorizontal": 0.25,
    "lightVertical": 0.25,
    "lightDown": 0.25,
    "lightUp": 0.25,
    "lightGrid": 0.4375,
    "lightTrellis": 0.375,
    "mediumGray": 0.5,
    "darkHorizontal": 0.5,
    "darkVertical": 0.5,
    "darkDown": 0.5,
    "darkUp": 0.5,
    "darkGrid": 0.5,
    "darkTrellis": 0.75,
    "darkGray": 0.75,
}
"""How much of a cell a pattern's foreground covers."""


class Font(NamedTuple):
    """What is read of a font."""

    name: str | None = None
    colour: str | None = None
    bold: bool = False
    strike: bool = False


class Styles(NamedTuple):
    """The looks of a workbook: one ``CellStyle`` an index of ``cellXfs``, one fill an index of ``dxfs``."""

    cells: list[CellStyle]
    differential_fills: tuple[str | None, ...]


def read_styles(root: etree._Element | None, palette: Palette) -> Styles:
    """Every cell format and differential fill of a styles part; plain looks where there is no part."""
    if root is None:
        return Styles([CellStyle()], ())
    codes = _number_formats(root)
    fonts = [_font(font, palette) for font in _listed(root, "fonts", "font")]
    fills = [cell_fill(fill, palette) for fill in _listed(root, "fills", "fill")]
    cells = [_cell_style(form, codes, fonts, fills) for form in _listed(root, "cellXfs", "xf")]
    differential = tuple(differential_fill(child(form, "fill"), palette) for form in _listed(root, "dxfs", "dxf"))
    return Styles(cells or [CellStyle()], differential)


def cell_fill(fill: etree._Element | None, palette: Palette) -> str | None:
    """The colour a fill gives a cell; None where it gives none. A gradient counts as its first colour."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return _gradient(child(fill, "gradientFill"), palette)
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return None
    front = palette.resolve(child(pattern, "fgColor"))
    back = palette.resolve(child(pattern, "bgColor"))
    if kind == "solid":
        return front or _said(pattern, "bgColor", back)
    return _patterned(COVERAGE.get(kind, 0.5), _said(pattern, "fgColor", front), _said(pattern, "bgColor", back))


def differential_fill(fill: etree._Element | None, palette: Palette) -> str | None:
    """The colour a differential format's fill gives: there a solid fill has its colour in the background."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return _gradient(child(fill, "gradientFill"), palette)
    if pattern.get("patternType") == "none":
        return None
    return palette.resolve(child(pattern, "bgColor")) or palette.resolve(child(pattern, "fgColor"))


def _gradient(gradient: etree._Element | None, palette: Palette) -> str | None:
    return palette.resolve(child(child(gradient, "stop"), "color"))


def _said(pattern: etree._Element, name: str, colour: str | None) -> str | None:
    """The colour, but None where it is only the window's own."""
    element = child(pattern, name)
    return None if element is None or element.get("indexed") in ("64", "65") else colour


def _patterned(coverage: float, front: str | None, back: str | None) -> str:
    """The colour that strikes the eye: the one that covers more, or grey for a pattern without colours."""
    if front is None and back is None:
        return f"{round(255 * (1 - coverage)):02X}" * 3
    first, second = (front, back) if coverage >= 0.5 else (back, front)
    return first or second or ""


def _cell_style(form: etree._Element, codes: dict[int, str], fonts: list[Font], fills: list[str | None]) -> CellStyle:
    code = codes.get(number(form, "numFmtId"), "General")
    font_index, fill_index = number(form, "fontId"), number(form, "fillId")
    font = fonts[font_index] if 0 <= font_index < len(fonts) else Font()
    alignment, protection = child(form, "alignment"), child(form, "protection")
    return CellStyle(
        number_format=code,
        is_date=is_date_format(code),
        fill=fills[fill_index] if 0 <= fill_index < len(fills) else None,
        font_name=font.name,
        font_colour=font.colour,
        bold=font.bold,
        strike=font.strike,
        wrap=alignment is not None and flag(alignment, "wrapText"),
        locked=protection is None or flag(protection, "locked", default=True),
    )


def _number_formats(root: etree._Element) -> dict[int, str]:
    own = {number(each, "numFmtId"): each.get("formatCode", "") for each in _listed(root, "numFmts", "numFmt")}
    return BUILT_IN | {key: code or "General" for key, code in own.items()}


def _font(font: etree._Element, palette: Palette) -> Font:
    name = child(font, "name")
    return Font(
        name=None if name is None else name.get("val"),
        colour=palette.resolve(child(font, "color")),
        bold=_is_set(font, "b"),
        strike=_is_set(font, "strike"),
    )


def _is_set(font: etree._Element, name: str) -> bool:
    mark = child(font, name)
    return mark is not None and mark.get("val", "1").lower() in TRUE


def _listed(root: etree._Element, group: str, item: str) -> list[etree._Element]:
    parent = child(root, group)
    return [] if parent is None else list(children(parent, item))
