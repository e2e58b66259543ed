"""Whether a file is at rest and whole: people copy large workbooks over slow networks."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from regsheet.limits import UNFINISHED_SECONDS
from regsheet.watch.inbox import Sighting, Stamp

ZIP, END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
LONGEST_END = 22 + 65_535
"""Bytes of the record at the end of a zip with the longest remark."""

Doubt = Literal["", "unfinished", "no_entry"]


class Settling:
    """Since when each file has been as it is."""

    def __init__(self, seconds: float) -> None:
        """A file is at rest when nothing about it has changed for so many seconds."""
        self._seconds = seconds
        self._since: dict[str, tuple[Stamp, float]] = {}

    def look(self, files: Mapping[str, Sighting], now: float) -> None:
        """Take note of what was seen at ``now``, in seconds of a clock that never goes back."""
        before = self._since
        self._since = {}
        for file, one in files.items():
            stamp, since = before.get(file, (None, now))
            self._since[file] = (one.stamp, since if stamp == one.stamp else now)

    def left(self, file: str, now: float) -> float:
        """Seconds until a file is at rest, if nothing changes; 0 where it is."""
        return max(self._seconds - self.unchanged(file, now), 0.0)

    def unchanged(self, file: str, now: float) -> float:
        """For how many seconds it has been seen as it is."""
        return now - self._since[file][1]


def doubt_of(path: Path, unchanged: float) -> tuple[Doubt, OSError | None]:
    """Why a file at rest is not to be read yet, if there is a reason.

    ``no_entry``: it cannot be opened, as while Excel on Windows holds it. ``unfinished``: it is empty, or the end that
    belongs to its kind is missing, and it has neither been ``unchanged`` nor is it old enough to be taken as it is.
    """
    try:
        with path.open("rb") as stream:
            begin = stream.read(4)
            size = stream.seek(0, 2)
            stream.seek(max(size - LONGEST_END, 0))
            whole = _is_whole(begin, stream.read(), path.suffix.lower())
        age = time.time() - path.stat().st_mtime
    except OSError as error:
        return "no_entry", error
    if whole or unchanged >= UNFINISHED_SECONDS or age >= UNFINISHED_SECONDS:
        return "", None
    return "unfinished", None


def _is_whole(begin: bytes, end: bytes, suffix: str) -> bool:
    """Whether the end is there. Some systems give a file its full size at once and fill it from the front."""
    if begin == ZIP:
        return END_OF_ZIP in end
    return bool(end) and not (suffix == ".csv" and end.endswith(b"\0"))
