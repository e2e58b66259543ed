"""Serial numbers as dates: the 1900 system with its leap year that never was, and the 1904 system."""

from __future__ import annotations

import datetime as dt
import re

WINDOWS_EPOCH = dt.datetime(1899, 12, 30)
MAC_EPOCH = dt.datetime(1904, 1, 1)
LAST_SERIAL = 2_958_466
"""The day after 31 December 9999."""

_ISO_TIME = re.compile(r"T?(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?Z?\Z")


def from_serial(serial: float, date_1904: bool = False) -> dt.datetime | dt.time | None:
    """The moment a serial number stands for, to the millisecond; a time where it is less than a day.

    None where Excel shows no date either: below zero and beyond the year 9999.
    """
    if not 0 <= serial < LAST_SERIAL:
        return None
    days, fraction = divmod(serial, 1)
    since_midnight = dt.timedelta(milliseconds=round(fraction * 86_400_000))
    if serial < 1 and since_midnight.days == 0 and not (date_1904 and serial == 0):
        return (dt.datetime.min + since_midnight).time()
    if date_1904:
        epoch = MAC_EPOCH
    else:
        epoch = WINDOWS_EPOCH
        # Lotus 1-2-3 thought 1900 a leap year and Excel kept it: days before the 29 February are one further on.
        days += days < 60
    try:
        return epoch + dt.timedelta(days=days) + since_midnight
    except OverflowError:
        return None


def from_iso(text: str) -> dt.datetime | dt.time | None:
    """A moment in ISO 8601, as Strict workbooks store it (``2024-05-31``, ``2024-05-31T09:30:00Z``, ``09:30:00``)."""
    text = text.strip()
    found = _ISO_TIME.match(text)
    try:
        if found:
            micro = int((found[4] or "0").ljust(6, "0")[:6])
            return dt.time(int(found[1]), int(found[2]), int(found[3] or 0), micro)
        return dt.datetime.fromisoformat(text.rstrip("Zz").replace(",", ".")).replace(tzinfo=None)
    except ValueError:
        return None
