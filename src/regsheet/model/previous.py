"""Last quarter's register beside this quarter's: which risk is which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from regsheet.model.book import Book
from regsheet.model.register import Register
from regsheet.values.text import one_line

SAME_TITLE = 72.0
"""From this likeness (0 to 100) on, two titles are the same risk under a changed wording."""

SAME_REFERENCE_TITLE = 45.0
"""With the same reference a title may change more before it counts as another risk."""


@dataclass(frozen=True)
class Pairing:
    """A register beside last quarter's.

    ``pairs``: row index now to row index then. ``reused``: row index now to row index then where a reference now stands
    for another risk. ``vanished``: row indices then that are nowhere now.
    """

    now: Register
    then: Register
    pairs: dict[int, int]
    reused: dict[int, int]
    vanished: tuple[int, ...]


def pair_with_previous(register: Register, previous: Book) -> Pairing | None:
    """Pair a register with the one in last quarter's workbook that shares most risks; None where none shares any."""
    pairings = [_pair(register, other) for other in previous.registers]
    best = max(pairings, key=lambda pairing: (len(pairing.pairs), len(pairing.reused)), default=None)
    return best if best is not None and (best.pairs or best.reused) else None


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100; word order and case do not matter. 0 where either is blank."""
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) if one and other else 0.0


def _pair(now: Register, then: Register) -> Pairing:
    by_ref = _by_reference(then)
    pairs: dict[int, int] = {}
    reused: dict[int, int] = {}
    for index in now.frame.index:
        ref = _key(now.text(index, "ref"))
        if ref and ref in by_ref:
            there = by_ref[ref]
            alike = likeness(_title(now, index), _title(then, there))
            untitled = not (_title(now, index) and _title(then, there))
            if untitled or alike >= SAME_REFERENCE_TITLE:
                pairs[index] = there
            else:
                reused[index] = there
    _pair_by_title(now, then, pairs)
    vanished = tuple(index for index in then.frame.index if index not in set(pairs.values()))
    return Pairing(now, then, pairs, {i: t for i, t in reused.items() if i not in pairs or pairs[i] != t}, vanished)


def _pair_by_title(now: Register, then: Register, pairs: dict[int, int]) -> None:
    """Pair what is left by title: the same words first, then the likest above the limit, best first."""
    taken = set(pairs.values())
    rest_now = [i for i in now.frame.index if i not in pairs and _title(now, i)]
    rest_then = [i for i in then.frame.index if i not in taken and _title(then, i)]
    exact = {_title(then, index).casefold(): index for index in reversed(rest_then)}
    for index in list(rest_now):
        there = exact.pop(_title(now, index).casefold(), None)
        if there is not None:
            pairs[index] = there
            rest_now.remove(index)
            rest_then.remove(there)
    candidates = sorted(_alike(now, then, rest_now, rest_then), reverse=True)
    taken = set()
    for _, index, there in candidates:
        if index not in pairs and there not in taken:
            pairs[index] = there
            taken.add(there)


def _alike(now: Register, then: Register, here: list[int], rest: list[int]) -> Iterable[tuple[float, int, int]]:
    for index in here:
        for there in rest:
            alike = likeness(_title(now, index), _title(then, there))
            if alike >= SAME_TITLE:
                yield alike, index, there


def _title(register: Register, index: int) -> str:
    return one_line(register.text(index, "title") or register.text(index, "description"))


def _by_reference(register: Register) -> dict[str, int]:
    found: dict[str, int] = {}
    for index in register.frame.index:
        ref = _key(register.text(index, "ref"))
        if ref:
            found.setdefault(ref, index)
    return found


def _key(ref: str) -> str:
    return "".join(filter(str.isalnum, ref)).casefold()
