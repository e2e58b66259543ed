"""What changed in one risk since last quarter."""

from __future__ import annotations

from collections.abc import Iterator

from regsheet.layout.tables import STAGES
from regsheet.model.previous import Pairing
from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.model.scoring import plain
from regsheet.rules.risks import settled_scores
from regsheet.values.text import one_line

REVIEW_FIELDS = frozenset({"review_date", "next_review_date"})

FOLLOWING_FIELDS = frozenset({"previous_rating", "direction_of_travel"})
"""Fields that follow from others: a change in them says nothing."""


def same_text(one: object, other: object) -> bool:
    """Whether two cells say the same, case and spaces aside."""
    return one_line(one).casefold() == one_line(other).casefold()


def changed_fields(pairing: Pairing, index: int) -> Iterator[str]:
    """The fields of a risk that are not as they were, those that follow from others left out.

    A column that only one of the two registers has is left out too. Columns that mean nothing to us are compared by
    their headings and come as those.
    """
    there = pairing.pairs[index]
    now, then = pairing.now, pairing.then
    for field in (*TEXT_FIELDS, *SCORE_FIELDS, *DATE_FIELDS):
        if field in FOLLOWING_FIELDS or not (now.has(field) and then.has(field)):
            continue
        if not _same(now, index, then, there, field):
            yield field
    yield from _changed_columns(pairing, index)


def _same(now: Register, index: int, then: Register, there: int, field: str) -> bool:
    if field in DATE_FIELDS:
        one, other = now.periods[field][index], then.periods[field][there]
        if one and other and all(period.is_dated for period in (*one, *other)):
            return [(p.start, p.end) for p in one] == [(p.start, p.end) for p in other]
    elif field in SCORE_FIELDS:
        return now.number(index, field) == then.number(there, field)
    return same_text(now.sources[field].values[index], then.sources[field].values[there])


def _changed_columns(pairing: Pairing, index: int) -> Iterator[str]:
    there = pairing.pairs[index]
    rows = pairing.now.table.rows[index], pairing.then.table.rows[there]
    then = {one_line(column.heading).casefold(): column.index for column in pairing.then.table.columns
            if column.field is None and column.heading}  # fmt: skip
    for column in pairing.now.table.columns:
        other = then.get(one_line(column.heading).casefold())
        if column.field is None and column.heading and other is not None:
            one = pairing.now.sheet.value(rows[0], column.index)
            if not same_text(one, pairing.then.sheet.value(rows[1], other)):
                yield column.heading


def score_moves(pairing: Pairing) -> dict[int, str]:
    """Each risk whose scores moved since last quarter, to the first move in words; the residual stage counts first."""
    now, then = pairing.now, pairing.then
    found: dict[int, str] = {}
    for stage in sorted(set(now.stages) & set(then.stages), key=("residual", *STAGES).index):
        scores, before = settled_scores(now, stage), settled_scores(then, stage)
        for index, there in pairing.pairs.items():
            for part in ("rating", "likelihood", "impact"):
                one, other = getattr(before[there], part), getattr(scores[index], part)
                if one is not None and other is not None and one != other:
                    name = now.field_name(f"{stage}_{part}")
                    found.setdefault(index, f"the {name} went from {plain(one)} to {plain(other)}")
    return found
