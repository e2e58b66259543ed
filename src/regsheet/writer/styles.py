"""The style sheet, appended to and never renumbered.

Cells, conditional formats and tables name a style by its position, so nothing here is moved or removed. What is asked
for twice is stored once. To append parts of another workbook's style sheet::

    styles = Styles(package)
    font = styles.append_font(font_element)          # -> fontId; likewise append_fill, append_border
    code = styles.append_number_format('0.0" days"')  # -> numFmtId
    index = styles.append_format(xf_element)         # -> what a cell's s= says; ids in it must be the host's already
    dxf = styles.append_differential(dxf_element)    # -> dxfId

Elements are copied and moved into the host's namespace (Strict or Transitional), so they may come from anywhere.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from lxml import etree

from regsheet.grid.xml import number
from regsheet.package import Package
from regsheet.writer.markup import STYLES_ORDER, child, elements, insert_in_order, local, namespace, sibling_tag

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
MAX_CELL_FORMATS = 64_000
FIRST_CUSTOM_NUMBER_FORMAT = 164
SIDES = ("left", "right", "top", "bottom")
SIDES_IN_STRICT = {"left": "start", "right": "end"}

BARE = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}
"""What each block holds in a style sheet that was lacking: positions 0 (and fill 1) have fixed meanings."""


Key = tuple[object, ...]
"""What two equal elements have in common."""


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a border: ``Line("medium", "7030A0")``."""

    style: str
    colour: str


@dataclass(frozen=True, slots=True)
class Change:
    """What should differ from a cell's present look. None leaves a thing as it is.

    ``fill`` and ``font_colour`` are ``RRGGBB``; ``line`` goes on the named ``sides``; ``number_format`` is a
    numFmtId. ``alignment_of`` is the position of a format whose alignment is taken over. ``raw_fill``, ``raw_border``
    and ``raw_font`` are whole elements, for giving back an earlier look.
    """

    fill: str | None = None
    line: Line | None = None
    sides: tuple[str, ...] = SIDES
    font_colour: str | None = None
    number_format: int | None = None
    alignment_of: int | None = None
    raw_fill: etree._Element | None = None
    raw_border: etree._Element | None = None
    raw_font: etree._Element | None = None


class Styles:
    """The style sheet of a package; made when the package has none."""

    def __init__(self, package: Package) -> None:
        self._package = package
        found = package.relationships(package.main_part).of_kind("styles")
        self.part = found[0].target if found else self._make_part()
        self.root = package.tree(self.part)
        self._lists: dict[str, list[etree._Element]] = {}
        self._known: dict[str, dict[Key, int]] = {}
        self._variants: dict[tuple[int, Change], int] = {}

    # -- appending ---------------------------------------------------------------------------------------------

    def append_font(self, element: etree._Element) -> int:
        """The fontId of this font."""
        return self._append("fonts", element)

    def append_fill(self, element: etree._Element) -> int:
        """The fillId of this fill."""
        return self._append("fills", element)

    def append_border(self, element: etree._Element) -> int:
        """The borderId of this border."""
        return self._append("borders", element)

    def append_format(self, element: etree._Element) -> int:
        """The position in cellXfs of this cell format: what a cell's ``s`` says."""
        return self._append("cellXfs", element)

    def append_differential(self, element: etree._Element) -> int:
        """The dxfId of this differential format."""
        return self._append("dxfs", element)

    def append_number_format(self, code: str) -> int:
        """The numFmtId of a custom number format, an existing one where the code is the same."""
        block = self._block("numFmts")
        taken = {number(item, "numFmtId"): item.get("formatCode") for item in elements(block)}
        for identity, existing in taken.items():
            if existing == code:
                return identity
        free = max((*taken, FIRST_CUSTOM_NUMBER_FORMAT - 1)) + 1
        new = etree.SubElement(block, sibling_tag(block, "numFmt"), numFmtId=str(free), formatCode=code)
        self._appended(block, new)
        return free

    # -- looking -----------------------------------------------------------------------------------------------

    def format(self, index: int) -> etree._Element:
        """The cell format at a position; the first one where the position is past the end, as Excel does."""
        formats = self._listed("cellXfs")
        return formats[index] if 0 <= index < len(formats) else formats[0]

    def fill_of(self, index: int) -> etree._Element | None:
        """The fill element of a cell format."""
        return self._of("fills", self.format(index).get("fillId"))

    def border_of(self, index: int) -> etree._Element | None:
        """The border element of a cell format."""
        return self._of("borders", self.format(index).get("borderId"))

    def font_of(self, index: int) -> etree._Element | None:
        """The font element of a cell format."""
        return self._of("fonts", self.format(index).get("fontId"))

    # -- variants ----------------------------------------------------------------------------------------------

    def variant(self, index: int, change: Change) -> int:
        """The cell format that looks like ``index`` but for ``change``. Number format, alignment and protection stay.

        Gives ``index`` itself back when the workbook has no room for another format.
        """
        key = (index, change)
        if key not in self._variants:
            self._variants[key] = self._make_variant(index, change)
        return self._variants[key]

    def _make_variant(self, index: int, change: Change) -> int:
        if len(self._listed("cellXfs")) >= MAX_CELL_FORMATS:
            return index
        new = copy.deepcopy(self.format(index))
        new.tail = None
        fill = _solid(self.root, change.fill) if change.fill else change.raw_fill
        if fill is not None:
            _point(new, "fillId", "applyFill", self.append_fill(fill))
        border = _outlined(self.root, self.border_of(index), change) if change.line else change.raw_border
        if border is not None:
            _point(new, "borderId", "applyBorder", self.append_border(border))
        font = _coloured(self.root, self.font_of(index), change.font_colour) if change.font_colour else change.raw_font
        if font is not None:
            _point(new, "fontId", "applyFont", self.append_font(font))
        if change.number_format is not None:
            _point(new, "numFmtId", "applyNumberFormat", change.number_format)
        if change.alignment_of is not None:
            _take_alignment(new, self.format(change.alignment_of))
        return self.append_format(new)

    # -- within ------------------------------------------------------------------------------------------------

    def _make_part(self) -> str:
        main = self._package.tree(self._package.main_part)
        folder = self._package.main_part.rpartition("/")[0]
        name = f"{folder}/styles.xml".lstrip("/")  # where openpyxl looks, whatever the relationship says
        if name in self._package and self._is_empty(name):  # nobody pointed at it, and it says nothing
            self._package.declare(name, CONTENT_TYPE)
            self._package.relationships(self._package.main_part).add("styles", name)
            return name
        if name in self._package:
            name = self._package.free_name(f"{folder}/styles{{}}.xml".lstrip("/"))
        space = namespace(main)
        body = "".join(f"<{block}>{inner}</{block}>" for block, inner in BARE.items())
        text = f'{DECLARATION}<styleSheet xmlns="{space}">{body}</styleSheet>'
        self._package.add(name, text.encode(), CONTENT_TYPE)
        self._package.relationships(self._package.main_part).add("styles", name)
        return name

    def _is_empty(self, name: str) -> bool:
        """Whether a part is a style sheet without any cell format."""
        root = self._package.tree(name)
        return local(root) == "styleSheet" and child(root, "cellXfs") is None

    def _block(self, name: str) -> etree._Element:
        """A collection of the style sheet, made in its place where it is missing."""
        block = child(self.root, name)
        if block is None:
            block = etree.Element(sibling_tag(self.root, name))
            insert_in_order(self.root, block, STYLES_ORDER)
            self._package.touch(self.part)
        if name in BARE and next(block.iterchildren(etree.Element), None) is None:
            bare = etree.fromstring(f'<x xmlns="{namespace(self.root)}">{BARE[name]}</x>')
            for item in list(bare):
                block.append(item)
            etree.cleanup_namespaces(block)
            self._counted(block)
        return block

    def _of(self, block: str, index: str | None) -> etree._Element | None:
        found = self._listed(block)
        at = int(index) if index and index.isdigit() else 0
        return found[at] if at < len(found) else None

    def _append(self, block_name: str, element: etree._Element) -> int:
        listed, space = self._listed(block_name), namespace(self.root)
        known = self._known.get(block_name)
        if known is None:
            known = self._known[block_name] = {}
            for position, existing in enumerate(listed):
                known.setdefault(_key(existing), position)
        new = element if namespace(element) == space else into_namespace(element, space)
        key = _key(new)
        if key not in known:
            if block_name == "cellXfs" and len(listed) >= MAX_CELL_FORMATS:
                return 0  # the plain look: a workbook with more formats is one that Excel repairs
            known[key] = len(listed)
            block = self._block(block_name)
            block.append(into_namespace(element, space) if new is element else new)
            self._appended(block, block[-1])
        return known[key]

    def _listed(self, name: str) -> list[etree._Element]:
        """The elements of a collection, gathered once: there may be tens of thousands and every cell asks."""
        if name not in self._lists:
            self._lists[name] = elements(self._block(name))
        return self._lists[name]

    def _appended(self, block: etree._Element, new: etree._Element) -> None:
        listed = self._lists.get(local(block))
        if listed is None:
            self._counted(block)
            return
        listed.append(new)
        block.set("count", str(len(listed)))
        self._package.touch(self.part)

    def _counted(self, block: etree._Element) -> None:
        block.set("count", str(len(elements(block))))
        self._package.touch(self.part)


def into_namespace(element: etree._Element, space: str) -> etree._Element:
    """A copy of an element with what was in its own namespace moved into ``space``."""
    own = namespace(element)
    new = copy.deepcopy(element)
    new.tail = None
    if own != space:
        for item in new.iter(etree.Element):
            if namespace(item) == own:
                item.tag = f"{{{space}}}{local(item)}"
    return new


def _key(element: etree._Element) -> Key:
    """What two equal elements have in common, whatever prefixes were in scope."""
    inner = tuple([_key(item) for item in element if isinstance(item.tag, str)]) if len(element) else ()
    return element.tag, tuple(sorted(element.items())), (element.text or "").strip(), len(element), inner


def _point(target: etree._Element, identifier: str, apply: str, value: int) -> None:
    target.set(identifier, str(value))
    target.set(apply, "1")


def _take_alignment(target: etree._Element, source: etree._Element) -> None:
    """Give one cell format the alignment of another."""
    old, wanted = child(target, "alignment"), child(source, "alignment")
    if old is not None:
        target.remove(old)
    if wanted is not None:
        target.insert(0, copy.deepcopy(wanted))
        target.set("applyAlignment", "1")


def _make(root: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.Element(sibling_tag(root, name), attributes)


def _solid(root: etree._Element, colour: str) -> etree._Element:
    fill = _make(root, "fill")
    pattern = etree.SubElement(fill, sibling_tag(root, "patternFill"), patternType="solid")
    etree.SubElement(pattern, sibling_tag(root, "fgColor"), rgb=f"FF{colour}")
    etree.SubElement(pattern, sibling_tag(root, "bgColor"), indexed="64")
    return fill


def _outlined(root: etree._Element, base: etree._Element | None, change: Change) -> etree._Element:
    """The border with the line on the wanted sides; diagonals and other sides stay."""
    border = copy.deepcopy(base) if base is not None else _make(root, "border")
    assert change.line is not None  # noqa: S101 - the caller asks only when there is a line
    names = [local(item) for item in elements(border)]
    for side in SIDES:
        name = SIDES_IN_STRICT[side] if SIDES_IN_STRICT.get(side) in names else side
        existing = child(border, name)
        if side not in change.sides and existing is not None:
            continue
        new = _make(root, name)
        if side in change.sides:
            new.set("style", change.line.style)
            etree.SubElement(new, sibling_tag(root, "color"), rgb=f"FF{change.line.colour}")
        if existing is not None:
            border.replace(existing, new)
        else:
            insert_in_order(border, new, ("start", "end", *SIDES, "diagonal", "vertical", "horizontal"))
    return border


def _coloured(root: etree._Element, base: etree._Element | None, colour: str) -> etree._Element:
    """The font in another colour."""
    font = copy.deepcopy(base) if base is not None else _make(root, "font")
    existing = child(font, "color")
    if existing is None:
        existing = _make(root, "color")
        order = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
                 "family", "charset", "scheme")  # fmt: skip
        insert_in_order(font, existing, order)
    for name in list(existing.attrib):
        del existing.attrib[name]
    existing.set("rgb", f"FF{colour}")
    return font
