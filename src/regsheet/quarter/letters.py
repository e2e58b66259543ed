"""How wide a text is in Arial, near enough to cut it where its cell ends."""

from __future__ import annotations

from collections.abc import Sequence

NARROW, WIDE = frozenset("iljtfrI.,:;'!|()[] /-"), frozenset("mwMW@%—…→ABCDEGHKNOPQRSUVXYZ&")
NARROW_EM, USUAL_EM, WIDE_EM = 0.28, 0.545, 0.72


def width_of(text: str, size: float) -> float:
    """The width of a text in points."""
    return size * sum(
        NARROW_EM if letter in NARROW else WIDE_EM if letter in WIDE else 1.0 if ord(letter) > 0x2E7F else USUAL_EM
        for letter in text
    )


def clipped(text: str, room: float, size: float) -> str:
    """A text on one line, cut where ``room`` points end."""
    text = " ".join(text.split())
    if width_of(text, size) <= room:
        return text
    left, shown = room - size * WIDE_EM, 0
    for shown, letter in enumerate(text):  # noqa: B007
        left -= width_of(letter, size)
        if left < 0:
            break
    return text[: max(shown, 1)].rstrip(" ,;:-") + "…"


def lines_of(text: str, room: float, size: float) -> int:
    """How many lines of ``room`` points a text takes, words kept whole."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = width_of(word + " ", size)
        if used and used + needed > room:
            lines, used = lines + 1, 0.0
        used += needed
    return lines


def fitting(texts: Sequence[str], room: float, size: float) -> str:
    """As many texts in a row as there is room for, and how many more there are."""
    too_many = (count for count in range(2, len(texts)) if width_of(", ".join(texts[:count]), size) > room)
    shown = next(too_many, len(texts))
    while shown > 1 and width_of(_joined(texts, shown), size) > room:
        shown -= 1
    return _joined(texts, shown)


def _joined(texts: Sequence[str], shown: int) -> str:
    rest = len(texts) - shown
    return ", ".join(texts[:shown]) + (f" +{rest}" if rest else "")
