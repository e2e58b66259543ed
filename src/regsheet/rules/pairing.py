"""A register beside last quarter's, for the rules that compare the two."""

from __future__ import annotations

from regsheet.model.previous import Pairing, pair_with_previous
from regsheet.model.register import Register
from regsheet.model.scoring import plain
from regsheet.rules.base import Context
from regsheet.rules.risks import current_stage, numbers, settled_scores

NO_PREVIOUS = "no workbook of last quarter was given (--previous)"


def pairing_of(register: Register, context: Context) -> Pairing | None:
    """A register paired with last quarter's, once for each check; None where there is none that it could be."""
    if context.previous is None:
        return None
    if id(register) not in context.pairings:
        context.pairings[id(register)] = pair_with_previous(register, context.previous)
    return context.pairings[id(register)]


def lacks_pairing(register: Register, context: Context) -> str | None:
    """Why a register cannot be compared with last quarter's; None where it can."""
    if context.previous is None:
        return NO_PREVIOUS
    if pairing_of(register, context) is None:
        return f"last quarter's workbook has no register with the risks of sheet {register.sheet_name!r}"
    return None


def lacks_field_then(register: Register, context: Context, *fields: str) -> str | None:
    """Why fields cannot be compared with last quarter's; None where they can."""
    why = lacks_pairing(register, context)
    pairing = pairing_of(register, context)
    if why or pairing is None:
        return why
    missing = [field for field in fields if not pairing.then.has(field)]
    return f"last quarter's register has no column for {missing[0].replace('_', ' ')}" if missing else None


def ratings_then(register: Register, context: Context) -> dict[int, tuple[float, ...]]:
    """What each risk was rated last quarter, by its place now; a risk that had no rating then is left out.

    Where last quarter's rating was not what its likelihood and impact make, both are given, the right one first: either
    may since have been taken for the score.
    """
    pairing = pairing_of(register, context)
    stage = current_stage(register)
    if pairing is None or stage is None:
        return {}
    right = [score.rating for score in settled_scores(pairing.then, stage)]
    shown = numbers(pairing.then, f"{stage}_rating")
    found = {}
    for index, there in pairing.pairs.items():
        ratings = dict.fromkeys(rating for rating in (right[there], shown[there]) if rating is not None)
        if ratings:
            found[index] = tuple(ratings)
    return found


def same_number(one: float, other: float) -> bool:
    """Whether two ratings are the same as they are written."""
    return plain(round(one, 6)) == plain(round(other, 6))
