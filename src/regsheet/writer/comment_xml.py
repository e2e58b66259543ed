"""What a note says, and how a comments part spells it: as text, for a sheet may be given thousands of notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from regsheet.grid.addresses import address
from regsheet.writer.cell_content import spelled_text
from regsheet.writer.markup import escape_text, in_attribute, namespace

SEPARATOR = "— regsheet —"
"""The line between a cell's own note and what was added to it."""

_FONT = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_LOOKS = {bold: f"<rPr>{'<b/>' if bold else ''}{_FONT}</rPr>" for bold in (True, False)}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a note: a heading in bold and what follows it on the same line."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteText:
    """What a note says, one paragraph a finding."""

    paragraphs: tuple[Paragraph, ...]

    def __str__(self) -> str:
        return "\n".join([f"{part.heading} {part.text}".strip() for part in self.paragraphs])

    def in_full(self) -> str:
        """The text as the comment has it."""
        return escape_text("\n".join([f"{part.heading} {part.text}" for part in self.paragraphs]))


def spelled_comment(cell: tuple[int, int], author: int, note: NoteText) -> str:
    """A comment of its own."""
    return f'<comment ref="{address(*cell)}" authorId="{author}"><text>{_runs(note)}</text></comment>'


def spelled_addition(note: NoteText) -> str:
    """The runs that go below the text of somebody's own note."""
    return _run(f"\n\n{SEPARATOR}\n", bold=False) + _runs(note)


def as_elements(spelled: str, near: etree._Element) -> Iterator[etree._Element]:
    """What was spelled as elements, in the namespace of the part that they are for."""
    space = in_attribute(namespace(near))
    return iter(list(etree.fromstring(f'<x xmlns="{space}">{spelled}</x>')))


def _runs(note: NoteText) -> str:
    *earlier, last = note.paragraphs
    runs = [_run(part.heading, bold=True) + _run(f" {part.text}\n", bold=False) for part in earlier]
    return "".join([*runs, _run(last.heading, bold=True), _run(f" {last.text}", bold=False)])


def _run(words: str, *, bold: bool) -> str:
    return f"<r>{_LOOKS[bold]}{spelled_text('t', words)}</r>"
