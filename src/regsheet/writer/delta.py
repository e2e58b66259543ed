"""Giving back a part's earlier bytes from its present ones: copies of stretches plus what is not there any more.

A changed sheet differs in a few cells, so the recipe for the earlier bytes is small. It is cut at tags, since that is
where changes begin and end, and it is proved by making the earlier bytes from it before it is used.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import cached_property

MAX_MOVES = 2_000_000
"""Steps of one recipe; a sheet in which so many cells changed is kept whole instead."""

ANCHOR = 4
"""So many tags in a row are looked up to find a stretch again."""

SEARCHES = 200
"""So many stretches are searched for one by one before all places are registered."""

NEAR = 300
"""So many tags ahead a stretch is looked for before the whole part is searched."""


def make_delta(present: bytes, earlier: bytes) -> bytes:
    """The recipe, compressed, that turns ``present`` into ``earlier``."""
    moves = _moves(present, earlier)
    recipe = _encode(moves if len(moves) <= MAX_MOVES else [earlier])
    if apply_recipe(present, recipe) != earlier:
        recipe = _encode([earlier])
    return zlib.compress(recipe, 9)


def apply_delta(present: bytes, delta: bytes, limit: int) -> bytes:
    """The earlier bytes. Raises ``ValueError`` where the recipe is damaged or gives more than ``limit`` bytes."""
    unpacker = zlib.decompressobj()
    try:
        recipe = unpacker.decompress(delta, limit + 1)  # a limit of 0 would mean none
    except zlib.error:
        raise ValueError("the recipe is damaged") from None
    if len(recipe) > limit:
        raise ValueError("the recipe is too large")
    return apply_recipe(present, recipe, limit)


def apply_recipe(present: bytes, recipe: bytes, limit: int | None = None) -> bytes:
    """Follow a recipe: ``c START LENGTH`` copies, ``l LENGTH`` is followed by so many bytes to take as they are."""
    made = bytearray()
    at = moves = 0
    while at < len(recipe):
        moves += 1
        if moves > MAX_MOVES:
            raise ValueError("the recipe is too long")
        end = recipe.find(b"\n", at)
        words = recipe[at:end].split() if end > 0 else []
        at = end + 1
        if len(words) == 3 and words[0] == b"c":
            start, length = int(words[1]), int(words[2])
            piece = present[start : start + length]
        elif len(words) == 2 and words[0] == b"l":
            length = int(words[1])
            piece = recipe[at : at + length]
            at += length
        else:
            raise ValueError("the recipe is damaged")
        if len(piece) != length or (limit is not None and len(made) + length > limit):
            raise ValueError("the recipe is damaged")
        made += piece
    return bytes(made)


Move = tuple[int, int] | bytes
"""A stretch of the present bytes (start, end), or bytes as they are."""


def _encode(moves: list[Move]) -> bytes:
    parts: list[bytes] = []
    for move in moves:
        if isinstance(move, bytes):
            parts.append(b"l %d\n%s" % (len(move), move))
        else:
            parts.append(b"c %d %d\n" % (move[0], move[1] - move[0]))
    return b"".join(parts)


def _pieces(content: bytes) -> list[bytes]:
    """The bytes cut before every tag."""
    first, *rest = content.split(b"<")
    return [first, *(b"<" + piece for piece in rest)]


def _moves(present: bytes, earlier: bytes) -> list[Move]:
    """Stretches found again, and what lies between them."""
    now, then = _pieces(present), _pieces(earlier)
    starts = _starts(now)
    places = _Places(present, now, starts)
    moves: list[Move] = []
    loose: list[bytes] = []
    here = at = 0
    while at < len(then):
        if _is_exchanged(now, then, at, here):
            loose.append(then[at])
            at += 1
            here += 1
            continue
        found = _near(now, then, at, here)
        if found is None:
            found = places.look_up(then[at : at + ANCHOR], here)
        if found is None:
            loose.append(then[at])
            at += 1
            continue
        end = found
        while end < len(now) and at < len(then) and now[end] == then[at]:
            end += 1
            at += 1
        if loose:
            moves.append(b"".join(loose))
            loose = []
        moves.append((starts[found], starts[end]))
        here = end
    if loose:
        moves.append(b"".join(loose))
    return moves


def _is_exchanged(now: list[bytes], then: list[bytes], at: int, here: int) -> bool:
    """Whether one tag stands in the place of another and all goes on behind it: a cell in another style."""
    if here + 1 >= len(now) or at + 1 >= len(then):
        return False
    return now[here] != then[at] and now[here + 1] == then[at + 1]


def _near(now: list[bytes], then: list[bytes], at: int, here: int) -> int | None:
    """Where the stretch that begins at ``at`` goes on, at ``here`` or not far behind; most stretches do."""
    if here < len(now) and now[here] == then[at]:
        return here
    wanted = then[at : at + ANCHOR]
    for place in range(here + 1, min(here + NEAR, len(now))):
        if now[place] == wanted[0] and now[place : place + ANCHOR] == wanted:
            return place
    return None


def _starts(pieces: list[bytes]) -> list[int]:
    starts, at = [0], 0
    for piece in pieces:
        at += len(piece)
        starts.append(at)
    return starts


class _Places:
    """Where stretches of the present bytes begin, for what is found neither here nor near."""

    def __init__(self, present: bytes, pieces: list[bytes], starts: list[int]) -> None:
        self._present = present
        self._pieces = pieces
        self._starts = starts
        self._asked = 0

    def look_up(self, wanted: list[bytes], here: int) -> int | None:
        """Where these tags stand in a row: the next place after ``here``, else any."""
        if len(wanted) < ANCHOR:
            return None
        self._asked += 1
        if self._asked <= SEARCHES:  # a few searches cost less than a register of all places
            text = b"".join(wanted)
            at = self._present.find(text, self._starts[min(here, len(self._starts) - 1)])
            at = self._present.find(text) if at < 0 else at
            return self._piece(at) if at >= 0 else None
        found = self._register.get(tuple(wanted))
        if not found:
            return None
        return next((place for place in found if place >= here), found[0])

    def _piece(self, at: int) -> int | None:
        """The piece that begins at a byte."""
        place = bisect_left(self._starts, at)
        return place if self._starts[place] == at else None

    @cached_property
    def _register(self) -> dict[tuple[bytes, ...], list[int]]:
        places: dict[tuple[bytes, ...], list[int]] = {}
        for at in range(len(self._pieces) - ANCHOR + 1):
            found = places.setdefault(tuple(self._pieces[at : at + ANCHOR]), [])
            if len(found) < 50:
                found.append(at)
        return places
