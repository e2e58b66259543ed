"""How far things that could not be known by themselves have moved: as far as their neighbours on either side."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping


def offset_at(pairs: Mapping[int, int], place: int) -> int | None:
    """How far the nearest known places before and after have both moved; None where they disagree, 0 for none known."""
    known = sorted(pairs)
    at = bisect(known, place)
    offsets = {pairs[near] - near for near in known[max(at - 1, 0) : at + 1]}
    return 0 if not offsets else offsets.pop() if len(offsets) == 1 else None
