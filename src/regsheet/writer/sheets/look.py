"""How the new sheets look: one palette, one set of named cell formats, made once a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAVY = "#1F3864"
SLATE = "#44546A"
GREY = "#595959"
RULE = "#BFBFBF"
HAIR = "#D9D9D9"
PALE = "#F2F5FA"
TILE = "#E9EEF6"
LINK = "#1F4E9E"

SEVERITY_COLOURS = {"error": NAVY, "warning": "#6F8FBF", "note": "#C3CFE2"}
"""Shades of one blue, outside red, amber and green: those belong to ratings."""

BODY = {"font_size": 9, "valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": HAIR}
CELL = {"font_size": 9, "valign": "top", "text_wrap": True, "align": "left", "border": 1, "border_color": HAIR}
HEAD = {
    "bold": True, "font_size": 9, "font_color": "#FFFFFF", "bg_color": NAVY, "text_wrap": True, "valign": "vcenter",
    "border": 1, "border_color": NAVY,
}  # fmt: skip
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {"font_size": 10, "font_color": GREY, "valign": "top", "text_wrap": True},
    "lead": {"font_size": 11, "font_color": NAVY, "valign": "vcenter", "text_wrap": True},
    "section": {
        "bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY, "valign": "bottom",
    },
    "small": {"font_size": 8, "font_color": GREY, "valign": "top", "text_wrap": True},
    "heading": HEAD,
    "heading centre": {**HEAD, "align": "center"},
    "body": BODY,
    "cell": CELL,
    "cell strong": {**CELL, "bold": True},
    "cell quiet": {**CELL, "font_color": GREY},
    "cell link": {**CELL, "font_color": LINK, "underline": 1},
    "cell input": {**CELL, "bg_color": PALE},
    "cell date input": {**CELL, "bg_color": PALE, "num_format": "dd/mm/yyyy"},
    "body strong": {**BODY, "bold": True},
    "body quiet": {**BODY, "font_color": GREY},
    "body centre": {**BODY, "align": "center"},
    "line number": {**BODY, "valign": "vcenter", "align": "center", "num_format": "0;-0;;@"},
    "body link": {**BODY, "font_color": LINK, "underline": 1},
    "line": {**BODY, "valign": "vcenter"},
    "line strong": {**BODY, "valign": "vcenter", "bold": True},
    "line centre": {**BODY, "valign": "vcenter", "align": "center"},
    "line link": {**BODY, "valign": "vcenter", "font_color": LINK, "underline": 1},
    "label": {**BODY, "valign": "vcenter", "bold": True, "font_color": SLATE},
    "tile label": {"font_size": 9, "font_color": SLATE, "bg_color": TILE, "align": "center", "valign": "vcenter"},
    "tile number": {
        "bold": True, "font_size": 22, "font_color": NAVY, "bg_color": TILE, "align": "center", "valign": "vcenter",
    },
}  # fmt: skip
PLAIN_FONTS = frozenset(
    {"Arial", "Calibri", "Verdana", "Tahoma", "Segoe UI", "Aptos", "Aptos Narrow", "Liberation Sans"}
)
DEFAULT_FONT = "Arial"


def plain_font(host: str | None) -> str:
    """The host's own default font where it is a plain one."""
    return host if host in PLAIN_FONTS else DEFAULT_FONT


class Look:
    """Cell formats by name, with changes where a cell needs them: ``look("body", bg_color="#FFC000")``."""

    def __init__(self, book: Any, font: str) -> None:
        self.font = font
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._asked: dict[tuple[str, tuple[tuple[str, Any], ...]], Any] = {}
        self._properties: dict[int, dict[str, Any]] = {}

    def __call__(self, style: str = "", **changes: Any) -> Any:
        """The format of that name with these changes."""
        asked = (style, tuple(changes.items()))
        made = self._asked.get(asked)
        if made is None:
            made = self._asked[asked] = self._make(style, changes)
        return made

    def _make(self, style: str, changes: Mapping[str, Any]) -> Any:
        properties = {"font_name": self.font, **(STYLES[style] if style else {}), **changes}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
            self._properties[id(self._made[key])] = properties
        return self._made[key]

    def unlinked(self, made: Any) -> Any:
        """A format as it is for a text that leads nowhere: without a link's colour and line."""
        properties = dict(self._properties[id(made)])
        if properties.get("font_color") == LINK:
            del properties["font_color"]
        properties.pop("underline", None)
        return self(**properties)

    def with_format(self, made: Any, number_format: str | None) -> Any:
        """A format as it is with another number format; quieter where there is none, for words in place of a value."""
        change = {"font_color": GREY, "italic": True} if number_format is None else {"num_format": number_format}
        return self(**{**self._properties[id(made)], **change})

    def filled(self, style: str, colour: str | None, **changes: Any) -> Any:
        """A format filled with ``RRGGBB`` and its text in whichever of black and white reads better on it."""
        if colour is None:
            return self(style, **changes)
        return self(style, bg_color=f"#{colour}", font_color=readable_on(colour), **changes)


def readable_on(colour: str) -> str:
    """Black or white, whichever contrasts more with a fill ``RRGGBB``."""
    light = luminance(colour)
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#FFFFFF"


def luminance(colour: str) -> float:
    """The relative luminance of ``RRGGBB``, 0 for black to 1 for white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
