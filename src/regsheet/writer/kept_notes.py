"""What was told of notes, held small from when they are written until the mark tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import starmap

from regsheet.package.fast import pack, unpack
from regsheet.writer.records import NoteRecord

BATCH = 2000
"""So many notes are compressed at a time: those of most workbooks never."""


class KeptNotes:
    """Notes in the order in which they are added: compressed, for there may be tens of thousands."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._latest: list[NoteRecord] = []

    def add(self, note: NoteRecord) -> None:
        """Keep one more."""
        self._latest.append(note)
        if len(self._latest) == BATCH:
            self._packed.append(pack(json.dumps(self._latest).encode()))
            self._latest = []

    def __iter__(self) -> Iterator[NoteRecord]:
        for batch in self._packed:
            yield from starmap(NoteRecord, json.loads(unpack(batch)))
        yield from self._latest
