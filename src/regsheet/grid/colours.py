"""Colours of a workbook as ``RRGGBB``: plain, from the theme with a tint, from the indexed palette."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence

from lxml import etree

from regsheet.grid.xml import child, children, decimal, local, path

_HEX = re.compile(r"[0-9A-Fa-f]{6}")

OFFICE_THEME = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
    "0000FF", "800080",
)  # fmt: skip
"""The theme of a workbook that has no theme part, in the order of theme indices."""

THEME_ORDER = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
"""Index 0 is the first light colour although the theme part lists the dark one first."""

_BASIC = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")

INDEXED = (
    *_BASIC,
    *_BASIC,
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
"""The palette of Excel 97, which ``indexed`` still means unless the workbook has its own."""

SYSTEM_INDEXED = {"64": "000000", "65": "FFFFFF", "81": "000000"}
"""Window text and background, and the text of notes."""


class Palette:
    """The colours that a workbook's theme and its own indexed palette give."""

    def __init__(self, theme: Sequence[str] = OFFICE_THEME, indexed: Sequence[str] = INDEXED) -> None:
        self.theme = theme
        self.indexed = indexed

    def resolve(self, colour: etree._Element | None) -> str | None:
        """The ``RRGGBB`` of a colour element; None for automatic, missing or meaningless ones."""
        if colour is None:
            return None
        base = self._base(colour)
        tint = decimal(colour, "tint")
        return tinted(base, tint) if base and tint else base

    def _base(self, colour: etree._Element) -> str | None:
        if colour.get("rgb") is not None:
            return plain(colour.get("rgb", ""))
        if colour.get("theme") is not None:
            return _pick(self.theme, colour.get("theme", ""))
        if colour.get("indexed") is not None:
            text = colour.get("indexed", "")
            return _pick(self.indexed, text) or SYSTEM_INDEXED.get(text)
        return None


def plain(text: str) -> str | None:
    """``FF00b050`` or ``00b050`` → ``00B050``; None for anything else."""
    text = text.strip().lstrip("#")[-6:]
    return text.upper() if _HEX.fullmatch(text) else None


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint above zero, up to 1) or darker (below, down to -1)."""
    tint = max(-1.0, min(1.0, tint))
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def read_theme(root: etree._Element | None) -> tuple[str, ...]:
    """The twelve colours of a theme part in index order, the usual ones where it does not say."""
    scheme = path(root, "themeElements", "clrScheme")
    colours = list(OFFICE_THEME)
    for place, name in enumerate(THEME_ORDER):
        slot = child(scheme, name)
        said = _theme_colour(slot) if slot is not None else None
        colours[place] = said or colours[place]
    return tuple(colours)


def read_indexed(style_sheet: etree._Element | None) -> tuple[str, ...]:
    """The indexed palette: the workbook's own colours in front, the usual ones behind."""
    own = path(style_sheet, "colors", "indexedColors")
    if own is None:
        return INDEXED
    given = [plain(colour.get("rgb", "")) for colour in children(own, "rgbColor")]
    colours = tuple(said or usual for said, usual in zip(given, INDEXED, strict=False))
    return (*colours, *INDEXED[len(colours) :])


def _theme_colour(slot: etree._Element) -> str | None:
    for colour in children(slot):
        kind = local(colour)
        if kind == "srgbClr":
            return plain(colour.get("val", ""))
        if kind == "sysClr":
            return plain(colour.get("lastClr", "")) or {"window": "FFFFFF", "windowText": "000000"}.get(
                colour.get("val", "")
            )
    return None


def _pick(colours: Sequence[str], text: str) -> str | None:
    return colours[int(text)] if text.isdecimal() and len(text) < 4 and int(text) < len(colours) else None
