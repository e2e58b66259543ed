"""Taking our notes off again; other notes, and text that somebody typed into ours, stay."""

from __future__ import annotations

from lxml import etree

from regsheet.grid.addresses import position
from regsheet.grid.texts import unescape
from regsheet.package import Package
from regsheet.writer import vml
from regsheet.writer.markup import child, elements, local, set_text, sibling_tag
from regsheet.writer.notes import AUTHOR, note_text
from regsheet.writer.traces import is_our_note, without_our_text


def remove_notes(package: Package, part: str) -> bool:
    """Take our notes off one sheet. Says whether there were any."""
    found = False
    for relationship in package.relationships(part).of_kind("comments"):
        if relationship.target not in package.names:
            continue
        gone, changed = _clean(package.tree(relationship.target))
        if not changed:
            continue
        found = True
        package.touch(relationship.target)
        remove_shapes(package, part, gone)
        if not any(True for item in package.tree(relationship.target).iter() if local(item) == "comment"):
            package.relationships(part).remove(relationship.id)
            package.drop(relationship.target)
    return found


def _clean(root: etree._Element) -> tuple[set[tuple[int, int]], bool]:
    """Take our text out of a comments part. Returns the cells that have no note left, and whether anything changed."""
    gone: set[tuple[int, int]] = set()
    changed = False
    for comment in list(root.iter(sibling_tag(root, "comment"))):
        text = unescape(note_text(comment)).replace("\r\n", "\n")
        if not is_our_note(text):
            continue
        changed = True
        rest = without_our_text(text)
        if rest:
            _retext(comment, rest)
        else:
            gone |= _at(comment.get("ref", ""))
            _remove(comment)
    _forget_author(root)
    return gone, changed


def _retext(comment: etree._Element, rest: str) -> None:
    """Cut a note back to its own text: its runs up to there stay as they are."""
    body = child(comment, "text")
    if body is None:
        return
    left = rest
    for item in elements(body):
        inner = item if local(item) == "t" else child(item, "t")
        if local(item) not in {"t", "r"} or inner is None:
            continue
        words = unescape(inner.text or "")
        if left.startswith(words):
            left = left[len(words) :]
        elif left and words.startswith(left):
            set_text(inner, left)
            left = ""
        else:
            body.remove(item)
    if left:
        run = etree.SubElement(body, sibling_tag(body, "r"))
        set_text(etree.SubElement(run, sibling_tag(body, "t")), left)


def _forget_author(root: etree._Element) -> None:
    """Our name goes from the end of the list of authors when no note needs it."""
    authors = child(root, "authors")
    listed = elements(authors) if authors is not None else []
    if authors is None or not listed or listed[-1].text != AUTHOR:
        return
    number = str(len(listed) - 1)
    if not any(comment.get("authorId") == number for comment in root.iter(sibling_tag(root, "comment"))):
        authors.remove(listed[-1])


def remove_shapes(package: Package, part: str, cells: set[tuple[int, int]]) -> None:
    """Take the shapes of the notes on these cells out of a sheet's drawing, and the drawing where none is left."""
    root = package.tree(part)
    element = child(root, "legacyDrawing")
    identifier = None if element is None else element.get(package.namespaces(part).relationship("id"))
    relationship = None if identifier is None else package.relationships(part).by_id(identifier)
    if element is None or relationship is None or relationship.target not in package.names:
        return
    blob = package.blob(relationship.target)
    new = vml.without_notes(blob, cells)
    if new == blob:
        return
    if vml.has_shapes(new):
        package.replace(relationship.target, new)
        return
    _remove(element)
    package.touch(part)
    package.relationships(part).remove(relationship.id)
    package.drop(relationship.target)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _at(reference: str) -> set[tuple[int, int]]:
    try:
        return {position(reference)}
    except ValueError:
        return set()
