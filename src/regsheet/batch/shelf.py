"""Bytes put aside in a temporary file, so that a run over a thousand workbooks needs no memory for them."""

from __future__ import annotations

import tempfile
from types import TracebackType
from typing import NamedTuple, Self


class Place(NamedTuple):
    """Where something lies on a shelf."""

    start: int
    length: int


class Shelf:
    """A temporary file that only this process can open, and that is gone when the process is."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._file.close()

    def put(self, content: bytes) -> Place:
        """Put something on the shelf."""
        place = Place(self._end, len(content))
        self._file.seek(self._end)
        self._file.write(content)
        self._end += len(content)
        return place

    def get(self, place: Place) -> bytes:
        """What lies at a place."""
        self._file.seek(place.start)
        return self._file.read(place.length)
