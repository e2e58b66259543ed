"""Outcomes as bytes: what travels from a worker, and what a ledger keeps to resume a run."""

from __future__ import annotations

import zlib

import msgspec

from regsheet.outcome.records import Outcome


def packed(outcome: Outcome) -> bytes:
    """An outcome as deflated JSON."""
    return zlib.compress(msgspec.json.encode(outcome), 1)


def unpacked(data: bytes, most: int = 0) -> Outcome:
    """The outcome that was packed.

    Raises ``zlib.error``, ``msgspec.MsgspecError`` or ``ValueError`` where these bytes are none, or where it takes more
    than so many bytes of memory (0 for any number: only for what a process of ours packed).
    """
    inflater = zlib.decompressobj()
    text = inflater.decompress(data, most)
    if inflater.unconsumed_tail:
        raise ValueError("too large")
    return msgspec.json.decode(text, type=Outcome)
