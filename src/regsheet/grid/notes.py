"""Notes (the yellow kind) and threaded comments, by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from regsheet.grid.addresses import position
from regsheet.grid.cells import Note
from regsheet.grid.texts import read_text
from regsheet.grid.xml import child, children, number

SHADOW = "[Threaded comment]"
"""How the note begins that stands in for a threaded comment in older Excel."""

_SHADOW_AUTHOR = "tc={"
_SHADOW_REMARK = re.compile(r"^(?:Comment|Reply):\n[ ]{4}(.*?)(?=\n(?:Comment|Reply):\n|\Z)", re.DOTALL | re.MULTILINE)

Notes = dict[tuple[int, int], Note]
Threads = dict[tuple[int, int], tuple[Note, ...]]


def is_shadow(note: Note) -> bool:
    """Whether a note stands in for a threaded comment, and is none of its own."""
    return note.text.startswith(SHADOW) or (note.author or "").startswith(_SHADOW_AUTHOR)


def read_notes(root: etree._Element) -> Notes:
    """Every note of a comments part, shadows of threads among them."""
    authors_element = child(root, "authors")
    authors = [] if authors_element is None else [author.text or "" for author in children(authors_element, "author")]
    notes: Notes = {}
    listed = child(root, "commentList")
    for comment in children(listed, "comment") if listed is not None else ():
        cell = _cell(comment)
        if cell is None:
            continue
        body = child(comment, "text")
        author = number(comment, "authorId", -1)
        notes[cell] = Note(
            "" if body is None else read_text(body).text,
            (authors[author] or None) if 0 <= author < len(authors) else None,
        )
    return notes


def read_threads(root: etree._Element, people: Mapping[str, str]) -> Threads:
    """Every thread of a threaded comments part, first remark first. ``people`` maps a person's id to a name."""
    threads: Threads = {}
    for comment in children(root, "threadedComment"):
        cell = _cell(comment)
        if cell is None:
            continue
        body = child(comment, "text")
        remark = Note("" if body is None else body.text or "", people.get(comment.get("personId", "").upper()))
        threads[cell] = (*threads.get(cell, ()), remark)
    return threads


def read_people(root: etree._Element) -> dict[str, str]:
    """The names of those who wrote threaded comments, by id in capitals."""
    return {person.get("id", "").upper(): person.get("displayName", "") for person in children(root, "person")}


def split_shadows(notes: Notes, threads: Threads) -> tuple[Notes, Threads]:
    """Notes without shadows, and threads with those that a program lost but whose shadow it kept."""
    kept = {cell: note for cell, note in notes.items() if not is_shadow(note)}
    told = {cell: _told(note) for cell, note in notes.items() if is_shadow(note) and cell not in threads}
    return kept, threads | told


def _told(shadow: Note) -> tuple[Note, ...]:
    """The remarks that a shadow note repeats; its whole text where they cannot be told apart."""
    text = shadow.text.replace("\r\n", "\n").replace("\r", "\n")
    remarks = tuple(Note(found.strip()) for found in _SHADOW_REMARK.findall(text))
    return remarks or (Note(shadow.text),)


def _cell(comment: etree._Element) -> tuple[int, int] | None:
    try:
        return position(comment.get("ref", "").partition(":")[0].strip())
    except ValueError:
        return None
