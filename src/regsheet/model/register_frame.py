"""One register table read into columns: texts, scores, bands and dates, each with the cell it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import is_

from regsheet.config import Config
from regsheet.grid.cells import CellError, Sheet, Value
from regsheet.layout.tables import STAGES, Layout, Level, Table
from regsheet.model.choose_scoring import choose_scoring
from regsheet.model.plain_columns import PlainColumn, dates, numbers, texts, whole_numbers
from regsheet.model.recurring import Coded
from regsheet.model.register import DATE_FIELDS, SCORE_FIELDS, TEXT_FIELDS, Register
from regsheet.model.scoring import Scoring
from regsheet.model.sources import Sourced, Sources
from regsheet.values.cleaning import cleaned_together
from regsheet.values.dates import Period, read_periods
from regsheet.values.scores import Score, read_score
from regsheet.values.text import clean, is_blank, is_dash


def build_register(
    sheet: Sheet, table: Table, layout: Layout, config: Config, earlier: Register | None = None
) -> Register:
    """A register table as a ``Register``; see there for the frame's columns and dtypes.

    ``earlier`` is what the same table, layout and configuration gave before cells of the sheet were changed: columns
    in which nothing was changed are not read again.
    """
    sources = Sources(sheet, table)
    before = {} if earlier is None else unchanged_columns(earlier, sheet)
    found = {column.field: before.get(column.index) or sources.column(column) for column in table.columns
             if column.field is not None}  # fmt: skip
    scores = _Scores(found)
    ratings = (scores.of(field) for field in SCORE_FIELDS if field in found and field.endswith("_rating"))
    words = [score.word for read in ratings for score in read.different if score.word]
    scoring = choose_scoring(table, layout, config.scoring, words)
    reader = _FrameReader(table, found, scores, scoring, config.day_first, earlier)
    return reader.register(sheet)


def unchanged_columns(earlier: Register, sheet: Sheet) -> dict[int, Sourced]:
    """What a register read from each column of its sheet, by number, where the sheet as it is now has the same."""
    table = earlier.table
    if earlier.sheet.merges != sheet.merges:
        return {}
    changed = sheet.cells.changed_columns(earlier.sheet.cells)
    sources = Sources(sheet, table)
    columns = {column.field: column.index for column in table.columns if column.field is not None}
    return {index: earlier.sources[field] for field, index in columns.items()
            if field in earlier.sources and index not in changed and not sources.has_merges(index)}  # fmt: skip


class _Scores:
    """The scores of a table's columns, each column read when it is first asked for."""

    def __init__(self, found: Mapping[str, Sourced]) -> None:
        self._found = found
        self._read: dict[str, Coded[Score]] = {}

    def __contains__(self, field: str) -> bool:
        return field in self._found and field in SCORE_FIELDS

    def of(self, field: str) -> Coded[Score]:
        """The scores of one column."""
        if field not in self._read:
            self._read[field] = self._found[field].coded.read(read_score)
        return self._read[field]


class _FrameReader:
    """Reads a table's sources into columns, and collects what could not be read."""

    def __init__(
        self,
        table: Table,
        found: Mapping[str, Sourced],
        scores: _Scores,
        scoring: Scoring,
        day_first: bool,
        earlier: Register | None,
    ) -> None:
        self.table, self.found, self.scores, self.scoring = table, found, scores, scoring
        self.day_first, self.earlier = day_first, earlier
        self.columns: dict[str, PlainColumn] = {"row": whole_numbers(table.rows)}
        self.sources: dict[str, Sourced] = {}
        self.periods: dict[str, tuple[tuple[Period, ...], ...]] = {}
        self.unreadable: dict[tuple[int, str], str] = {}

    def register(self, sheet: Sheet) -> Register:
        again = self._read_before()
        for field in self.found:
            if field in again:
                self._take_over(field, again)
            elif field in SCORE_FIELDS:
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

    def _read_before(self) -> dict[str, Register]:
        """The fields that would be read as before, from the same cells on the same scale."""
        before = self.earlier
        if before is None:
            return {}
        kept = (field for field, found in self.found.items() if found is before.sources.get(field))
        same_scale = self.scoring == before.scoring
        return {field: before for field in kept if same_scale or field not in SCORE_FIELDS}

    def _take_over(self, field: str, again: Mapping[str, Register]) -> None:
        before = again[field]
        self.sources[field], self.columns[field] = before.sources[field], before.columns[field]
        if field in before.periods:
            self.periods[field] = before.periods[field]
        if field in SCORE_FIELDS:
            self.unreadable.update({key: why for key, why in before.unreadable.items() if key[1] == field})

    def _texts(self, field: str) -> None:
        self.sources[field] = self.found[field]
        values = self.found[field].values
        cleaned = [text or None for text in cleaned_together(values)]
        # Most columns are clean as typed: one list is then both, for a register has long ones.
        self.columns[field] = PlainColumn(values if all(map(is_, cleaned, values)) else cleaned, "string")

    def _dates(self, field: str) -> None:
        found = self.sources[field] = self.found[field]
        read = found.coded.read(lambda value: _periods(value, self.day_first))
        periods, ends = read.each(), list(read.spread(dates(map(_last_end, read.different)).values))
        for place, parts in found.further.items():
            further = (period for part in parts for period in _periods(part, self.day_first))
            periods[place] = (*periods[place], *further)
            ends[place] = dates([_last_end(periods[place])]).values[0]
        self.periods[field] = tuple(periods)
        self.columns[field] = PlainColumn(ends, "datetime64")

    def _scores(self, field: str) -> None:
        self.sources[field] = self.found[field]
        levels = self._levels_of(field)
        read = self.scores.of(field)
        read_as = [self._number(score, levels, field) for score in read.different]
        self.columns[field] = numbers(read_as).spread(read.codes)
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
                if target in self.columns:
                    continue
                read = self.scores.of(field)
                values = [getattr(score, part) for score in read.different]
                if any(value is not None for value in values):
                    self.sources[target] = self.found[field]
                    self.columns[target] = numbers(values).spread(read.codes)
        band = f"{stage}_band"
        if f"{stage}_rating" in self.scores and band not in self.columns:
            read = self.scores.of(f"{stage}_rating")
            words = [score.word for score in read.different]
            if any(words):
                self.sources[band] = self.found[f"{stage}_rating"]
                self.columns[band] = texts(words).spread(read.codes)


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
