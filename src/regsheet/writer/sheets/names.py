"""The names of the new sheets: free ones, whatever the workbook's own sheets are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

MAX_NAME_LENGTH = 31


@dataclass(frozen=True, slots=True)
class SheetNames:
    """What each new sheet is called in one workbook."""

    summary: str = "Check summary"
    conflicts: str = "Conflicts"
    merged: str = "Merged edits"
    findings: str = "Findings"
    heatmap: str = "Heatmap"
    assurance: str = "Assurance"
    change_log: str = "Change log"

    def all(self) -> tuple[str, ...]:
        """Every name, in tab order."""
        return astuple(self)


def choose_names(existing: Iterable[str]) -> SheetNames:
    """The names that are free in a workbook: the plain ones, else with a number behind. Case is no difference."""
    taken = {name.casefold() for name in existing}
    chosen = []
    for wanted in SheetNames().all():
        name = _free(wanted, taken)
        taken.add(name.casefold())
        chosen.append(name)
    return SheetNames(*chosen)


def is_one_of_ours(name: str) -> bool:
    """Whether a sheet is called as we call ours: ``Findings``, ``Findings 2``."""
    plain = name.rstrip("0123456789").removesuffix(" ") if name[-1:].isdigit() else name
    return plain in SheetNames().all()


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = wanted[: MAX_NAME_LENGTH - len(ending)] + ending
    return name
