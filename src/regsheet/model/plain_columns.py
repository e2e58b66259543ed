"""The columns of a table as plain lists, from which a dataframe is made when somebody asks for one.

Rules and the writer ask for single values, which lists give at once; pandas, which takes longer to load than a small
register takes to check, is loaded only for those who work with dataframes.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from regsheet.model.recurring import Coded

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["Int64", "Float64", "string", "datetime64"]


class PlainColumn(NamedTuple):
    """A column: its values, None where there is none, and the dtype that it has in a dataframe."""

    values: Sequence[object]
    kind: Kind

    def spread(self, codes: Sequence[int]) -> PlainColumn:
        """The column that has, for each row, the value at that place of this one."""
        return PlainColumn(Coded(self.values, codes), self.kind)


def whole_numbers(values: Iterable[int]) -> PlainColumn:
    """A column of positions."""
    return PlainColumn(list(values), "Int64")


def numbers(values: Iterable[float | None]) -> PlainColumn:
    """A column of scores; what is no number counts as none."""
    return PlainColumn([None if value is None or math.isnan(value) else float(value) for value in values], "Float64")


def texts(values: Iterable[str | None]) -> PlainColumn:
    """A column of texts."""
    return PlainColumn(list(values), "string")


def dates(values: Iterable[dt.date | None]) -> PlainColumn:
    """A column of days, as the midnights at which they begin."""
    days = (None if day is None else dt.datetime(day.year, day.month, day.day) for day in values)
    return PlainColumn(list(days), "datetime64")


def dataframe(columns: Mapping[str, PlainColumn], rows: int) -> pd.DataFrame:
    """The columns as a dataframe with index 0…``rows`` - 1."""
    import pandas as pd

    def series(column: PlainColumn) -> pd.Series:
        if column.kind == "datetime64":
            return pd.to_datetime(pd.Series(list(column.values), dtype=object), errors="coerce")
        return pd.Series(list(column.values), dtype=column.kind)

    return pd.DataFrame({name: series(column) for name, column in columns.items()}, index=range(rows))
