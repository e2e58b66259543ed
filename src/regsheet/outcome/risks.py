"""A register's risks, its scale and its movements since last quarter as plain records."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from regsheet.layout.tables import Band, Level
from regsheet.model.book import Book
from regsheet.model.history import actions_due, risk_title
from regsheet.model.previous import Pairing, pair_with_previous
from regsheet.model.register import Register
from regsheet.outcome.records import ActionRecord, Grade, MovementRecord, RiskRecord, Scale, StageRecord
from regsheet.rules.date_columns import misread
from regsheet.rules.directions import FIELD as DIRECTION
from regsheet.rules.directions import DirectionColumn
from regsheet.rules.risks import (
    actions_are_done,
    closed,
    current_stage,
    in_top_band,
    is_worded_as_done,
    repeated,
    risk_band,
    settled_scores,
    texts,
)
from regsheet.rules.words import says_nothing
from regsheet.writer.sheets.bands import band_colour
from regsheet.writer.sheets.texts import one_line


def risk_records(register: Register, as_of: dt.date) -> Iterator[RiskRecord]:
    """Every risk of a register, in sheet order; further rows of a risk only add their actions to it."""
    stages = {stage: stage_records(register, stage) for stage in register.stages}
    actions = _actions(register, as_of)
    directions = DirectionColumn(register) if register.has(DIRECTION) else None
    off = closed(register)
    for index, rows in _risks_with_rows(register).items():
        yield RiskRecord(
            sheet=register.sheet_name,
            cell=next((cell for field in ("title", "ref", "description")
                       if (cell := register.address(index, field))), None),
            ref=_text(register, index, "ref"),
            title=one_line(risk_title(register, index)),
            owner=_text(register, index, "owner"),
            category=_text(register, index, "category"),
            objective=_text(register, index, "objective"),
            direction=(directions.direction(index) or "") if directions else "",
            status=_text(register, index, "status"),
            stages={stage: records[index] for stage, records in stages.items()},
            actions=tuple(dict.fromkeys(action for row in rows for action in actions[row])),
            closed=off[index],
        )  # fmt: skip


def _risks_with_rows(register: Register) -> dict[int, list[int]]:
    """The first row of each risk to all of its rows."""
    first: dict[tuple[str, str], int] = {}
    found: dict[int, list[int]] = {}
    rows = zip(repeated(register), texts(register, "ref"), texts(register, "title"), strict=True)
    for index, (again, ref, title) in enumerate(rows):
        if again:
            found[first[ref, title]].append(index)
        else:
            first.setdefault((ref, title), index)
            found[index] = [index]
    return found


def _text(register: Register, index: int, field: str) -> str:
    return one_line(register.text(index, field))


def stage_records(register: Register, stage: str) -> list[StageRecord]:
    """The scores of a stage, one a row. A rating is what likelihood and impact make it, where they make one."""
    rows = zip(settled_scores(register, stage), texts(register, f"{stage}_band"), in_top_band(register, stage),
               strict=True)  # fmt: skip
    found = []
    for score, word, is_red in rows:
        band = risk_band(register, score, word)
        found.append(StageRecord(
            likelihood=_finite(score.likelihood),
            impact=_finite(score.impact),
            rating=_finite(score.rating),
            band=one_line(band.name if band else word),
            colour=band_colour(register.scoring, band) or "",
            is_red=is_red,
        ))  # fmt: skip
    return found


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _actions(register: Register, as_of: dt.date) -> list[tuple[ActionRecord, ...]]:
    """The actions of each row, with their dates."""
    rows = zip(closed(register), actions_are_done(register), _misread(register), strict=True)
    found = []
    for index, (off, done, other) in enumerate(rows):
        settled = off or done or (other is not None and other >= as_of)
        found.append(tuple(
            ActionRecord(one_line(text), due, _is_overdue(text, due, as_of) and not settled)
            for text, due in _listed(register, index)
        ))  # fmt: skip
    return found


def _misread(register: Register) -> list[dt.date | None]:
    return misread(register, "action_date") if register.has("action_date") else [None] * register.count


def _is_overdue(text: str, due: dt.date | None, as_of: dt.date) -> bool:
    return due is not None and due < as_of and not is_worded_as_done(text)


def _listed(register: Register, index: int) -> list[tuple[str, dt.date | None]]:
    """The actions of a row; where it names none but a date, that date."""
    listed = [(action.text, action.due) for action in actions_due(register, index) if not says_nothing(action.text)]
    if listed or not register.has("action_date"):
        return listed
    ends = [period.end for period in register.periods["action_date"][index] if period.end is not None]
    return [("", max(ends))] if ends else []


def scale_of(register: Register) -> Scale:
    """How a register scores."""
    scoring = register.scoring
    return Scale(
        likelihood=_levels(scoring.likelihood),
        impact=_levels(scoring.impact),
        rule=str(scoring.rule),
        bands=tuple(_grade(register, band) for band in scoring.bands),
        sheet=register.sheet_name,
    )


def _levels(levels: Iterable[Level]) -> dict[str, float]:
    return {one_line(level.name) or f"{level.score:g}": level.score for level in levels if math.isfinite(level.score)}


def _grade(register: Register, band: Band) -> Grade:
    low = band.low if math.isfinite(band.low) else 0.0
    high = band.high if math.isfinite(band.high) else low
    return Grade(one_line(band.name), low, high, band_colour(register.scoring, band) or "")


def movement_records(register: Register, previous: Book) -> Iterator[MovementRecord]:
    """Every risk against last quarter's register: those that are there now in sheet order, then those that are gone.

    Nothing where last quarter's workbook has no register with any of these risks.
    """
    pairing = pair_with_previous(register, previous)
    if pairing is None:
        return
    now, then = _current(register), _current(pairing.then)
    off_now, off_then = closed(register), closed(pairing.then)
    for index in _risks_with_rows(register):
        there = pairing.pairs.get(index)
        before = None if there is None or off_then[there] else then[there]
        after = None if off_now[index] else now[index]
        if before is not None or after is not None:
            yield _movement(register, index, before, after)
    for there in _gone(pairing):
        if not off_then[there]:
            yield _movement(pairing.then, there, then[there], None)


def _gone(pairing: Pairing) -> Iterator[int]:
    first_rows = _risks_with_rows(pairing.then)
    return (there for there in pairing.vanished if there in first_rows)


def _movement(register: Register, index: int, before: StageRecord | None, after: StageRecord | None) -> MovementRecord:
    return MovementRecord(
        _text(register, index, "ref"), one_line(risk_title(register, index)), _text(register, index, "owner"), before,
        after,
    )  # fmt: skip


def _current(register: Register) -> list[StageRecord]:
    """The scores that count: residual, else inherent; empty ones where the register has neither."""
    stage = current_stage(register)
    return [StageRecord()] * register.count if stage is None else stage_records(register, stage)
