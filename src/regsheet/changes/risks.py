"""One risk in two registers: what of it says something else now."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import cast

from regsheet.changes.comparison import FieldChange, FieldKind, Risk, RiskChange, ScoreMove
from regsheet.changes.scores import is_unknown, score_move, scores_of
from regsheet.changes.texts import item_changes, text_key, told
from regsheet.changes.words import word_pieces
from regsheet.grid.addresses import address
from regsheet.layout.tables import STAGES, Column
from regsheet.model.register import DATE_FIELDS, TEXT_FIELDS, Register
from regsheet.reports.wording import long_date
from regsheet.rules.risks import is_closed_status
from regsheet.values.text import one_line

FOLLOWING = frozenset({"direction_of_travel", *(f"{stage}_band" for stage in STAGES)})
"""Fields that follow from the scores and are told with them, or not at all."""

WITH_ITEMS = frozenset({"action", "control", "text"})
"""Kinds of fields that may hold a list."""

ROW_FIELDS = ("description", "cause", "consequence", "controls", "actions")


def risk_of(register: Register, index: int) -> Risk:
    """A risk as a register has it."""
    name = next((field for field in ("ref", "title", "description") if register.address(index, field)), "")
    return Risk(
        ref=one_line(register.text(index, "ref")),
        title=one_line(_title(register, index)),
        owner=one_line(register.text(index, "owner")),
        status=one_line(register.text(index, "status")),
        sheet=register.sheet_name,
        cell=register.address(index, name) or "",
        scores=scores_of(register, index),
    )


def risk_change(old: Register, there: int, new: Register, index: int, rows: Iterable[FieldChange] = (), *,
                moved: bool = False) -> RiskChange | None:  # fmt: skip
    """What changed of a risk; None where nothing did. A column that only one of the registers has is left out.

    ``rows`` are further rows of the risk that came or went; ``moved``: it stands in another register now.
    """
    moves = [move for stage in STAGES if stage in old.stages and stage in new.stages
             if (move := score_move(old, there, new, index, stage)) is not None]  # fmt: skip
    changes = [*_fields(old, there, new, index), *_other_columns(old, there, new, index), *rows]
    if not (moves or changes or moved):
        return None
    closed = [is_closed_status(register.text(row, "status")) for register, row in ((old, there), (new, index))]
    closing = "closed" if closed == [False, True] else "reopened" if closed == [True, False] else ""
    before, after = risk_of(old, there), risk_of(new, index)
    return RiskChange(before, after, tuple(moves), tuple(changes), moved, closing)  # type: ignore[arg-type]


def row_change(register: Register, index: int, kept: int, *, came: bool) -> FieldChange:
    """A further row of a risk that came or went; what it tells that the risk's other row does not."""
    told_of_row = dict.fromkeys(
        told(register.typed(field)[index]) for field in ROW_FIELDS
        if text_key(register.typed(field)[index]) != text_key(register.typed(field)[kept])
    )  # fmt: skip
    text = "\n".join(filter(None, told_of_row)) or told(_title(register, index))
    cell = address(register.table.rows[index], 1)
    if came:
        return FieldChange("", "further row", "row", "", text, new_cell=cell, added=(text,))
    return FieldChange("", "further row", "row", text, "", old_cell=cell, removed=(text,))


def merged_changes(changes: Iterable[RiskChange]) -> tuple[RiskChange, ...]:
    """Changes of one risk that has several rows, as one; each change once."""
    found: dict[object, RiskChange] = {}
    for place, change in enumerate(changes):
        old, new = change.old, change.new
        names = (old.sheet, old.ref, old.title, new.sheet, new.ref, new.title)
        key = names if new.ref or new.title else place
        known = found.get(key)
        found[key] = change if known is None else _merged(known, change)
    return tuple(found.values())


def _merged(one: RiskChange, other: RiskChange) -> RiskChange:
    moves: dict[tuple[object, ...], ScoreMove] = {}
    for move in (*one.moves, *other.moves):
        moves.setdefault((move.stage, _numbers(move)), move)
    fields: dict[tuple[str, str, str, str], FieldChange] = {}
    for change in (*one.changes, *other.changes):
        fields.setdefault((change.field, change.name, change.old, change.new), change)
    return RiskChange(one.old, one.new, tuple(moves.values()), tuple(fields.values()), one.sheet_changed,
                      one.closing or other.closing)  # fmt: skip


def _numbers(move: ScoreMove) -> tuple[object, ...]:
    return tuple((s.likelihood, s.impact, s.rating, s.band.casefold()) for s in (move.old, move.new))


def _title(register: Register, index: int) -> str:
    return register.text(index, "title") or register.text(index, "description")


def _fields(old: Register, there: int, new: Register, index: int) -> Iterator[FieldChange]:
    if text_key(_title(old, there)) != text_key(_title(new, index)):
        yield _text_change("title", "title", (old, there, _title_field(old)), (new, index, _title_field(new)))
    for field in (*TEXT_FIELDS, *DATE_FIELDS):
        if field == "title" or field in FOLLOWING or not (old.has(field) and new.has(field)):
            continue
        if field == "description" and field in (_title_field(old), _title_field(new)):
            continue  # it is the title already
        if _differs(old, there, new, index, field):
            yield _text_change(field, _name(field), (old, there, field), (new, index, field))


def _title_field(register: Register) -> str:
    return "title" if register.has("title") else "description"


def _name(field: str) -> str:
    return str(_known()["names"].get(field, field.replace("_", " ")))


def _differs(old: Register, there: int, new: Register, index: int, field: str) -> bool:
    if is_unknown(old, there, field) or is_unknown(new, index, field):
        return False
    if field in DATE_FIELDS:
        one, other = old.periods[field][there], new.periods[field][index]
        if (one or other) and all(period.is_dated for period in (*one, *other)):
            return [period.end for period in one] != [period.end for period in other]
    return text_key(old.typed(field)[there]) != text_key(new.typed(field)[index])


Place = tuple[Register, int, str]


def _text_change(field: str, name: str, old: Place, new: Place) -> FieldChange:
    (before, there, old_field), (after, index, new_field) = old, new
    kind = cast("FieldKind", _known()["kinds"].get(field, "text"))
    cells = before.address(there, old_field) or "", after.address(index, new_field) or ""
    return _change(field, name, kind, (_text(old), _text(new)), cells, _shift(old, new) if kind == "date" else 0)


def _text(place: Place) -> str:
    """What a field says; every date of it where a risk has several, each in a row of its own."""
    register, index, field = place
    value = register.typed(field)[index]
    periods = register.periods[field][index] if field in DATE_FIELDS else ()
    if len(periods) < 2 or isinstance(value, str):
        return told(value)
    return "\n".join(long_date(period.end) if period.end else period.text for period in periods)


def _shift(old: Place, new: Place) -> int:
    """By how many days a date moved: the one that moved most, or the last where there are more or fewer of them."""
    ends = [
        [period.end for period in register.periods[field][row] if period.end] for register, row, field in (old, new)
    ]
    if not ends[0] or not ends[1]:
        return 0
    if len(ends[0]) != len(ends[1]):
        return int((max(ends[1]) - max(ends[0])).days)
    moved: list[int] = [(after - before).days for before, after in zip(*ends, strict=True)]
    return max(moved, key=abs)


def _change(field: str, name: str, kind: FieldKind, texts: tuple[str, str], cells: tuple[str, str],
            days: int = 0) -> FieldChange:  # fmt: skip
    old, new = texts
    is_list = kind in WITH_ITEMS and ("\n" in old or "\n" in new or kind != "text")
    came, went = item_changes(old, new) if is_list else ((), ())
    pieces = () if kind in ("date", "reference", "status") else word_pieces(old, new)
    return FieldChange(field, name, kind, old, new, *cells, pieces, came, went, days)


def _other_columns(old: Register, there: int, new: Register, index: int) -> Iterator[FieldChange]:
    """Columns that mean nothing to us, by their headings."""
    before = {_heading(column): column for column in unread_columns(old)}
    for column in unread_columns(new):
        other = before.get(_heading(column))
        if other is None:
            continue
        rows = old.table.rows[there], new.table.rows[index]
        cells = old.sheet.cells.get((rows[0], other.index)), new.sheet.cells.get((rows[1], column.index))
        if any(cell is not None and cell.formula is not None and cell.value is None for cell in cells):
            continue
        values = [cell.value if cell is not None else None for cell in cells]
        if text_key(values[0]) != text_key(values[1]):
            name = f"“{one_line(column.heading)}”"
            places = address(rows[0], other.index), address(rows[1], column.index)
            yield _change("", name, "text", (told(values[0]), told(values[1])), places)


def unread_columns(register: Register) -> list[Column]:
    """The columns that are known by their headings only, each heading once."""
    found = {_heading(column): column for column in reversed(register.table.columns)
             if column.field is None and _heading(column)}  # fmt: skip
    return list(reversed(found.values()))


def _heading(column: Column) -> str:
    return one_line(column.heading).casefold()


@cache
def _known() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("fields.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
