"""A register as a dataframe, with the cell that each value came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from regsheet.grid.cells import Sheet, Value
from regsheet.layout.tables import STAGES, Band, Table
from regsheet.model.plain_columns import PlainColumn, dataframe
from regsheet.model.scoring import Scoring
from regsheet.model.sources import Sourced, shared_addresses
from regsheet.values.dates import Period

if TYPE_CHECKING:
    import pandas as pd

SCORES = ("likelihood", "impact", "rating")
TEXT_FIELDS = (
    "ref", "title", "description", "category", "objective", "cause", "consequence", "controls", "actions", "owner",
    "action_owner", "commentary", "direction_of_travel", "response", "appetite", "proximity", "status",
    "action_status", *(f"{stage}_band" for stage in STAGES),
)  # fmt: skip
SCORE_FIELDS = (*(f"{stage}_{score}" for stage in STAGES for score in SCORES), "previous_rating")
DATE_FIELDS = ("action_date", "review_date", "next_review_date", "identified_date")


@dataclass(frozen=True, eq=False)
class Register:
    """One register table.

    ``frame``: one row a risk, in sheet order, index 0…n-1. Columns: ``row`` (Int64, the sheet row) and the canonical
    fields that the sheet has. Scores and ratings are ``Float64`` on the register's own scale (level names turned into
    their scores where the scale is known), NA where blank or unreadable; bands, names and prose are ``string``,
    trimmed, NA where blank; dates are ``datetime64``, naive, the last day of the last period that the cell names.

    ``columns``: what the frame is made of when it is first asked for: each column as a plain list, None for NA.
    ``sources``: for each of these fields but ``row``, the values as typed and their cells; ``cells`` and ``raw`` give
    them as dataframes. ``periods``: for each date field, one tuple of periods a row.
    ``unreadable``: (row index, field) to why a cell that has content gave no value.
    """

    table: Table
    sheet: Sheet
    columns: Mapping[str, PlainColumn]
    sources: Mapping[str, Sourced]
    periods: Mapping[str, tuple[tuple[Period, ...], ...]]
    unreadable: Mapping[tuple[int, str], str]
    scoring: Scoring

    @property
    def sheet_name(self) -> str:
        """The name of the sheet it stands on."""
        return self.sheet.name

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a risk: see above."""
        return dataframe(self.columns, self.count)

    @property
    def count(self) -> int:
        """How many risks it has: the rows of the frame."""
        return len(self.table.rows)

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages of which the sheet has any score, in order."""
        return tuple(s for s in STAGES if any(f"{s}_{score}" in self.columns for score in (*SCORES, "band")))

    def has(self, *fields: str) -> bool:
        """Whether the sheet has a column for every one of these fields."""
        return all(map(self.columns.__contains__, fields))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The address that each value of the frame came from: the frame's shape without ``row``, objects."""
        import pandas as pd

        index = range(self.count)
        return pd.DataFrame({name: found.addresses for name, found in self.sources.items()}, index=index, dtype=object)

    @cached_property
    def raw(self) -> pd.DataFrame:
        """The values as typed: the frame's shape without ``row``, objects."""
        import pandas as pd

        index = range(self.count)
        columns = {name: pd.Series(found.values, index=index, dtype=object) for name, found in self.sources.items()}
        return pd.DataFrame(columns, index=index)

    @cached_property
    def shared_cells(self) -> frozenset[str]:
        """The addresses of cells that hold more than one field: ``4x4=16``."""
        return shared_addresses(self.sources.values())

    def addresses(self, field: str) -> list[str | None]:
        """The cells that a field's values came from, as a new list; None for a field that the sheet lacks."""
        found = self.sources.get(field)
        return [None] * self.count if found is None else [*found.addresses]

    def values(self, field: str) -> list[object]:
        """A column of the frame as a new list, None for NA; all None for a field that the sheet lacks."""
        column = self.columns.get(field)
        return [None] * self.count if column is None else list(column.values)

    def typed(self, field: str) -> list[Value]:
        """A column as typed, as a new list; None where blank and for a field that the sheet lacks."""
        found = self.sources.get(field)
        return [None] * self.count if found is None else list(found.typed)

    def value(self, index: int, field: str) -> object:
        """A value of the frame as a plain Python value: None for NA and for a field that the sheet lacks."""
        column = self.columns.get(field)
        return None if column is None else column.values[index]

    def text(self, index: int, field: str) -> str:
        """A text of the frame; empty where blank."""
        value = self.value(index, field)
        return "" if value is None else str(value)

    def named(self, index: int) -> tuple[str | None, str | None, str | None]:
        """What a risk is known by: its reference, its title, its owner; None where blank."""
        refs, titles, owners = self._names
        return refs[index], titles[index], owners[index]

    @cached_property
    def _names(self) -> tuple[list[str | None], ...]:
        """The columns by which risks are known: every finding asks for them."""
        columns = (self.columns.get(name) for name in ("ref", "title", "owner"))
        return tuple([None] * self.count if one is None else cast("list[str | None]", one.values) for one in columns)

    def number(self, index: int, field: str) -> float | None:
        """A score of the frame."""
        value = self.value(index, field)
        return None if value is None else float(value)  # type: ignore[arg-type]

    def address(self, index: int, field: str) -> str | None:
        """The cell a value came from."""
        found = self.sources.get(field)
        return None if found is None else found.address(index)

    def position(self, index: int, field: str) -> tuple[int, int] | None:
        """The cell a value came from as (row, column)."""
        found = self.sources.get(field)
        return None if found is None else found.position(index)

    def band(self, index: int, stage: str) -> Band | None:
        """The band of a risk at a stage: of its rating where there is one, else of the band word in the sheet."""
        rating = self.number(index, f"{stage}_rating")
        if rating is None:
            return self.scoring.band_named(self.text(index, f"{stage}_band"))
        scores = (self.number(index, f"{stage}_{score}") for score in ("likelihood", "impact"))
        return self.scoring.band(rating, *scores)

    def label(self, index: int) -> str:
        """What to call a risk in a sentence: its reference, else its title, else its row."""
        return self.text(index, "ref") or shorten(self.text(index, "title")) or f"row {self.value(index, 'row')}"

    def stage_name(self, stage: str) -> str:
        """The sheet's own word for a stage."""
        return self.table.stage_name(stage)

    def field_name(self, field: str) -> str:
        """A field in the sheet's own words for a sentence: ``mitigated rating``, ``risk owner``."""
        stage, _, score = field.partition("_")
        if stage in STAGES and score:
            name = self.stage_name(stage).lower()
            return (
                f"{score} ({name})"
                if name.startswith(("no ", "with ", "without ", "before ", "after "))
                else f"{name} {score}"
            )
        return field.replace("_", " ")


def shorten(text: str, length: int = 40) -> str:
    """The start of a text, cut between words."""
    start = " ".join(text[: 2 * length].split())
    if len(start) <= length and len(text) > 2 * length:  # blanks upon blanks
        start = " ".join(text.split())
    return start if len(start) <= length else start[: length - 1].rsplit(" ", 1)[0].rstrip(",;:-") + "…"
