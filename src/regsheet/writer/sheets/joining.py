"""Which risk of a register a map's risk is: by reference, else by the likeness of their titles."""

from __future__ import annotations

from dataclasses import dataclass

from regsheet.model.register import Register
from regsheet.writer.sheets.texts import one_line

ALIKE = 85.0
"""Titles at least so alike, of 100, are taken for the same risk."""


@dataclass(frozen=True, slots=True)
class Join:
    """A risk of a register. ``score`` is how alike the titles are, None where the reference settled it."""

    register: Register
    index: int
    score: float | None


def join(registers: tuple[Register, ...], ref: str, title: str) -> Join | None:
    """The register's risk of that reference or, failing that, of the likest title."""
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.utils import default_process

    best: Join | None = None
    for register in registers:
        for index in range(len(register.frame)):
            known = one_line(register.text(index, "ref"))
            if ref and known and known.casefold() == ref.casefold():
                return Join(register, index, None)
            other = one_line(register.text(index, "title"))
            if not title or not other:
                continue
            score = token_set_ratio(title, other, processor=default_process)
            if score >= ALIKE and (best is None or score > (best.score or 0)):
                best = Join(register, index, score)
    return best
