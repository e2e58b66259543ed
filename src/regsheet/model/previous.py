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

SAME_BODY = 85.0
"""From this likeness on of cause, consequence and controls, a risk with the same reference only has a new title."""

BODY = ("description", "cause", "consequence", "controls")


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
    taken: set[int] = set()
    for index in now.frame.index:
        there = by_ref.get(reference_key(now.text(index, "ref")), [])
        same = [row for row in there if _same_risk(now, index, then, row)]
        if same:  # one risk over several rows: each with its own, as far as they go
            pairs[index] = next((row for row in same if row not in taken), same[0])
            taken.add(pairs[index])
        elif there:
            reused[index] = there[0]
    _pair_by_title(now, then, pairs)
    reused = {index: there for index, there in reused.items() if pairs.get(index) != there}
    return Pairing(now, then, pairs, reused, _vanished(then, set(pairs.values())))


def _vanished(then: Register, found: set[int]) -> tuple[int, ...]:
    """The rows of last quarter that are nowhere now; further rows of a risk that is still there do not count."""
    still_there = {_name(then, row) for row in found} | {("", "")}
    return tuple(row for row in then.frame.index if row not in found and _name(then, row) not in still_there)


def _name(register: Register, index: int) -> tuple[str, str]:
    return reference_key(register.text(index, "ref")), _title(register, index).casefold()


def _same_risk(now: Register, index: int, then: Register, there: int) -> bool:
    """Whether two risks with one reference are one risk: their titles, or all that is told of them, are alike."""
    one, other = _title(now, index), _title(then, there)
    if not (one and other) or likeness(one, other) >= SAME_REFERENCE_TITLE:
        return True
    return _same_body(now, index, then, there)


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


def _same_body(now: Register, index: int, then: Register, there: int) -> bool:
    """Whether what is told of two risks beside their titles is nearly the same words."""
    fields = [field for field in BODY if now.text(index, field) and then.text(there, field)]
    one, other = (" ".join(one_line(register.text(place, field)) for field in fields)
                  for register, place in ((now, index), (then, there)))  # fmt: skip
    return bool(fields) and one != _title(now, index) and likeness(one, other) >= SAME_BODY


def _title(register: Register, index: int) -> str:
    return one_line(register.text(index, "title") or register.text(index, "description"))


def _by_reference(register: Register) -> dict[str, list[int]]:
    """The rows of each reference."""
    found: dict[str, list[int]] = {}
    for index in register.frame.index:
        ref = reference_key(register.text(index, "ref"))
        if ref:
            found.setdefault(ref, []).append(index)
    return found


def reference_key(ref: str) -> str:
    """A reference for comparing: letters and figures only, case aside."""
    return "".join(filter(str.isalnum, ref)).casefold()
