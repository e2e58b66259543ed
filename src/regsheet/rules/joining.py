"""Finds the risk of a register that a risk on an assurance map is about, in one workbook or across several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.book import Book
from regsheet.model.register import Register, shorten
from regsheet.rules.base import Context
from regsheet.rules.risks import texts

ALIKE = 85.0
"""Titles at least this alike (0 to 100) are taken for the same risk."""

RATHER_ALIKE = 45.0
"""With the same reference, titles need only be this alike."""


class Match(NamedTuple):
    """A map's risk found in a register: place on the map, register, place in it, how alike (0 to 100), on what."""

    map_index: int
    register: Register
    risk: int
    score: float
    basis: str


class Nearest(NamedTuple):
    """The likest risk on the other side of a join: what to call it, and how alike the titles are (0 to 100)."""

    name: str
    score: float


def registers_at_hand(context: Context) -> list[Register]:
    """Every register of the run: of this workbook, then of the others that are checked with it."""
    return [register for book in (context.book, *context.others) for register in book.registers]


def maps_at_hand(context: Context) -> list[AssuranceMap]:
    """Every assurance map of the run: of this workbook, then of the others that are checked with it."""
    return [one for book in (context.book, *context.others) for one in book.maps]


def file_of(part: Register | AssuranceMap, context: Context) -> str:
    """Where a register or map stands, for a sentence: empty for this workbook, else `` of register.xlsx``."""
    return next((f" of {book.path.name}" for book in context.others if _holds(book, part)), "")


def _holds(book: Book, part: Register | AssuranceMap) -> bool:
    return any(one is part for one in (*book.registers, *book.maps))


def matches(assurance_map: AssuranceMap, registers: Sequence[Register]) -> dict[int, Match]:
    """Each risk of a map to its best match; a risk that is in no register is left out."""
    found: dict[int, Match] = {}
    risks = assurance_map.risks
    refs = [_key(ref) for ref in risks["risk_ref"].fillna("").tolist()]
    titles = [_plain(title) for title in risks["risk_title"].fillna("").tolist()]
    for register in registers:
        names = [_plain(name) for name in risk_names(register)]
        places = {_key(ref): index for index, ref in reversed(list(enumerate(texts(register, "ref")))) if ref}
        for map_index, (ref, title) in enumerate(zip(refs, titles, strict=True)):
            match = _match(map_index, ref, title, register, names, places)
            if match and (map_index not in found or match.score > found[map_index].score):
                found[map_index] = match
    return found


def _match(map_index: int, ref: str, title: str, register: Register, names: list[str],
           places: dict[str, int]) -> Match | None:  # fmt: skip
    index = places.get(ref) if ref else None
    if index is not None:
        alike = fuzz.token_set_ratio(title, names[index]) if title and names[index] else 100.0
        if alike >= RATHER_ALIKE:
            return Match(map_index, register, index, max(alike, ALIKE), "reference")
    if not title:
        return None
    best = process.extractOne(title, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return None if best is None else Match(map_index, register, best[2], best[1], "title")


def risk_names(register: Register) -> list[str]:
    """What each risk of a register is called: its title, else its description."""
    pairs = zip(texts(register, "title"), texts(register, "description"), strict=True)
    return [title or description for title, description in pairs]


def nearest_in_registers(title: str, registers: Sequence[Register]) -> Nearest | None:
    """The risk of any register whose title is likest to a map's; None where there is nothing to compare."""
    named = [(name, " ".join(word for word in (ref, shorten(name)) if word)) for register in registers
             for name, ref in zip(risk_names(register), texts(register, "ref"), strict=True)]  # fmt: skip
    return nearest(title, named)


def nearest_on_maps(title: str, maps: Sequence[AssuranceMap]) -> Nearest | None:
    """The risk of any map whose title is likest to a register's; None where there is nothing to compare."""
    named = [(name, shorten(name)) for one in maps for name in one.risks["risk_title"].fillna("").tolist()]
    return nearest(title, named)


def nearest(title: str, named: Sequence[tuple[str, str]]) -> Nearest | None:
    """The likest of pairs of a title and what to call it."""
    pairs = [(_plain(name), shown) for name, shown in named if name]
    if not title or not pairs:
        return None
    best = process.extractOne(_plain(title), [name for name, _ in pairs], scorer=fuzz.token_sort_ratio)
    return Nearest(pairs[best[2]][1], best[1])


def said(found: Nearest | None) -> str:
    """How a sentence goes on about the likest risk: ``; the nearest is “R4 Fraud” (62 % alike)``."""
    return "" if found is None else f"; the nearest is “{found.name}” ({found.score:.0f} % alike)"


def _key(ref: object) -> str:
    return "".join(str(ref).split()).casefold()


def _plain(text: object) -> str:
    return " ".join(re.sub(r"[^\w\s]|_", " ", str(text).casefold()).split())
