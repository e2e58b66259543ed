"""Putting results into the outbox, and files that could not be read into its folder ``unread``. Nothing is replaced."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath

from regsheet.batch.outputs import target_in
from regsheet.errors import OutputError
from regsheet.package import write_whole
from regsheet.reports.plain import printable
from regsheet.reports.wording import long_date
from regsheet.watch.names import shortened
from regsheet.watch.places import UNREAD
from regsheet.watch.words import words


def put(outbox: Path, outputs: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """Write results, each whole; their names with their digests. Raises ``OutputError``."""
    written = {}
    for name, content in outputs:
        write_whole(target_in(outbox, name), content)
        written[name] = hashlib.sha256(content).hexdigest()
    return written


def move_to_unread(path: Path, file: str, outbox: Path, why: str, today: dt.date) -> tuple[str, str]:
    """Move a file out of the inbox, as it is, and put a text with the reason beside it; the names of both.

    Raises ``OSError`` or ``OutputError`` where it cannot be moved; then it is still in the inbox.
    """
    given = PurePosixPath(file)
    folder = target_in(outbox, (PurePosixPath(UNREAD) / given).as_posix()).parent
    stem = shortened(given.stem)
    for one in chain([stem], (f"{stem}-{number}" for number in count(2))):
        target, note = folder / (one + given.suffix), folder / f"{one}.txt"
        if _is_there(note) or _is_there(target) or not _move(path, target):
            continue
        text = words("unread", "note", reason=printable(why), when=long_date(today))
        with contextlib.suppress(OutputError):  # the file is safe, and the log has where it is
            write_whole(note, text.encode("utf-8-sig", "replace"))
        return target.relative_to(outbox).as_posix(), note.relative_to(outbox).as_posix()
    raise AssertionError  # numbers do not end


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _move(path: Path, target: Path) -> bool:
    """Move a file without replacing anything; false where something is there by now."""
    try:
        if os.name == "nt":
            path.rename(target)  # which refuses there to replace a file
            return True
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except FileNotFoundError:
        raise
    except (OSError, NotImplementedError):  # another drive, or one that knows no links
        return _carry(path, target)
    try:
        path.unlink()
    except OSError:
        target.unlink()
        raise
    return True


def _carry(path: Path, target: Path) -> bool:
    """Copy a file to another drive, and remove it here when the copy is whole."""
    try:
        stream = target.open("xb")
    except FileExistsError:
        return False
    try:
        with stream, path.open("rb") as source:
            shutil.copyfileobj(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError):
            shutil.copystat(path, target)
        path.unlink()
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return True
