"""Compares a later stage's scores with an earlier one's: controls and actions should never make a risk worse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from regsheet.model.recurring import of_alike
from regsheet.model.register import SCORES, Register
from regsheet.model.scoring import plain
from regsheet.rules.risks import Scores, closed, known_band, settled_scores, texts


class Rise(NamedTuple):
    """A risk that scores higher in the later stage: its row, the field to point at, and the sentence."""

    risk: int
    field: str
    message: str


def comparable(register: Register, earlier: str, later: str) -> list[str]:
    """The scores that both stages have: likelihood, impact, rating, band."""
    return [part for part in (*SCORES, "band") if register.has(f"{earlier}_{part}", f"{later}_{part}")]


def rises(register: Register, earlier: str, later: str) -> Iterator[Rise]:
    """Every open risk of which a score is higher in the later stage than in the earlier.

    The rating decides where to look when it rises itself; a band word counts where neither stage has a number.
    """
    off = closed(register)
    ranked = register.scoring.rule_of(later) == "rank" or register.scoring.rule_of(earlier) == "rank"
    words = zip(texts(register, f"{earlier}_band"), texts(register, f"{later}_band"), strict=True)
    pairs = list(zip(settled_scores(register, earlier), settled_scores(register, later), strict=True))
    risen = of_alike(pairs, lambda pair: _risen(register, earlier, later, *pair, with_rating=not ranked))
    for index, ((before, after), rise, bands) in enumerate(zip(pairs, risen, words, strict=True)):
        if off[index]:
            continue
        if rise is not None:
            yield Rise(index, *rise)
        elif before.rating is None and after.rating is None and _band_rises(register, *bands):
            message = (
                f"{register.field_name(f'{later}_band')} is {bands[1]}, above "
                f"{register.field_name(f'{earlier}_band')} {bands[0]}."
            )
            yield Rise(index, f"{later}_band", message)


def _risen(register: Register, earlier: str, later: str, before: Scores, after: Scores, *,
           with_rating: bool) -> tuple[str, str] | None:  # fmt: skip
    """The field to point at and the sentence where a score rises between two stages; None where none does."""
    higher = higher_parts(before, after, with_rating=with_rating)
    return (f"{later}_{higher[-1]}", _message(register, earlier, later, higher, before, after)) if higher else None


def higher_parts(before: Scores, after: Scores, *, with_rating: bool = True) -> list[str]:
    """The parts of a score that are higher after than before."""
    pairs = zip(SCORES, before[:3], after[:3], strict=True)
    return [part for part, old, new in pairs
            if old is not None and new is not None and new > old + 1e-9 and (with_rating or part != "rating")
            and old != 0]  # fmt: skip


def _band_rises(register: Register, earlier: str, later: str) -> bool:
    before, after = known_band(register, earlier), known_band(register, later)
    if before is None or after is None:
        return False
    return register.scoring.position_of(after) > register.scoring.position_of(before)


def _message(register: Register, earlier: str, later: str, higher: list[str], before: Scores, after: Scores) -> str:
    places = dict(zip(SCORES, zip(before[:3], after[:3], strict=True), strict=True))
    clauses = []
    for part in higher:
        old, new = places[part]
        clauses.append(f"{part} is {plain(new or 0)} against {plain(old or 0)}")
    was, now = register.field_name(f"{earlier}_score"), register.field_name(f"{later}_score")
    return f"the {now} is above the {was}: {'; '.join(clauses)}."
