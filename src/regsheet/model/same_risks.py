"""Which rows of two registers tell of the same risk. Every answer is the same whichever register is asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from regsheet.limits import MAX_TITLES_COMPARED
from regsheet.model.likeness import SAME_BODY, SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key
from regsheet.model.register import TEXT_FIELDS, Register
from regsheet.values.text import one_line

BODY = ("description", "cause", "consequence", "controls")

ENOUGH_WORDS = 12
"""A risk that changed both its reference and its title is known by what is told of it, if that is so many words."""

EXACT_TITLE, SAME_REFERENCE, BODY_WEIGHT = 30.0, 25.0, 0.6
"""What a title that is the same word for word, the same reference and a like body add to the likeness of titles."""

UNTITLED = 50.0
"""How alike a risk with a title and one without are taken to be."""

_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?")
_NUMBERS = re.compile(r"\d+")


class Told:
    """What a register tells of each risk, ready to compare: reference, title, the rest. Lists have one entry a row."""

    def __init__(self, register: Register) -> None:
        self.register = register
        rows = range(register.count)
        self.refs = [reference_key(register.text(row, "ref")) for row in rows]
        self.titles = [one_line(register.text(row, "title") or register.text(row, "description")) for row in rows]
        self.keys = [title.casefold() for title in self.titles]
        self.bodies = [self._body(row) for row in rows]
        self._known_bodies = Counter(body.casefold() for body in self.bodies)

    def _body(self, row: int) -> str:
        """What is told of a risk beside its title."""
        titled = bool(self.register.text(row, "title"))
        fields = BODY if titled else BODY[1:]
        return " ".join(filter(None, (one_line(self.register.text(row, field)) for field in fields)))

    def name(self, row: int) -> tuple[str, str]:
        """Reference and title."""
        return self.refs[row], self.keys[row]

    def whole(self, row: int) -> str:
        """All that is told of a risk."""
        return " ".join(filter(None, (one_line(self.register.text(row, field)) for field in TEXT_FIELDS)))

    def by_reference(self) -> dict[str, list[int]]:
        """The rows of each reference."""
        found: dict[str, list[int]] = {}
        for row, ref in enumerate(self.refs):
            if ref:
                found.setdefault(ref, []).append(row)
        return found

    def has_body_of_its_own(self, row: int) -> bool:
        """Whether enough is told of a risk to know it by, in words that no other risk has."""
        body = self.bodies[row]
        return len(body.split()) >= ENOUGH_WORDS and self._known_bodies[body.casefold()] == 1


def same_names(now: Told, then: Told) -> dict[int, int]:
    """Rows with the same reference and title; where a risk has several rows, those that are most alike.

    Rows with neither are the same where all that they tell is.
    """
    groups: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
    for side, told in enumerate((now, then)):
        for row in range(len(told.refs)):
            name = told.name(row) if any(told.name(row)) else ("", "", told.whole(row).casefold())
            groups.setdefault(name, ([], []))[side].append(row)
    pairs: dict[int, int] = {}
    for here, there in groups.values():
        if len(here) == len(there) == 1:
            pairs[here[0]] = there[0]
        elif here and there:
            pairs |= _rows_of_one_risk(now, then, here, there)
    return pairs


def _rows_of_one_risk(now: Told, then: Told, here: list[int], there: list[int]) -> dict[int, int]:
    if len(here) * len(there) > MAX_TITLES_COMPARED // 100:
        return dict(zip(here, there, strict=False))
    one, other = [now.whole(row) for row in here], [then.whole(row) for row in there]
    scored = ((likeness(one[a], other[b]), a, b) for a in range(len(here)) for b in range(len(there)))
    return {here[a]: there[b] for a, b in best_pairs(scored).items()}


def alike_risks(now: Told, then: Told, known: dict[int, int]) -> dict[int, int]:
    """Of the rows that are not paired yet, those that tell of the same risk."""
    taken = set(known.values())
    here = [row for row in range(len(now.refs)) if row not in known]
    there = [row for row in range(len(then.refs)) if row not in taken]
    candidates = {*_same_references(now, then, here, there), *_same_titles(now, then, here, there)}
    candidates |= set(_alike(now.titles, then.titles, here, there, SAME_TITLE, now, then))
    pairs = best_pairs(((_score(now, then, *pair), *pair) for pair in candidates), here, there)
    taken = set(pairs.values())
    here = [row for row in here if row not in pairs and now.has_body_of_its_own(row)]
    there = [row for row in there if row not in taken and then.has_body_of_its_own(row)]
    bodies = _alike(now.bodies, then.bodies, here, there, SAME_BODY)
    return pairs | best_pairs(((_score(now, then, *pair), *pair) for pair in bodies), here, there)


def best_pairs(
    scored: Iterable[tuple[float, int, int]], here: Sequence[int] = (), there: Sequence[int] = ()
) -> dict[int, int]:
    """Each row once, the highest scores first; of equal ones those that stand most nearly at the same place."""
    place = {row: at for at, row in enumerate(here)}, {row: at for at, row in enumerate(there)}

    def order(candidate: tuple[float, int, int]) -> tuple[float, int, int]:
        score, row, other = candidate
        one, two = place[0].get(row, row), place[1].get(other, other)
        return -round(score, 6), abs(one - two), one + two

    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, other in sorted(scored, key=order):
        if row not in pairs and other not in taken:
            pairs[row] = other
            taken.add(other)
    return pairs


def _score(now: Told, then: Told, row: int, other: int) -> float:
    """How sure it is that two rows tell of the same risk."""
    titles = now.titles[row], then.titles[other]
    score = likeness(*titles) if all(titles) else UNTITLED
    score += EXACT_TITLE if all(titles) and now.keys[row] == then.keys[other] else 0.0
    score += SAME_REFERENCE if now.refs[row] and now.refs[row] == then.refs[other] else 0.0
    return score + BODY_WEIGHT * likeness(now.bodies[row], then.bodies[other])


def _same_references(now: Told, then: Told, here: list[int], there: list[int]) -> Iterator[tuple[int, int]]:
    """Rows with one reference that may be one risk: their titles, or all that is told of them, are alike."""
    rest = set(there)
    by_ref = then.by_reference()
    for row in here:
        for other in by_ref.get(now.refs[row], ()):
            if other in rest and _may_be_same(now, then, row, other):
                yield row, other


def _may_be_same(now: Told, then: Told, row: int, other: int) -> bool:
    titles = now.titles[row], then.titles[other]
    if not all(titles) or likeness(*titles) >= SAME_REFERENCE_TITLE:
        return True
    return _bodies_alike(now.register, row, then.register, other)


def _bodies_alike(now: Register, row: int, then: Register, other: int) -> bool:
    """Whether what both registers tell of two risks beside their titles is nearly the same words."""
    fields = [field for field in BODY if now.text(row, field) and then.text(other, field)]
    if not now.text(row, "title") and fields[:1] == ["description"]:
        fields = fields[1:]
    one, two = (" ".join(one_line(register.text(place, field)) for field in fields)
                for register, place in ((now, row), (then, other)))  # fmt: skip
    return bool(fields) and likeness(one, two) >= SAME_BODY


def _same_titles(now: Told, then: Told, here: list[int], there: list[int]) -> Iterator[tuple[int, int]]:
    """Rows with one title, whatever their references; not such as half a register bears."""
    rows: dict[str, list[int]] = {}
    for other in there:
        rows.setdefault(then.keys[other], []).append(other)
    often = Counter(now.keys[row] for row in here)
    for row in here:
        key = now.keys[row]
        others = rows.get(key, []) if key else []
        if len(others) * often[key] <= MAX_TITLES_COMPARED // 100:
            yield from ((row, other) for other in others)


def _alike(texts: list[str], others: list[str], here: list[int], there: list[int], limit: float,
           now: Told | None = None, then: Told | None = None) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Rows whose texts are at least so alike. Titles that number their things differently are not."""
    here, there = [row for row in here if texts[row]], [row for row in there if others[row]]
    if not here or not there or len(here) * len(there) > MAX_TITLES_COMPARED:
        return
    table = process.cdist(
        [texts[row].casefold() for row in here], [others[row].casefold() for row in there],
        scorer=fuzz.token_sort_ratio, score_cutoff=limit,
    )  # fmt: skip
    for at, to in zip(*table.nonzero(), strict=True):
        row, other = here[at], there[to]
        if now is None or then is None or _numbers(now.titles[row]) == _numbers(then.titles[other]):
            yield row, other


def _numbers(title: str) -> list[str]:
    """The numbers in a title, years aside: ``Phase 2`` is not ``Phase 1``."""
    return sorted(_NUMBERS.findall(_YEARS.sub(" ", title)))
