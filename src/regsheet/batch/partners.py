"""Which workbooks of a run are looked at together: a register and the assurance maps that cover its risks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from regsheet.batch.service import subject_key
from regsheet.batch.survey import Seen
from regsheet.batch.titles import TitleIndex
from regsheet.rules.joining import ALIKE

COVERED = 0.3
"""A map covers a register where this share of the map's risks, or of the register's, are on both."""


def partners(seen: Sequence[Seen]) -> dict[int, tuple[int, ...]]:
    """For each workbook, by its place, the places of those it is joined to: its maps, or the registers of its map.

    A map goes with the registers of the same folder and name (words for kind of document, quarter and date aside), and
    with those that share enough risks with it. A register whose own workbook has a map needs no other.
    """
    registers = [at for at, one in enumerate(seen) if one.risks and not one.mapped]
    maps = [at for at, one in enumerate(seen) if one.mapped]
    named = _by_name(seen, registers, [at for at in maps if not seen[at].risks])
    same, alike = _SameTitles(seen, registers), None
    found: dict[int, list[int]] = defaultdict(list)
    for one in maps:
        covered = _covered(same.bearers(one), len(_titles(seen[one].mapped)), named[one], same.sizes)
        if not covered and not seen[one].risks:
            alike = alike or _AlikeTitles(seen, registers)
            covered = _covered(alike.bearers(one), len(_titles(seen[one].mapped)), [], same.sizes)
        for register in covered:
            found[register].append(one)
            found[one].append(register)
    return {at: tuple(sorted(others)) for at, others in found.items()}


def _covered(bearers: Sequence[Sequence[int]], on_map: int, named: Sequence[int], sizes: dict[int, int]) -> list[int]:
    """The registers that a map covers: those of its name, then those that share most of what is left of it.

    ``bearers`` has for each title of the map the registers that have it, ``sizes`` how many titles each register has.
    A register that shares only what another has already accounted for is left out: every service has its cyber attack.
    """
    found = list(named)
    left = [set(one) for one in bearers if not set(one) & set(named)]
    while True:
        shared = Counter(register for one in left for register in one)
        best = max(shared, key=lambda register: (shared[register], -register), default=None)
        if best is None or not _is_enough(shared[best], min(on_map, sizes[best])):
            return found
        found.append(best)
        left = [one for one in left if best not in one]


def _is_enough(shared: int, of: int) -> bool:
    return shared >= min(2, of) and shared >= COVERED * of


def _by_name(seen: Sequence[Seen], registers: Iterable[int], maps: Iterable[int]) -> dict[int, list[int]]:
    """The registers that have the name of a map in its folder, where there is one map of that name."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in maps:
        by_name[_name(seen[at].file)].append(at)
    found: dict[int, list[int]] = defaultdict(list)
    for at in registers:
        there = by_name.get(_name(seen[at].file), [])
        if len(there) == 1:
            found[there[0]].append(at)
    return found


def _name(file: str) -> tuple[str, str]:
    path = PurePosixPath(file)
    return str(path.parent), subject_key(path.name)


class _SameTitles:
    """The registers that have the titles of a map, letter by letter."""

    def __init__(self, seen: Sequence[Seen], registers: Iterable[int]) -> None:
        self._seen = seen
        self._bearers: dict[str, list[int]] = defaultdict(list)
        self.sizes: dict[int, int] = {}
        for at in registers:
            titles = _titles(seen[at].risks)
            self.sizes[at] = len(titles)
            for title in titles:
                self._bearers[title].append(at)

    def bearers(self, one: int) -> list[list[int]]:
        """For each title of a map, the registers that have it."""
        return [self._bearers.get(title, []) for title in sorted(_titles(self._seen[one].mapped))]


class _AlikeTitles:
    """The registers that have nearly the titles of a map; for maps that have found no register otherwise."""

    def __init__(self, seen: Sequence[Seen], registers: Iterable[int]) -> None:
        self._seen = seen
        self._bearers: dict[str, set[int]] = defaultdict(set)
        for at in registers:
            for _, title in seen[at].risks:
                self._bearers[title].add(at)
        self._index = TitleIndex(sorted(self._bearers))

    def bearers(self, one: int) -> list[list[int]]:
        """For each title of a map, the registers that have one like it."""
        titles = sorted({title for _, title in self._seen[one].mapped if title})
        return [sorted({at for other in self._index.alike(title, ALIKE) for at in self._bearers[other]})
                for title in titles]  # fmt: skip


def _titles(risks: Iterable[tuple[str, str]]) -> set[str]:
    return {"".join(filter(str.isalnum, title)).casefold() for _, title in risks} - {""}
