"""What the sheets of a merged workbook still say of its merges: what people typed and nobody has decided is not lost.

Our sheets are made afresh whenever a workbook is annotated, so their rows are read first. A row that somebody deleted
was decided and stays deleted; sorting, filtering and moving columns change nothing; what somebody wrote beside a row
stays beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from regsheet.grid.addresses import ADDRESS
from regsheet.grid.cells import Grid, Sheet, Value
from regsheet.values.text import is_blank, one_line
from regsheet.writer.merged import Beside, Conflict, CopyState, Kind, Merge, MergedEdit, ReturnedCopy, Version
from regsheet.writer.sheets.conflicts import absent_words
from regsheet.writer.sheets.texts import count_words, display
from regsheet.writer.sheets.wording import wording
from regsheet.writer.traces import is_our_note, our_sheets, without_our_text

MOST_COLUMNS = 20
"""Columns beside ours that are kept as such; what stands in further ones is put together in one."""

LONGEST_HEADING = 200
UNNUMBERED = float("inf")

Item = TypeVar("Item")


def undecided(merge: Merge | None) -> tuple[str, ...]:
    """A sentence where a workbook holds conflicts of an earlier merge, else none."""
    if merge is None or not merge.read_back or not merge.conflicts:
        return ()
    number, verb = len(merge.conflicts), "is" if len(merge.conflicts) == 1 else "are"
    return (wording("conflicts")["undecided"].format(conflicts=count_words(number, "conflict"), verb=verb),)


def earlier_merge(grid: Grid, known: Collection[str] = ()) -> Merge | None:
    """What the sheets of an annotated copy say of merges; None where it has none. ``known`` are our sheets' names."""
    ours = our_sheets(grid, known)
    found = {section: [grid.sheet(name) for name, one in ours.items() if one == section]
             for section in ("summary", "conflicts", "merged")}  # fmt: skip
    if not found["conflicts"] and not found["merged"]:
        return None
    conflicts = _once(tuple(_conflicts(sheet)) for sheet in found["conflicts"])
    edits = _once(tuple(_edits(sheet)) for sheet in found["merged"])
    copies, remarks = _copies(found["summary"])
    return Merge(copies or _named(conflicts, edits), edits, conflicts, remarks, read_back=True)


def _once(sheets: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    """What several sheets hold, a copied sheet counting once."""
    found: tuple[Item, ...] = ()
    for items in sheets:
        known = set(found)
        found += tuple(item for item in items if item not in known)
    return found


# -- rows of a table ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """One row: its values by our headings, and what stands beside them."""

    values: dict[str, Value]
    beside: dict[str, list[Value]] = field(default_factory=dict)

    def text(self, heading: str) -> str:
        value = self.values.get(heading)
        return value if isinstance(value, str) else display(value)

    def value(self, heading: str, absent: str) -> Value:
        """What stands under a heading; None where that is blank, or the words that stand for nothing."""
        value = self.values.get(heading)
        return None if value in ("", absent) else value

    def keep(self, heading: str, value: Value) -> None:
        """Put a value beside the row, behind what stands under that heading already."""
        if not is_blank(value):
            self.beside.setdefault(heading, []).append(value)

    def remark(self, value: Value) -> None:
        """Keep beside the row what cannot stay where it is."""
        self.keep(str(wording("conflicts")["remarks"]), value)

    def address(self, heading: str) -> str:
        """A cell's address, empty where none is there; anything else is kept beside."""
        text = self.text(heading)
        if ADDRESS.match(text):
            return text
        self.remark(text)
        return ""

    def number(self) -> float:
        """The number of the row, for keeping rows in order and together; words in its place are kept beside."""
        value = self.values.get(wording("conflicts")["heads"][0])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.remark(value)
        return UNNUMBERED


def _rows(sheet: Sheet, section: str) -> list[_Row]:
    """The filled rows below a sheet's headings, save the one that says that there are none."""
    heads: list[str] = wording(section)["heads"]
    found = _heading_row(sheet, heads)
    if found is None:
        return []
    heading, columns = found
    others = _others(sheet, heading, set(columns.values()), heads)
    remarks = _remarks(sheet)
    filled = {cell.row for cell in sheet.filled()} | set(remarks)
    rows = []
    for number in sorted(row for row in filled if row > heading):
        row = _Row({head: _shown(sheet, number, column) for head, column in columns.items()})
        if [display(value) for value in row.values.values() if not is_blank(value)] == [wording(section)["none"]]:
            row.values.clear()
        row.beside = {head: [] for head in others.values()}
        for column, head in others.items():
            row.keep(head, _shown(sheet, number, column))
        for text in remarks.get(number, ()):
            row.remark(text)
        if any(row.beside.values()) or not all(is_blank(value) for value in row.values.values()):
            rows.append(row)
    order = list(dict.fromkeys(head for row in rows for head in row.beside))
    used = {head for row in rows for head, values in row.beside.items() if values}
    for row in rows:  # every row has every column, so that the columns keep their order
        row.beside = {head: row.beside.get(head, []) for head in order if head in used}
    return rows


def _shown(sheet: Sheet, row: int, column: int) -> Value:
    """What a cell shows; a formula whose result no program has worked out, as itself."""
    value, formula = sheet.value(row, column), sheet.formula(row, column)
    return f"={formula}" if value is None and formula is not None else value


def _heading_row(sheet: Sheet, heads: list[str]) -> tuple[int, dict[str, int]] | None:
    """The row with most of our headings, and their columns; one that was renamed is looked for where it stood."""
    by_row: dict[int, dict[str, int]] = {}
    for cell in sheet.filled():
        if isinstance(cell.value, str) and (text := one_line(cell.value)) in heads:
            by_row.setdefault(cell.row, {}).setdefault(text, cell.column)
    row = max(by_row, key=lambda number: (len(by_row[number]), -number), default=0)
    columns = by_row.get(row, {})
    if 2 * len(columns) < len(heads):
        return None
    for place, head in enumerate(heads, 1):
        if head not in columns and place not in columns.values():
            columns[head] = place
    return row, columns


def _others(sheet: Sheet, heading: int, ours: set[int], heads: list[str]) -> dict[int, str]:
    """The headings of further columns that hold anything, each another; without one, it holds remarks."""
    filled = sorted({cell.column for cell in sheet.filled() if cell.row > heading} - ours)
    remarks = str(wording("conflicts")["remarks"])
    taken = {head.casefold() for head in heads}
    found: dict[int, str] = {}
    for column in filled:
        wanted = one_line(display(sheet.value(heading, column)))[:LONGEST_HEADING].strip()
        if not wanted or wanted == remarks or len(found) >= MOST_COLUMNS:
            found[column] = remarks
            continue
        name, number = wanted, 1
        while name.casefold() in taken or name.casefold() == remarks.casefold():
            number += 1
            name = f"{wanted} {number}"
        taken.add(name.casefold())
        found[column] = name
    return found


def _remarks(sheet: Sheet) -> dict[int, list[str]]:
    """Notes and comments of people at the cells of each row."""
    found: dict[int, list[str]] = {}
    for (row, _), note in sorted(sheet.notes.items()):
        text = without_our_text(note.text) if is_our_note(note.text) else note.text
        found.setdefault(row, []).append(text.strip())
    for (row, _), thread in sorted(sheet.threads.items()):
        for remark in thread:
            author = f"{remark.author}: " if remark.author else ""
            found.setdefault(row, []).append(f"{author}{remark.text.strip()}")
    return {row: texts for row, texts in found.items() if any(texts)}


def _beside(row: _Row) -> Beside:
    return tuple((head, _together(values)) for head, values in row.beside.items())


def _together(values: list[Value]) -> Value:
    """One value as it is, several as lines of a text."""
    return "\n".join(map(display, values)) if len(values) > 1 else values[0] if values else None


# -- the Conflicts sheet -----------------------------------------------------------------------------------------------


def _conflicts(sheet: Sheet) -> Iterator[Conflict]:
    """The conflicts that are left, by their numbers; a row of which more than the version was changed stands alone."""
    read = [(row.number(), _conflict(row)) for row in _rows(sheet, "conflicts")]
    versions: dict[tuple[Any, ...], list[Version]] = {}
    first: dict[tuple[Any, ...], Conflict] = {}
    for place, (number, one) in enumerate(sorted(read, key=lambda item: item[0])):
        alone = place if number == UNNUMBERED else None
        about = (number, alone, one.kind, one.what, one.sheet, one.cell, repr(one.before), one.why, one.ref, one.title,
                 one.owner, one.field)  # fmt: skip
        first.setdefault(about, one)
        versions.setdefault(about, []).extend(one.versions)
    for about, one in first.items():
        told = tuple(sorted(versions[about], key=lambda version: version.copy))
        yield Conflict(one.kind, one.sheet, one.cell, one.before, told, one.why, one.ref, one.title,
                       one.owner, one.field, one.what)  # fmt: skip


def _conflict(row: _Row) -> Conflict:
    """One row, as a conflict with one version."""
    _, what, ref, title, owner, about, sheet, cell, before, after, who, copy, why = wording("conflicts")["heads"]
    kind, called = _kind(row.text(what))
    address = row.address(cell)
    by = row.text(who)
    version = Version(
        row.text(copy), "" if by == wording("conflicts")["not_known"] else by,
        row.value(after, absent_words(kind, before=False)), None, _beside(row),
    )  # fmt: skip
    return Conflict(
        kind, row.text(sheet), address or None, row.value(before, absent_words(kind, before=True)), (version,),
        row.text(why), row.text(ref), row.text(title), row.text(owner), row.text(about), called,
    )  # fmt: skip


def _kind(text: str) -> tuple[Kind, str]:
    """The kind that a text stands for, and the text itself where it is not our own word for it."""
    kinds: dict[Kind, str] = wording("conflicts")["kinds"]
    for kind, words in kinds.items():
        if one_line(text) == words:
            return kind, ""
    begun = [kind for kind, words in kinds.items() if one_line(text).startswith(words)]
    return max(begun, key=lambda kind: len(kinds[kind]), default="check sheet"), text


# -- the sheet of merged edits -----------------------------------------------------------------------------------------


def _edits(sheet: Sheet) -> Iterator[MergedEdit]:
    rows = [(row.number(), row) for row in _rows(sheet, "merged")]
    for _, row in sorted(rows, key=lambda item: item[0]):
        _, where, cell, ref, title, owner, about, before, after, who, copies = wording("merged")["heads"]
        blank, by = str(wording("conflicts")["blank"]), row.text(who)
        address = row.address(cell)
        yield MergedEdit(
            row.text(where), address, row.text(ref), row.text(title), row.text(owner), row.text(about),
            row.value(before, blank), row.value(after, blank), tuple(row.text(copies).split("\n")),
            () if by == wording("conflicts")["not_known"] else tuple(by.split("\n")), _beside(row),
        )  # fmt: skip


# -- the summary -------------------------------------------------------------------------------------------------------


def _copies(sheets: Iterable[Sheet]) -> tuple[tuple[ReturnedCopy, ...], tuple[str, ...]]:
    """The copies that were merged, and the remarks on that, as the Check summary lists them."""
    heads: list[str] = wording("summary")["merge_heads"]
    for sheet in sheets:
        found = _heading_row(sheet, heads)
        if found is None or not set(heads) <= set(found[1]):
            continue
        row, columns = found[0] + 1, [found[1][head] for head in heads]
        copies = []
        while not is_blank(sheet.value(row, columns[1])):
            copies.append(_copy([sheet.value(row, column) for column in columns]))
            row += 1
        remarks = []
        while not is_blank(sheet.value(row, columns[0])):
            remarks.append(display(sheet.value(row, columns[0])))
            row += 1
        return tuple(copies), tuple(remarks[1:])  # the first is the count
    return (), ()


def _copy(values: list[Value]) -> ReturnedCopy:
    words = wording("summary")
    who, name = display(values[0]), display(values[1])
    states: dict[CopyState, str] = words["merge_states"]
    state: CopyState = "merged"
    for one, shown in states.items():
        if name.endswith(f" ({shown})"):
            state, name = one, name.removesuffix(f" ({shown})")
            break
    counts = [int(value) if isinstance(value, int | float) else 0 for value in values[2:]]
    return ReturnedCopy(name, "" if who == words["merge_unknown"] else who, "", state, *counts)


def _named(conflicts: tuple[Conflict, ...], edits: tuple[MergedEdit, ...]) -> tuple[ReturnedCopy, ...]:
    """The copies that the rows name, where no summary lists them."""
    who: dict[str, str] = {}
    for version in (version for conflict in conflicts for version in conflict.versions):
        who[version.copy] = who.get(version.copy) or version.who
    for edit in edits:
        for place, name in enumerate(edit.copies):
            by = edit.who[place] if len(edit.who) == len(edit.copies) else ""
            who[name] = who.get(name) or by
    merged = Counter(name for edit in edits for name in dict.fromkeys(edit.copies))
    left = Counter(name for conflict in conflicts for name in {version.copy for version in conflict.versions})
    return tuple(ReturnedCopy(name, who[name], "", "merged", merged[name], left[name]) for name in sorted(who) if name)
