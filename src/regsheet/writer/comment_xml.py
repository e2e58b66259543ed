"""What a note says, and how a comments part spells it: as text, for a sheet may be given thousands of notes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from regsheet.grid.addresses import letters
from regsheet.writer.cell_content import spelled_text
from regsheet.writer.markup import escape_text, in_attribute, in_text, namespace

SEPARATOR = "— regsheet —"
"""The line between a cell's own note and what was added to it."""

_FONT = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_BOLD, _PLAIN = (f"<r><rPr>{bold}{_FONT}</rPr>" for bold in ("<b/>", ""))
_FOLLOWING = f'{_PLAIN}<t xml:space="preserve"> '
"""How a run begins that follows a heading: with a blank."""
_SEPARATION = f'{_PLAIN}<t xml:space="preserve">\n\n{SEPARATOR}\n</t></r>'


class Paragraph(NamedTuple):
    """A piece of a note: a heading in bold and what follows it on the same line."""

    heading: str
    text: str


class NoteText(NamedTuple):
    """What a note says, one paragraph a finding."""

    paragraphs: tuple[Paragraph, ...]

    def __str__(self) -> str:
        return "\n".join([" ".join(paragraph).strip() for paragraph in self.paragraphs])

    def in_full(self) -> str:
        """The text as the comment has it."""
        return escape_text("\n".join(map(" ".join, self.paragraphs)))


def spelled_comment(row: int, column: int, note: NoteText, author: int) -> str:
    """A comment of its own for a note."""
    return f'<comment ref="{letters(column)}{row}" authorId="{author}"><text>{_runs(note)}</text></comment>'


def spelled_addition(note: NoteText) -> str:
    """The runs that go below the text of somebody's own note."""
    return _SEPARATION + _runs(note)


def as_elements(spelled: str, near: etree._Element) -> Iterator[etree._Element]:
    """What was spelled as elements, in the namespace of the part that they are for."""
    space = in_attribute(namespace(near))
    return iter(list(etree.fromstring(f'<x xmlns="{space}">{spelled}</x>')))


def _runs(note: NoteText) -> str:
    runs = [f"{_bold(heading)}{_FOLLOWING}{in_text(escape_text(text))}" for heading, text in note.paragraphs]
    return "\n</t></r>".join(runs) + "</t></r>"


@lru_cache(maxsize=500)
def _bold(heading: str) -> str:
    """A heading as a run: many paragraphs have the same."""
    return f"{_BOLD}{spelled_text('t', heading)}</r>"
