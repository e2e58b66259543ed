"""What changed on the assurance maps: items that came and went, new dates and opinions, by risk and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from regsheet.changes.comparison import Item, ItemChange, Risk
from regsheet.changes.texts import text_key
from regsheet.changes.words import word_pieces
from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.likeness import SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key
from regsheet.model.same_risks import best_pairs
from regsheet.values.text import one_line

SAME_WORDING = 66.0
"""From this likeness (0 to 100) on, its date and opinion aside, an item is the same item."""

MOST_RISKS = 2_000
"""Of more risks on a map, only those with the same reference or title are the same."""

_DATES = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?|q[1-4]|(?:19|20)\d\d(?:[/-]\d\d)?|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|august|september|october|november|december)\b|\d+[./]\d+[./]\d+",
    re.IGNORECASE,
)

_ASIDE = re.compile(r"\s*\([^()]*\)|\s+of defence", re.IGNORECASE)
"""What a heading says of a line beside its name: ``Second line of defence (those who oversee)``."""


@dataclass
class _Risk:
    """A risk on the maps of a workbook, with its items."""

    risk: Risk
    items: list[Item] = field(default_factory=list)

    @property
    def name(self) -> tuple[str, str]:
        return reference_key(self.risk.ref), self.risk.title.casefold()


@dataclass
class MapChanges:
    """What changed on the maps of two workbooks."""

    new: tuple[Risk, ...] = ()
    gone: tuple[Risk, ...] = ()
    items: tuple[ItemChange, ...] = ()


def compare_maps(old: Book, new: Book) -> MapChanges:
    """What changed on the maps of two workbooks; nothing where one of them has no map."""
    if not old.maps or not new.maps:
        return MapChanges()
    one, other = _risks(old), _risks(new)
    pairs = _pair(other, one)
    gone = [risk for place, risk in enumerate(one) if place not in pairs.values()]
    changes: list[ItemChange] = []
    for place, risk in enumerate(other):
        before = one[pairs[place]].items if place in pairs else []
        changes += _item_changes(risk.risk, before, risk.items)
    for risk in gone:
        changes += _item_changes(risk.risk, risk.items, [])
    came = tuple(risk.risk for place, risk in enumerate(other) if place not in pairs)
    return MapChanges(came, tuple(risk.risk for risk in gone), tuple(changes))


def _risks(book: Book) -> list[_Risk]:
    """The risks of all maps with their items; a risk that is named twice is one."""
    found: dict[tuple[str, str], _Risk] = {}
    for assurance_map in book.maps:
        on_map = [
            found.setdefault(risk.name, risk)
            for row in assurance_map.risks.itertuples()
            for risk in [_Risk(Risk(_text(row.risk_ref), _text(row.risk_title), sheet=assurance_map.sheet_name,
                                    cell=_text(row.cell)))]
        ]  # fmt: skip
        for row in assurance_map.frame.itertuples():
            on_map[int(str(row.risk))].items.append(_item(assurance_map, row))
    return list(found.values())


def _item(assurance_map: AssuranceMap, row: Any) -> Item:
    line = int(row.line) if _text(row.line) else 0
    date = row.date.date() if _text(row.date) else None
    name = _ASIDE.sub("", one_line(assurance_map.lines.get(line, ""))).strip() or (f"line {line}" if line else "")
    text, opinion, when = one_line(row.item), _text(row.opinion), _text(row.date_text)
    return Item(text, line, name, date, when, opinion, assurance_map.sheet_name, _text(row.cell))


def _text(value: Any) -> str:
    """A value of a frame as text, empty for NA."""
    return "" if pd.isna(value) else one_line(str(value))


def _pair(new: list[_Risk], old: list[_Risk]) -> dict[int, int]:
    """Which risk on the new maps is which on the old."""
    known = {risk.name: place for place, risk in enumerate(old)}
    pairs = {place: known[risk.name] for place, risk in enumerate(new) if risk.name in known}
    taken = set(pairs.values())
    rest = [place for place in range(len(new)) if place not in pairs]
    others = [place for place in range(len(old)) if place not in taken]
    if max(len(rest), len(others)) > MOST_RISKS:
        return pairs
    scored = ((score, here, there) for here in rest for there in others
              if (score := _likeness(new[here], old[there])))  # fmt: skip
    return pairs | best_pairs(scored, rest, others)


def _likeness(one: _Risk, other: _Risk) -> float:
    """How sure it is that two risks on maps are one; 0 where they are not."""
    (ref, title), (other_ref, other_title) = one.name, other.name
    same_ref = bool(ref) and ref == other_ref
    alike = likeness(title, other_title)
    if same_ref and (not (title and other_title) or alike >= SAME_REFERENCE_TITLE):
        return 60.0 + alike
    return alike + (30.0 if alike == 100 else 0.0) if alike >= SAME_TITLE else 0.0


def _item_changes(risk: Risk, old: list[Item], new: list[Item]) -> list[ItemChange]:
    """What came, went and changed of one risk's items: same words first, then same on another line, then alike."""
    left_old, left_new = list(enumerate(old)), list(enumerate(new))
    found: list[tuple[tuple[int, int, int], ItemChange]] = []
    for same_line in (True, False):
        for place, item in list(left_new):
            match = next((entry for entry in left_old if _same(entry[1], item, same_line)), None)
            if match is not None:
                left_old.remove(match)
                left_new.remove((place, item))
                found += [((item.line, 0, place), change) for change in _change(risk, match[1], item)]
    scored = ((alike, a, b) for a, (_, item) in enumerate(left_new) for b, (_, before) in enumerate(left_old)
              if item.line == before.line and (alike := _alike(before.text, item.text)) >= SAME_WORDING)  # fmt: skip
    pairs = best_pairs(scored)
    for a, (place, item) in enumerate(left_new):
        if a in pairs:
            changes = _change(risk, left_old[pairs[a]][1], item)
        else:
            changes = [ItemChange(risk.ref, risk.title, None, item)]
        found += [((item.line, 0, place), change) for change in changes]
    found += [((item.line, 1, place), ItemChange(risk.ref, risk.title, item, None))
              for b, (place, item) in enumerate(left_old) if b not in pairs.values()]  # fmt: skip
    return [change for _, change in sorted(found, key=lambda entry: entry[0])]


def _same(old: Item, new: Item, same_line: bool) -> bool:
    return text_key(old.text) == text_key(new.text) and (old.line == new.line or not same_line)


def _alike(one: str, other: str) -> float:
    """How alike two items are, dates aside; of what is nothing but a date, not at all."""
    one, other = (" ".join(_DATES.sub(" ", text).casefold().split()) for text in (one, other))
    return float(fuzz.token_sort_ratio(one, other)) if one and other else 0.0


def _change(risk: Risk, old: Item, new: Item) -> Iterable[ItemChange]:
    """The change from one item to another, if there is any."""
    parts = [name for name, same in (
        ("date", old.date == new.date),
        ("opinion", old.opinion.casefold() == new.opinion.casefold()),
        ("line", old.line == new.line),
        ("text", text_key(old.text) == text_key(new.text)),
    ) if not same]  # fmt: skip
    if not parts:
        return ()
    pieces = word_pieces(old.text, new.text) if "text" in parts else ()
    return (ItemChange(risk.ref, risk.title, old, new, tuple(parts), pieces),)
