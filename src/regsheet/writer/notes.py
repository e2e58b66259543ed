"""Yellow notes on cells: the comment, its shape, and what ties both to the sheet.

What is there stays: a cell's own note is written on below its text, other notes and shapes are not touched, and a
cell with a threaded comment gets none, because Excel keeps a shadow note for the thread in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain
from typing import Literal

from lxml import etree

from regsheet.grid.addresses import position
from regsheet.grid.cells import Sheet
from regsheet.package import Package
from regsheet.package.namespaces import namespaces_of
from regsheet.writer import vml
from regsheet.writer.cell_patch import SheetPatch
from regsheet.writer.comment_xml import NoteText, as_elements, spelled_addition, spelled_comment
from regsheet.writer.markup import (
    WORKSHEET_ORDER,
    child,
    elements,
    insert_in_order,
    local,
    namespace,
    rich_text,
    sibling_tag,
)
from regsheet.writer.note_box import SheetGeometry, lines_of, note_box
from regsheet.writer.pieces import pieces

AUTHOR = "regsheet"
THREAD_SHADOW = "[Threaded comment]"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

Cell = tuple[int, int]
Say = Callable[[Cell, bool], NoteText]
"""Gives what the note on a cell says; it is told whether it will stand below somebody's own."""


@dataclass(slots=True)
class NotesAdded:
    """The outcome for one sheet: cells with a new note, cells whose note was written on, cells left without."""

    new: list[Cell] = field(default_factory=list)
    joined: list[Cell] = field(default_factory=list)
    left_out: list[tuple[Cell, Literal["threaded comment", "drawing"]]] = field(default_factory=list)


def add_notes(
    patch: SheetPatch,
    cells: Collection[Cell],
    say: Say,
    ids: vml.ShapeIds,
    sheet: Sheet | None = None,
    last_columns: Mapping[Cell, int] | None = None,
) -> NotesAdded:
    """Put notes on cells of a worksheet. ``last_columns`` says where a merge ends, to stand beside it.

    ``say`` is asked once for each cell that gets a note, in the order of the cells, and the answer is not kept.
    """
    outcome = NotesAdded()
    package, part = patch.package, patch.part
    existing = _existing(package, part)
    threads = threaded_cells(package, part) | {cell for cell, note in existing.items() if _is_shadow(note)}
    is_sound = _drawing_is_sound(patch)
    for cell in sorted(cells):
        if cell in threads:
            outcome.left_out.append((cell, "threaded comment"))
        elif cell in existing:
            outcome.joined.append(cell)
        elif is_sound:
            outcome.new.append(cell)
        else:
            outcome.left_out.append((cell, "drawing"))
    if outcome.new or outcome.joined:
        lines = _write(patch, outcome, existing, say)
        if is_sound:
            _add_shapes(patch, ids, sheet, last_columns or {}, lines)
    return outcome


def threaded_cells(package: Package, part: str) -> set[Cell]:
    """The cells of a sheet that have a threaded comment."""
    found: set[Cell] = set()
    for relationship in package.relationships(part).of_kind("threadedComment"):
        if relationship.external or relationship.target not in package.names:
            continue
        for item in package.tree(relationship.target).iter(etree.Element):
            if local(item) == "threadedComment":
                found |= _at(item.get("ref"))
    return found


def note_text(comment: etree._Element) -> str:
    """The text of a comment element."""
    text = child(comment, "text")
    return "" if text is None else rich_text(text)


# -- comments ----------------------------------------------------------------------------------------------------


def _at(reference: str | None) -> set[Cell]:
    try:
        return {position((reference or "").partition(":")[0].strip())}
    except ValueError:
        return set()


def _comments_part(package: Package, part: str) -> str | None:
    found = [item for item in package.relationships(part).of_kind("comments") if item.target in package.names]
    return found[0].target if found else None


def _existing(package: Package, part: str) -> dict[Cell, etree._Element]:
    name = _comments_part(package, part)
    if name is None:
        return {}
    root = package.tree(name)
    return {cell: item for item in root.iter(sibling_tag(root, "comment")) for cell in _at(item.get("ref"))}


def _is_shadow(comment: etree._Element) -> bool:
    return note_text(comment).lstrip().startswith(THREAD_SHADOW)


def _write(
    patch: SheetPatch, outcome: NotesAdded, existing: Mapping[Cell, etree._Element], say: Say
) -> dict[Cell, int]:
    """Write the notes. Tells of each that the sheet has now how many lines it takes."""
    package, name = patch.package, _comments_part(patch.package, patch.part)
    lines: dict[Cell, int] = {}
    if name is None:
        _make_comments(patch, _spelled(outcome, existing, 0, say, lines))
    else:
        root = package.tree(name)
        spelled = "".join(_spelled(outcome, existing, _author(root) if outcome.new else 0, say, lines))
        if outcome.new:
            _listing(root).extend(as_elements(spelled, root))
        package.touch(name)
    lines.update({cell: lines_of(note_text(note)) for cell, note in existing.items()})
    return lines


def _spelled(
    outcome: NotesAdded, existing: Mapping[Cell, etree._Element], author: int, say: Say, lines: dict[Cell, int]
) -> Iterator[str]:
    """The new comments. Those that are there are written on when it is their turn."""
    for cell in merge(outcome.new, outcome.joined):
        own = existing.get(cell)
        note = say(cell, own is not None)
        if own is None:
            lines[cell] = lines_of(note.in_full())
            yield spelled_comment(*cell, note, author)
        else:
            _write_on(own, note)


def _write_on(comment: etree._Element, note: NoteText) -> None:
    """Add our text below a note's own. Its own elements are not changed."""
    text = child(comment, "text")
    if text is None:
        text = etree.SubElement(comment, sibling_tag(comment, "text"))
    later = next((item for item in elements(text) if local(item) in {"rPh", "phoneticPr"}), None)
    for run in as_elements(spelled_addition(note), comment):
        if later is None:
            text.append(run)
        else:
            later.addprevious(run)


def _listing(root: etree._Element) -> etree._Element:
    """The list of comments in a comments part."""
    listing = child(root, "commentList")
    return etree.SubElement(root, sibling_tag(root, "commentList")) if listing is None else listing


def _make_comments(patch: SheetPatch, spelled: Iterator[str]) -> None:
    package = patch.package
    folder = package.main_part.rpartition("/")[0]
    name = package.free_name(f"{folder}/comments{{}}.xml".lstrip("/"))
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{namespace(patch.frame)}"><authors><author>{AUTHOR}</author></authors><commentList>'
    )
    package.add_packed(name, pieces(chain((head,), spelled, ("</commentList></comments>",))), COMMENTS_TYPE)
    package.relationships(patch.part).add("comments", name)


def _author(root: etree._Element) -> int:
    """The number of our entry in the list of authors."""
    authors = child(root, "authors")
    if authors is None:
        authors = etree.Element(sibling_tag(root, "authors"))
        insert_in_order(root, authors, ("authors", "commentList", "extLst"))
    names = [item.text for item in elements(authors)]
    if AUTHOR not in names:
        etree.SubElement(authors, sibling_tag(root, "author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


# -- shapes ------------------------------------------------------------------------------------------------------


def _drawing_part(patch: SheetPatch) -> str | None:
    """The part that the sheet's ``legacyDrawing`` names; header pictures have another element and stay apart."""
    element = child(patch.frame, "legacyDrawing")
    identifier = None if element is None else element.get(_relationship_attribute(patch))
    relationship = None if identifier is None else patch.package.relationships(patch.part).by_id(identifier)
    return None if relationship is None else relationship.target


def _relationship_attribute(patch: SheetPatch) -> str:
    own = namespaces_of(str(patch.frame.tag)) or patch.package.namespaces()
    return own.relationship("id")


def _drawing_is_sound(patch: SheetPatch) -> bool:
    if child(patch.frame, "legacyDrawing") is None:
        return True
    name = _drawing_part(patch)
    return name is not None and name in patch.package.names and vml.is_sound(patch.package.blob(name))


def _add_shapes(
    patch: SheetPatch,
    ids: vml.ShapeIds,
    sheet: Sheet | None,
    last_columns: Mapping[Cell, int],
    lines: Mapping[Cell, int],
) -> None:
    """Give every note that has no shape one: ours, and those that another program left without."""
    package, name = patch.package, _drawing_part(patch)
    there = set(vml.note_cells(package.blob(name))) if name else set()
    lacking = sorted(lines.keys() - there)
    if not lacking:
        return
    name = name or _make_drawing(patch, ids)
    geometry = SheetGeometry(patch.frame, patch.row_looks(), sheet)
    boxes = (note_box(geometry, *cell, last_columns.get(cell, cell[1]), lines[cell]) for cell in lacking)
    package.replace_packed(name, vml.with_notes(package.blob(name), boxes, len(lacking), ids))


def _make_drawing(patch: SheetPatch, ids: vml.ShapeIds) -> str:
    package = patch.package
    folder = package.main_part.rpartition("/")[0]
    name = package.free_name(f"{folder}/drawings/vmlDrawing{{}}.vml".lstrip("/"))
    package.add(name, vml.new_drawing(ids.free_block()), DRAWING_TYPE)
    identifier = package.relationships(patch.part).add("vmlDrawing", name)
    element = etree.Element(sibling_tag(patch.frame, "legacyDrawing"))
    element.set(_relationship_attribute(patch), identifier)
    insert_in_order(patch.frame, element, WORKSHEET_ORDER)
    patch.touch_frame()
    return name
