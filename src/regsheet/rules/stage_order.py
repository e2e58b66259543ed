"""Compares a later stage's scores with an earlier one's: controls and actions should never make a risk worse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from regsheet.model.register import SCORES, Register
from regsheet.model.scoring import plain
from regsheet.rules.risks import Scores, closed, known_band, of_both

UNRATED = ("", "")
"""Of a risk that has a rating in neither stage: its band words say whether it rises."""


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
    ranked = register.scoring.rule_of(later) == "rank" or register.scoring.rule_of(earlier) == "rank"
    risen = of_both(register, earlier, later, partial(_risen, register, earlier, later, not ranked))
    off = closed(register)
    for index, rise in enumerate(risen):
        if rise is None or off[index]:
            continue
        if rise is not UNRATED:
            yield Rise(index, *rise)
            continue
        bands = [register.text(index, f"{stage}_band") for stage in (earlier, later)]
        if _band_rises(register, *bands):
            message = (
                f"{register.field_name(f'{later}_band')} is {bands[1]}, above "
                f"{register.field_name(f'{earlier}_band')} {bands[0]}."
            )
            yield Rise(index, f"{later}_band", message)


def _risen(register: Register, earlier: str, later: str, with_rating: bool, before: Scores, after: Scores
           ) -> tuple[str, str] | None:  # fmt: skip
    """The field to point at and the sentence where a score rises between two stages; None where none does."""
    higher = higher_parts(before, after, with_rating=with_rating)
    if higher:
        return f"{later}_{higher[-1]}", _message(register, earlier, later, higher, before, after)
    in_words = before.rating is None and after.rating is None and register.has(f"{earlier}_band", f"{later}_band")
    return UNRATED if in_words else None


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
