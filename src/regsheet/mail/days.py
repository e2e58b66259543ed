"""Working days: Monday to Friday, public holidays as the configuration lists them aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from regsheet.writer.sheets.texts import date_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def working_days_after(day: dt.date, count: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The day that many working days later."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5 and day not in holidays
    return day


def weekday_words(day: dt.date) -> str:
    """``Wednesday 15 January 2025``."""
    return f"{WEEKDAYS[day.weekday()]} {date_words(day)}"
