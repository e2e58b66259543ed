"""Whether a formula speaks of something that is dropped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from regsheet.grid.cells import Grid

OTHER_WORKBOOK = re.compile(r"\[[^\[\]]+\][^\[\]]*!")
"""``[1]Sheet!A1``, ``'C:\\[Book.xlsx]Sheet'!A1``, ``[1]!Name``."""

PLACE = re.compile(r"'((?:[^']|'')+)'!|([^\s'!,;()+\-*/&<>=\"{}^%]+)!")
WORD = re.compile(r"[^\W\d][\w.\\]*")


@dataclass(frozen=True, slots=True)
class Doomed:
    """What goes: the names of sheets, and of defined names and tables that are of them, the latter in lower case.

    ``order`` are the names of all sheets as the workbook lists them: a range of sheets holds those between its ends.
    """

    sheets: frozenset[str]
    names: frozenset[str]
    order: tuple[str, ...]

    @classmethod
    def of(cls, grid: Grid, sheets: Collection[str]) -> Doomed:
        """Sheets that go, with the tables on them."""
        tables = {table.name.casefold() for sheet in grid.sheets if sheet.name in sheets for table in sheet.tables}
        return cls(frozenset(sheets), frozenset(tables), tuple(sheet.name.casefold() for sheet in grid.sheets))

    def with_names(self, names: Iterable[str]) -> Doomed:
        """The same with more names that go."""
        return replace(self, names=self.names | frozenset(names))

    def is_spoken_of(self, formula: str) -> bool:
        """Whether a formula names any of it, or another workbook. A text in quotes counts: INDIRECT reads it."""
        if OTHER_WORKBOOK.search(formula):
            return True
        if any(self._goes(found[1] or found[2]) for found in PLACE.finditer(formula)):
            return True
        return bool(self.names) and any(word[0].casefold() in self.names for word in WORD.finditer(formula))

    def _goes(self, place: str) -> bool:
        """Whether a sheet, or one of a range of sheets, goes."""
        gone = {sheet.casefold() for sheet in self.sheets}
        ends = [end.casefold() for end in place.replace("''", "'").split(":")]
        if any(end in gone for end in ends):
            return True
        if len(ends) < 2 or any(end not in self.order for end in ends):
            return False
        first, last = sorted(self.order.index(end) for end in ends[:2])
        return any(name in gone for name in self.order[first : last + 1])
