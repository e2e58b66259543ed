"""What the watch has done, kept in the outbox, so that no restart does a file twice."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from regsheet.limits import MAX_STATE_BYTES
from regsheet.package import write_whole
from regsheet.watch.places import STATE


class Entry(msgspec.Struct):
    """A file that was done: its content, the options, and what was written, by name in the outbox, with its digest."""

    sha256: str
    options: str
    outputs: dict[str, str] = {}


class _Record(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    files: dict[str, Entry]


class State:
    """The record of an outbox: files by their path in the inbox."""

    def __init__(self, outbox: Path) -> None:
        self.outbox = outbox
        self.path = outbox / STATE
        self.files: dict[str, Entry] = {}

    def load(self) -> bool:
        """Read the record; false where it is damaged, and then nothing counts as done."""
        try:
            if self.path.lstat().st_size > MAX_STATE_BYTES:
                return False
            record = msgspec.json.decode(self.path.read_bytes(), type=_Record)
        except FileNotFoundError:
            return True
        except (OSError, ValueError, RecursionError):
            return False
        if record.format != 1:
            return False
        self.files = record.files
        return True

    def save(self) -> None:
        """Write the record whole. Raises ``OutputError``."""
        files = {file: msgspec.to_builtins(self.files[file]) for file in sorted(self.files)}
        text = json.dumps({"format": 1, "files": files}, indent=1)
        write_whole(self.path, text.encode("ascii"))

    def is_done(self, file: str, sha256: str, options: str) -> bool:
        """Whether this content was done with these options."""
        entry = self.files.get(file)
        return entry is not None and (entry.sha256, entry.options) == (sha256, options)

    def taken_by_others(self, file: str) -> frozenset[str]:
        """Names in the outbox, case folded, that hold the results of other files."""
        return frozenset(name.casefold() for other, entry in self.files.items() if other != file
                         for name in entry.outputs)  # fmt: skip

    def forget_gone(self, there: frozenset[str]) -> bool:
        """Forget files that are gone with all their results: put in again, they are new. Whether any was forgotten."""
        gone = [file for file, entry in self.files.items() if file not in there
                and not any((self.outbox / name).exists() for name in entry.outputs)]  # fmt: skip
        for file in gone:
            del self.files[file]
        return bool(gone)
