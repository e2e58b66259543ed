"""What several quarters show together, as the ledger tells it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

State = Literal["new", "persisting", "resolved"]


class BandCount(msgspec.Struct, frozen=True):
    """How many risks stood in a band in one quarter."""

    as_of: dt.date
    service: str
    band: str
    colour: str
    is_red: bool
    risks: int


class FindingHistory(msgspec.Struct, frozen=True):
    """One finding over time. ``resolved``: it was there the quarter before and is not there now.

    ``quarters`` is the number of quarters in which it was seen.
    """

    service: str
    file: str
    code: str
    name: str
    severity: str
    ref: str
    title: str
    field: str
    owner: str
    message: str
    state: State
    first_seen: dt.date
    last_seen: dt.date
    quarters: int


class RedHistory(msgspec.Struct, frozen=True):
    """A risk that is in the top band now, and since when it has been there without a break."""

    service: str
    file: str
    ref: str
    title: str
    rating: float | None
    since: dt.date
    quarters: int


class SlippedDate(msgspec.Struct, frozen=True):
    """An action whose date moved later from quarter to quarter: when it was first due, when now, how often it moved."""

    service: str
    file: str
    ref: str
    title: str
    action: str
    first_due: dt.date
    due: dt.date
    times: int


class Trends(msgspec.Struct, frozen=True):
    """Several quarters up to and with ``as_of``, which is the last of ``quarters`` (oldest first)."""

    as_of: dt.date
    quarters: tuple[dt.date, ...] = ()
    bands: tuple[BandCount, ...] = ()
    findings: tuple[FindingHistory, ...] = ()
    reds: tuple[RedHistory, ...] = ()
    slipped: tuple[SlippedDate, ...] = ()
