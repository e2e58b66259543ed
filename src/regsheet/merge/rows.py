"""Which row of a copy is which row as sent: by content, reference, likeness, title, and at last by its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from regsheet.grid.cells import Sheet
from regsheet.merge.alignment import Hints
from regsheet.merge.gaps import offset_at
from regsheet.merge.values import FORMULA, cell_key
from regsheet.model.previous import SAME_REFERENCE_TITLE, SAME_TITLE, likeness, reference_key
from regsheet.values.text import one_line

ALIKE = 0.5
"""From this share of equal contents on (0 to 1), two rows are one."""

ALIKE_OTHER_REFERENCE = 0.6
"""With another reference more must be equal."""

ALIKE_SAME_REFERENCE = 0.25
"""With the same reference a quarter is enough."""

RARE = 60
"""Values that more rows have say nothing about which row is which."""

MOST_TITLES = 200_000
"""Titles are compared only where they make no more pairs: where hardly a row is known, the copy is of another book."""

Row = dict[int, str]
"""Column as sent to the key of what stands there; formulas left out."""


def match_rows(sent: Sheet, copy: Sheet, columns: dict[int, int], hints: Hints) -> dict[int, int]:
    """Rows as sent to rows of the copy."""
    back = {there: here for here, there in columns.items()}
    here, there = _rows(sent, {column: column for column in columns}), _rows(copy, back)
    matcher = _Matcher(here, there, hints, sent, copy, columns)
    matcher.by_content()
    matcher.by_reference()
    matcher.by_likeness()
    matcher.by_title()
    matcher.by_neighbours(_all_rows(sent), _all_rows(copy))
    return matcher.found


def _rows(sheet: Sheet, columns: dict[int, int]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for cell in sheet.filled():
        key = cell_key(cell)
        if cell.column in columns and key not in {FORMULA, ""}:
            found.setdefault(cell.row, {})[columns[cell.column]] = key
    return found


def _all_rows(sheet: Sheet) -> set[int]:
    return {cell.row for cell in sheet.filled()}


@dataclass
class _Matcher:
    here: dict[int, Row]
    there: dict[int, Row]
    hints: Hints
    sent: Sheet
    copy: Sheet
    columns: dict[int, int]
    found: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def take(self, row: int, other: int) -> None:
        self.found[row] = other
        self.taken.add(other)

    def left(self) -> list[int]:
        return [row for row in sorted(self.here) if row not in self.found]

    def left_there(self) -> list[int]:
        return [row for row in sorted(self.there) if row not in self.taken]

    # -- one way after another ---------------------------------------------------------------------------------

    def by_content(self) -> None:
        """Rows that are wholly the same: in place first, then in order."""
        places: dict[frozenset[tuple[int, str]], list[int]] = {}
        for row in sorted(self.there):
            places.setdefault(frozenset(self.there[row].items()), []).append(row)
        keys = {row: frozenset(self.here[row].items()) for row in sorted(self.here)}
        for row, key in keys.items():
            if row in places.get(key, ()):
                places[key].remove(row)
                self.take(row, row)
        for row, key in keys.items():
            if row not in self.found and places.get(key):
                self.take(row, places[key].pop(0))

    def by_reference(self) -> None:
        """Rows of risks with the same reference, unless hardly anything else is the same."""
        if self.hints.ref is None:
            return
        places: dict[str, list[int]] = {}
        for row in self.left_there():
            if ref := self.ref(row, there=True):
                places.setdefault(ref, []).append(row)
        wanted = [row for row in self.left() if row in self.hints.risk_rows and self.ref(row) in places]
        pairs = [
            (row, other) for row in wanted if len(places[self.ref(row)]) <= RARE for other in places[self.ref(row)]
        ]
        self.best((row, other) for row, other in pairs if self.one_risk(row, other))

    def by_likeness(self) -> None:
        """Rows of which most is the same."""
        places: dict[tuple[int, str], list[int]] = {}
        for row in self.left_there():
            for item in self.there[row].items():
                places.setdefault(item, []).append(row)
        pairs = {
            (row, other)
            for row in self.left()
            for item in self.here[row].items()
            if len(places.get(item, ())) <= RARE
            for other in places.get(item, ())
        }
        self.best((row, other) for row, other in pairs if self.likeness(row, other) >= self.needed(row, other))

    def by_title(self) -> None:
        """Rows of risks whose titles are nearly the same, where their references do not say otherwise."""
        if self.hints.title is None:
            return
        rows = [row for row in self.left() if row in self.hints.risk_rows]
        others = self.left_there()
        if len(rows) * len(others) > MOST_TITLES:
            return
        pairs = [(row, other) for row in rows for other in others if not self.other_risk(row, other)]
        self.best((row, other) for row, other in pairs if self.title_likeness(row, other) >= SAME_TITLE)

    def by_neighbours(self, here: set[int], there: set[int]) -> None:
        """Rows of formulas, and rows of few cells that were typed over, stand between the same neighbours."""
        known = dict(self.found)
        for row in sorted(here - set(known)):
            offset = offset_at(known, row)
            other = None if offset is None else row + offset
            if other in there and other not in self.taken and other is not None and self.may_be_one(row, other):
                self.take(row, other)

    # -- how alike ---------------------------------------------------------------------------------------------

    def best(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take the likest pairs first; among equals those nearest to where they were."""
        order: Callable[[tuple[int, int]], tuple[float, int, int, int]] = lambda pair: (  # noqa: E731
            -self.likeness(*pair), abs(pair[0] - pair[1]), *pair)  # fmt: skip
        for row, other in sorted(pairs, key=order):
            if row not in self.found and other not in self.taken:
                self.take(row, other)

    def likeness(self, row: int, other: int) -> float:
        """The share of equal contents, long texts counting more."""
        one, two = self.here[row], self.there[other]
        equal = sum(_weight(value) for column, value in one.items() if two.get(column) == value)
        return equal / max(sum(map(_weight, one.values())), sum(map(_weight, two.values())), 1.0)

    def needed(self, row: int, other: int) -> float:
        return ALIKE_OTHER_REFERENCE if self.other_risk(row, other) else ALIKE

    def one_risk(self, row: int, other: int) -> bool:
        """Whether two rows with one reference are one risk still."""
        if self.likeness(row, other) >= ALIKE_SAME_REFERENCE:
            return True
        blank = not (self.title(row) and self.title(other, there=True))
        return blank or self.title_likeness(row, other) >= SAME_REFERENCE_TITLE

    def other_risk(self, row: int, other: int) -> bool:
        """Whether the references say that two rows are not one."""
        one, two = self.ref(row), self.ref(other, there=True)
        return bool(one and two and one != two and row in self.hints.risk_rows)

    def may_be_one(self, row: int, other: int) -> bool:
        one, two = self.here.get(row, {}), self.there.get(other, {})
        if not one or not two:
            return bool(one) == bool(two)
        if row in self.hints.risk_rows and (self.other_risk(row, other) or not self.likeness(row, other)):
            return False
        same_reference = self.ref(row) and self.ref(row) == self.ref(other, there=True)
        if row in self.hints.risk_rows and same_reference:
            return False  # by_reference has said that it is another risk
        return 2 * len(set(one) & set(two)) >= len(set(one) | set(two))

    def ref(self, row: int, *, there: bool = False) -> str:
        return reference_key(self._text(row, self.hints.ref, there=there))

    def title(self, row: int, *, there: bool = False) -> str:
        return one_line(self._text(row, self.hints.title, there=there))

    def title_likeness(self, row: int, other: int) -> float:
        return likeness(self.title(row), self.title(other, there=True))

    def _text(self, row: int, column: int | None, *, there: bool) -> str:
        if column is None or (there and column not in self.columns):
            return ""
        sheet, place = (self.copy, self.columns[column]) if there else (self.sent, column)
        value = sheet.value(row, place)
        return "" if value is None else str(value)


def _weight(key: str) -> float:
    return 1.0 + min(len(key), 60) / 20
