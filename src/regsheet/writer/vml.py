"""The VML drawing behind a sheet's notes: every note needs a shape in it, or Excel repairs the file.

The same drawing may hold form controls and pictures, and Excel writes some of that as HTML rather than XML. So a
drawing is never parsed and written again: shapes are spliced into its bytes before its end tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from lxml import etree

from regsheet.errors import PackageError
from regsheet.package import Package
from regsheet.package.namespaces import VML, VML_EXCEL, VML_OFFICE
from regsheet.package.xml import parse
from regsheet.writer.pieces import pieces

BLOCK = 1024
"""Shape ids are dealt out in blocks of this many, each block to one drawing of the workbook."""

IDMAP = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*[\"']([^\"']*)[\"']")
SHAPE_ID = re.compile(rb"_s([0-9]{1,9})\b")
NOTE_SHAPE_TYPE = b"_x0000_t202"
NOTE_SHAPE = re.compile(rb"<(?P<p>(?:\w+:)?)shape\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>.*?</(?P=p)shape\s*>", re.DOTALL)
IS_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
NOTE_ROW = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]+)\s*</")
NOTE_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*([0-9]+)\s*</")
PREFIXES = {"v": VML, "o": VML_OFFICE, "x": VML_EXCEL}
EMPTY = (
    "<xml " + " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in PREFIXES.items()) + ">"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
)
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"{spaces}>'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    '<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:%spt;'
    'margin-top:%gpt;width:%spt;height:%spt;z-index:%d;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"{spaces}><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>%d, %d, %d, %d, %d, %d, %d, %d</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)


class NoteBox(NamedTuple):
    """Where a note's box stands: the cell (from 1), Excel's anchor (eight numbers), and the same in points."""

    row: int
    column: int
    anchor: tuple[int, int, int, int, int, int, int, int]
    left: float
    top: float
    width: float
    height: float


class ShapeIds:
    """The shape ids and blocks in use in the whole workbook."""

    def __init__(self, package: Package) -> None:
        self.blocks: set[int] = set()
        for name in package.names:
            if name.lower().endswith(".vml"):
                self._note(package.blob(name))

    def _note(self, blob: bytes) -> None:
        self.blocks |= set(blocks_of(blob)) | {number // BLOCK for number in ids_of(blob)}

    def free_block(self) -> int:
        """The lowest block that no drawing has, now taken."""
        block = 1
        while block in self.blocks:
            block += 1
        self.blocks.add(block)
        return block

    def deal(self, blob: bytes, wanted: int) -> tuple[list[range], list[int]]:
        """So many new shape ids for a drawing, and the blocks that had to be added to it."""
        own, used = blocks_of(blob), set(ids_of(blob))
        numbers: list[range] = []
        added: list[int] = []
        blocks = list(own)
        while wanted > 0:
            if not blocks:
                added.append(self.free_block())
                blocks.append(added[-1])
            block = blocks.pop(0)
            first = max((n for n in used if n // BLOCK == block), default=block * BLOCK) + 1
            numbers.append(range(first, min((block + 1) * BLOCK, first + wanted)))
            wanted -= len(numbers[-1])
        return numbers, added


def blocks_of(blob: bytes) -> list[int]:
    """The id blocks that a drawing says it has."""
    starts = dict.fromkeys(blob.rfind(b"<", 0, found.start()) for found in re.finditer(b"idmap", blob))  # of few tags
    said = [found[1] for start in starts if start >= 0 and (found := IDMAP.match(blob, start))]
    return [int(item) for each in said for item in each.split(b",") if item.strip().isdigit()]


def ids_of(blob: bytes) -> list[int]:
    """The numbers of the shapes of a drawing."""
    return [int(number) for number in SHAPE_ID.findall(blob)]


def note_cells(blob: bytes) -> list[tuple[int, int]]:
    """The cells, rows and columns from 1, whose notes have a shape in a drawing."""
    cells = (_note_cell(found[0]) for found in NOTE_SHAPE.finditer(blob))
    return [cell for cell in cells if cell is not None]


def without_notes(blob: bytes, cells: set[tuple[int, int]]) -> bytes:
    """The drawing without the shapes of the notes on these cells."""
    return NOTE_SHAPE.sub(lambda found: b"" if _note_cell(found[0]) in cells else found[0], blob)


def has_shapes(blob: bytes) -> bool:
    """Whether anything is drawn at all."""
    return NOTE_SHAPE.search(blob) is not None


def _note_cell(shape: bytes) -> tuple[int, int] | None:
    row, column = NOTE_ROW.search(shape), NOTE_COLUMN.search(shape)
    if IS_NOTE.search(shape) is None or row is None or column is None:
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def new_drawing(block: int) -> bytes:
    """A drawing without shapes."""
    return EMPTY.format(block=block).encode()


def is_sound(blob: bytes) -> bool:
    """Whether a drawing is well-formed XML of a kind that shapes can be spliced into.

    Excel also writes drawings that are not (an unclosed ``<br>`` in the caption of a button).
    """
    if not blob.isascii() and blob[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    try:
        root = parse(blob, "", "")
    except PackageError:
        return False
    return end_tag(blob, root) is not None


def end_tag(blob: bytes, root: etree._Element) -> int | None:
    """Where the root's end tag begins."""
    name = f"{root.prefix}:{etree.QName(root).localname}" if root.prefix else etree.QName(root).localname
    at = blob.rfind(b"</" + name.encode())
    return None if at < 0 else at


def with_notes(blob: bytes, boxes: Iterable[NoteBox], number: int, ids: ShapeIds) -> Iterator[bytes]:
    """The drawing with a shape more for each of so many notes, in pieces. Raises ``ValueError`` where it is not sound.

    The boxes are asked for one after another, none before the one in front of it has been given.
    """
    root = parse(blob, "", "")
    numbers, added = ids.deal(blob, number)
    if added:
        blob = _with_blocks(blob, added)
    at = end_tag(blob, root)
    if at is None:
        raise ValueError("the drawing has no end tag")
    missing = {prefix: space for prefix, space in PREFIXES.items() if root.nsmap.get(prefix) != space}
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in missing.items())
    kind = "" if NOTE_SHAPE_TYPE in _quoted_ids(blob) else SHAPE_TYPE.format(spaces=spaces)
    numbered = zip(chain.from_iterable(numbers), boxes, strict=True)
    yield blob[:at] + kind.encode()
    yield from pieces(_shapes(numbered, blob.count(b"ClientData ") + 1, SHAPE.replace("{spaces}", spaces)))
    yield blob[at:]


def _shapes(boxes: Iterable[tuple[int, NoteBox]], order: int, shape: str) -> Iterator[str]:
    """Boxes, each with the number of its shape, as they are spelled; ``order`` is the place of the first."""
    for place, (number, (row, column, anchor, left, top, width, height)) in enumerate(boxes, start=order):
        sizes = _points(left), top, _points(width), _points(height)
        yield shape % (number, *sizes, place, *anchor, row - 1, column - 1)


@lru_cache(maxsize=500)
def _points(size: float) -> str:
    """A size in points: many boxes have the same."""
    return f"{size:g}"


def _quoted_ids(blob: bytes) -> set[bytes]:
    return set(re.findall(rb"<v:shapetype\b[^>]*?\bid\s*=\s*[\"']([^\"']*)[\"']", blob))


def _with_blocks(blob: bytes, added: list[int]) -> bytes:
    """The drawing with further id blocks: in its own list, or in a new one where it had none."""
    more = ",".join(map(str, added)).encode()
    found = IDMAP.search(blob)
    if found:
        joined = found[1] + b"," + more if found[1].strip() else more
        return blob[: found.start(1)] + joined + blob[found.end(1) :]
    start = blob.index(b">", blob.index(b"<xml")) + 1 if b"<xml" in blob else 0
    spaces = f'xmlns:v="{VML}" xmlns:o="{VML_OFFICE}"'.encode()
    layout = b"<o:shapelayout " + spaces + b' v:ext="edit"><o:idmap v:ext="edit" data="' + more + b'"/></o:shapelayout>'
    return blob[:start] + layout + blob[start:] if start else blob
