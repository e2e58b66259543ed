"""What of all copies is merged in, and what is put before people instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from regsheet.grid.addresses import address
from regsheet.grid.cells import Grid, Value
from regsheet.merge.compare import Compared
from regsheet.merge.copies import Workbook
from regsheet.merge.differences import Difference
from regsheet.merge.people import People, Person
from regsheet.merge.places import NO_RISK, Places
from regsheet.merge.values import key
from regsheet.merge.wording import wording
from regsheet.writer.merged import Conflict, Kind, MergedEdit, Version

Place = tuple[int, int]
Thing = tuple[Kind | None, str, Place | None, str]
"""What copies may say different things of: kind, sheet, place, mark."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one copy brings. ``person`` returned it, None where that is not known."""

    name: str
    person: Person | None
    compared: Compared

    @property
    def who(self) -> str:
        """The name of who returned it, empty where that is not known."""
        return "" if self.person is None else self.person.name


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits to make in the original workbook, and conflicts, both in the order of the sheets as sent."""

    edits: tuple[MergedEdit, ...]
    conflicts: tuple[Conflict, ...]


Item = tuple[Brought, Difference]


def make_plan(sent: Workbook, places: Places, people: People, copies: Iterable[Brought]) -> Plan:
    """Put the differences of all copies together, by what they are about."""
    things: dict[Thing, list[Item]] = {}
    for copy in copies:
        for each in copy.compared.differences:
            things.setdefault((each.kind, each.sheet, each.place, each.mark), []).append((copy, each))
    planner = _Planner(sent, places, people)
    for thing, items in things.items():
        planner.add(thing, items)
    order = in_sheet_order(sent.grid)
    return Plan(tuple(sorted(planner.edits, key=order)), tuple(sorted(planner.conflicts, key=order)))


def in_sheet_order(grid: Grid) -> Callable[[MergedEdit | Conflict], tuple[object, ...]]:
    """How edits and conflicts are put in order: by sheet and cell, things without a place behind."""
    from regsheet.grid.addresses import position

    tabs = {sheet.name: sheet.position for sheet in grid.sheets}

    def order(item: MergedEdit | Conflict) -> tuple[object, ...]:
        row, column = position(item.cell) if item.cell else (1 << 30, 0)
        kind = item.kind if isinstance(item, Conflict) else ""
        texts = [key(version.value) for version in item.versions] if isinstance(item, Conflict) else []
        return tabs.get(item.sheet, 1 << 30), item.sheet, row, column, kind, item.ref, item.title, item.field, texts

    return order


class _Planner:
    """Decides, thing by thing."""

    def __init__(self, sent: Workbook, places: Places, people: People) -> None:
        self.sent, self.places, self.people = sent, places, people
        self.edits: list[MergedEdit] = []
        self.conflicts: list[Conflict] = []

    def add(self, thing: Thing, items: list[Item]) -> None:
        kind = thing[0] or self.cell_kind(thing, items)
        if kind is not None:
            self.conflict("check sheet" if thing[1] in self.sent.ours else kind, items)
            return
        foreign = [item for item in items if self.is_foreign(item)]
        own = [item for item in items if item not in foreign]
        said = {key(difference.after) for _, difference in own}
        if len(said) > 1:
            self.conflict("collision", items)
            return
        if own:
            same = [item for item in items if key(item[1].after) in said]
            self.edit(same)
            foreign = [item for item in foreign if item not in same]
        if foreign:
            self.conflict("other owner", foreign)

    def cell_kind(self, thing: Thing, items: list[Item]) -> Kind | None:
        """Why a changed cell cannot be merged whoever changed it, and to what."""
        _, sheet, place, _ = thing
        row, column = place or (0, 0)
        part = self.places.part(sheet, row, column)
        if part != "body":
            return "heading" if part == "heading" else "outside"
        if any(each.formula is not None or each.formula_before is not None for _, each in items):
            constants = any(each.formula is None and each.formula_before is None for _, each in items)
            return "collision" if constants else "formula"
        merge = self.sent.grid.sheet(sheet).merge_at(row, column)
        if merge is not None and (merge.first_row, merge.first_column) != place:
            return "covered"
        return None

    def is_foreign(self, item: Item) -> bool:
        copy, difference = item
        if copy.person is None or difference.place is None:
            return False
        owner = self.places.risk(difference.sheet, difference.place[0]).owner
        return not self.people.owns(copy.person, owner)

    def edit(self, items: list[Item]) -> None:
        first = items[0][1]
        row, column = first.place or (0, 0)
        risk = self.places.risk(first.sheet, row)
        self.edits.append(MergedEdit(
            first.sheet, address(row, column), risk.ref, risk.title, risk.owner,
            self.places.field(first.sheet, row, column), first.before, first.after,
            tuple(dict.fromkeys(copy.name for copy, _ in items)),
            tuple(dict.fromkeys(copy.who for copy, _ in items if copy.who)),
        ))  # fmt: skip

    def conflict(self, kind: Kind, items: list[Item]) -> None:
        first = items[0][1]
        row, column = first.place or (0, 0)
        risk = self.places.risk(first.sheet, row) if first.place else NO_RISK
        before: Value = first.before if first.formula_before is None else f"={first.formula_before}"
        if kind == "row deleted" and (risk.ref or risk.title):
            before = None  # the risk is named, and its row still stands in the register
        versions = tuple(Version(copy.name, copy.who, each.after, each.formula) for copy, each in items)
        field = "" if kind == "row deleted" else self.places.field(first.sheet, row, column)
        self.conflicts.append(Conflict(
            kind, first.sheet, address(row, column) if first.place else None, before, versions, wording("why")[kind],
            risk.ref, risk.title, risk.owner, first.field or field,
        ))  # fmt: skip


def counts(plan: Plan) -> Mapping[str, tuple[int, int]]:
    """For each copy, how many of the edits and how many of the conflicts it has a part in."""
    found: dict[str, tuple[int, int]] = {}
    for edit in plan.edits:
        for name in edit.copies:
            edits, conflicts = found.get(name, (0, 0))
            found[name] = edits + 1, conflicts
    for conflict in plan.conflicts:
        for name in dict.fromkeys(version.copy for version in conflict.versions):
            edits, conflicts = found.get(name, (0, 0))
            found[name] = edits, conflicts + 1
    return found
