"""How alike two risks are told: titles, references, and what stands beside them."""

from __future__ import annotations

from rapidfuzz import fuzz

SAME_TITLE = 72.0
"""From this likeness (0 to 100) on, two titles are the same risk under a changed wording."""

SAME_REFERENCE_TITLE = 45.0
"""With the same reference a title may change more before it counts as another risk."""

SAME_BODY = 85.0
"""From this likeness on of cause, consequence and controls, a risk with the same reference only has a new title."""


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100; word order and case do not matter. 0 where either is blank."""
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) if one and other else 0.0


def reference_key(ref: str) -> str:
    """A reference for comparing: letters and figures only, case aside."""
    return "".join(filter(str.isalnum, ref)).casefold()
