"""What changed from one workbook to another, as plain data: the terminal, JSON and the workbook show it.

In JSON every class here is an object with these keys; what is empty, zero or None by default is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import msgspec

WordChange = Literal["same", "deleted", "inserted"]
FieldKind = Literal["reference", "title", "owner", "date", "action", "control", "status", "text", "row"]
Move = Literal["worse", "better", "level"]
Part = Literal["likelihood", "impact", "rating", "band"]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words in a text that was changed: in both texts, only in the old, or only in the new."""

    change: WordChange
    text: str


class FieldChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of a risk that says something else now.

    ``field`` is the canonical field, empty for a column known by its heading only; ``name`` what to call it. ``old``
    and ``new`` are the texts without bullets, an item a line; dates in words. ``pieces`` tells word by word what went
    and what came. ``added`` and ``removed`` are whole items of a list that came or went. ``days`` says by how many days
    a date moved later; below 0, earlier. A ``row`` is a further row of the same risk that came or went.
    """

    field: str
    name: str
    kind: FieldKind
    old: str
    new: str
    old_cell: str = ""
    new_cell: str = ""
    pieces: tuple[Piece, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    days: int = 0


class Score(msgspec.Struct, frozen=True, omit_defaults=True):
    """A risk's scores at one stage. ``typed`` holds what stands where no number could be read, by part.

    ``colour`` is the band's, ``RRGGBB``; ``cell`` that of the rating, else of the first score; ``stage_name`` is the
    sheet's own word for the stage.
    """

    likelihood: float | None = None
    impact: float | None = None
    rating: float | None = None
    band: str = ""
    colour: str = ""
    typed: dict[str, str] = {}
    cell: str = ""
    stage_name: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is scored."""
        return not (self.band or self.typed) and self.likelihood is self.impact is self.rating is None


class ScoreMove(msgspec.Struct, frozen=True):
    """The scores of one stage that moved. ``parts`` says which; ``name`` is the sheet's own word for the stage."""

    stage: str
    name: str
    old: Score
    new: Score
    parts: tuple[Part, ...]
    move: Move


class Risk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A risk as one of the workbooks has it. ``scores`` by stage, in the order of the stages.

    ``elsewhere`` says of a new risk in which other workbook of the folder it was, of one that is gone in which it is.
    """

    ref: str
    title: str
    owner: str = ""
    status: str = ""
    sheet: str = ""
    cell: str = ""
    scores: dict[str, Score] = {}
    elsewhere: str = ""


class RiskChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A risk that is in both workbooks and not as it was.

    ``sheet_changed``: it stands in another register of the workbook. ``closing``: its status says now that it is
    closed, or no longer does.
    """

    old: Risk
    new: Risk
    moves: tuple[ScoreMove, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    sheet_changed: bool = False
    closing: Literal["", "closed", "reopened"] = ""

    def of_kind(self, *kinds: FieldKind) -> tuple[FieldChange, ...]:
        """Its changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def only_reviewed(self) -> bool:
        """Whether nothing but the dates of its review changed."""
        dates = all(change.field in ("review_date", "next_review_date") for change in self.changes)
        return dates and not (self.moves or self.sheet_changed or self.closing)

    @property
    def renumbered(self) -> bool:
        """Whether it has another reference."""
        return bool(self.of_kind("reference"))

    @property
    def retitled(self) -> bool:
        """Whether it has another title."""
        return bool(self.of_kind("title"))


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item of assurance as one of the workbooks has it; ``line`` is 1 to 4, 0 where the map does not say.

    ``date`` is the last day of the period that ``date_text`` names.
    """

    text: str
    line: int
    line_name: str = ""
    date: dt.date | None = None
    date_text: str = ""
    opinion: str = ""
    sheet: str = ""
    cell: str = ""


class ItemChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item of assurance that came (no ``old``), went (no ``new``) or changed, and the risk that it is about.

    ``parts`` says what changed of it: ``date``, ``opinion``, ``line``, ``text``.
    """

    risk_ref: str
    risk_title: str
    old: Item | None = None
    new: Item | None = None
    parts: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What became of it."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def line(self) -> int:
        """The line that it stands in, or stood."""
        found = self.new or self.old
        return found.line if found else 0


class BandCount(msgspec.Struct, frozen=True):
    """How many risks stood in a band then and stand in it now, as they are with their controls in place."""

    band: str
    colour: str
    old: int
    new: int


class Comparison(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two workbooks compared. Risks are in the order of the new workbook, ``gone`` in that of the old.

    ``old_risks`` and ``new_risks`` count the risks of the registers. ``map_new`` and ``map_gone`` are risks that are on
    only one of the assurance maps. ``bands`` are the worst first. ``remarks`` are
    sentences on what concerns all risks: columns, bands, scoring.
    """

    old_file: str
    new_file: str
    old_risks: int = 0
    new_risks: int = 0
    new: tuple[Risk, ...] = ()
    gone: tuple[Risk, ...] = ()
    changed: tuple[RiskChange, ...] = ()
    map_new: tuple[Risk, ...] = ()
    map_gone: tuple[Risk, ...] = ()
    items: tuple[ItemChange, ...] = ()
    bands: tuple[BandCount, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any((self.new, self.gone, self.changed, self.map_new, self.map_gone, self.items, self.remarks))

    @property
    def moves(self) -> Iterator[tuple[RiskChange, ScoreMove]]:
        """Every move of a score, risk by risk."""
        return ((change, move) for change in self.changed for move in change.moves)

    @property
    def closed(self) -> tuple[RiskChange, ...]:
        """Risks that are still there and whose status says now that they are closed."""
        return tuple(change for change in self.changed if change.closing == "closed")


class NotCompared(msgspec.Struct, frozen=True):
    """A workbook that was not compared, and why. ``unreadable``: not since it holds no register, but by a fault."""

    file: str
    reason: str
    unreadable: bool = True


class Comparisons(msgspec.Struct, frozen=True, omit_defaults=True):
    """Workbooks compared in pairs. ``only_old`` and ``only_new`` are workbooks that have no counterpart."""

    old: str
    new: str
    books: tuple[Comparison, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    failed: tuple[NotCompared, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.only_old or self.only_new) and all(book.is_empty for book in self.books)
