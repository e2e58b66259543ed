"""Calendar quarters as a ledger names them."""

from __future__ import annotations

import datetime as dt


def quarter_key(day: dt.date) -> str:
    """``2024-Q4``: the quarter of a day. Keys sort as their quarters do."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def quarter_name(day: dt.date) -> str:
    """``Q4 2024``."""
    return f"Q{(day.month + 2) // 3} {day.year}"
