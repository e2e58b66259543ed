"""When a risk was closed, by a column that says so and that is no field of its own."""

from __future__ import annotations

import datetime as dt
import re

from regsheet.model.register import Register

CLOSING_DATE = re.compile(
    r"\b(?:clos(?:ed|ure|ing|e)[ -]?(?:out )?(?:date|on)|date[ -](?:of )?clos(?:ed|ure|ing))\b", re.IGNORECASE
)


def closing_column(register: Register) -> int | None:
    """The column, mapped to no field or to none that is known here, whose heading says when a risk was closed."""
    return next((column.index for column in register.table.columns if CLOSING_DATE.search(column.heading)), None)


def closing_dates(register: Register, as_of: dt.date) -> list[dt.date | None]:
    """The day on which each risk was closed, None where it was not, or not yet."""
    column = closing_column(register)
    if column is None:
        return [None] * register.count
    cells = [register.sheet.value(row, column) for row in register.table.rows]
    return [cell.date() if isinstance(cell, dt.datetime) and cell.date() <= as_of else None for cell in cells]
