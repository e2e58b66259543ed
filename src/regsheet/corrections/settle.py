"""Corrects derived cells until nothing more follows, and says what became of each finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter, is_

from regsheet.corrections.apply import corrected_grid
from regsheet.corrections.choose import Chosen, choose
from regsheet.corrections.log import Change, Settled
from regsheet.grid.addresses import position
from regsheet.grid.cells import Grid
from regsheet.model.book import Book
from regsheet.remembered import forget_all
from regsheet.rules.findings import Finding, NotRun
from regsheet.rules.runner import in_reading_order

MAX_ROUNDS = 10
"""Corrections that have not settled by then contradict one another, which is a fault in the rules."""

Check = Callable[[Book], tuple[list[Finding], list[NotRun]]]
"""What the rules find in a workbook, in any order, and what could not run."""

Rebuild = Callable[[Grid], Book]

_key: Callable[[Finding], object] = attrgetter("code", "sheet", "cell", "ref", "field")
"""What a finding is known by from round to round."""


@dataclass
class _Rounds:
    """What each round found and chose, and the workbook as the last one left it."""

    settled: Book
    first: list[Finding] = field(default_factory=list)
    last: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    chosen: dict[tuple[str, str], Chosen] = field(default_factory=dict)


def settle(book: Book, check: Check, rebuild: Rebuild, *, correct: bool = True, suggestions: bool = False) -> Settled:
    """Check a workbook, correct what is merely worked out from other cells, check again, until nothing changes.

    ``check`` runs the rules on a book; ``rebuild`` makes a book of a corrected grid. With ``correct`` false nothing is
    corrected and every finding stays open. ``suggestions`` also makes the corrections that are only suggested.
    Findings that a corrected cell brings to light (a rating that turns out to be red) are reported with the others.
    """
    rounds = _Rounds(book)
    try:
        _run(rounds, check, rebuild, correct=correct, suggestions=suggestions)
    finally:
        forget_all()
    return Settled(
        book=rounds.settled,
        findings=tuple(_outcome(rounds, book.grid)),
        not_run=tuple(rounds.not_run),
        changes=tuple(_changes(rounds.chosen.values())),
    )


def _run(rounds: _Rounds, check: Check, rebuild: Rebuild, *, correct: bool, suggestions: bool) -> None:
    """Check, correct and check again until nothing changes."""
    grid = rounds.settled.grid
    rounds.first, rounds.not_run = check(rounds.settled)
    rounds.last = rounds.first
    for number in range(MAX_ROUNDS if correct else 0):
        chosen = choose(rounds.last, rounds.settled.grid, suggestions=suggestions, later=number > 0)
        fresh = {place: item for place, item in chosen.items() if not _made(rounds.chosen.get(place), item)}
        if not fresh:
            return
        for place, item in fresh.items():
            earlier = rounds.chosen.get(place)
            rounds.chosen[place] = item if earlier is None else item.after_earlier(earlier)
        rounds.settled = rebuild(corrected_grid(grid, [item.correction for item in rounds.chosen.values()]))
        rounds.last, _ = check(rounds.settled)
    if correct:
        raise AssertionError(f"corrections do not settle: {sorted(rounds.chosen)}")


def _made(earlier: Chosen | None, item: Chosen) -> bool:
    return earlier is not None and earlier.correction.after == item.correction.after and (
        item.correction.fill is None or earlier.correction.fill == item.correction.fill
    )  # fmt: skip


def _outcome(rounds: _Rounds, grid: Grid) -> list[Finding]:
    """Every finding once: those still there as they now read, those answered by a change as they read at first."""
    if not rounds.chosen:
        return in_reading_order(rounds.first, grid)
    left, recoloured = _left(rounds)
    first, last = _by_rule(rounds.first), _by_rule(left)
    corrected = _by_rule(chain((item.finding for item in rounds.chosen.values()), recoloured))
    codes = dict.fromkeys((*first, *last, *corrected))
    found = (_of_rule(*(one.get(code, []) for one in (first, last, corrected))) for code in codes)
    return in_reading_order(chain.from_iterable(found), grid)


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by the code of their rule, in order: none is known by the same as one of another rule."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.code, []).append(finding)
    return found


def _of_rule(first: Sequence[Finding], last: Sequence[Finding], corrected: Iterable[Finding]) -> Iterator[Finding]:
    """Every finding of a rule once, from those of the first and the last round and those that were corrected."""
    if len(first) == len(last) and all(map(is_, first, last)) and not corrected:
        return iter(last)  # most rules are not asked twice
    left, keys = set(map(_key, last)), list(map(_key, first))
    answered = [finding.with_status("corrected") for finding, key in zip(first, keys, strict=True) if key not in left]
    left.update(keys)
    later = {  # found and corrected in a later round
        key: finding.with_status("corrected") for finding in corrected if (key := _key(finding)) not in left
    }
    return chain(answered, later.values(), last)


def _left(rounds: _Rounds) -> tuple[list[Finding], list[Finding]]:
    """What the last round found that still holds, and what it found of cells that get the colour that is asked for.

    The grid that is checked again keeps the old colours.
    """
    made = {(*place, fill) for place, item in rounds.chosen.items() if (fill := item.correction.fill) is not None}
    if not made:
        return rounds.last, []
    last: list[Finding] = []
    recoloured: list[Finding] = []
    for finding in rounds.last:
        asked = finding.correction
        done = asked is not None and (asked.sheet, asked.cell, asked.fill) in made
        (recoloured if done else last).append(finding)
    return last, recoloured


def _changes(chosen: Iterable[Chosen]) -> list[Change]:
    changes = [
        Change(item.correction, item.finding.code, item.finding.name, item.finding.ref, item.finding.field)
        for item in chosen
    ]
    return sorted(changes, key=lambda change: (change.correction.sheet, position(change.correction.cell)))
