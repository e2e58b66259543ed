"""Giving back a part's earlier bytes from its present ones: copies of stretches plus what is not there any more.

A changed sheet differs in a few cells, so the recipe for the earlier bytes is small. It is cut at tags, since that is
where changes begin and end, and it is proved by making the earlier bytes from it before it is used.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_MOVES = 2_000_000
"""Steps of one recipe; a sheet in which so many cells changed is kept whole instead."""

ANCHOR = 4
"""So many tags in a row are looked up to find a stretch again."""

PATIENCE = 8
"""So many tags in a row that are not found are kept as they are before the whole part is searched for a stretch."""

EXCHANGED = 2
"""At most so many tags in a row are taken for exchanged: a cell's and its value's."""

NEAR = 300
"""So many tags ahead a stretch is looked for before the whole part is searched."""


Move = tuple[int, int] | bytes
"""A stretch of the present bytes (start, end), or bytes as they are."""

Splice = tuple[int, int, bytes]
"""A stretch of the earlier bytes (start, end), and what stands in its place now."""


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of the original that was changed: hashes of its bytes before and after, and the recipe back."""

    name: str
    sha256_before: str
    sha256_after: str
    recipe: bytes


def changed_part(name: str, present: bytes, earlier: bytes) -> ChangedPart:
    """What became of a part."""
    return ChangedPart(name, sha256_of(earlier), sha256_of(present), make_delta(present, earlier))


def sha256_of(content: bytes) -> str:
    """The hash by which the bytes of a part are known."""
    return hashlib.sha256(content).hexdigest()


def make_delta(present: bytes, earlier: bytes) -> bytes:
    """The recipe, compressed, that turns ``present`` into ``earlier``."""
    return zlib.compress(make_recipe(_proved(present, earlier)))


def _proved(present: bytes, earlier: bytes, moves: Sequence[Move] | None = None) -> Sequence[Move]:
    """How earlier bytes come about: by these moves if they do, else by such as are found; kept whole if need be."""
    if moves is not None and _give(moves, present, earlier):
        return moves
    moves = found_moves(present, earlier)
    return moves if _give(moves, present, earlier) else [earlier]


def _give(moves: Sequence[Move], present: bytes, earlier: bytes) -> bool:
    if len(moves) > MAX_MOVES:
        return False
    at = 0
    for move in moves:  # one stretch at a time: all together are as large as the part
        piece = move if isinstance(move, bytes) else present[move[0] : move[1]]
        if not earlier.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(earlier)


def make_recipe(moves: Iterable[Move]) -> bytes:
    """The recipe that takes these stretches and bytes one after the other; see ``apply_recipe``."""
    return b"".join([
        b"l %d\n%s" % (len(move), move) if isinstance(move, bytes) else b"c %d %d\n" % (move[0], move[1] - move[0])
        for move in moves
    ])  # fmt: skip


class Piece(NamedTuple):
    """A piece of a part that is changed: as it is to be and as it was, and what was spliced into it where."""

    present: bytes
    earlier: bytes
    splices: Sequence[Splice] | None = None


class RecipeWriter:
    """The recipe for a part that is changed a piece at a time, made meanwhile: neither of them is ever held whole."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj()
        self._packed: list[bytes] = []
        self._earlier = hashlib.sha256()
        self._here = self._steps = 0
        self._open: tuple[int, int] | None = None

    def following(self, pieces: Iterable[Piece]) -> Iterator[bytes]:
        """The pieces as they are to be, from front to back. Of each it is proved that its earlier bytes come back."""
        for piece in pieces:
            self._add(piece)
            yield piece.present

    def _add(self, piece: Piece) -> None:
        present, earlier, splices = piece
        self._earlier.update(earlier)
        moves = _proved(present, earlier, None if splices is None else moves_of(earlier, splices))
        steps = moved_by(self._here, moves)
        self._here += len(present)
        if self._open is not None:
            steps = [self._open, *steps] if splices is None else _going_on(self._open, steps)
        last = steps[-1] if steps and splices is not None else None
        self._open = last if isinstance(last, tuple) else None
        self._write(steps if self._open is None else steps[:-1])

    def written(self, name: str, sha256_after: str) -> ChangedPart | None:
        """What became of the part, now that all of it was told; None where that takes too many steps."""
        self._write([] if self._open is None else [self._open])
        if self._steps > MAX_MOVES:
            return None
        recipe = b"".join([*self._packed, self._packer.flush()])
        return ChangedPart(name, self._earlier.hexdigest(), sha256_after, recipe)

    def _write(self, moves: Sequence[Move]) -> None:
        self._steps += len(moves)
        self._packed.append(self._packer.compress(make_recipe(moves)))


def _going_on(stretch: tuple[int, int], moves: list[Move]) -> list[Move]:
    """A stretch and the moves behind it, of which the first may go on where it ends."""
    first = moves[0] if moves else None
    if isinstance(first, tuple) and first[0] == stretch[1]:
        return [(stretch[0], first[1]), *moves[1:]]
    return [stretch, *moves]


def spliced(earlier: bytes, splices: Sequence[Splice]) -> bytes:
    """The earlier bytes with all splices made: they are in order, and do not overlap."""
    made: list[bytes] = []
    at = 0
    for first, last, new in splices:
        made += (earlier[at:first], new)
        at = last
    made.append(earlier[at:])
    return b"".join(made)


def moves_of(earlier: bytes, splices: Sequence[Splice]) -> list[Move]:
    """How the earlier bytes come about again from what ``spliced`` made of them."""
    moves: list[Move] = []
    at = here = 0
    for first, last, new in splices:
        if first > at:
            moves.append((here, here + first - at))
        if last > first:
            moves.append(earlier[first:last])
        here += first - at + len(new)
        at = last
    if len(earlier) > at:
        moves.append((here, here + len(earlier) - at))
    return moves


def moved_by(distance: int, moves: Iterable[Move]) -> list[Move]:
    """The same moves where the stretches stand further back."""
    return [move if isinstance(move, bytes) else (move[0] + distance, move[1] + distance) for move in moves]


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


LONGEST_STEP = 64
"""So many tags are compared at once."""


def _pieces(content: bytes) -> list[bytes]:
    """The bytes cut before every tag."""
    first, *rest = content.split(b"<")
    return [first, *(b"<" + piece for piece in rest)]


def found_moves(present: bytes, earlier: bytes) -> list[Move]:
    """Stretches found again, and what lies between them."""
    if present == earlier:
        return [(0, len(present))] if present else []
    now, then = _pieces(present), _pieces(earlier)
    starts = _starts(now)
    places: dict[tuple[bytes, ...], list[int]] = {}
    moves: list[Move] = []
    loose: list[bytes] = []
    here = at = 0
    while at < len(then):
        exchanged = _exchanged(now, then, at, here)
        if exchanged:
            loose += then[at : at + exchanged]
            at += exchanged
            here += exchanged
            continue
        found = _near(now, then, at, here)
        if found is None and len(loose) >= PATIENCE:
            places = places or _anchors(now)
            found = _look_up(places, then, at, here)
        if found is None:
            loose.append(then[at])
            at += 1
            continue
        end, at = _end_of_stretch(now, then, found, at)
        if loose:
            moves.append(b"".join(loose))
            loose = []
        moves.append((starts[found], starts[end]))
        here = end
    if loose:
        moves.append(b"".join(loose))
    return moves


def _end_of_stretch(now: list[bytes], then: list[bytes], end: int, at: int) -> tuple[int, int]:
    """Where two stretches that begin alike part: looked for in ever longer steps, for most are long or very short."""
    step = 1
    while now[end : end + step] == then[at : at + step] and end < len(now) and at < len(then):
        size = min(step, len(now) - end, len(then) - at)
        end, at, step = end + size, at + size, min(step * 2, LONGEST_STEP)
    while end < len(now) and at < len(then) and now[end] == then[at]:
        end += 1
        at += 1
    return end, at


def _exchanged(now: list[bytes], then: list[bytes], at: int, here: int) -> int:
    """How many tags stand in the place of as many others, where all goes on behind them: a cell in another style."""
    if here >= len(now) or now[here] == then[at]:
        return 0
    for count in range(1, min(EXCHANGED, len(now) - here - 1, len(then) - at - 1) + 1):
        if now[here + count] == then[at + count]:
            return count
    return 0


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


def _anchors(pieces: list[bytes]) -> dict[tuple[bytes, ...], list[int]]:
    places: dict[tuple[bytes, ...], list[int]] = {}
    for at in range(len(pieces) - ANCHOR + 1):
        found = places.setdefault(tuple(pieces[at : at + ANCHOR]), [])
        if len(found) < 50:
            found.append(at)
    return places


def _look_up(places: dict[tuple[bytes, ...], list[int]], then: list[bytes], at: int, here: int) -> int | None:
    """Where the stretch that begins at ``at`` begins in the present bytes: the next place after ``here``, else any."""
    found = places.get(tuple(then[at : at + ANCHOR]))
    if not found:
        return None
    return next((place for place in found if place >= here), found[0])
