"""One register table read into columns: texts, scores, bands and dates, each with the cell it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from regsheet.config import Config
from regsheet.grid.cells import CellError, Sheet, Value
from regsheet.layout.tables import STAGES, Layout, Level, Table
from regsheet.model.choose_scoring import choose_scoring
from regsheet.model.plain_columns import PlainColumn, dates, numbers, texts, whole_numbers
from regsheet.model.recurring import Recurring
from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.model.scoring import Scoring
from regsheet.model.sources import Sourced, Sources
from regsheet.values.dates import Period, read_periods
from regsheet.values.scores import Score, read_score
from regsheet.values.text import clean, is_blank, is_dash

MOST_REMEMBERED = 20_000
"""Different cells whose reading is remembered: scores and dates recur from row to row."""


def build_register(sheet: Sheet, table: Table, layout: Layout, config: Config) -> Register:
    """A register table as a ``Register``; see there for the frame's columns and dtypes."""
    sources = Sources(sheet, table)
    found = {column.field: sources.column(column) for column in table.columns if column.field is not None}
    scores = {field: Recurring(found[field].values, read_score) for field in SCORE_FIELDS if field in found}
    ratings = (read for field, read in scores.items() if field.endswith("_rating"))
    words = [score.word for read in ratings for score in read.different if score.word]
    scoring = choose_scoring(table, layout, config.scoring, words)
    reader = _FrameReader(table, found, scores, scoring, config.day_first)
    return reader.register(sheet)


class _FrameReader:
    """Reads a table's sources into columns, and collects what could not be read."""

    def __init__(
        self,
        table: Table,
        found: Mapping[str, Sourced],
        scores: Mapping[str, Recurring[Score]],
        scoring: Scoring,
        day_first: bool,
    ) -> None:
        self.table, self.found, self.scores, self.scoring = table, found, scores, scoring
        self.day_first = day_first
        self.columns: dict[str, PlainColumn] = {"row": whole_numbers(table.rows)}
        self.sources: dict[str, Sourced] = {}
        self.periods: dict[str, tuple[tuple[Period, ...], ...]] = {}
        self.unreadable: dict[tuple[int, str], str] = {}

    def register(self, sheet: Sheet) -> Register:
        for field in self.found:
            if field in SCORE_FIELDS:
                self._scores(field)
            elif field in DATE_FIELDS:
                self._dates(field)
            elif field in TEXT_FIELDS:
                self._texts(field)
        for stage in STAGES:
            self._composites(stage)
        rows = {row: index for index, row in enumerate(self.table.rows)}
        for (row, field), why in self.table.unreadable.items():
            if row in rows:
                self.unreadable[rows[row], field] = why
        return Register(
            table=self.table,
            sheet=sheet,
            columns=self.columns,
            sources=self.sources,
            periods=self.periods,
            unreadable=self.unreadable,
            scoring=self.scoring,
        )  # fmt: skip

    def _texts(self, field: str) -> None:
        self.sources[field] = self.found[field]
        self.columns[field] = texts(clean(value) or None for value in self.found[field].values)

    def _dates(self, field: str) -> None:
        found = self.sources[field] = self.found[field]
        read = Recurring(found.values, lambda value: _periods(value, self.day_first))
        periods, ends = read.each(), read.spread([_last_end(row) for row in read.different])
        for place, parts in found.further.items():
            further = (period for part in parts for period in _periods(part, self.day_first))
            periods[place] = (*periods[place], *further)
            ends[place] = _last_end(periods[place])
        self.periods[field] = tuple(periods)
        self.columns[field] = dates(ends)

    def _scores(self, field: str) -> None:
        self.sources[field] = self.found[field]
        levels = self._levels_of(field)
        read = self.scores[field]
        read_as = [self._number(score, levels, field) for score in read.different]
        self.columns[field] = numbers(read.spread(read_as))
        unread = {code for code, number in enumerate(read_as) if number is None}
        values = self.found[field].values
        for index, code in enumerate(read.codes) if unread else ():
            if code in unread and (why := _why_unread(values[index], read.different[code], field)):
                self.unreadable[index, field] = why

    def _number(self, score: Score, levels: Mapping[str, float], field: str) -> float | None:
        if field.endswith("_rating") and score.rating is not None:
            return score.rating
        if score.is_range:
            return None
        if score.number is not None:
            return score.number
        return levels.get(_key(score.word)) if score.word else None

    def _levels_of(self, field: str) -> dict[str, float]:
        scale: tuple[Level, ...] = ()
        if field.endswith("_likelihood"):
            scale = self.scoring.likelihood
        elif field.endswith("_impact"):
            scale = self.scoring.impact
        return {_key(level.name): level.score for level in scale}

    def _composites(self, stage: str) -> None:
        """What a composite cell says besides its own field: ``4x4=16`` also gives likelihood and impact."""
        for field in [f for f in (f"{stage}_rating", f"{stage}_likelihood", f"{stage}_impact") if f in self.scores]:
            for part in ("likelihood", "impact"):
                target = f"{stage}_{part}"
                read = self.scores[field]
                values = [getattr(score, part) for score in read.different]
                if target not in self.columns and any(value is not None for value in values):
                    self.sources[target] = self.found[field]
                    self.columns[target] = numbers(read.spread(values))
        band = f"{stage}_band"
        if f"{stage}_rating" in self.scores and band not in self.columns:
            read = self.scores[f"{stage}_rating"]
            words = [score.word for score in read.different]
            if any(words):
                self.sources[band] = self.found[f"{stage}_rating"]
                self.columns[band] = texts(read.spread(words))


@lru_cache(MOST_REMEMBERED, typed=True)
def _periods(value: Value, day_first: bool) -> tuple[Period, ...]:
    return () if is_blank(value) else read_periods(value, day_first=day_first)


def _last_end(periods: Iterable[Period]) -> dt.date | None:
    return max((period.end for period in periods if period.end is not None), default=None)


def _key(name: str | None) -> str:
    return "".join((name or "").split()).casefold()


def _why_unread(value: Value, score: Score, field: str) -> str | None:
    """Why a score cell with content gave no number; None where there is nothing to read or a word will do."""
    if is_blank(value) or is_dash(value):
        return None
    if isinstance(value, CellError):
        return f"it holds the error {value}"
    if score.is_range:
        return f"“{clean(value)}” is a range, not one score"
    if score.word and field.endswith("_rating"):
        return None
    return f"“{clean(value)}” is not a score on the scale"
