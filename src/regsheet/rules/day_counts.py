"""Months and days as sentences and comparisons need them."""

from __future__ import annotations

import calendar
import datetime as dt

from regsheet.values.dates import Period


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on (or back); the month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_words(day: dt.date) -> str:
    """``30 September 2024``."""
    return f"{day.day} {day:%B %Y}"


def period_in_words(period: Period) -> str:
    """A period as its cell wrote it; a true date, which has no words of its own, is written out."""
    if period.start is not None and period.start == period.end and period.text == period.start.isoformat():
        return in_words(period.start)
    return f"“{period.text}”"


def how_long(since: dt.date, until: dt.date) -> str:
    """``3 days``, ``2 months``, ``more than 5 months``, ``more than 2 years``."""
    days = (until - since).days
    if days < 62:
        return f"{days} day{'s' if days != 1 else ''}"
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    if months < 24:
        return f"{months} months" if months_later(since, months) == until else f"more than {months} months"
    return f"more than {months // 12} years"
