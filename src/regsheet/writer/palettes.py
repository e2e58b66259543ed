"""Colours that outlive a program which drops the theme: what an index meant, and looks spelled out in plain colours."""

from __future__ import annotations

import copy

from lxml import etree

from regsheet.grid.colours import INDEXED, Palette, plain, read_indexed, read_theme
from regsheet.package import Package
from regsheet.writer.markup import local

THEME_COLOURS = 12


def palette_of(package: Package) -> Palette:
    """What theme and indexed colours mean in a workbook."""
    roots = {kind: _part(package, kind) for kind in ("theme", "styles")}
    return Palette(read_theme(roots["theme"]), read_indexed(roots["styles"]))


def _part(package: Package, kind: str) -> etree._Element | None:
    for relationship in package.relationships(package.main_part).of_kind(kind):
        if relationship.target in package.names:
            return package.tree(relationship.target)
    return None


def spelled(palette: Palette) -> str:
    """A palette as one line: the colours of the theme, then those of an indexed palette of the workbook's own."""
    own = () if tuple(palette.indexed) == INDEXED else tuple(palette.indexed)
    return " ".join((*palette.theme, *own))


def understood(line: str) -> Palette | None:
    """The palette that a line spells; None where it spells none."""
    colours = [plain(word) for word in line.split()]
    known = [colour for colour in colours if colour is not None]
    if len(known) < THEME_COLOURS or len(known) < len(colours):
        return None
    return Palette(tuple(known[:THEME_COLOURS]), tuple(known[THEME_COLOURS:]) or INDEXED)


def literal(look: etree._Element, palette: Palette) -> etree._Element:
    """A look with its theme and indexed colours as plain ones; automatic colours stay what they are."""
    new = copy.deepcopy(look)
    for item in new.iter(etree.Element):
        if ("theme" not in item.attrib and "indexed" not in item.attrib) or item.get("indexed") in {"64", "65"}:
            continue
        colour = palette.resolve(item)
        if colour is not None and local(item).lower().endswith("color"):
            item.attrib.clear()
            item.set("rgb", f"FF{colour}")
    return new
