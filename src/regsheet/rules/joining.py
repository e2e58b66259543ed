"""Finds the risk of a register that a risk on an assurance map is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from regsheet.model.assurance_map import AssuranceMap
from regsheet.model.register import Register
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


def matches(assurance_map: AssuranceMap, registers: Sequence[Register]) -> dict[int, Match]:
    """Each risk of a map to its best match; a risk that is in no register is left out."""
    found: dict[int, Match] = {}
    risks = assurance_map.risks
    refs = [_key(ref) for ref in risks["risk_ref"].fillna("").tolist()]
    titles = [_plain(title) for title in risks["risk_title"].fillna("").tolist()]
    for register in registers:
        names = [_plain(title or description) for title, description in
                 zip(texts(register, "title"), texts(register, "description"), strict=True)]  # fmt: skip
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


def _key(ref: object) -> str:
    return "".join(str(ref).split()).casefold()


def _plain(text: object) -> str:
    return " ".join(str(text).casefold().split())
