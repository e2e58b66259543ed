"""Notes that are not ours, and threads of comments."""

from __future__ import annotations

from lxml import etree

from regsheet.grid.addresses import position
from regsheet.grid.texts import unescape
from regsheet.package import Package
from regsheet.writer.comment_xml import SEPARATOR
from regsheet.writer.markup import child, elements, local, set_text, sibling_tag
from regsheet.writer.notes import AUTHOR, note_text
from regsheet.writer.strip_notes import remove_shapes
from regsheet.writer.traces import is_our_note


def drop_notes(package: Package, part: str) -> int:
    """Take other people's notes and threads off one sheet; of a note that we wrote below, our part stays. How many."""
    relationships = package.relationships(part)
    count = 0
    for each in relationships.of_kind("threadedComment"):
        relationships.remove(each.id)
        if each.target in package:
            package.drop(each.target)
    for each in relationships.of_kind("comments"):
        if each.target not in package:
            continue
        root = package.tree(each.target)
        gone, changed = _clean(root)
        count += changed
        _only_our_name(root)
        package.touch(each.target)
        if gone:
            remove_shapes(package, part, gone)
        if not any(local(item) == "comment" for item in root.iter(etree.Element)):
            relationships.remove(each.id)
            package.drop(each.target)
    return count


def _clean(root: etree._Element) -> tuple[set[tuple[int, int]], int]:
    """Take them out of a comments part: the cells that have no note left, and how many notes of others there were."""
    gone: set[tuple[int, int]] = set()
    count = 0
    for comment in list(root.iter(sibling_tag(root, "comment"))):
        text = unescape(note_text(comment)).replace("\r\n", "\n")
        own, separator, ours = text.partition(SEPARATOR)
        if not separator and is_our_note(text):
            continue
        count += bool(own.strip())
        parent = comment.getparent()
        if separator and ours.strip():
            _retext(comment, ours.strip("\n"))
        elif parent is not None:
            parent.remove(comment)
            gone |= _cell(comment)
    return gone, count


def _cell(comment: etree._Element) -> set[tuple[int, int]]:
    try:
        return {position(comment.get("ref", ""))}
    except ValueError:
        return set()


def _retext(comment: etree._Element, words: str) -> None:
    body = child(comment, "text")
    if body is None:
        return
    for item in list(body):
        body.remove(item)
    set_text(etree.SubElement(body, sibling_tag(body, "t")), words)


def _only_our_name(root: etree._Element) -> None:
    """All notes that are left are ours: their author is, and nobody else is named."""
    authors = child(root, "authors")
    if authors is None:
        return
    for item in elements(authors):
        authors.remove(item)
    etree.SubElement(authors, sibling_tag(authors, "author")).text = AUTHOR
    for comment in root.iter(sibling_tag(root, "comment")):
        comment.set("authorId", "0")
