"""Last quarter's register beside this quarter's: which risk is which."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.model.book import Book
from regsheet.model.likeness import SAME_BODY, SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key
from regsheet.model.register import Register
from regsheet.model.same_risks import Told, alike_risks, same_names

__all__ = [
    "SAME_BODY",
    "SAME_REFERENCE_TITLE",
    "SAME_TITLE",
    "Pairing",
    "likeness",
    "pair_registers",
    "pair_with_previous",
    "reference_key",
]


@dataclass(frozen=True)
class Pairing:
    """A register beside last quarter's.

    ``pairs``: row index now to row index then. ``reused``: row index now to row index then where a reference now stands
    for another risk. ``vanished``: row indices then that are nowhere now. ``further``: row indices now that ``pairs``
    has with a row that is already another's, since the risk has more rows than it had.
    """

    now: Register
    then: Register
    pairs: dict[int, int]
    reused: dict[int, int]
    vanished: tuple[int, ...]
    further: frozenset[int] = frozenset()


def pair_with_previous(register: Register, previous: Book) -> Pairing | None:
    """Pair a register with the one in last quarter's workbook that shares most risks; None where none shares any."""
    pairings = [pair_registers(register, other) for other in previous.registers]
    best = max(pairings, key=lambda pairing: (len(pairing.pairs), len(pairing.reused)), default=None)
    return best if best is not None and (best.pairs or best.reused) else None


def pair_registers(now: Register, then: Register) -> Pairing:
    """Pair the risks of two registers. Turned round, the same risks are paired.

    Same reference and title first; then whatever is alike, the likest first: a title that stands elsewhere word for
    word counts for more than a reference, so that references that were exchanged are seen through.
    """
    here, there = Told(now), Told(then)
    pairs = same_names(here, there)
    found = pairs | alike_risks(here, there, pairs)
    further = _further(here, there, found)
    by_ref = there.by_reference()
    reused = {
        index: rows[0] for index, ref in enumerate(here.refs)
        if (rows := by_ref.get(ref)) and index not in further and found.get(index) not in rows
    }  # fmt: skip
    taken = set(found.values())
    still_there = {there.name(row) for row in taken} | {("", "")}
    vanished = (row for row in range(len(there.refs)) if row not in taken and there.name(row) not in still_there)
    return Pairing(now, then, dict(sorted((found | further).items())), reused, tuple(vanished), frozenset(further))


def _further(here: Told, there: Told, found: dict[int, int]) -> dict[int, int]:
    """Rows now, left over, of a risk that another row has been paired for: to the row that it was paired with."""
    first: dict[str, tuple[int, int]] = {}
    for index, row in sorted(found.items()):
        if here.refs[index] and here.refs[index] == there.refs[row]:
            first.setdefault(here.refs[index], (index, row))
    left = ((index, first.get(ref)) for index, ref in enumerate(here.refs) if index not in found)
    return {index: known[1] for index, known in left if known and _one_risk(here, index, known[0])}


def _one_risk(told: Told, one: int, other: int) -> bool:
    titles = told.titles[one], told.titles[other]
    return not all(titles) or likeness(*titles) >= SAME_REFERENCE_TITLE
