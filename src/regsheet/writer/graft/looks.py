"""The side workbook's cell formats, each appended to the host's style sheet when a cell first needs it."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from regsheet.package import TRANSITIONAL
from regsheet.writer.graft.side import Side
from regsheet.writer.markup import child, elements
from regsheet.writer.styles import FIRST_CUSTOM_NUMBER_FORMAT, Styles

main = TRANSITIONAL.main

THEME_COLOURS = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF",
    "800080",
)  # fmt: skip
"""The colours that a theme's positions have in XlsxWriter's own theme; the host's theme has others."""


class Looks:
    """Positions of the side workbook's formats to positions in the host. The side's style sheet is used up."""

    def __init__(self, side: Side, host: Styles) -> None:
        if side.styles is None:
            raise ValueError("the side workbook has no style sheet")
        self._host = host
        self._root = side.styles
        self._formats: dict[int, int] = {}
        self._differential: dict[int, int] = {}
        self._fonts: dict[int, int] = {}
        self._fills: dict[int, int] = {}
        self._borders: dict[int, int] = {}
        self._blocks: dict[str, list[etree._Element]] = {}
        self._codes = {
            int(item.get("numFmtId", "0")): str(item.get("formatCode")) for item in side.styles.iter(main("numFmt"))
        }

    def format(self, position: int) -> int:
        """The host's position of a cell format."""
        if position not in self._formats:
            self._formats[position] = self._carry_format(self._block("cellXfs")[position])
        return self._formats[position]

    def differential(self, position: int) -> int:
        """The host's position of a differential format."""
        if position not in self._differential:
            explicit = _explicit(self._block("dxfs")[position])
            for number in explicit.iter(main("numFmt")):
                code = str(number.get("formatCode"))
                number.set("numFmtId", str(self._host.append_number_format(code)))
            self._differential[position] = self._host.append_differential(explicit)
        return self._differential[position]

    def _carry_format(self, found: etree._Element) -> int:
        font, fill, border = (int(found.get(key, "0")) for key in ("fontId", "fillId", "borderId"))
        if font not in self._fonts:
            self._fonts[font] = self._host.append_font(_explicit(self._block("fonts")[font]))
        if fill not in self._fills:
            self._fills[fill] = self._host.append_fill(_explicit(self._block("fills")[fill]))
        if border not in self._borders:
            self._borders[border] = self._host.append_border(_explicit(self._block("borders")[border]))
        number = int(found.get("numFmtId", "0"))
        if number >= FIRST_CUSTOM_NUMBER_FORMAT:
            number = self._host.append_number_format(self._codes[number])
        ids = {
            "numFmtId": number,
            "fontId": self._fonts[font],
            "fillId": self._fills[fill],
            "borderId": self._borders[border],
        }
        for key, value in ids.items():
            found.set(key, str(value))
        found.set("xfId", str(self._normal))
        # What a format does not claim may be taken from the host's Normal style, so everything is claimed.
        for key in ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment"):
            found.set(key, "1")
        return self._host.append_format(found)

    @cached_property
    def _normal(self) -> int:
        """The position of the host's Normal style, on which a new cell format rests."""
        styles = child(self._host.root, "cellStyles")
        known = child(self._host.root, "cellStyleXfs")
        size = len(elements(known)) if known is not None else 0
        for style in elements(styles) if styles is not None else []:
            position = str(style.get("xfId") or "")
            if style.get("builtinId") == "0" and position.isdigit() and int(position) < size:
                return int(position)
        return 0

    def _block(self, name: str) -> list[etree._Element]:
        if name not in self._blocks:
            block = self._root.find(main(name))
            self._blocks[name] = [] if block is None else elements(block)
        return self._blocks[name]


def _explicit(element: etree._Element) -> etree._Element:
    """An element made to name its colours and fonts itself, not by the theme."""
    for item in list(element.iter(main("scheme"))):
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
    for item in element.iter(etree.Element):
        theme = item.get("theme")
        if theme is not None:
            del item.attrib["theme"]
            tint = float(item.attrib.pop("tint", "0"))
            item.set("rgb", "FF" + _tinted(THEME_COLOURS[int(theme)], tint))
    return element


def _tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as near to Excel as matters here."""
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    changed = [round(c + (255 - c) * tint) if tint > 0 else round(c * (1 + tint)) for c in channels]
    return "".join(f"{c:02X}" for c in changed)
