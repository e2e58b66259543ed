"""Private folders for what people send: gone when forgotten, and after a crash when the server starts again."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO

from regsheet.limits import KEPT_SECONDS

PREFIX = "regsheet-served-"
LOCK = "in-use"


class PrivateFolders:
    """The folder of one running server, and in it one folder for each check.

    As long as the server runs it holds a lock in its folder; at the start, folders of servers that no longer run are
    removed with all that is in them.
    """

    def __init__(self, parent: Path) -> None:
        sweep(parent)
        self.root = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self.root.chmod(0o700)
        self._lock = (self.root / LOCK).open("wb")
        _take(self._lock)

    def new(self) -> Path:
        """A new private folder."""
        folder = self.root / secrets.token_hex(16)
        folder.mkdir(mode=0o700)
        return folder

    def remove_strays(self, kept: Collection[Path]) -> None:
        """Remove old folders that belong to nothing any more, such as that of an answer nobody stayed to fetch."""
        for folder in self.root.iterdir():
            with contextlib.suppress(OSError):
                if folder.is_dir() and folder not in kept and time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                    remove(folder)

    def close(self) -> None:
        """Remove everything."""
        self._lock.close()
        remove(self.root)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it; a worker that is being ended may still have a file open."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    total = 0
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            total += entry.lstat().st_size
    return total


def sweep(parent: Path) -> None:
    """Remove what servers that crashed have left."""
    for left in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_ours(left) and _is_abandoned(left):
                remove(left)


def _is_ours(folder: Path) -> bool:
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.getuid())


def _is_abandoned(folder: Path) -> bool:
    """Whether no server holds the lock; one without a lock is being made just now, or is old."""
    lock = folder / LOCK
    if not lock.exists():
        return time.time() - folder.lstat().st_mtime > KEPT_SECONDS
    try:
        with lock.open("r+b") as stream:
            _take(stream)
    except OSError:
        return False
    return True


def _take(stream: IO[bytes]) -> None:
    """Lock a file for as long as it is open. Raises ``OSError`` where another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
